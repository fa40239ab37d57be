//! An item between the two sides of the doors, in the words of the ledger.

use super::finding;
use crate::audit::read::Entry;
use serde::Deserialize;

/// What happens to the side of an item.
pub enum Switch {
    Moved(Moved),
    Switched(Switched),
}

/// The motion: an item of its own.
#[derive(Deserialize)]
pub struct Moved {
    pub item: String,
    pub question: String,
    pub number: String,
    pub to_public: bool,
}

/// It is carried out.
#[derive(Deserialize)]
pub struct Switched {
    pub item: String,
    pub question: String,
    pub ballot: String,
    pub public: bool,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub recused: Vec<String>,
}

/// The event of an entry; `None` if it is about something else.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn switch(entry: &Entry) -> Result<Option<Switch>, String> {
    Ok(match entry.envelope.name.as_str() {
        "item.switch_moved" => Some(Switch::Moved(finding(entry)?)),
        "item.switched" => Some(Switch::Switched(finding(entry)?)),
        _ => None,
    })
}
