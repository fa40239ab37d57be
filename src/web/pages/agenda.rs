//! The agenda (Tagesordnung) and the item that has been called.

use super::act::Act;
use super::floor::Folded;
use askama::Template;

/// Part `agenda`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/agenda.html")]
pub struct Agenda {
    pub items: Vec<AgendaRow>,
    /// Urgent additions and mistakes put right; only on the chair's screen.
    pub entries: Vec<Folded>,
}

/// One item (Tagesordnungspunkt).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaRow {
    /// E.g. "3" or "5.1".
    pub number: String,
    /// The title; for those without right to a non-public item only "Nichtöffentlicher Punkt".
    pub title: String,
    pub public: bool,
    pub state: ItemState,
    /// The state in words, e.g. "angenommen, 9 Ja, 2 Nein, 1 Enthaltung"; may be empty for a waiting item.
    pub word: String,
    /// Calling it out of turn, moving it, taking it off; only on the chair's screen.
    pub acts: Vec<Act>,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    Waiting,
    Current,
    Done,
}

impl ItemState {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "agenda__item--waiting",
            Self::Current => "agenda__item--current",
            Self::Done => "agenda__item--done",
        }
    }

    /// The item is being dealt with.
    #[must_use]
    pub const fn is_current(self) -> bool {
        matches!(self, Self::Current)
    }

    /// The item is finished.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done)
    }
}

/// Part `item`: what is being dealt with now.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/item.html")]
pub struct CurrentItem {
    pub item: Option<Item>,
    /// What stands there when no item is called, e.g. "Die Sitzung beginnt um 19:00 Uhr."
    pub idle: String,
}

/// The called item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub number: String,
    pub title: String,
    pub public: bool,
    /// E.g. "aufgerufen um 19:12 Uhr".
    pub since: String,
    /// The proposed decision (Beschlussvorschlag), if there is one.
    pub motion: Option<String>,
}
