//! `Ordnungsmaßnahmen` (§ 36 GemO BW): from the call to order to the exclusion for several sittings.

use crate::domain::id::{BallotId, SeatId};
use crate::domain::text::Remark;
use serde::{Deserialize, Serialize};

/// `Ordnungsruf`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderCalled {
    pub seat: SeatId,
    /// Class `personal_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// `Wortentzug`: until the called item ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorWithdrawn {
    pub seat: SeatId,
}

/// `Verweis aus dem Sitzungsraum` (§ 36 (3) s. 1 GemO BW): for the rest of the sitting; who is connected is cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberExpelled {
    pub seat: SeatId,
    pub ground: Misconduct,
    /// Class `personal_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// What an expulsion rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misconduct {
    /// `grobe Ungebühr`.
    Gross,
    /// `wiederholte Verstöße gegen die Ordnung`.
    Repeated,
}

/// `Ausschluss` for coming sittings (§ 36 (3) GemO BW), counted from the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberExcluded {
    pub seat: SeatId,
    pub sessions: u32,
    /// The ballot in which the body decided it; absent where the chair alone excludes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot: Option<BallotId>,
}

/// Who is kept away from a sitting that was already convened when an earlier one excluded them (§ 36 (3) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembersBarred {
    pub seats: Vec<SeatId>,
}
