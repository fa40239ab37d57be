//! The running meeting: one task takes one command, decides, appends, publishes, orders the outside, takes the next.

mod act;
mod task;

use crate::app::papers::LocalClock;
use crate::app::ports::announcer::Announcer;
use crate::app::ports::chance::Entropy;
use crate::app::ports::clock::Clock;
use crate::app::ports::ledger::{LedgerStore, Receipt};
use crate::app::ports::media::MediaEngine;
use crate::app::ports::signer::Signer;
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::law::Rules;
use crate::domain::ledger::{Class, Digest, Head, SignedHead};
use crate::domain::meeting::seen::Audience;
use crate::domain::meeting::{Actor, Command, Meeting, Phase, Recorded};
use crate::domain::presence::Observation;
use crate::domain::refusal::Refusal;
use std::borrow::Cow;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

pub(super) use act::{fault, reused};
pub use task::{NotStarted, start};

/// Commands that may wait for the running meeting. Sixty members pressing at once fit; a flood is told to come again.
pub const INBOX_MAX: usize = 256;

/// Newest entries a screen can show without asking the store.
pub const RECENT_MAX: usize = 60;

/// Everything a running meeting needs of the outside.
#[derive(Clone)]
pub struct Outside {
    pub store: Arc<dyn LedgerStore>,
    pub signer: Arc<dyn Signer>,
    pub announcer: Arc<dyn Announcer>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub media: MediaEngine,
    /// The clock on the wall of the town hall.
    pub local: Arc<LocalClock>,
    /// The name of this process among those that share the database.
    pub node: String,
}

/// The meeting as it stands: always whole, never a difference.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Rises with every change that is published; screens use it to notice gaps.
    pub sequence: u64,
    pub meeting: Meeting,
    pub rules: Arc<Rules>,
    pub head: Head,
    pub heads: Vec<SignedHead>,
    /// The newest entries, oldest first, at most [`RECENT_MAX`].
    pub recent: Vec<Recorded>,
}

impl Snapshot {
    /// The meeting and its newest entries as this audience may know them.
    #[must_use]
    pub fn seen_by(self: &Arc<Self>, audience: Audience<'_>) -> Arc<Self> {
        let meeting = match self.meeting.seen_by(audience) {
            Cow::Borrowed(_) => return Arc::clone(self),
            Cow::Owned(meeting) => meeting,
        };
        let known = |recorded: &&Recorded| !recorded.classes.contains(&Class::ClosedFinding);
        let (sequence, head, heads) = (self.sequence, self.head.clone(), self.heads.clone());
        let recent = self.recent.iter().filter(known).cloned().collect();
        Arc::new(Self { sequence, meeting, rules: Arc::clone(&self.rules), head, heads, recent })
    }
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The law, the phase, the rights, or somebody faster.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The inbox is full.
    #[error("Im Moment kommt zu viel auf einmal an. Bitte gleich noch einmal.")]
    Busy,
    /// The machine's fault. Nothing was recorded.
    #[error("{0}")]
    Fault(String),
}

/// A command on its way.
#[derive(Debug)]
pub(crate) enum Ask {
    Command { id: CommandId, actor: Actor, command: Box<Command>, answer: oneshot::Sender<Result<Receipt, Denied>> },
    Measured(Vec<Observation>),
    Stop(oneshot::Sender<()>),
}

/// The handle of a running meeting.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub id: MeetingId,
    inbox: mpsc::Sender<Ask>,
    state: watch::Receiver<Arc<Snapshot>>,
}

impl Sitting {
    /// Sends a command and waits until it is durable or refused. The same id with the same content is answered with the
    /// same receipt, however often it is asked.
    ///
    /// # Errors
    /// [`Denied`].
    pub async fn command(&self, id: CommandId, actor: Actor, command: Command) -> Result<Receipt, Denied> {
        let (answer, answered) = oneshot::channel();
        let ask = Ask::Command { id, actor, command: Box::new(command), answer };
        self.inbox.try_send(ask).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Denied::Busy,
            mpsc::error::TrySendError::Closed(_) => stopped(),
        })?;
        answered.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Hands over a second's measurement. If the meeting is busy it is left out: the next second comes.
    pub fn measured(&self, observations: Vec<Observation>) {
        let _ = self.inbox.try_send(Ask::Measured(observations));
    }

    /// The meeting as it stands.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.state.borrow().clone()
    }

    /// A watch on the meeting: every reader sees the newest state, slow ones skip.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.state.clone()
    }

    /// Whether the task behind this handle has ended.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.inbox.is_closed()
    }

    /// Whether nobody sits, and nobody holds another handle: the meeting can be let go and read again when it is asked for.
    #[must_use]
    pub fn is_resting(&self) -> bool {
        let running = matches!(self.state.borrow().meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. });
        !running && self.inbox.strong_count() == 1
    }

    /// Ends the task after what it is doing, and gives the claim up.
    pub async fn stop(&self) {
        let (done, ended) = oneshot::channel();
        if self.inbox.send(Ask::Stop(done)).await.is_ok() {
            let _ = ended.await;
        }
    }
}

fn stopped() -> Denied {
    Denied::Fault("Die Sitzung wird gerade neu geladen. Bitte gleich noch einmal.".into())
}

/// The digest of a command's content, to tell a repetition from a reuse.
///
/// # Errors
/// If the command cannot be written canonically.
pub(crate) fn fingerprint(actor: &Actor, command: &Command) -> Result<Digest, Denied> {
    let wrong = |why: String| Denied::Fault(why);
    let value = serde_json::to_value(command).map_err(|error| wrong(error.to_string()))?;
    let text = crate::domain::ledger::canonical(&value).map_err(|error| wrong(error.to_string()))?;
    let who = actor.seat.as_ref().map_or("", |seat| seat.as_str());
    Ok(Digest::of("ratssaal command v1", &[who.as_bytes(), b"\n", text.as_bytes()]))
}
