//! What is printed or published before a meeting: the public notice, the agenda on paper, the roll sheet for the day on
//! which nothing electronic works.

use super::frame::{Frame, Live};
use askama::Template;

/// One line of a printed agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintItem {
    pub number: String,
    pub title: String,
    /// How deep it lies: 0 for "5", 1 for "5.1".
    pub depth: usize,
    /// Names of its papers.
    pub papers: Vec<String>,
}

/// Bekanntmachung (§ 34 (1) s. 7, § 41b (1) GemO BW): for everybody, public items only.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/notice.html")]
pub struct PublicNotice {
    pub frame: Frame,
    /// E.g. "Gemeinderat: 7. Sitzung".
    pub title: String,
    /// It does not take place, and why.
    pub cancelled: Option<String>,
    /// Label and text.
    pub facts: Vec<(String, String)>,
    pub items: Vec<PrintItem>,
    /// Whether a non-public part follows.
    pub closed_part: bool,
    /// Where the meeting can be followed.
    pub live: String,
}

/// Tagesordnung to print.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/print_agenda.html")]
pub struct PrintedAgenda {
    pub town: String,
    pub title: String,
    pub facts: Vec<(String, String)>,
    pub public: Vec<PrintItem>,
    pub closed: Vec<PrintItem>,
    /// Why the second part is non-public, in the words of the law.
    pub closed_ground: String,
    pub signed: String,
}

/// Anwesenheits- und Abstimmungsliste for an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/roll.html")]
pub struct RollSheet {
    pub town: String,
    pub title: String,
    /// Day, hour and place in one line.
    pub when: String,
    pub rows: Vec<RollRow>,
    /// Headings of the columns for votes.
    pub votes: Vec<String>,
    /// E.g. "Beschlussfähig ab 7 anwesenden Stimmberechtigten von 13 (§ 37 Abs. 2 Satz 1 GemO)."
    pub quorum: String,
}

/// One member on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRow {
    pub number: usize,
    pub name: String,
    pub about: String,
    /// What was answered, e.g. "zugeschaltet"; may be empty.
    pub reply: String,
}
