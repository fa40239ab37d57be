//! Papers made from the ledger alone: the minutes and the evidence bundle.

use crate::app::bundle::{self, BundledFile};
use crate::app::ports::ledger::{LedgerError, LedgerStore};
use crate::app::ports::minutes::MinutesPrinter;
use crate::app::ports::signer::Signer;
use crate::app::record;
use crate::domain::id::MeetingId;
use crate::domain::ledger::{Class, Head, Sealed};
use crate::domain::minutes::build;
use crate::domain::time::{Instant, LocalTime};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Under which name the minutes are taken home.
pub const MINUTES_NAME: &str = "niederschrift.pdf";
/// Under which name the evidence is taken home.
pub const BUNDLE_NAME: &str = bundle::FILE_NAME;

/// Why a paper could not be made: the machine's fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("{0}")]
    Other(String),
}

/// Tells the time on the wall of the town hall.
pub type LocalClock = dyn Fn(Instant) -> LocalTime + Send + Sync;

/// Makes papers, one at a time: a large one takes a second and much memory.
pub struct Papers {
    store: Arc<dyn LedgerStore>,
    signer: Arc<dyn Signer>,
    printer: Arc<dyn MinutesPrinter>,
    local: Arc<LocalClock>,
    one: Semaphore,
}

impl Papers {
    #[must_use]
    pub fn new(
        store: Arc<dyn LedgerStore>,
        signer: Arc<dyn Signer>,
        printer: Arc<dyn MinutesPrinter>,
        local: Arc<LocalClock>,
    ) -> Self {
        Self { store, signer, printer, local, one: Semaphore::new(1) }
    }

    /// The minutes of the public part, as of the newest entry.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn minutes(&self, id: &MeetingId) -> Result<Vec<u8>, PaperFault> {
        let ledger = self.store.load(id).await?;
        self.print(id, ledger).await
    }

    /// The evidence bundle with the digest of the minutes. The non-public part is withheld.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn bundle(&self, id: &MeetingId) -> Result<String, PaperFault> {
        let ledger = self.store.load(id).await?;
        let heads = self.store.heads(id).await?;
        let minutes = self.print(id, ledger.clone()).await?;
        let files = [BundledFile::of(MINUTES_NAME, &minutes)];
        let withheld = BTreeSet::from([Class::NonPublic]);
        bundle::bundle(id, &self.signer.public_key(), &ledger, &heads, &files, &withheld)
            .map_err(|why| PaperFault::Other(why.to_string()))
    }

    async fn print(&self, id: &MeetingId, ledger: Vec<Sealed>) -> Result<Vec<u8>, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        let _turn = self.one.acquire().await.map_err(|why| other(why.to_string()))?;
        let (id, printer, local) = (id.clone(), Arc::clone(&self.printer), Arc::clone(&self.local));
        let printed = tokio::task::spawn_blocking(move || {
            let (meeting, events) = record::replay(&id, &ledger).map_err(|why| other(why.to_string()))?;
            let rules = record::rules_of(&meeting).map_err(other)?;
            let head = ledger.last().map_or_else(
                || Head::start(id.clone()),
                |last| Head { meeting: id.clone(), number: last.envelope.number, digest: last.digest },
            );
            let minutes = build(&events, &meeting, &rules, &head, &*local);
            printer.print(&minutes).map_err(|why| other(why.to_string()))
        });
        printed.await.map_err(|why| other(why.to_string()))?
    }
}
