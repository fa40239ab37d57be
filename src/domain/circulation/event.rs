//! What happens in a circulation. Wire names and fields are frozen.

use crate::domain::council::Seat;
use crate::domain::id::{BodyId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::PinnedLaw;
use crate::domain::text::{Name, Remark, Title, Wording};
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};

/// An entry of the ledger of a circulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Opened(Box<Opened>),
    Delivered(Delivered),
    Answered(Answered),
    Recused(Recused),
    RecusalLifted(RecusalLifted),
    Found(Found),
    Announced(Announced),
    Withheld(Withheld),
    Ended(Ended),
}

/// A simple matter is sent round (§ 37 (1) s. 2 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub municipality: Name,
    /// Short name of the Land, e.g. `bw`.
    pub land: String,
    pub body: BodyId,
    pub body_name: Name,
    pub subject: Title,
    /// What is decided, word for word.
    pub wording: Wording,
    /// Why this is a `Gegenstand einfacher Art`, as the chair judges it.
    pub simple_because: Remark,
    /// The day it is sent round, on the calendar of the town hall.
    pub sent_on: Date,
    /// The last day for an objection.
    pub last_day: Date,
    /// Everybody who is asked.
    pub seats: Vec<Seat>,
    pub chair: SeatId,
    pub clerk: Name,
    pub law: PinnedLaw,
}

/// What became of the asking of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    pub seat: SeatId,
    pub way: Way,
    /// What the mail server said, or how the member was asked instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// How a member was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A mail server took the letter.
    Mail,
    /// On another way, as chair or clerk attest.
    Otherwise,
    /// Not at all: no address, or nobody took the letter.
    Failed,
}

/// A member answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    pub seat: SeatId,
    pub answer: Answer,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// What a member says to a matter sent round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Agrees,
    /// `Widerspruch`: the matter goes into a sitting.
    Objects,
}

/// `Befangenheit` (§ 18 GemO BW): the member takes no part. Why is never recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recused {
    pub seat: SeatId,
}

/// A recusal was recorded wrongly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalLifted {
    pub seat: SeatId,
}

/// The chair finds the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// Adopted; or rejected, which means: not decided without a sitting.
    pub outcome: Outcome,
    pub agreed: u32,
    pub objected: u32,
    /// Members who were asked and said nothing.
    pub silent: u32,
    pub recused: u32,
    /// The day on the calendar of the town hall.
    pub on: Date,
    /// The paragraph that decided.
    pub norm: String,
}

/// `Bekanntgabe` in a public sitting, word for word (§ 35 (1) s. 4 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// The day of the sitting.
    pub on: Date,
    /// Which sitting, as people name it.
    pub sitting: Name,
    pub wording: Wording,
}

/// Public good or legitimate interests of individuals oppose an announcement (§ 35 (1) s. 4 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {}

/// The circulation ends without a result: withdrawn, or it goes into a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    pub reason: Remark,
}
