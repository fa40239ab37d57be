//! `Land`: whose municipal code applies.

use crate::domain::law::packs;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The key of a rule file that comes with the program, such as `bw`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Land(String);

/// There is no rule file with this key, or no town can live by it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoLand(String);

impl fmt::Display for NoLand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (land, known) = (self.0.escape_debug(), packs::TOWNS.join(", "));
        if packs::LANDS.contains(&self.0.as_str()) {
            return write!(
                f,
                "eine Gemeinde im Land „{land}“ kann das Programm noch nicht einrichten; möglich: {known}"
            );
        }
        write!(f, "für das Land „{land}“ gibt es kein Regelwerk; möglich: {known}")
    }
}

impl Land {
    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Land {
    type Error = NoLand;
    fn try_from(key: String) -> Result<Self, NoLand> {
        if packs::TOWNS.contains(&key.as_str()) { Ok(Self(key)) } else { Err(NoLand(key.chars().take(20).collect())) }
    }
}

impl From<Land> for String {
    fn from(land: Land) -> Self {
        land.0
    }
}
