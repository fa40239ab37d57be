//! What surrounds every page: whose house, which meeting, who is signed in, how the page stays current.

use askama::Template;

/// The frame of a page (`templates/base.html`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Title of the document, without the product's name.
    pub title: String,
    /// The municipality, e.g. "Musterstadt am Hang".
    pub town: String,
    /// The meeting in one line, e.g. "Gemeinderat · 7. Sitzung · 24. November 2026".
    pub meeting: Option<String>,
    /// Who is signed in: name and role, e.g. "Carla Exempel · Ratsmitglied".
    pub person: Option<String>,
    /// The screens of this meeting that this person may open.
    pub views: Vec<View>,
    /// Phase and head of the ledger; absent outside a meeting.
    pub phase: Option<Phase>,
    /// Where the page hears of changes.
    pub live: Live,
    /// What has just happened to a form sent without JavaScript; read out once.
    pub notice: Option<Notice>,
}

/// A link to another screen of the same meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub href: String,
    pub label: String,
    /// This is the page shown.
    pub current: bool,
}

/// How a page stays current.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Live {
    /// It does not change.
    Still,
    /// WebSocket for participants, e.g. `/sitzung/{id}/live`.
    Socket(String),
    /// Server-sent events for the public, e.g. `/oeffentlich/{id}/live`.
    Events(String),
}

/// The answer to a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// It was refused.
    pub refused: bool,
    pub text: String,
    /// The ground of a refusal, or empty.
    pub paragraph: String,
}

/// Part `phase`: where the meeting stands and which state of the record this is.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/phase.html")]
pub struct Phase {
    pub mood: Mood,
    /// E.g. "Öffentliche Sitzung", "Unterbrochen".
    pub word: String,
    /// E.g. "seit 19:02 Uhr".
    pub since: Option<String>,
    /// Head of the ledger (Kopf der Aufzeichnung).
    pub head: Option<Head>,
    /// That film and sound are recorded, and since when (§ 35 (3) GemO BW).
    pub filming: Option<String>,
}

/// The last entry of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub number: u64,
    /// First characters of its digest, enough to compare by eye, e.g. "7f3a 9c21".
    pub short: String,
}

/// The colour and picture of a phase; its word says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Waiting,
    Running,
    /// The public is shut out.
    Private,
    Voting,
    Interrupted,
    Closed,
}

impl Mood {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "mood--waiting",
            Self::Running => "mood--running",
            Self::Private => "mood--private",
            Self::Voting => "mood--voting",
            Self::Interrupted => "mood--interrupted",
            Self::Closed => "mood--closed",
        }
    }

    /// Picture in `static/icons.svg`.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Waiting => "clock",
            Self::Running => "play",
            Self::Private => "lock",
            Self::Voting => "ballot",
            Self::Interrupted => "pause",
            Self::Closed => "done",
        }
    }
}
