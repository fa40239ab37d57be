//! The minutes on paper: a plain PDF by printpdf, with embedded fonts and the same bytes for the same document.
//! Layout (where things stand) and printing (how a PDF says it) are apart, so that another writer can take over.

mod fonts;
mod inspect;
mod layout;
mod page;
mod print;
mod table;
mod wrap;

pub use inspect::PdfReader;

use crate::app::ports::minutes::{MinutesPrinter, PrintError};
use crate::domain::minutes::Minutes;

/// Prints with the fonts that come with the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct PdfPrinter;

impl MinutesPrinter for PdfPrinter {
    fn print(&self, minutes: &Minutes) -> Result<Vec<u8>, PrintError> {
        let fonts = fonts::Fonts::load()?;
        let pages = layout::lay_out(minutes, &fonts)?;
        print::write(minutes, &pages, &fonts)
    }
}

#[cfg(test)]
mod tests;
