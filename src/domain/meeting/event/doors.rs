//! `Ausschluss der Öffentlichkeit` and its restoration, and what is told of decisions taken behind closed doors.

use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::text::{Remark, Title, Wording};
use serde::{Deserialize, Serialize};

/// `Ausschluss der Öffentlichkeit` is ordered (§ 35 (1) s. 2 GemO BW); it begins once everybody has confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicExcluded {}

/// `Wiederherstellung der Öffentlichkeit` is ordered; public items wait until everybody has confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicReadmitted {}

/// One of the ways in which the public follows is shut, or open again, as ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorsConfirmed {
    pub outlet: Outlet,
}

/// A way in which somebody outside the body follows the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlet {
    /// The audience in the hall; confirmed by chair or clerk.
    Hall,
    /// The publicly accessible room of a digital sitting; confirmed by chair or clerk.
    PublicRoom,
    /// Whoever is connected and may not follow; confirmed by the platform once the media engine has cut them off.
    Platform,
}

/// The non-public part begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedPartBegun {}

/// The sitting is public again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedPartEnded {}

/// A connected member declares that nobody else can follow (§ 37a (1) s. 5 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AloneDeclared {
    pub seat: SeatId,
    /// The words declared.
    pub words: Remark,
}

/// `Bekanntgabe` of a decision taken in the non-public part, word for word (§ 35 (1) s. 4 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionAnnounced {
    pub ballot: BallotId,
    pub item: ItemId,
    pub wording: Wording,
    pub outcome: Outcome,
}

/// A decision of the non-public part is not announced in this sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionWithheld {
    pub ballot: BallotId,
    pub until: Withheld,
}

/// `Antrag`, an item be dealt with on the other side of the doors: debated and decided in non-public session
/// (§ 35 (1) s. 3 GemO BW), as an item of its own before the one it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchMoved {
    /// The item it is about; if it is called, it waits from now on.
    pub item: ItemId,
    /// The item on which it is decided.
    pub question: ItemId,
    /// Its number on the agenda.
    pub number: String,
    pub title: Title,
    pub wording: Wording,
    pub to_public: bool,
    /// `None`: chair or administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mover: Option<SeatId>,
}

/// As decided behind closed doors, an item is dealt with on the other side of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSwitched {
    pub item: ItemId,
    pub question: ItemId,
    /// The ballot by which it was decided.
    pub ballot: BallotId,
    pub public: bool,
    /// What becomes public with it; nothing where it becomes non-public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// Who is recused at it, where that was not public so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recused: Vec<SeatId>,
}

/// Why a decision of the non-public part is not announced in this sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// It is announced in the next public sitting.
    NextSitting,
    /// Public good or legitimate interests of individuals oppose.
    Interests,
}
