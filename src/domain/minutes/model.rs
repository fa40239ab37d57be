//! The document: what is said, in which order, and what kind of thing each part is. No fonts, no pages. Every part has an
//! identifier that stays the same when the document is built again, so that it can be tagged, linked and compared.

use crate::domain::time::Instant;

/// `Niederschrift`: the whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// What the document is, as its title in a list of files.
    pub title: String,
    /// Whose meeting it is: the municipality.
    pub author: String,
    /// The lines at the top of the first page; the first is the municipality, the second what the document is.
    pub title_lines: Vec<String>,
    /// One line for the head of every further page.
    pub running: String,
    /// One line for the foot of every page: which ledger, which entry, which digest.
    pub footing: String,
    /// When the newest entry was recorded: the only date the document has.
    pub as_of: Instant,
    pub sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: String,
    /// Empty for the part directly below the title.
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// A block of text or figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Unique in the document.
    pub id: String,
    pub content: Content,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A heading below the section's.
    Heading(String),
    Paragraph(String),
    /// A sentence that decides something: set so that it is found at once.
    Finding(String),
    /// The wording of a motion or decision, set apart from everything said about it.
    Wording(String),
    /// An explanation that is not part of the course of the meeting.
    Note(String),
    Facts(Vec<Fact>),
    Table(Table),
    Signatures(Vec<SignatureLine>),
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Each row has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub share: u16,
}

/// A line to sign on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// As what somebody signs.
    pub role: String,
    /// Who, where that is known beforehand.
    pub name: Option<String>,
}

impl Section {
    pub(super) fn new(id: impl Into<String>, heading: impl Into<String>) -> Self {
        Self { id: id.into(), heading: heading.into(), blocks: Vec::new() }
    }

    /// Adds a block; its identifier is the section's with `name` behind it.
    pub(super) fn add(&mut self, name: impl AsRef<str>, content: Content) {
        self.blocks.push(Block { id: format!("{}.{}", self.id, name.as_ref()), content });
    }

    pub(super) fn say(&mut self, name: impl AsRef<str>, sentence: impl Into<String>) {
        self.add(name, Content::Paragraph(sentence.into()));
    }
}

impl Table {
    pub(super) fn new<const N: usize>(columns: [(&str, u16); N]) -> Self {
        let columns = columns.iter().map(|(title, share)| Column { title: (*title).to_owned(), share: *share });
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }
}

impl Fact {
    pub(super) fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into() }
    }
}
