//! What happens in a ballot (`Abstimmung`, § 37 (6) GemO BW), from its opening to its result.

use super::{Choice, Method, MotionKind, VoidReason, Way};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::Wording;
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A ballot begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotOpened {
    pub ballot: BallotId,
    pub item: ItemId,
    pub method: Method,
    pub wording: Wording,
    pub quorum: QuorumFinding,
    /// The motion from the floor that is voted on; without one it is the item's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<MotionId>,
    /// What the vote is about. Only a vote on the matter decides the item.
    #[serde(default, skip_serializing_if = "MotionKind::is_main")]
    pub about: MotionKind,
}

/// A choice is given or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceCast {
    pub ballot: BallotId,
    pub seat: SeatId,
    pub way: Way,
    /// Class `choice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
}

/// A choice does not stand: it was given after the last good second of somebody who then was absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceStruck {
    pub ballot: BallotId,
    pub seat: SeatId,
    pub absent_since: Instant,
}

/// The hall's hands, counted by the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandsCounted {
    pub ballot: BallotId,
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
    /// Entitled members in the hall who raised no hand at all.
    pub none: u32,
}

/// The voting act is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotClosed {
    pub ballot: BallotId,
    pub quorum: QuorumFinding,
}

/// `Feststellung des Ergebnisses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDeclared {
    pub ballot: BallotId,
    pub item: ItemId,
    pub outcome: Outcome,
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
    /// Entitled at closing, and gave none.
    pub missing: u32,
    /// The choices that stand, by seat.
    pub by_seat: BTreeMap<SeatId, Choice>,
    /// The paragraph the outcome follows from.
    pub norm: String,
}

/// A ballot is repeated or given up; nothing of it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotVoided {
    pub ballot: BallotId,
    pub reason: VoidReason,
}
