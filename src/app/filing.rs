//! Papers of an item (`Vorlagen`): looked at, kept by what is in them, recorded in the ledger, read by whoever may.

use crate::app::ports::clock::Clock;
use crate::app::ports::papers::{NotAPaper, PaperReader, PaperStore};
use crate::domain::id::PaperId;
use crate::domain::ledger::Digest;
use crate::domain::meeting::before::Paper;
use crate::domain::meeting::command::PaperFile;
use crate::domain::meeting::{Actor, Business, Meeting};
use crate::domain::text::Name;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Files looked at or handed out at once: each is in memory whole.
const AT_ONCE: usize = 3;

/// Why a file was not kept or is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum NotFiled {
    #[error(transparent)]
    NotAPaper(#[from] NotAPaper),
    #[error("Die Datei konnte nicht abgelegt werden: {0}")]
    Fault(String),
}

/// Takes papers and hands them out.
pub struct Filing {
    store: Arc<dyn PaperStore>,
    reader: Arc<dyn PaperReader>,
    clock: Arc<dyn Clock>,
    few: Semaphore,
    /// Largest file taken, in bytes.
    pub bytes_max: u64,
}

impl Filing {
    #[must_use]
    pub fn new(
        store: Arc<dyn PaperStore>,
        reader: Arc<dyn PaperReader>,
        clock: Arc<dyn Clock>,
        bytes_max: u64,
    ) -> Self {
        Self { store, reader, clock, few: Semaphore::new(AT_ONCE), bytes_max }
    }

    /// A place among the few who may have a file in memory; held as long as it lives.
    pub async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.few.acquire().await.ok()
    }

    /// Looks into a file and keeps it; what is left is to record it.
    ///
    /// # Errors
    /// [`NotFiled`].
    pub async fn keep(&self, paper: PaperId, name: Name, bytes: Vec<u8>) -> Result<PaperFile, NotFiled> {
        let reader = Arc::clone(&self.reader);
        let looked = tokio::task::spawn_blocking(move || (reader.pages(&bytes), Digest::sha256(&bytes), bytes));
        // A file that makes the reader stumble is a broken file.
        let (pages, digest, bytes) = looked.await.map_err(|_| NotAPaper::Broken)?;
        let (pages, size) = (pages?, bytes.len());
        let kept = self.store.keep(digest, bytes, self.clock.now()).await;
        kept.map_err(|why| NotFiled::Fault(why.to_string()))?;
        Ok(PaperFile { paper, name, digest, bytes: u64::try_from(size).unwrap_or(u64::MAX), pages })
    }

    /// The file of a paper.
    ///
    /// # Errors
    /// [`NotFiled::Fault`].
    pub async fn fetch(&self, digest: Digest) -> Result<Option<Vec<u8>>, NotFiled> {
        self.store.fetch(digest).await.map_err(|why| NotFiled::Fault(why.to_string()))
    }
}

/// Whether somebody may read a paper now: members of the body and the clerk, and of those who are recused nobody while the
/// item is called, of a non-public item never (§ 18 (5), § 35 (2) GemO BW).
#[must_use]
pub fn may_read(meeting: &Meeting, actor: &Actor, paper: &Paper) -> bool {
    if !actor.strong || (actor.seat.is_none() && !actor.clerk) {
        return false;
    }
    let recused = actor.seat.as_ref().is_some_and(|seat| meeting.is_recused(&paper.item, seat));
    let called = meeting.business().and_then(Business::item) == Some(&paper.item);
    !recused || (!paper.closed && !called)
}
