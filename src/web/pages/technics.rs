//! Before the sitting and beside it: what must still happen, and whose line stands how.

use askama::Template;

/// Part `readiness`: what must be green before the sitting can begin, or why it is not.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/readiness.html")]
pub struct Readiness {
    /// Nothing to look at: not convened, or begun already.
    pub hidden: bool,
    pub checks: Vec<Check>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// E.g. "Saal".
    pub title: String,
    pub ready: bool,
    /// What is there, or what is missing.
    pub word: String,
    /// The paragraph that asks for it; empty while it is met.
    pub paragraph: String,
}

/// Part `lines`: everybody with picture, sound and reception (`Technik`).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/lines.html")]
pub struct Lines {
    /// The hall first, then the members in the order of the council.
    pub rows: Vec<Line>,
    /// What stands there while nothing is measured.
    pub idle: String,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    /// E.g. "zugeschaltet", "im Saal".
    pub place: String,
    pub picture: Arrival,
    pub sound: Arrival,
    pub reception: Arrival,
    /// The hall reaches this device.
    pub hall: Arrival,
    /// When picture and sound first arrived both ways, e.g. "18:31 Uhr"; empty before.
    pub proven: String,
    /// E.g. "seit 19:02:10 Uhr".
    pub since: String,
    /// The newest report of a disturbance by this member, or empty.
    pub report: String,
}

impl Line {
    /// Picture, sound, reception and hall, in the order of the columns.
    #[must_use]
    pub const fn arrivals(&self) -> [Arrival; 4] {
        [self.picture, self.sound, self.reception, self.hall]
    }
}

/// Whether something arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    Yes,
    No,
    /// Nothing is measured, or nothing is asked for.
    Unknown,
}

impl Arrival {
    /// In words: colour and picture only repeat it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "ja",
            Self::No => "nein",
            Self::Unknown => "–",
        }
    }

    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Yes => "arrival--yes",
            Self::No => "arrival--no",
            Self::Unknown => "arrival--unknown",
        }
    }
}
