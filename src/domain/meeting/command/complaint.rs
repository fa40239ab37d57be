//! A complaint that chair or clerk take for a member.

use crate::domain::id::SeatId;
use crate::domain::meeting::event::Channel;
use serde::{Deserialize, Serialize};

/// Whose complaint it is, how it came and how many minutes ago it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenComplaint {
    pub seat: SeatId,
    pub channel: Channel,
    pub minutes_ago: u16,
}
