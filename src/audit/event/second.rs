//! The events on a lacking quorum, as they lie in the ledger.

use super::super::read::Entry;
use super::{Quorum, finding};
use serde::Deserialize;

/// What was found lacking, and where a matter is dealt with a second time.
pub enum Second {
    Marked(Marked),
    Lacking(Lacking),
    StandIn(StandIn),
    Decided(Decided),
    Questioned(Questioned),
    Found(FoundQuorum),
}

/// A member moved that the quorum is lacking.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questioned {
    pub mover: String,
}

/// The answer that it is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundQuorum {
    pub quorum: Quorum,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    pub item: String,
    #[serde(default)]
    pub of: Option<First>,
}

/// The first sitting. That it lacked its quorum stands in its own bundle.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    #[serde(rename = "meeting")]
    _meeting: String,
    #[serde(rename = "item")]
    _item: String,
    pub day: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lacking {
    #[serde(default)]
    pub item: Option<String>,
    pub quorum: Quorum,
    pub follows: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandIn {
    pub item: String,
    pub seat: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    pub item: String,
    pub by: String,
    pub heard: Vec<String>,
    #[serde(rename = "wording")]
    _wording: String,
}

/// The event of an entry, if it is one of these.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn second(entry: &Entry) -> Result<Option<Second>, String> {
    Ok(match entry.envelope.name.as_str() {
        "item.second_session" => Some(Second::Marked(finding(entry)?)),
        "quorum.lacking" => Some(Second::Lacking(finding(entry)?)),
        "stand_in.appointed" => Some(Second::StandIn(finding(entry)?)),
        "mayor.decided" => Some(Second::Decided(finding(entry)?)),
        "quorum.questioned" => Some(Second::Questioned(finding(entry)?)),
        "quorum.found" => Some(Second::Found(finding(entry)?)),
        _ => None,
    })
}
