//! `Sprechzettel`: what whoever leads the meeting notes for themselves, item by item. Nobody else is ever shown it.

use super::frame::{Frame, Live};
use askama::Template;

/// `/sitzung/{id}/notizen`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/notes.html")]
pub struct NotesPage {
    pub frame: Frame,
    /// In the order of the agenda; empty before there is one.
    pub notes: Vec<NoteForm>,
}

/// Part `notes`: the note on the item at hand.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/notes.html")]
pub struct Notes {
    /// The called item's, between two items that of the next; `None` after the last one.
    pub note: Option<NoteForm>,
    /// Where all of them stand.
    pub all: String,
    /// Shown opened: something is noted.
    pub open: bool,
}

/// Where a note is written; kept while it is written.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/note.html")]
pub struct NoteForm {
    /// Where it is sent.
    pub to: String,
    pub item: String,
    /// E.g. „TOP 3“.
    pub number: String,
    pub title: String,
    pub text: String,
    /// E.g. „Gesichert um 19:31:05 Uhr“.
    pub state: String,
    pub chars_max: usize,
}
