//! `Antrag auf Feststellung der Beschlussunfähigkeit` (§ 53 (1) s. 2 HGO), and the answer that the quorum is there.

use crate::domain::id::SeatId;
use crate::domain::quorum::QuorumFinding;
use serde::{Deserialize, Serialize};

/// A member moved that the quorum is lacking. Until the chair has answered, the figures count and no longer the presumption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumQuestioned {
    pub mover: SeatId,
}

/// `Feststellung der Beschlussfähigkeit` on such a motion, with the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumFound {
    pub quorum: QuorumFinding,
}
