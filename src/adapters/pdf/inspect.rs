//! Whether a file is a PDF that can be opened (ISO 32000).

use crate::app::ports::papers::{NotAPaper, PaperReader};

/// Readers accept the header within the first kilobyte (ISO 32000-1, annex H.3.4.1).
const HEADER_WITHIN: usize = 1024;

/// Opens files with lopdf.
#[derive(Debug, Clone, Copy, Default)]
pub struct PdfReader;

impl PaperReader for PdfReader {
    fn pages(&self, bytes: &[u8]) -> Result<u32, NotAPaper> {
        let head = bytes.get(..HEADER_WITHIN.min(bytes.len())).unwrap_or_default();
        if !head.windows(5).any(|window| window == b"%PDF-") {
            return Err(NotAPaper::OtherKind);
        }
        let document = lopdf::Document::load_mem(bytes).map_err(|_| NotAPaper::Broken)?;
        if document.is_encrypted() {
            return Err(NotAPaper::Locked);
        }
        match u32::try_from(document.get_pages().len()) {
            Ok(0) => Err(NotAPaper::Empty),
            Ok(pages) => Ok(pages),
            Err(_) => Err(NotAPaper::Broken),
        }
    }
}
