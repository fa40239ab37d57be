//! Who was found where: attested in the room, measured from afar.

use crate::domain::id::{SeatId, TicketId};
use crate::domain::presence::{Lack, Observation, Perception};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};

/// Presence in the room, attested by clerk or chair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomAttested {
    pub seat: SeatId,
    pub present: bool,
}

/// A change of what can be perceived of a remote member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceFound {
    pub seat: SeatId,
    pub perception: Perception,
    pub since: Instant,
    pub lacking: Vec<Lack>,
    /// The second that tipped it (class `measurement`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Observation>,
}

/// A change of what can be perceived of the hall, and in it (§ 37a (1) s. 3 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HallFound {
    pub perception: Perception,
    pub since: Instant,
    pub lacking: Vec<Lack>,
    /// The second that tipped it (class `measurement`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Observation>,
}

/// Who waits without a second factor was recognised by the technician, or the recognition is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityAttested {
    pub seat: SeatId,
    /// The stay in the waiting room it was confirmed for.
    pub ticket: TicketId,
    pub way: IdentityWay,
    /// `false`: this was a mistake.
    pub confirmed: bool,
}

/// How somebody was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityWay {
    /// Seen and heard in the waiting room.
    Picture,
    /// Standing before the technician.
    InPerson,
}
