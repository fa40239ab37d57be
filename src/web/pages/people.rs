//! Part `people`: who is there, where, and whether picture and sound arrive.

use askama::Template;

/// The members in groups that do not jump about.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/people.html")]
pub struct People {
    pub groups: Vec<Group>,
}

/// From so many members on a list is long.
const CROWD: usize = 31;

impl People {
    /// More members than are read at once: what goes well is said by the picture beside the name alone.
    #[must_use]
    pub fn is_crowd(&self) -> bool {
        self.groups.iter().map(|group| group.rows.len()).sum::<usize>() >= CROWD
    }
}

/// E.g. "Zugeschaltet", "Vor Ort", "Abwesend".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub title: String,
    pub rows: Vec<Member>,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the seat.
    pub seat: String,
    pub name: String,
    /// Faction or office, e.g. "Grüne Mitte" or "Vorsitz".
    pub about: String,
    pub sense: Sense,
    /// The state in words, e.g. "Bild und Ton treffen ein", "kein Bild", "im Saal bestätigt".
    pub word: String,
    /// E.g. "seit 19:02 Uhr"; may be empty.
    pub since: String,
    /// Recused for the current item (befangen).
    pub recused: bool,
}

/// Whether a member can be perceived; always shown with its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Picture and sound arrive.
    Arrives,
    /// In the room, attested.
    InRoom,
    /// Something is missing, the period of grace runs.
    Falters,
    /// Not perceptible, not counted.
    Lost,
    /// Not there.
    Away,
}

impl Sense {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Arrives => "sense--arrives",
            Self::InRoom => "sense--room",
            Self::Falters => "sense--falters",
            Self::Lost => "sense--lost",
            Self::Away => "sense--away",
        }
    }

    /// Picture in `static/icons.svg`.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Arrives => "link",
            Self::InRoom => "hall",
            Self::Falters => "falter",
            Self::Lost => "alert",
            Self::Away => "away",
        }
    }

    /// Name on the wire (`seats` of a live message).
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Arrives => "arrives",
            Self::InRoom => "room",
            Self::Falters => "falters",
            Self::Lost => "lost",
            Self::Away => "away",
        }
    }
}
