//! The minutes as a page: the document as it stands, a text on each item, what is still missing, and until when it is due.

use super::frame::{Frame, Live};
use askama::Template;

/// `/sitzung/{id}/niederschrift`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/minutes.html")]
pub struct MinutesDesk {
    pub frame: Frame,
    /// The lines at the top of the document.
    pub title_lines: Vec<String>,
    /// What the minutes lack; empty if nothing.
    pub missing: Vec<MissingPoint>,
    pub dates: Vec<DateLine>,
    pub sheets: Vec<Sheet>,
    /// The public and the non-public book; empty where there is one only.
    pub books: Vec<Book>,
    /// `(address, label)` of the printed file.
    pub file: (String, String),
}

/// `/sitzung/{id}/einsicht`: the non-public book, for members to read and for nobody to take away (§ 38 (2) s. 2 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/inspection.html")]
pub struct Inspection {
    pub frame: Frame,
    pub title_lines: Vec<String>,
    /// Without anything to write.
    pub sheets: Vec<Sheet>,
    /// Why there is no file and nothing comes out of the printer.
    pub why: String,
    /// What the reader does not read, one sentence each.
    pub withheld: Vec<String>,
}

/// One of the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPoint {
    pub sentence: String,
    /// The paragraph that asks for it, or empty: a habit.
    pub paragraph: String,
    /// Where it can be mended: anchor and label.
    pub places: Vec<(String, String)>,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine {
    /// E.g. „Dem Gremium zur Kenntnis“.
    pub what: String,
    /// E.g. „bis 26.12.2026“.
    pub until: String,
    pub paragraph: String,
}

/// A part of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Unique in the page.
    pub id: String,
    /// Empty directly below the title.
    pub heading: String,
    pub blocks: Vec<Block>,
    /// Where the clerk writes, at an item.
    pub form: Option<TextForm>,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    Finding(String),
    Wording(String),
    Note(String),
    /// Label and value.
    Facts(Vec<(String, String)>),
    Table {
        /// What the table is, for those who do not see it.
        label: String,
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// Role and name, if it is known.
    Signatures(Vec<(String, String)>),
}

/// Where a text on an item is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextForm {
    /// The meeting's address of the minutes; the form goes to `…/text`, a draft to `…/entwurf`.
    pub to: String,
    pub item: String,
    pub number: String,
    /// Id of the command.
    pub command: String,
    /// The entry the writer has before her; 0 if there is none.
    pub replaces: u64,
    /// What stands in the field.
    pub text: String,
    /// E.g. „Entwurf gesichert um 19:31 Uhr, noch nicht eingetragen“.
    pub state: String,
    /// What somebody else entered meanwhile.
    pub other: Option<OtherText>,
    /// Shown opened.
    pub open: bool,
    /// Why nothing can be entered now, or empty.
    pub blocked: String,
    /// Something stands in the minutes already.
    pub entered: bool,
    pub chars_max: usize,
}

/// A text that was entered after the writer began hers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherText {
    /// E.g. „Eintrag 41, 19:40 Uhr“.
    pub when: String,
    /// Empty: taken back.
    pub text: String,
}

/// Part `texts`: what stands in the minutes on the called item, beside the running meeting.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/texts.html")]
pub struct CurrentText {
    /// Where texts are written.
    pub href: String,
    /// E.g. „TOP 3“; empty between items.
    pub item: String,
    /// What stands there; empty if nothing does.
    pub text: String,
    /// What is said instead.
    pub idle: String,
}
