//! Printing of the minutes: a document in, the bytes of a file out. The same document always gives the same bytes.

use crate::domain::minutes::Minutes;

/// Why a document was not printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// More pages than anybody would sign.
    #[error("Die Niederschrift hätte mehr als {0} Seiten.")]
    TooLong(usize),
    /// The printer itself.
    #[error("Die Niederschrift konnte nicht gedruckt werden: {0}")]
    Fault(String),
}

/// Makes a file of the minutes. Takes up to seconds for hundreds of pages: call it where blocking is allowed, one at a
/// time.
pub trait MinutesPrinter: Send + Sync {
    /// The file.
    ///
    /// # Errors
    /// [`PrintError`]; nothing is ever printed that the document does not say.
    fn print(&self, minutes: &Minutes) -> Result<Vec<u8>, PrintError>;
}
