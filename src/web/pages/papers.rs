//! The papers (Unterlagen) of a meeting, readable within the page.

use super::next::Choice;
use askama::Template;

/// Part `papers`: what may be read now, the called item's first.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/papers.html")]
pub struct PaperList {
    pub groups: Vec<PaperGroup>,
}

/// The papers of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperGroup {
    /// E.g. "TOP 3".
    pub number: String,
    pub title: String,
    /// The item is being dealt with.
    pub current: bool,
    pub papers: Vec<PaperLink>,
}

/// One version of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLink {
    pub href: String,
    pub name: String,
    /// E.g. "PDF, 4 Seiten, 81 kB".
    pub detail: String,
    /// E.g. "Nachgereicht am 20.11. 08:00 Uhr"; empty if it came in time.
    pub late: String,
    /// Earlier versions: address and label.
    pub earlier: Vec<(String, String)>,
}

/// The form with which a paper is filed; posted as `multipart/form-data`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/upload.html")]
pub struct Upload {
    pub to: String,
    /// Value of the field `kennung`.
    pub command: String,
    pub items: Vec<Choice>,
    /// Papers of which this may be the next version.
    pub papers: Vec<Choice>,
    pub bytes_max: u64,
    /// E.g. "PDF, höchstens 50 MB."
    pub hint: String,
}
