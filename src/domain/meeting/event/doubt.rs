//! `Zweifel an der Befangenheit` (§ 18 (4) s. 2 GemO BW): raised at the called item, and decided in the absence of whom it is
//! about.

use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use serde::{Deserialize, Serialize};

/// Whether somebody is recused at the called item is doubtful: they leave until it is decided. The question is a motion on
/// procedure, moved in the entry before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalDoubted {
    pub item: ItemId,
    /// Whom it is about.
    pub seat: SeatId,
    /// The motion it is decided on.
    pub motion: MotionId,
}

/// The doubt is decided: whom it was about stays away from the item, or comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalDecided {
    pub item: ItemId,
    pub seat: SeatId,
    /// The ballot that decided it.
    pub ballot: BallotId,
    /// There is a ground of recusal.
    pub recused: bool,
}
