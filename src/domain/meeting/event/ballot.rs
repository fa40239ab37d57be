//! What happens in a ballot (`Abstimmung`, § 37 (6) GemO BW), from its opening to its result.

use super::{Choice, Method, MotionKind, VoidReason, Way};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::{Remark, Wording};
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
    /// `qualifizierte Mehrheit`: its key in the rule pack; absent, the majority of votes decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub majority: Option<String>,
    /// The letter a roll call begins with, as the chair chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<char>,
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
    /// Papers that say nothing clear, where it is voted secretly.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub invalid: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
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
    /// With a special majority: what it is a share of, and how many yes votes it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special: Option<SpecialNeed>,
}

/// What a special majority asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialNeed {
    pub base: u32,
    pub needed: u32,
}

/// `Wiederholung`: a declared result does not stand, because the vote was impaired or the result is a mistake. It stays in
/// the record, struck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultStruck {
    pub ballot: BallotId,
    pub item: ItemId,
    pub ground: StrikeGround,
    pub reason: Remark,
}

/// Why a result does not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrikeGround {
    /// `Rüge`: a member was kept from it by a fault of the municipality (§ 37a (2) s. 2, 3 GemO BW).
    Complaint,
    /// The count or the finding was a mistake, noticed before the item ended.
    Mistake,
}

/// A ballot is repeated or given up; nothing of it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotVoided {
    pub ballot: BallotId,
    pub reason: VoidReason,
}
