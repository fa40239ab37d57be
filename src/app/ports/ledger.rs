//! The store of the ledger: append if the head is the expected one, read, claim, take from the outbox. Nothing more.

use super::Answer;
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::ledger::{Class, Digest, Head, Sealed, SignedHead};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};

/// Entries one command may append.
pub const ENTRIES_PER_COMMAND_MAX: usize = 512;

/// Who runs a meeting: the node and the number of its claim. Checked in the transaction of every append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub meeting: MeetingId,
    pub node: String,
    pub epoch: u64,
}

/// A successful claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub owner: Owner,
    /// The last durable sign of life of whoever ran the meeting before; `None` if nobody did.
    pub last_alive: Option<Instant>,
}

/// What one command adds to a ledger, all or nothing.
#[derive(Debug, Clone)]
pub struct Append {
    pub owner: Owner,
    pub now: Instant,
    /// The head these entries were decided on.
    pub expected: Head,
    pub command: CommandId,
    /// Digest of the command's content: the same id with another content is refused.
    pub fingerprint: Digest,
    /// 1 to [`ENTRIES_PER_COMMAND_MAX`] entries, chained to `expected`.
    pub entries: Vec<Sealed>,
    /// Heads signed with this append.
    pub heads: Vec<SignedHead>,
    /// Parts that cease to exist with this append; never findings.
    pub redact: Vec<(u64, Class)>,
    /// What the outside is to be told once this is durable.
    pub outbox: Vec<Notice>,
}

/// A message that leaves through the outbox, written with the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which sender takes it: `room` or `mail`.
    pub lane: Lane,
    /// What the lane understands, as JSON.
    pub content: String,
    pub not_before: Instant,
}

/// The outbox's lanes; each is sent strictly in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// The meeting's room beside the picture.
    Room,
    /// Mail.
    Mail,
}

impl Lane {
    /// The frozen name in the store.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Mail => "mail",
        }
    }
}

/// A notice that was leased for sending. `id` is fixed for ever and serves as transaction id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    pub id: String,
    pub meeting: MeetingId,
    /// The entry it belongs to.
    pub number: u64,
    pub lane: Lane,
    pub content: String,
    pub attempts: u32,
}

/// What a sender says of a leased notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    Done,
    /// Try again, not before the given time.
    Later(Instant),
    /// Never: it is parked with the reason, and the lane goes on.
    Parked(String),
}

/// Proof that a command is in the ledger: the same for every time it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub meeting: MeetingId,
    pub command: CommandId,
    /// Number of the command's first entry.
    pub first: u64,
    /// Number of the command's last entry, whose digest `head` is.
    pub last: u64,
    pub head: Digest,
    pub recorded_at: Instant,
}

/// How an append ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    Now(Receipt),
    /// The command was in the ledger already, with the same content.
    Before(Receipt),
}

/// How an append, a claim or a reading did not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Somebody was faster: the head is another one.
    #[error("Der Stand hat sich inzwischen geändert.")]
    HeadMoved,
    /// The meeting is run by another node, or by a later claim.
    #[error("Die Sitzung wird von einem anderen Knoten geführt.")]
    NotOwner,
    /// This command id stands in the ledger with another content.
    #[error("Diese Kennung wurde schon für etwas anderes verwendet.")]
    CommandReused,
    /// The machine: disk full, database gone, impossible row. Nothing was written.
    #[error("Die Aufzeichnung ist gestört: {0}")]
    Fault(String),
}

/// The ledger in a database.
pub trait LedgerStore: Send + Sync {
    /// Takes over the meeting for `node` until `until`, or prolongs its claim: a new epoch unless this node already
    /// holds an unexpired one that `held` names. A living claim of another node is [`LedgerError::NotOwner`].
    fn claim<'a>(
        &'a self,
        meeting: &'a MeetingId,
        node: &'a str,
        held: Option<u64>,
        now: Instant,
        until: Instant,
    ) -> Answer<'a, Result<Claim, LedgerError>>;

    /// Gives the claim up, so that the next one needs not wait for it to expire. A stale owner changes nothing.
    fn release<'a>(&'a self, owner: &'a Owner, now: Instant) -> Answer<'a, Result<(), LedgerError>>;

    /// All meetings that have a ledger, in order of their identifiers.
    fn meetings(&self) -> Answer<'_, Result<Vec<MeetingId>, LedgerError>>;

    /// The whole ledger of a meeting in order, with whatever parts still exist. Empty if there is none.
    fn load<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<Vec<Sealed>, LedgerError>>;

    /// The signed heads of a meeting in order.
    fn heads<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<Vec<SignedHead>, LedgerError>>;

    /// Appends durably, all or nothing: on return of [`Appended`] it survives a power cut.
    fn append(&self, append: Append) -> Answer<'_, Result<Appended, LedgerError>>;

    /// The receipt of a command, with the fingerprint it was recorded under.
    fn receipt<'a>(
        &'a self,
        meeting: &'a MeetingId,
        command: &'a CommandId,
    ) -> Answer<'a, Result<Option<(Receipt, Digest)>, LedgerError>>;

    /// Leases up to `most` due notices of a lane to `node` until `until`: per meeting only the oldest unsent ones in
    /// order, none while another node's lease on that meeting and lane lives.
    fn lease<'a>(
        &'a self,
        lane: Lane,
        node: &'a str,
        most: u32,
        now: Instant,
        until: Instant,
    ) -> Answer<'a, Result<Vec<Leased>, LedgerError>>;

    /// Settles a leased notice.
    fn settle<'a>(&'a self, id: &'a str, sent: Sent, now: Instant) -> Answer<'a, Result<(), LedgerError>>;
}
