//! What the measurement reports.

use crate::domain::id::SeatId;
use crate::domain::presence::{Lack, Observation, Perception};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};

/// A change the measurement found of the hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HallChange {
    pub perception: Perception,
    pub since: Instant,
    pub lacking: Vec<Lack>,
    pub evidence: Observation,
}

/// A change the measurement found, by seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceChange {
    pub seat: SeatId,
    pub perception: Perception,
    pub since: Instant,
    pub lacking: Vec<Lack>,
    pub evidence: Observation,
}
