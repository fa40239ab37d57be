//! The events about the chair: who hands it over, who takes it, who comes back to it.

use super::finding;
use crate::audit::read::Entry;
use serde::Deserialize;

/// What happens to the chair.
pub enum Chair {
    HandedOver(HandedOver),
    /// The oldest member, as the clerk named it.
    Eldest(String),
    Taken(Taken),
    Returned(Returned),
    Hindered(Hindered),
    Admitted(Admitted),
}

/// Somebody with an advisory voice may be connected, or no longer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admitted {
    pub seat: String,
    pub admitted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hindered {
    pub seat: String,
    pub hindered: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOver {
    pub seat: String,
    #[serde(default)]
    pub item: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Eldest {
    seat: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    pub seat: String,
    pub from: String,
    #[serde(default)]
    pub rank: Option<usize>,
    pub office_remote: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    pub seat: String,
    pub from: String,
}

/// The event of an entry, if it is one about the chair.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn chair(entry: &Entry) -> Result<Option<Chair>, String> {
    Ok(Some(match entry.envelope.name.as_str() {
        "chair.handed_over" => Chair::HandedOver(finding(entry)?),
        "chair.eldest_named" => Chair::Eldest(finding::<Eldest>(entry)?.seat),
        "chair.taken" => Chair::Taken(finding(entry)?),
        "chair.returned" => Chair::Returned(finding(entry)?),
        "chair.hindered" => Chair::Hindered(finding(entry)?),
        "adviser.admitted" => Chair::Admitted(finding(entry)?),
        _ => return Ok(None),
    }))
}
