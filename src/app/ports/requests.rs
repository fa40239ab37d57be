//! Where requests (`Verlangen`, § 34 (1) s. 3 to 6 GemO BW) are kept: each once, each answered once.

use super::{Answer, Fault};
use crate::domain::id::{BodyId, MeetingId, PersonId, RequestId, SeatId};
use crate::domain::law::requests::Request;
use crate::domain::text::{Name, Remark, Title};
use crate::domain::time::{Date, Instant};
use serde::{Deserialize, Serialize};

/// Most requests that are shown, the open ones first.
pub const REQUESTS_MAX: u32 = 300;

/// A request as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lodged {
    pub body: BodyId,
    /// What it is about.
    pub subject: Title,
    /// Who asks, with the name of that day.
    pub asking: Vec<(SeatId, Name)>,
    /// The faction that asks as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faction: Option<Name>,
    pub received_on: Date,
    /// What the law looks at, counted on the day it was received.
    pub request: Request,
    /// Who recorded it.
    pub by: PersonId,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A sitting is convened, or the item stands on an agenda.
    Scheduled,
    /// It was not admissible, and whoever asked knows.
    Declined,
    /// Whoever asked does not ask any longer; or it was recorded by mistake.
    Withdrawn,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    pub outcome: Outcome,
    /// The sitting, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Remark>,
    pub at: Instant,
    pub by: PersonId,
}

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRequest {
    pub id: RequestId,
    pub lodged: Lodged,
    pub recorded_at: Instant,
    /// `None` while it is open.
    pub answered: Option<Answered>,
}

/// Keeps requests. Each method is one transaction.
pub trait RequestStore: Send + Sync {
    /// Keeps a request; a form sent twice is one request. `false`, and nothing is kept, if another one has this identifier.
    ///
    /// # Errors
    /// If it cannot be kept now.
    fn lodge(&self, id: RequestId, lodged: Lodged, at: Instant) -> Answer<'_, Result<bool, Fault>>;

    /// At most [`REQUESTS_MAX`] of them: the open ones first, and of each the newest first.
    ///
    /// # Errors
    /// If they cannot be read now.
    fn all(&self) -> Answer<'_, Result<Vec<KeptRequest>, Fault>>;

    /// Answers it. `false`, and nothing changed, if it is answered already or unknown.
    ///
    /// # Errors
    /// If it cannot be kept now.
    fn answer<'a>(&'a self, id: &'a RequestId, answered: Answered) -> Answer<'a, Result<bool, Fault>>;
}
