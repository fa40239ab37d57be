//! The events of an election, as they lie in the ledger.

use super::{Quorum, finding};
use crate::audit::read::Entry;
use serde::Deserialize;

/// What happened in an election.
pub enum Election {
    Marked(Marked),
    Objected(Objected),
    Opened(Opened),
    Counted(Count),
    Declared(Declared),
    Lot(Lot),
    Voided(Voided),
    Struck(Struck),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    pub item: String,
    #[serde(default)]
    pub kind: Option<Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Honorary,
    Office,
    Staff,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objected {
    pub item: String,
    #[serde(default)]
    pub seat: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Papers,
    Open,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    First,
    Second,
    RunOff,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub round: String,
    pub item: String,
    pub which: Which,
    pub mode: Mode,
    pub candidates: Vec<String>,
    pub tellers: Vec<String>,
    pub quorum: Quorum,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    pub round: String,
    pub papers: u64,
    pub votes: Vec<u32>,
    pub no: u32,
    pub blank: u32,
    pub invalid: u32,
    pub missing: u32,
    pub quorum: Quorum,
}

/// What was said to have come of a round.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    Elected { candidate: String },
    RunOff { candidates: Vec<String> },
    PlacesTied { safe: Vec<String>, tied: Vec<String> },
    Lot { candidates: Vec<String> },
    SecondRound,
    NotElected,
    NoDecision,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    pub round: String,
    pub item: String,
    pub outcome: Outcome,
    pub base: u64,
    pub needed: u64,
    pub norm: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    pub item: String,
    pub round: String,
    pub drawn: Vec<String>,
    pub drawer: String,
    #[serde(rename = "maker")]
    _maker: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    pub round: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Struck {
    pub item: String,
    pub round: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// The event, if its name is one of an election.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn election(entry: &Entry) -> Result<Option<Election>, String> {
    Ok(Some(match entry.envelope.name.as_str() {
        "election.marked" => Election::Marked(finding(entry)?),
        "election.objected" => Election::Objected(finding(entry)?),
        "election.opened" => Election::Opened(finding(entry)?),
        "election.counted" => Election::Counted(finding(entry)?),
        "election.declared" => Election::Declared(finding(entry)?),
        "election.lot_drawn" => Election::Lot(finding(entry)?),
        "election.voided" => Election::Voided(finding(entry)?),
        "election.struck" => Election::Struck(finding(entry)?),
        _ => return Ok(None),
    }))
}
