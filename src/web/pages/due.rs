//! Fristen: what has to happen until when, for those who prepare and write.

use super::frame::{Frame, Live};
use askama::Template;

/// `/fristen`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/due.html")]
pub struct Deadlines {
    pub frame: Frame,
    /// Today's day, in words.
    pub today: String,
    /// Days in their order; what is past stands first.
    pub groups: Vec<DueGroup>,
}

/// Deadlines that belong together: past, this week, later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueGroup {
    pub title: String,
    /// Style class, or empty.
    pub class: &'static str,
    pub rows: Vec<DueRow>,
}

/// One deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// E.g. „Montag, 7. Dezember 2026“.
    pub day: String,
    /// E.g. „in 3 Tagen“.
    pub left: String,
    pub what: String,
    /// What it means, or empty.
    pub note: String,
    pub paragraph: String,
    /// E.g. „Gemeinderat, 24. November 2026“.
    pub meeting: String,
    pub href: String,
}
