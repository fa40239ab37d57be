//! Where the files of papers lie, and who says that a file is one.

use super::{Answer, Fault};
use crate::domain::ledger::Digest;
use crate::domain::time::Instant;

/// Keeps files by what is in them.
pub trait PaperStore: Send + Sync {
    /// Keeps a file under its SHA-256. On return it survives a power cut; kept twice, it lies there once.
    ///
    /// # Errors
    /// If the store fails; nothing half is ever read back.
    fn keep(&self, digest: Digest, bytes: Vec<u8>, now: Instant) -> Answer<'_, Result<(), Fault>>;

    /// The file, whole and unchanged; `None` if it was never kept.
    ///
    /// # Errors
    /// If the store fails, or what lies there is not what was kept.
    fn fetch(&self, digest: Digest) -> Answer<'_, Result<Option<Vec<u8>>, Fault>>;
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPaper {
    #[error("Das ist keine PDF-Datei. Bitte speichern Sie das Dokument als PDF und wählen Sie die Datei noch einmal.")]
    OtherKind,
    #[error("Die PDF-Datei ist beschädigt und lässt sich nicht öffnen. Bitte erzeugen Sie sie neu.")]
    Broken,
    #[error("Die PDF-Datei ist mit einem Kennwort verschlossen. Bitte speichern Sie sie ohne Kennwort.")]
    Locked,
    #[error("Die PDF-Datei hat keine Seiten.")]
    Empty,
}

/// Looks into a file. May take a second and much memory: call it where blocking is allowed.
pub trait PaperReader: Send + Sync {
    /// How many pages the PDF has.
    ///
    /// # Errors
    /// [`NotAPaper`].
    fn pages(&self, bytes: &[u8]) -> Result<u32, NotAPaper>;
}
