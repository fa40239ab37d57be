//! `Beschlussunfähigkeit`, and what follows from it: the second sitting on the same matter (§ 37 (3) GemO BW), or somebody
//! else who decides (§ 37 (4), § 39 (5) s. 3 GemO BW).

use crate::domain::id::{ItemId, MeetingId, SeatId};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::Wording;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};

/// `Zweite Sitzung` (§ 37 (3) GemO BW): the item could not be dealt with in an earlier sitting for want of a quorum, and is
/// called a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondMarked {
    pub item: ItemId,
    /// `None`: it is no second sitting after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<FirstSitting>,
}

/// The sitting that lacked its quorum, and the item as it was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstSitting {
    pub meeting: MeetingId,
    pub item: ItemId,
    /// The day it was held.
    pub day: Date,
}

/// `Feststellung der Beschlussunfähigkeit`, with the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumLacking {
    /// `None`: the whole sitting; it was never opened and is over with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    pub quorum: QuorumFinding,
    pub follows: Consequence,
}

/// What the law says happens to a matter a body could not decide for want of a quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// A second sitting (§ 37 (3) s. 1 GemO BW).
    SecondSession,
    /// The mayor decides, after hearing those who are not recused (§ 37 (4) s. 1 GemO BW).
    MayorDecides,
    /// The council decides in the place of its committee (§ 39 (5) s. 3 GemO BW).
    CouncilDecides,
    /// The law this program knows names nobody.
    Open,
}

/// `Bestellung zum Stellvertreter des Bürgermeisters` for one decision, where the mayor is recused too (§ 37 (4) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandInAppointed {
    pub item: ItemId,
    pub seat: SeatId,
}

/// `Entscheidung an Stelle des Gemeinderats`, after those who are not recused were heard (§ 37 (4) s. 1 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MayorDecided {
    pub item: ItemId,
    /// The mayor, or who stands in.
    pub by: SeatId,
    /// Who was heard, or asked and did not answer.
    pub heard: Vec<SeatId>,
    /// What was decided, word for word.
    pub wording: Wording,
}
