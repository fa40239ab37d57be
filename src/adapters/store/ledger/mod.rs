//! The ledger in a database: [`LedgerStore`] on SQLite and PostgreSQL.
//!
//! The lock of a meeting is its row in `meeting_owner`: every append updates it first, so two nodes that append at the
//! same time wait for each other there and the second sees the first one's entries. Data come in checked
//! ([`check`]) and go out decoded strictly ([`read`]).

mod append;
mod check;
mod fault;
mod outbox;
mod owner;
mod read;

use super::Db;
use crate::app::ports::Answer;
use crate::app::ports::ledger::{
    Append, Appended, Claim, Lane, Leased, LedgerError, LedgerStore, Owner, Receipt, Sent,
};
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::ledger::{Digest, Sealed, SignedHead};
use crate::domain::time::Instant;

/// The ledgers of one installation. Cheap to clone.
#[derive(Debug, Clone)]
pub struct LedgerDb {
    db: Db,
}

impl LedgerDb {
    /// The ledgers in an opened database.
    #[must_use]
    pub const fn new(db: Db) -> Self {
        Self { db }
    }
}

impl LedgerStore for LedgerDb {
    fn claim<'a>(
        &'a self,
        meeting: &'a MeetingId,
        node: &'a str,
        held: Option<u64>,
        now: Instant,
        until: Instant,
    ) -> Answer<'a, Result<Claim, LedgerError>> {
        Box::pin(owner::claim(&self.db, meeting, node, held, now, until))
    }

    fn release<'a>(&'a self, owner: &'a Owner, now: Instant) -> Answer<'a, Result<(), LedgerError>> {
        Box::pin(owner::release(&self.db, owner, now))
    }

    fn meetings(&self) -> Answer<'_, Result<Vec<MeetingId>, LedgerError>> {
        Box::pin(read::meetings(&self.db))
    }

    fn load<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<Vec<Sealed>, LedgerError>> {
        Box::pin(read::load(&self.db, meeting))
    }

    fn heads<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<Vec<SignedHead>, LedgerError>> {
        Box::pin(read::heads(&self.db, meeting))
    }

    fn append(&self, append: Append) -> Answer<'_, Result<Appended, LedgerError>> {
        Box::pin(append::append(&self.db, append))
    }

    fn receipt<'a>(
        &'a self,
        meeting: &'a MeetingId,
        command: &'a CommandId,
    ) -> Answer<'a, Result<Option<(Receipt, Digest)>, LedgerError>> {
        Box::pin(read::receipt(&self.db, meeting, command))
    }

    fn lease<'a>(
        &'a self,
        lane: Lane,
        node: &'a str,
        most: u32,
        now: Instant,
        until: Instant,
    ) -> Answer<'a, Result<Vec<Leased>, LedgerError>> {
        Box::pin(outbox::lease(&self.db, lane, node, most, now, until))
    }

    fn settle<'a>(&'a self, id: &'a str, sent: Sent, _now: Instant) -> Answer<'a, Result<(), LedgerError>> {
        Box::pin(outbox::settle(&self.db, id, sent))
    }
}

/// A number as the databases hold it.
fn number_to(number: u64) -> Result<i64, LedgerError> {
    i64::try_from(number).map_err(|_| fault::refused(format!("{number} ist zu groß")))
}

/// A number as the databases gave it.
fn number_from(number: i64) -> Result<u64, String> {
    u64::try_from(number).map_err(|_| format!("{number} ist negativ"))
}
