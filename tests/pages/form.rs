//! A small strict reader of our own pages: tags closed in order, ids unique, references resolved, nothing inline.

use std::collections::BTreeSet;

const VOID: [&str; 6] = ["meta", "link", "img", "input", "br", "hr"];
const POINTING: [&str; 4] = ["aria-describedby", "aria-labelledby", "for", "aria-controls"];

/// What is wrong with a page, in words; empty if nothing is.
pub fn faults_of(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !html.starts_with("<!doctype html>") {
        faults.push("no doctype".to_owned());
    }
    let tags = tags(html);
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut wanted, mut labelled, mut inputs) = (BTreeSet::new(), Vec::new(), BTreeSet::new(), Vec::new());
    let mut act: Option<[bool; 3]> = None;
    for tag in &tags {
        if tag.closing {
            if open.pop() != Some(tag.name) {
                faults.push(format!("</{}> is closed out of order", tag.name));
                break;
            }
            if tag.name == "form" && act.take().is_some_and(|seen| seen.contains(&false)) {
                faults.push("a form to act without tun, kennung or address".to_owned());
            }
            continue;
        }
        if !VOID.contains(&tag.name) && !tag.itself_closing {
            open.push(tag.name);
        }
        if let Some(id) = tag.value("id")
            && !ids.insert(id)
        {
            faults.push(format!("id {id} stands twice"));
        }
        for name in POINTING {
            wanted.extend(tag.value(name).into_iter().flat_map(str::split_whitespace));
        }
        labelled.extend(tag.value("for"));
        if tag.has("style") || tag.attributes.iter().any(|(name, _)| name.starts_with("on")) {
            faults.push(format!("<{}> carries style or script", tag.name));
        }
        if tag.name == "script" && !tag.has("src") {
            faults.push("inline script".to_owned());
        }
        if matches!(tag.name, "input" | "select" | "textarea") && tag.value("type") != Some("hidden") {
            inputs.push(tag.value("id").unwrap_or_default());
        }
        if tag.name == "form" && tag.has("data-act") {
            act = Some([
                false,
                false,
                tag.value("action").is_some_and(|to| to.starts_with('/')) && tag.value("method") == Some("post"),
            ]);
        }
        if let (Some(seen), Some(name)) = (act.as_mut(), tag.value("name")) {
            seen[0] |= name == "tun";
            seen[1] |= name == "kennung" && tag.value("value").is_some_and(|value| !value.is_empty());
        }
    }
    faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
    faults
        .extend(wanted.iter().filter(|id| !ids.contains(*id)).map(|id| format!("points to {id}, which is not there")));
    faults.extend(inputs.iter().filter(|id| !labelled.contains(*id)).map(|id| format!("input {id} has no label")));
    faults
}

struct Tag<'a> {
    name: &'a str,
    closing: bool,
    itself_closing: bool,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(end) = rest.find('>') else { break };
        let inside = &rest[..end];
        rest = &rest[end + 1..];
        if inside.starts_with('!') {
            continue;
        }
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name = inside.split_whitespace().next().unwrap_or_default();
        found.push(Tag {
            name,
            closing,
            itself_closing: inside.ends_with('/'),
            attributes: attributes(&inside[name.len()..]),
        });
    }
    found
}

fn attributes(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let stop = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = &rest[..stop];
        rest = &rest[stop..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            found.push((name, &quoted[..end]));
            rest = quoted.get(end + 1..).unwrap_or_default().trim_start();
        } else {
            found.push((name, ""));
            rest = rest.trim_start_matches('=').trim_start();
        }
    }
    found
}

/// What people read in the page's main part, a line a piece of text.
pub fn words_of(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let texts = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim());
    let mut words = String::new();
    for text in texts.filter(|text| !text.is_empty()) {
        words.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        words.push('\n');
    }
    words
}
