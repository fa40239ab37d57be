//! What a meeting knows of its ballots (`Abstimmung`): the open one, the counted one, the declared ones.

use super::super::event::{Choice, Method, MotionKind, ResultDeclared, Way};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::Wording;
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// A ballot that takes choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBallot {
    pub ballot: BallotId,
    pub item: ItemId,
    pub method: Method,
    pub wording: Wording,
    pub quorum: QuorumFinding,
    pub motion: Option<MotionId>,
    pub about: MotionKind,
    pub opened_at: Instant,
    pub majority: Option<String>,
    /// The letter a roll call begins with.
    pub start: Option<char>,
    pub choices: BTreeMap<SeatId, Cast>,
    pub hands: Option<Hands>,
}

/// A choice as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    pub choice: Choice,
    pub way: Way,
    pub at: Instant,
    /// Number of its entry.
    pub number: u64,
}

/// The hall's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hands {
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
    pub none: u32,
    /// Papers that say nothing clear.
    pub invalid: u32,
}

impl Hands {
    /// Everybody in the hall who was counted, in any way.
    #[must_use]
    pub const fn sum(&self) -> u32 {
        self.yes
            .saturating_add(self.no)
            .saturating_add(self.abstain)
            .saturating_add(self.none)
            .saturating_add(self.invalid)
    }
}

/// A ballot whose voting act is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedBallot {
    pub ballot: BallotId,
    pub item: ItemId,
    pub method: Method,
    pub wording: Wording,
    pub motion: Option<MotionId>,
    pub about: MotionKind,
    pub opened_at: Instant,
    pub closed_at: Instant,
    /// At closing.
    pub quorum: QuorumFinding,
    pub majority: Option<String>,
    pub choices: BTreeMap<SeatId, Cast>,
    pub hands: Option<Hands>,
}

/// A declared result with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub result: ResultDeclared,
    pub method: Method,
    pub wording: Wording,
    pub motion: Option<MotionId>,
    pub about: MotionKind,
    pub quorum: QuorumFinding,
    pub majority: Option<String>,
    pub opened_at: Instant,
    pub at: Instant,
    /// Number of the declaring entry.
    pub number: u64,
}
