//! Who was there, in the words of the ledger.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomAttested {
    pub seat: String,
    pub present: bool,
}

#[derive(Deserialize)]
pub struct PresenceFound {
    pub seat: String,
    pub perception: Perception,
    pub since: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Perception {
    Perceptible,
    Disturbed,
    Absent,
}
