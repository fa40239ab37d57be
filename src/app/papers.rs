//! Papers made from the ledger alone: the minutes and the evidence bundle.

use crate::app::bundle::{self, BundledFile};
use crate::app::circulation::Dossier;
use crate::app::ports::Fault;
use crate::app::ports::clock::Clock;
use crate::app::ports::ledger::{LedgerError, LedgerStore};
use crate::app::ports::minutes::MinutesPrinter;
use crate::app::ports::seal::{Bearer, Seal, SealFault, SealTimes};
use crate::app::ports::signer::Signer;
use crate::app::record;
use crate::domain::circulation::Stage;
use crate::domain::id::{MeetingId, SeatId};
use crate::domain::law::Rules;
use crate::domain::ledger::{Head, Sealed};
use crate::domain::meeting::{Meeting, Phase, Recorded};
use crate::domain::minutes::{
    Deadlines, Minutes, Missing, Part, build, build_for, circulation_minutes, deadlines, missing,
};
use crate::domain::time::{Instant, LocalTime};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Under which name the minutes are taken home.
pub const MINUTES_NAME: &str = "niederschrift.pdf";
/// Under which name the minutes of the non-public part are taken home.
pub const CLOSED_MINUTES_NAME: &str = "niederschrift-nichtoeffentlich.pdf";
/// Under which name the whole evidence is taken home.
pub const CLOSED_BUNDLE_NAME: &str = "beweis-nichtoeffentlich.jsonl";
/// Under which name the evidence is taken home.
pub const BUNDLE_NAME: &str = bundle::FILE_NAME;

/// Under which name the certificate of the seal is taken home.
pub const CERTIFICATE_NAME: &str = "siegel.pem";

/// Why a paper could not be made: the machine's fault.
#[derive(Debug, thiserror::Error)]
pub enum PaperFault {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Seal(#[from] SealFault),
    #[error(transparent)]
    Store(#[from] Fault),
    #[error("{0}")]
    Other(String),
}

/// Tells the time on the wall of the town hall.
pub type LocalClock = dyn Fn(Instant) -> LocalTime + Send + Sync;

/// Makes papers, one at a time: a large one takes a second and much memory.
pub struct Papers {
    store: Arc<dyn LedgerStore>,
    signer: Arc<dyn Signer>,
    press: Press,
    clock: Arc<dyn Clock>,
    local: Arc<LocalClock>,
    one: Semaphore,
}

/// What makes a paper of a document.
pub struct Press {
    pub printer: Arc<dyn MinutesPrinter>,
    pub seal: Arc<dyn Seal>,
    pub times: Arc<dyn SealTimes>,
}

/// The minutes to be read, and what is still to be done.
#[derive(Debug, Clone)]
pub struct Document {
    pub minutes: Minutes,
    pub missing: Vec<Missing>,
    pub deadlines: Deadlines,
}

/// The minutes as a file.
struct Printed {
    pdf: Vec<u8>,
    head: Head,
    /// The meeting is closed: no draft any more.
    closed: bool,
}

impl Papers {
    #[must_use]
    pub fn new(
        store: Arc<dyn LedgerStore>,
        signer: Arc<dyn Signer>,
        press: Press,
        clock: Arc<dyn Clock>,
        local: Arc<LocalClock>,
    ) -> Self {
        Self { store, signer, press, clock, local, one: Semaphore::new(1) }
    }

    /// Whose seal the minutes bear.
    #[must_use]
    pub fn bearer(&self) -> &Bearer {
        self.press.seal.bearer()
    }

    /// The minutes of one part, as of the newest entry: of a closed meeting with the municipality's seal, before that a
    /// draft without it.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn minutes(&self, id: &MeetingId, part: Part) -> Result<Vec<u8>, PaperFault> {
        let ledger = self.store.load(id).await?;
        self.made(id, part, ledger).await
    }

    /// The minutes as a document, with what they still lack and until when they are due.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn document(&self, id: &MeetingId, part: Part) -> Result<Document, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        let ledger = self.store.load(id).await?;
        let _turn = self.one.acquire().await.map_err(|why| other(why.to_string()))?;
        let (id, local) = (id.clone(), Arc::clone(&self.local));
        let written = tokio::task::spawn_blocking(move || {
            let read = Reading::of(&id, &ledger)?;
            Ok(Document {
                minutes: read.minutes(part, &*local),
                missing: missing(part, &read.events, &read.meeting, &read.rules, &*local),
                deadlines: deadlines(&read.meeting, &read.rules),
            })
        });
        written.await.map_err(|why| other(why.to_string()))?
    }

