//! A doubtful recusal, in the words of the ledger.

use super::finding;
use crate::audit::read::Entry;
use serde::Deserialize;

/// What becomes of a doubt.
pub enum Doubt {
    Raised(Raised),
    Decided(Decided),
    /// A motion was taken back; if it is the question of a doubt, that goes with it.
    Withdrawn(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    pub item: String,
    pub seat: String,
    pub motion: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    pub item: String,
    pub seat: String,
    pub ballot: String,
    pub recused: bool,
}

#[derive(Deserialize)]
struct OfMotion {
    motion: String,
}

/// The event of an entry; `None` if it is about something else.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn doubt(entry: &Entry) -> Result<Option<Doubt>, String> {
    Ok(Some(match entry.envelope.name.as_str() {
        "recusal.doubted" => Doubt::Raised(finding(entry)?),
        "recusal.decided" => Doubt::Decided(finding(entry)?),
        "motion.withdrawn" => Doubt::Withdrawn(finding::<OfMotion>(entry)?.motion),
        _ => return Ok(None),
    }))
}
