//! Verwaltung: the municipality as its administrators see it.

use super::frame::{Frame, Live, View};
use super::next::Choice;
use askama::Template;

/// What surrounds every page of the administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The pages of the administration.
    pub places: Vec<View>,
    /// E.g. "Gespeichert."; may be empty.
    pub saved: String,
}

/// Verwaltung: how the municipality stands.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_overview.html")]
pub struct TownOverview {
    pub frame: Frame,
    pub office: Office,
    pub town: String,
    /// What somebody should look after, worst first.
    pub cares: Vec<Care>,
    pub bodies: Vec<BodyCard>,
    /// Who has an address and no access yet.
    pub waiting: Vec<PersonRow>,
    /// Who has no address.
    pub silent: Vec<PersonRow>,
    pub clauses: Vec<ClauseRow>,
    /// The last changes.
    pub history: Vec<HistoryRow>,
    /// Invitations can be sent.
    pub mail: bool,
}

/// Something to look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Care {
    pub text: String,
    /// The ground, or empty.
    pub paragraph: String,
}

/// A body in the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyCard {
    pub href: String,
    pub name: String,
    /// E.g. "12 von 12 Sitzen besetzt".
    pub seats: String,
    /// Every seat is occupied.
    pub full: bool,
    /// E.g. "Vorsitz: Carla Exempel"; or that there is none.
    pub chair: String,
    /// E.g. "3 Fraktionen"; may be empty.
    pub more: String,
}

/// One body with everything about it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_body.html")]
pub struct TownBody {
    pub frame: Frame,
    pub office: Office,
    pub name: String,
    /// Label and value: seats, chair, results, chat, identifier.
    pub facts: Vec<(String, String)>,
    pub cares: Vec<Care>,
    pub change: String,
    pub add_member: String,
    /// Mandates that run or will begin.
    pub members: Vec<MemberRow>,
    /// Mandates that have ended, the last first.
    pub former: Vec<MemberRow>,
    pub factions: Vec<FactionRow>,
    /// In their order.
    pub deputies: Vec<String>,
    pub set_deputies: String,
    pub roles: Vec<RoleRow>,
    pub give_role: String,
}

/// A mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    pub name: String,
    /// E.g. "Vorsitz"; empty for a councillor.
    pub function: String,
    pub faction: String,
    /// E.g. "seit 01.07.2024".
    pub term: String,
    /// It has not begun.
    pub coming: bool,
    pub access: Access,
    pub change: String,
    pub end: String,
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    Ready,
    /// Has an address, but no keys yet; where an invitation is asked for.
    Waiting(String),
    NoAddress,
}

/// A faction of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactionRow {
    pub name: String,
    pub members: usize,
    pub rename: String,
}

/// Who does something for a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    pub role: String,
    pub name: String,
    pub access: Access,
    pub take: String,
}

/// Personen: everybody in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_people.html")]
pub struct TownPeople {
    pub frame: Frame,
    pub office: Office,
    pub search: String,
    /// How many there are in all.
    pub total: usize,
    pub rows: Vec<PersonRow>,
    pub add: String,
    pub mail: bool,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub name: String,
    pub email: String,
    /// Mandates and tasks; may be empty.
    pub about: String,
    pub access: Access,
    pub change: String,
}

/// Hauptsatzung: the clauses that open a format (§ 37a GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_clauses.html")]
pub struct TownClauses {
    pub frame: Frame,
    pub office: Office,
    /// With how many votes one is passed, with the paragraph.
    pub majority: String,
    pub rows: Vec<ClauseRow>,
    pub add: String,
    /// `Ortsrecht`: what Hauptsatzung and Geschäftsordnung say differently.
    pub local: Vec<ClauseRow>,
    pub add_local: String,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseRow {
    /// E.g. "Hybride Sitzungen".
    pub kind: String,
    pub paragraph: String,
    pub reference: String,
    pub dates: String,
    /// E.g. "in Kraft".
    pub word: String,
    pub standing: Standing,
    /// What it allows, or no longer allows.
    pub note: String,
    /// Where it is ended; empty if it has ended.
    pub end: String,
    /// Where the votes that carried it are entered; empty if they are on record.
    pub prove: String,
}

/// Whether a clause carries a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Good,
    /// Not yet, or no longer by the law of today.
    Care,
    Ended,
}

impl Standing {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "clause--good",
            Self::Care => "clause--care",
            Self::Ended => "clause--ended",
        }
    }

    /// Picture in `static/icons.svg`.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Good => "check",
            Self::Care => "alert",
            Self::Ended => "out",
        }
    }
}

/// Verlauf: who changed what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_history.html")]
pub struct TownHistory {
    pub frame: Frame,
    pub office: Office,
    pub rows: Vec<HistoryRow>,
    /// Where the changes before these stand.
    pub older: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// E.g. "Dienstag, 24. November 2026, 19:00 Uhr".
    pub when: String,
    pub who: String,
    pub what: String,
}

/// One change, to be filled in or confirmed. Posts its fields and `stand` to [`TownForm::to`].
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/town_form.html")]
pub struct TownForm {
    pub frame: Frame,
    pub office: Office,
    pub title: String,
    /// What follows from it, a paragraph each.
    pub lead: Vec<String>,
    pub to: String,
    /// Which version of the town was seen.
    pub revision: u64,
    /// What is wrong with the whole.
    pub error: Option<String>,
    /// What others changed meanwhile.
    pub theirs: Vec<HistoryRow>,
    pub fields: Vec<FormField>,
    pub button: String,
    /// It takes something away.
    pub grave: bool,
    /// Where it is given up.
    pub back: String,
    /// Another change that belongs here: address and label.
    pub more: Option<(String, String)>,
    /// Where an invitation is asked for, and what the button says.
    pub invite: Option<(String, String)>,
}

/// Something to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    pub name: String,
    pub label: String,
    /// May be empty.
    pub hint: String,
    pub value: String,
    /// What is wrong with it; may be empty.
    pub error: String,
    /// What somebody else saved meanwhile; may be empty.
    pub theirs: String,
    pub kind: FieldKind,
    /// The page opens here.
    pub first: bool,
}

/// How something is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of so many characters.
    Line(usize),
    /// The same, with proposals.
    Proposed(usize, Vec<String>),
    Email,
    Number,
    Day,
    List(Vec<Choice>),
    Ways(Vec<Choice>),
    /// Goes along unseen.
    Hidden,
}
