//! Meetings as another system describes them, before anybody believed it.

use crate::domain::time::Instant;

/// A meeting of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignMeeting {
    /// Last part of its identifier there; names it here as well.
    pub key: String,
    /// Identifiers of the bodies that meet.
    pub organizations: Vec<String>,
    pub name: Option<String>,
    pub place: Option<String>,
    pub start: Option<Instant>,
    /// Cancelled or deleted there.
    pub cancelled: bool,
    /// In the order of the agenda.
    pub items: Vec<ForeignItem>,
    /// Papers and files it names; they are counted, not fetched.
    pub papers: usize,
    /// What had to be mended to read it at all, as German sentences.
    pub mended: Vec<String>,
}

/// One line of its agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignItem {
    pub number: Option<String>,
    pub title: Option<String>,
    /// `None` if it does not say.
    pub public: Option<bool>,
    /// How it ended there, in its words; only past meetings have it.
    pub result: Option<String>,
}
