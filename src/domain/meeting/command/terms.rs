//! On which terms a ballot is opened.

use serde::{Deserialize, Serialize};

/// On which terms it is voted, where they are not the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Key of a special majority in the rule pack.
    #[serde(default)]
    pub majority: Option<String>,
    /// The letter a roll call begins with.
    #[serde(default)]
    pub start: Option<char>,
}
