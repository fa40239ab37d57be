//! What happens on the floor and to the agenda while the meeting sits.

use super::Disposal;
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::text::{Name, Remark, Title, Wording};
use serde::{Deserialize, Serialize};

/// What somebody asks the floor for. The order is that of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// `zur Geschäftsordnung`: before everybody else.
    Procedure,
    /// `zur Sache`.
    Speech,
}

/// What a motion is about. The order is the one they are voted on in: on procedure first, then amendments, then the
/// matter itself (practice of the Geschäftsordnungen, § 36 (2) GemO BW).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotionKind {
    /// `Geschäftsordnungsantrag`.
    Procedural,
    /// `Änderungsantrag`.
    Amendment,
    /// `Sachantrag`: decides the item.
    #[default]
    Main,
}

impl MotionKind {
    /// A result on it decides the item.
    #[must_use]
    pub const fn is_main(&self) -> bool {
        matches!(self, Self::Main)
    }
}

/// Who has the floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
pub enum Speaker {
    /// A member of the body.
    Member { seat: SeatId },
    /// A guest called to the item, by name.
    Guest { name: Name },
}

/// `Wortmeldung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorRequested {
    pub seat: SeatId,
    pub turn: Turn,
}

/// A request is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorDeclined {
    pub seat: SeatId,
}

/// `Worterteilung`; whoever spoke before has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorGiven {
    pub to: Speaker,
}

/// Nobody has the floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorEnded {}

/// `Schluss der Redeliste`, or its reopening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorListClosed {
    pub closed: bool,
}

/// A motion from the floor, entered while people talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    pub motion: MotionId,
    pub item: ItemId,
    /// `None`: the chair or the administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mover: Option<SeatId>,
    pub kind: MotionKind,
    pub wording: Wording,
}

/// Its wording changes before it is voted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionReworded {
    pub motion: MotionId,
    pub wording: Wording,
}

/// Its mover takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionWithdrawn {
    pub motion: MotionId,
}

/// `Erklärung zur Niederschrift` (§ 38 (1) GemO BW): belongs to the minutes, and stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementRecorded {
    pub seat: SeatId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    pub text: Remark,
}

/// Somebody who is no member takes part at one item (§ 33 (2), (3) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuestCalled {
    pub item: ItemId,
    /// Name and office as the minutes print it.
    pub name: Name,
}

/// A guest leaves before the item ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuestDismissed {
    pub name: Name,
}

/// An item is dealt with at another place of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemMoved {
    pub item: ItemId,
    /// `None`: to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ItemId>,
}

/// An item that was not on the agenda (§ 34 (2) GemO BW), public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemAdded {
    pub item: ItemId,
    pub number: String,
    pub title: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<Wording>,
    /// Why it cannot wait.
    pub ground: Remark,
    /// The ballot that admitted it, where the body decides on that (§ 58 (2) HGO).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admitted_by: Option<BallotId>,
}

/// An item that was not called ends: `abgesetzt`, `vertagt`, `zurückgezogen`, `verwiesen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDropped {
    pub item: ItemId,
    pub disposal: Disposal,
}

/// An item that was ended by mistake, or has to be dealt with again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemReopened {
    pub item: ItemId,
    pub reason: Remark,
}
