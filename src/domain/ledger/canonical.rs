//! One spelling for every JSON value, so that the same fact always has the same digest: keys sorted bytewise, no
//! space, integers only (the subset of RFC 8785 without floating point).

use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// A number with a fraction or beyond 64 bits was about to enter the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCanonical(pub String);

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keine ganze Zahl: {}", self.0)
    }
}

impl std::error::Error for NotCanonical {}

/// The canonical text of a value.
///
/// # Errors
/// If the value holds a number that is not an integer.
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

/// The canonical text of anything that can be written as JSON.
///
/// # Errors
/// If it cannot be written as JSON, or holds a number that is not an integer.
pub fn canonical_of<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    canonical(&serde_json::to_value(value).map_err(|error| NotCanonical(error.to_string()))?)
}

fn write(value: &Value, out: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) if number.is_i64() || number.is_u64() => out.push_str(&number.to_string()),
        Value::Number(number) => return Err(NotCanonical(number.to_string())),
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_unstable_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (i, (key, field)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                string(key, out);
                out.push(':');
                write(field, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// RFC 8785, 3.2.2.2: only what must be escaped is escaped.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                out.push_str("\\u00");
                out.extend(
                    [u32::from(control) >> 4, u32::from(control) & 15].map(|n| char::from_digit(n, 16).unwrap_or('0')),
                );
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_text_is_kept() {
        let value = json!({"ä": 1, "b": [true, null, -7], "a": "Zeile\n„Öl“"});
        assert_eq!(canonical(&value).unwrap(), r#"{"a":"Zeile\n„Öl“","b":[true,null,-7],"ä":1}"#);
    }

    #[test]
    fn a_fraction_is_refused() {
        assert_eq!(canonical(&json!({"share": 0.5})), Err(NotCanonical("0.5".into())));
    }

    #[test]
    fn what_is_canonical_reads_back_as_the_same_value() {
        let value = json!({"text": "\u{1}\u{1f}\"\\ ", "n": u64::MAX});
        assert_eq!(serde_json::from_str::<Value>(&canonical(&value).unwrap()).unwrap(), value);
    }
}
