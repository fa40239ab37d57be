//! Forging bundles line by line, as somebody would who owns the database and knows the format.

use super::sitting::TestKey;
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::domain::ledger::{Digest, Head, canonical};
use serde_json::{Value, json};

/// A bundle as lines that can be changed; the end line is written anew.
pub struct Forged(pub Vec<Value>);

impl Forged {
    pub fn of(bundle: &str) -> Self {
        let mut lines: Vec<Value> = bundle.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.pop();
        Self(lines)
    }

    /// Index of the line with the `n`th entry (from 0) of this name.
    pub fn find(&self, name: &str, n: usize) -> usize {
        let named = self.0.iter().enumerate().filter(|(_, line)| line["entry"]["name"] == name);
        named.map(|(i, _)| i).nth(n).unwrap()
    }

    /// Changes the payload of a part, and nothing else.
    pub fn payload(&mut self, line: usize, class: &str, change: impl FnOnce(&mut Value)) {
        let text = &mut self.0[line]["parts"][class]["payload"];
        let mut payload: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        change(&mut payload);
        *text = canonical(&payload).unwrap().into();
    }

    /// Numbers, digests and chain anew, so that only the signatures still tell.
    pub fn reseal(mut self) -> Self {
        let (mut number, mut previous) = (0u64, Digest::NONE.to_string());
        for line in &mut self.0 {
            let Value::Object(parts) = line["parts"].clone() else { continue };
            number += 1;
            for (class, part) in parts.iter().filter(|(_, part)| !part.is_null()) {
                let (salt, payload) = (part["salt"].as_str().unwrap(), part["payload"].as_str().unwrap());
                let text = format!("{class}\n{salt}\n{payload}");
                line["entry"]["parts"][class] = Digest::of("ratssaal part v1", &[text.as_bytes()]).to_string().into();
            }
            line["entry"]["number"] = number.into();
            line["entry"]["previous"] = previous.into();
            let text = canonical(&line["entry"]).unwrap();
            previous = Digest::of("ratssaal entry v1", &[text.as_bytes()]).to_string();
            line["digest"] = previous.clone().into();
        }
        self
    }

    /// Signs every head anew with `key`, also in the header.
    pub fn resign(mut self, key: &TestKey) -> Self {
        self.0[0]["key"] = key.public_key().into();
        for i in 1..self.0.len() {
            if self.0[i].get("head").is_none() {
                continue;
            }
            let entry = &self.0[i - 1];
            let head = Head {
                meeting: entry["entry"]["meeting"].as_str().unwrap().parse().unwrap(),
                number: entry["entry"]["number"].as_u64().unwrap(),
                digest: entry["digest"].as_str().unwrap().parse().unwrap(),
            };
            let signature = key.sign(&head).unwrap().signature;
            self.0[i] = json!({"head": head, "signature": signature});
        }
        self
    }

    pub fn text(&self) -> String {
        let lines = self.0.iter().map(|line| canonical(line).unwrap() + "\n").collect::<String>();
        end(&lines)
    }
}

/// Appends a right end line to the lines before it.
pub fn end(lines: &str) -> String {
    let count = lines.bytes().filter(|b| *b == b'\n').count();
    let sha256 = Digest::sha256(lines.as_bytes());
    format!("{lines}{}\n", canonical(&json!({"end": {"lines": count, "sha256": sha256}})).unwrap())
}
