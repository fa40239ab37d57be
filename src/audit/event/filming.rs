//! The events about film and sound recordings, and who is at the table without being a member.

use super::finding;
use crate::audit::read::Entry;
use serde::Deserialize;

/// What is said and done about recordings.
pub enum Filming {
    Answered(Answered),
    Started(Started),
    Stopped,
    /// Somebody who is no member is called, or leaves.
    Guest {
        name: String,
        here: bool,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    pub of: Of,
    pub consents: bool,
    #[serde(rename = "way")]
    _way: String,
}

#[derive(Deserialize)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
pub enum Of {
    Member { seat: String },
    Guest { name: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Started {
    pub purpose: String,
    pub basis: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The event of an entry, if it is one of these.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn filming(entry: &Entry) -> Result<Option<Filming>, String> {
    Ok(Some(match entry.envelope.name.as_str() {
        "recording.answered" => Filming::Answered(finding(entry)?),
        "recording.started" => Filming::Started(finding(entry)?),
        "recording.stopped" => Filming::Stopped,
        "guest.called" => Filming::Guest { name: finding::<Named>(entry)?.name, here: true },
        "guest.dismissed" => Filming::Guest { name: finding::<Named>(entry)?.name, here: false },
        _ => return Ok(None),
    }))
}
