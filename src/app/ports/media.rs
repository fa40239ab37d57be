//! The chamber's media engine, seen from the council: serialisable messages in both directions, so that the engine
//! can be a process of its own. No type of any media library appears here.

use crate::domain::id::{EndpointId, MeetingId};
use crate::domain::presence::Observation;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};

/// Largest session description accepted, in bytes. Sixty slots of picture and sound stay well below it.
pub const SDP_BYTES_MAX: usize = 256 * 1024;

/// Names one connection of one endpoint; never used again.
pub type ConnectionId = u64;

/// What the council asks of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum MediaCommand {
    /// An endpoint wants to send picture and sound. A newer connection of the same endpoint takes over.
    Publish { chamber: MeetingId, endpoint: EndpointId, offer: String },
    /// An endpoint wants to receive the others. The offer's `recvonly` media lines are its slots, in pairs of picture
    /// and sound; they are never renegotiated. A newer connection of the same endpoint takes over.
    Receive { chamber: MeetingId, endpoint: EndpointId, offer: String },
    /// One connection of the endpoint ends, or both. What is still connected elsewhere under a newer number stays.
    Leave { chamber: MeetingId, endpoint: EndpointId, connection: Option<ConnectionId> },
    /// Nothing of this endpoint is forwarded and nothing is forwarded to it, until lifted (§ 18 (5) GemO BW).
    Exclude { chamber: MeetingId, endpoint: EndpointId, excluded: bool },
    /// The meeting is over; every connection of it ends.
    Close { chamber: MeetingId },
}

/// What the engine reports by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tell", rename_all = "snake_case")]
pub enum MediaEvent {
    /// Once a second and chamber: every endpoint that ever published or received, gone ones included with zeros.
    Measured { chamber: MeetingId, observations: Vec<Observation> },
    /// Which source is in which slot of a receiver. Sent at every change, always whole.
    Slots { chamber: MeetingId, endpoint: EndpointId, slots: Vec<Slot> },
}

/// One place in a receiver's gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// `mid` of the slot's picture line in the receiver's offer.
    pub picture_mid: String,
    /// `mid` of the slot's sound line.
    pub sound_mid: String,
    /// Who is seen and heard there; `None` while the slot is free.
    pub source: Option<EndpointId>,
}

/// Why the engine did not take a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refused", content = "why", rename_all = "snake_case")]
pub enum MediaRefusal {
    /// The session description is malformed, too long, or offers nothing the chamber can use.
    #[error("Die Sitzungsbeschreibung ist unbrauchbar: {0}")]
    Offer(String),
    /// The chamber or the engine is full.
    #[error("Der Sitzungsraum ist voll.")]
    Full,
    /// The engine is not there or did not answer in time.
    #[error("Die Medienvermittlung antwortet nicht.")]
    Gone,
}

/// A connection that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub connection: ConnectionId,
    /// The SDP answer with all candidates; nothing trickles.
    pub answer: String,
}

/// A command on its way to the engine, and where its answer goes: for `Publish` and `Receive` the connection, for the
/// rest nothing.
#[derive(Debug)]
pub struct MediaCall {
    pub command: MediaCommand,
    pub answer: oneshot::Sender<Result<Option<Accepted>, MediaRefusal>>,
}

/// The council's end of the engine.
#[derive(Debug, Clone)]
pub struct MediaEngine {
    calls: mpsc::Sender<MediaCall>,
}

impl MediaEngine {
    /// Joins the council's end to an engine that takes calls from the other end of `calls`.
    #[must_use]
    pub const fn new(calls: mpsc::Sender<MediaCall>) -> Self {
        Self { calls }
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// The engine's refusal; [`MediaRefusal::Gone`] if it is not there, [`MediaRefusal::Full`] if its inbox is.
    pub async fn ask(&self, command: MediaCommand) -> Result<Option<Accepted>, MediaRefusal> {
        let (answer, answered) = oneshot::channel();
        self.calls.try_send(MediaCall { command, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => MediaRefusal::Full,
            mpsc::error::TrySendError::Closed(_) => MediaRefusal::Gone,
        })?;
        let waited = tokio::time::timeout(std::time::Duration::from_secs(5), answered).await;
        waited.ok().and_then(Result::ok).unwrap_or(Err(MediaRefusal::Gone))
    }
}
