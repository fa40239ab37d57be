//! Planning a meeting: its day, its place, its agenda.

use super::before::Period;
use super::frame::{Frame, Live};
use super::next::Choice;
use askama::Template;

/// Planung of one meeting, before it is convened. Posts to [`PlanEditor::to`]; every button names in `tun` what it does.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/plan.html")]
pub struct PlanEditor {
    pub frame: Frame,
    pub to: String,
    /// Value of the field `kennung`.
    pub command: String,
    /// Which version was edited.
    pub revision: u64,
    pub period: Period,
    pub title: String,
    pub place: String,
    pub day: String,
    pub time: String,
    pub rows: Vec<PlanRow>,
    /// What is wrong; nothing is saved.
    pub error: Option<String>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<Theirs>,
    /// E.g. "Gespeichert."; may be empty.
    pub saved: String,
    /// The body has changed since the meeting was planned.
    pub seating: Option<Seating>,
    /// Where items of a second sitting are marked.
    pub second: String,
}

/// How the body differs from the one the meeting was planned with. Taking it over posts `kennung` to [`Seating::to`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seating {
    pub to: String,
    pub command: String,
    /// One sentence for each difference.
    pub changes: Vec<String>,
    /// Why it cannot be taken over; may be empty.
    pub blocked: String,
}

/// One line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    pub id: String,
    pub number: String,
    pub title: String,
    pub public: bool,
    pub motion: String,
}

/// The stored plan beside the one that could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    /// E.g. "Dienstag, 24. November 2026, 19:00 Uhr · Rathaus".
    pub when: String,
    pub rows: Vec<PlanRow>,
    /// Where it is edited, giving up the own one.
    pub href: String,
}

/// A new meeting. Posts `gremium`, `titel`, `ort`, `tag`, `uhrzeit`, `erste`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/plan_new.html")]
pub struct PlanNew {
    pub frame: Frame,
    pub to: String,
    pub bodies: Vec<Choice>,
    pub title: String,
    pub place: String,
    pub day: String,
    pub time: String,
    /// What keeps everybody in the hall at the first sitting.
    pub first_norm: String,
    pub error: Option<String>,
}
