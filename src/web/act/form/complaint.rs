//! A report of a fault, as the form has it.

use super::{Fields, Unreadable, clip, optional};
use crate::domain::text::Remark;

/// What is wrong, from the list, and in the member's own words.
pub fn text(fields: &Fields) -> Result<Remark, Unreadable> {
    let kind = match fields.get("art").map_or("", String::as_str) {
        "" => None,
        "bild" => Some("Sieht die anderen nicht"),
        "ton" => Some("Hört die anderen nicht"),
        "beides" => Some("Sieht und hört die anderen nicht"),
        "anderes" => Some("Anderes"),
        other => return Err(Unreadable(format!("Art der Störung: „{}“ ist keine der Möglichkeiten.", clip(other)))),
    };
    let own: Option<Remark> = optional(fields, "text")?;
    let whole = match (kind, own) {
        (Some(kind), Some(own)) => format!("{kind}: {own}"),
        (Some(kind), None) => kind.to_owned(),
        (None, Some(own)) => own.to_string(),
        (None, None) => String::new(),
    };
    whole.parse().map_err(|why| Unreadable(format!("Meldung: {why}")))
}
