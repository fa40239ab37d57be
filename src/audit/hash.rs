//! SHA-256 and the one spelling of JSON, written again for the checker.

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// Lower-case hexadecimal digits of some bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of exactly `2 * N` lower-case hexadecimal digits.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// SHA-256 of the bytes alone.
pub fn plain(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of everything a reader gives.
///
/// # Errors
/// If reading fails.
pub fn plain_stream(mut source: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        match source.read(&mut block)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(block.get(..read).unwrap_or_default()),
        }
    }
}

/// SHA-256 behind a line that says what is hashed.
pub fn purposed(purpose: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(purpose);
    hash.update("\n");
    for part in parts {
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// The canonical text of a value: keys sorted bytewise, no space, integers only, only what must be escaped is escaped.
/// `None` for a number that is no integer.
pub fn canonical(value: &Value) -> Option<String> {
    let mut text = String::new();
    append(value, &mut text).then_some(text)
}

fn append(value: &Value, out: &mut String) -> bool {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(signed), _) => out.push_str(&signed.to_string()),
            (None, Some(unsigned)) => out.push_str(&unsigned.to_string()),
            (None, None) => return false,
        },
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                if !append(item, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                if !append(&fields[key], out) {
                    return false;
                }
            }
            out.push('}');
        }
    }
    true
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{9}' => out.push_str("\\t"),
            '\u{a}' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\u{d}' => out.push_str("\\r"),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{canonical, hex, plain, unhex};
    use serde_json::json;

    #[test]
    fn the_spelling_is_the_one_of_the_ledger() {
        let value = json!({"ä": 1, "b": [true, null, -7, u64::MAX], "a": "Zeile\n\u{1}„Öl“"});
        let text = "{\"a\":\"Zeile\\n\\u0001„Öl“\",\"b\":[true,null,-7,18446744073709551615],\"ä\":1}";
        assert_eq!(canonical(&value).as_deref(), Some(text));
        assert_eq!(canonical(&json!([1.0])), None);
    }

    #[test]
    fn hexadecimal_is_strict() {
        assert_eq!(unhex::<2>("0aff"), Some([10, 255]));
        for wrong in ["0aFF", "0af", "0aff0", "0ag0", "+a00", "äa"] {
            assert_eq!(unhex::<2>(wrong), None, "{wrong}");
        }
        assert_eq!(hex(&[10, 255]), "0aff");
        // FIPS 180-4, the empty message.
        assert_eq!(plain(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
