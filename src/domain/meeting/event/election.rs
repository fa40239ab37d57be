//! What happens in an election (`Wahl`, § 37 (7) GemO BW): in the hall, on paper, counted by tellers. Nothing here is about
//! a single voter: no event could say who chose whom.

use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::{Name, Remark};
use serde::{Deserialize, Serialize};

/// What somebody is elected into. Recusal depends on it (§ 18 (3) s. 2 GemO BW).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElectionKind {
    /// `Wahl zu einer ehrenamtlichen Tätigkeit`, such as a deputy of the mayor: nobody is recused.
    Honorary,
    /// `Wahl in ein hauptamtliches Amt`, such as a Beigeordneter.
    Office,
    /// `Ernennung, Einstellung`: decided by election as well (§ 37 (7) s. 8 GemO BW).
    Staff,
}

/// How it is voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElectionMode {
    /// `geheim mit Stimmzetteln`: the rule.
    Papers,
    /// `offen`: only as long as no member objects.
    Open,
}

/// `Wahlgang`: which one this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElectionRound {
    /// `erster Wahlgang`.
    First,
    /// `zweiter Wahlgang` of a single candidate.
    Second,
    /// `Stichwahl` between the two with the most votes.
    RunOff,
}

/// What came of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum ElectionOutcome {
    /// `gewählt`.
    Elected { candidate: Name },
    /// `Stichwahl` between these two.
    RunOff { candidates: Vec<Name> },
    /// Who goes into the run-off is drawn: these have as many votes as each other, and so many of them go in.
    PlacesTied { safe: Vec<Name>, tied: Vec<Name> },
    /// `Losentscheid`: the run-off ended in a tie of these.
    Lot { candidates: Vec<Name> },
    /// The single candidate has not enough votes: a second round follows, as a rule a week later.
    SecondRound,
    /// `nicht gewählt`: nobody.
    NotElected,
    /// Too few were present and entitled in the hall when the papers were counted.
    NoDecision,
}

/// An item is an election, or, with no kind, is none after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionMarked {
    pub item: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ElectionKind>,
}

/// `Widerspruch gegen die offene Wahl` (§ 37 (7) s. 1 GemO BW): from now on with papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionObjected {
    pub item: ItemId,
    /// Who, if the member wants it recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
}

/// `Eröffnung des Wahlgangs`: the papers are handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionOpened {
    pub round: BallotId,
    pub item: ItemId,
    pub which: ElectionRound,
    pub mode: ElectionMode,
    /// In the order they stand on the paper.
    pub candidates: Vec<Name>,
    /// `Stimmenzähler`.
    pub tellers: Vec<Name>,
    /// Of the hall alone: who is connected has no vote (§ 37a (1) s. 2 GemO BW).
    pub quorum: QuorumFinding,
}

/// `Auszählung` by the tellers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionCounted {
    pub round: BallotId,
    /// Everybody entitled who was in the hall during the round, and could have handed in a paper.
    pub papers: u32,
    /// By candidate, in their order.
    pub votes: Vec<u32>,
    /// `Nein`, where there is one candidate.
    pub no: u32,
    /// `Enthaltungen`: papers left blank.
    pub blank: u32,
    pub invalid: u32,
    /// Not handed in.
    pub missing: u32,
    /// Of the hall alone, when the count was entered.
    pub quorum: QuorumFinding,
}

/// `Feststellung des Wahlergebnisses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionDeclared {
    pub round: BallotId,
    pub item: ItemId,
    pub outcome: ElectionOutcome,
    /// `Stimmen der anwesenden Stimmberechtigten`: what the majority is taken of.
    pub base: u32,
    /// Votes needed; in a run-off the most are enough, and this is 0.
    pub needed: u32,
    /// The paragraph the outcome follows from.
    pub norm: String,
}

/// `Losziehung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotDrawn {
    pub item: ItemId,
    /// The round whose tie it decides.
    pub round: BallotId,
    /// Who was drawn.
    pub drawn: Vec<Name>,
    /// The member the council named to draw.
    pub drawer: SeatId,
    /// Who made the lots.
    pub maker: Name,
}

/// A round is given up before its result; nothing of it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionVoided {
    pub round: BallotId,
    pub reason: Remark,
}

/// `Aufhebung`: the result of the last round does not stand; the round is held again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionStruck {
    pub item: ItemId,
    pub round: BallotId,
    pub reason: Remark,
}