    /// The non-public book as this member may read it; to be looked at, never handed out (§ 38 (2) s. 2 GemO BW).
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn inspection(&self, id: &MeetingId, seat: &SeatId) -> Result<Minutes, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        let ledger = self.store.load(id).await?;
        let _turn = self.one.acquire().await.map_err(|why| other(why.to_string()))?;
        let (id, seat, local) = (id.clone(), seat.clone(), Arc::clone(&self.local));
        let written = tokio::task::spawn_blocking(move || {
            let read = Reading::of(&id, &ledger)?;
            Ok(build_for(&seat, &read.events, &read.meeting, &read.rules, &read.head, &*local))
        });
        written.await.map_err(|why| other(why.to_string()))?
    }

    /// The evidence bundle with the digest of the minutes of that part as they are handed out, sealed. In the one for
    /// everybody the non-public part is withheld; the other one is whole.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn bundle(&self, id: &MeetingId, part: Part) -> Result<String, PaperFault> {
        let ledger = self.store.load(id).await?;
        let heads = self.store.heads(id).await?;
        let minutes = self.made(id, part, ledger.clone()).await?;
        let (name, withheld) = match part {
            Part::Public => (MINUTES_NAME, BTreeSet::from(bundle::CLOSED)),
            Part::Closed => (CLOSED_MINUTES_NAME, BTreeSet::new()),
        };
        let files = [BundledFile::of(name, &minutes)];
        bundle::bundle(id, &self.signer.public_key(), &ledger, &heads, &files, &withheld)
            .map_err(|why| PaperFault::Other(why.to_string()))
    }

    /// The file that is handed out: the same bytes for the same entry and certificate.
    async fn made(&self, id: &MeetingId, part: Part, ledger: Vec<Sealed>) -> Result<Vec<u8>, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        let _turn = self.one.acquire().await.map_err(|why| other(why.to_string()))?;
        let (id, printer, local) = (id.clone(), Arc::clone(&self.press.printer), Arc::clone(&self.local));
        let printed = tokio::task::spawn_blocking(move || print(&id, part, &ledger, &*printer, &*local));
        let printed = printed.await.map_err(|why| other(why.to_string()))??;
        self.sealed(printed).await
    }

    /// With the municipality's seal, once nothing is open any more.
    async fn sealed(&self, printed: Printed) -> Result<Vec<u8>, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        if !printed.closed {
            return Ok(printed.pdf);
        }
        let at = self.press.times.first(&printed.head, &self.bearer().fingerprint, self.clock.now()).await?;
        let seal = Arc::clone(&self.press.seal);
        let sealed = tokio::task::spawn_blocking(move || seal.seal(&printed.pdf, at));
        Ok(sealed.await.map_err(|why| other(why.to_string()))??)
    }
}

impl Papers {
    /// The minutes of a matter that was sent round, as a document.
    #[must_use]
    pub fn circulation(&self, dossier: &Dossier) -> Minutes {
        let as_of = dossier.entries.last().map_or(Instant(0), |entry| entry.at);
        circulation_minutes(&dossier.circulation, &dossier.rules, &dossier.head, as_of)
    }

    /// The same as a file; with the municipality's seal once the result stands.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn circulation_file(&self, dossier: &Dossier) -> Result<Vec<u8>, PaperFault> {
        let other = |why: String| PaperFault::Other(why);
        let _turn = self.one.acquire().await.map_err(|why| other(why.to_string()))?;
        let (minutes, printer) = (self.circulation(dossier), Arc::clone(&self.press.printer));
        let printed = tokio::task::spawn_blocking(move || printer.print(&minutes));
        let pdf = printed.await.map_err(|why| other(why.to_string()))?.map_err(|why| other(why.to_string()))?;
        let closed = matches!(dossier.circulation.stage, Stage::Found(_) | Stage::Ended(_));
        self.sealed(Printed { pdf, head: dossier.head.clone(), closed }).await
    }

    /// The evidence of a matter that was sent round, with the digest of its minutes; for the body.
    ///
    /// # Errors
    /// [`PaperFault`].
    pub async fn circulation_bundle(&self, dossier: &Dossier) -> Result<String, PaperFault> {
        let id = &dossier.circulation.id;
        let mut ledger = self.store.load(id).await?;
        // What was written since this dossier was read belongs to the next bundle.
        ledger.truncate(dossier.entries.len());
        let mut heads = self.store.heads(id).await?;
        heads.retain(|signed| signed.head.number <= dossier.head.number);
        let files = [BundledFile::of(MINUTES_NAME, &self.circulation_file(dossier).await?)];
        bundle::bundle(id, &self.signer.public_key(), &ledger, &heads, &files, &BTreeSet::new())
            .map_err(|why| PaperFault::Other(why.to_string()))
    }
}

/// The ledger, read.
struct Reading {
    events: Vec<Recorded>,
    meeting: Meeting,
    rules: Rules,
    head: Head,
}

impl Reading {
    fn of(id: &MeetingId, ledger: &[Sealed]) -> Result<Self, PaperFault> {
        let (meeting, events) = record::replay(id, ledger).map_err(|why| PaperFault::Other(why.to_string()))?;
        let rules = record::rules_of(&meeting).map_err(PaperFault::Other)?;
        let head = ledger.last().map_or_else(
            || Head::start(id.clone()),
            |last| Head { meeting: id.clone(), number: last.envelope.number, digest: last.digest },
        );
        Ok(Self { events, meeting, rules, head })
    }

    fn minutes(&self, part: Part, local: &LocalClock) -> Minutes {
        build(part, &self.events, &self.meeting, &self.rules, &self.head, local)
    }
}

fn print(
    id: &MeetingId,
    part: Part,
    ledger: &[Sealed],
    printer: &dyn MinutesPrinter,
    local: &LocalClock,
) -> Result<Printed, PaperFault> {
    let read = Reading::of(id, ledger)?;
    let pdf = printer.print(&read.minutes(part, local)).map_err(|why| PaperFault::Other(why.to_string()))?;
    let closed = matches!(read.meeting.phase, Phase::Closed(_));
    Ok(Printed { pdf, head: read.head, closed })
}
