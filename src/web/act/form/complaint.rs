//! The forms of a complaint: by the member, or taken for one whose line is gone.

use super::{Command, Fields, Unreadable, clip, needed, optional, seat, word};
use crate::domain::meeting::command::TakenComplaint;
use crate::domain::meeting::event::Channel;
use crate::domain::text::Remark;

/// The verbs this file reads.
pub const VERBS: [&str; 2] = ["stoerung_melden", "ruege_entgegennehmen"];

const CHANNELS: [(&str, Channel); 4] = [
    ("telefon", Channel::Telephone),
    ("nachricht", Channel::Message),
    ("saal", Channel::Hall),
    ("andere", Channel::Messenger),
];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    let text = words(fields)?;
    let heard = match verb {
        "ruege_entgegennehmen" => {
            let (seat, channel) = (seat(fields)?, word(fields, "weg", &CHANNELS)?);
            Some(TakenComplaint { seat, channel, minutes_ago: needed(fields, "vor")? })
        }
        _ => None,
    };
    Ok(Command::Complain { text, heard })
}

/// What is wrong, from the list, and in the member's own words.
fn words(fields: &Fields) -> Result<Remark, Unreadable> {
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
