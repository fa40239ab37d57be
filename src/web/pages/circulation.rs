//! Umlaufverfahren: the list, a new one, one of them for members and office, and what the public may read of all.

use super::act::Act;
use super::form::Form;
use super::frame::{Frame, Live};
use askama::Template;

/// `/umlauf`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/circulations.html")]
pub struct CirculationList {
    pub frame: Frame,
    /// The visitor may send something round.
    pub may_open: bool,
    pub cards: Vec<CirculationCard>,
}

/// One of them in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CirculationCard {
    pub href: String,
    pub subject: String,
    pub body: String,
    /// E.g. „Ihre Antwort fehlt noch“.
    pub word: String,
    /// E.g. „Widerspruch bis 1. Dezember 2026“.
    pub when: String,
    /// Something is to be done by the visitor.
    pub calls: bool,
}

/// `/umlauf/neu`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/circulation_new.html")]
pub struct CirculationNew {
    pub frame: Frame,
    pub error: Option<String>,
    /// The law in a sentence, and its paragraph.
    pub law: (String, String),
    pub form: Form,
}

/// `/umlauf/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/circulation.html")]
pub struct CirculationPage {
    pub frame: Frame,
    pub subject: String,
    /// Where it stands, as a sentence, and the paragraph.
    pub state: (String, String),
    /// It is decided, and rightly so.
    pub good: bool,
    pub facts: Vec<(String, String)>,
    /// Empty for whoever is recused.
    pub wording: String,
    /// `None`: the visitor is not asked.
    pub own: Option<OwnAnswer>,
    /// Label and number; empty for whoever is recused.
    pub sums: Vec<(String, u32)>,
    /// Everybody who is asked; for chair and clerk.
    pub members: Vec<AskedMember>,
    /// What chair and clerk do, each with a title.
    pub office: Vec<(String, Form)>,
    /// Address and label.
    pub files: Vec<(String, String)>,
    /// The newest entry of the record.
    pub head: String,
}

/// What the visitor has said, and may say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAnswer {
    pub said: Option<String>,
    pub forms: Vec<Form>,
    /// Instead of forms.
    pub idle: String,
}

/// One member in the eyes of chair and clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedMember {
    pub name: String,
    /// How the member was asked.
    pub asked: String,
    /// Nothing reached the member.
    pub open: bool,
    /// What the member said.
    pub answer: String,
    pub acts: Vec<Act>,
    pub form: Option<Form>,
}

/// `/oeffentlich/umlauf`: what was announced.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/circulation_results.html")]
pub struct CirculationResults {
    pub frame: Frame,
    pub decisions: Vec<CirculationDecision>,
}

/// One announced decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CirculationDecision {
    pub subject: String,
    pub body: String,
    pub wording: String,
    /// When it was found, and where it was announced.
    pub when: String,
}
