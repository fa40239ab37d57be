//! Verlangen: what councillors and factions ask for, and what becomes of it (§ 34 (1) s. 3 to 6 GemO BW).

use super::frame::{Frame, Live};
use super::next::Choice;
use askama::Template;

/// `/verlangen`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/requests.html")]
pub struct RequestsPage {
    pub frame: Frame,
    /// E.g. "Das Verlangen ist aufgenommen."; may be empty.
    pub saved: String,
    /// Why the last answer was not taken; may be empty.
    pub error: String,
    pub open: Vec<RequestCard>,
    pub done: Vec<RequestCard>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCard {
    pub id: String,
    /// E.g. "Der Brunnen am Marktplatz".
    pub subject: String,
    /// E.g. "Verhandlungsgegenstand für den Gemeinderat".
    pub wants: String,
    /// E.g. "Eingegangen am Freitag, 20. November 2026".
    pub received: String,
    /// E.g. "Anton Apfelkern, Berta Birnbaum".
    pub who: String,
    /// The law carries it.
    pub admissible: bool,
    /// What the law says, a sentence.
    pub finding: String,
    pub paragraph: String,
    /// Until when; may be empty.
    pub due: String,
    /// It is late.
    pub late: bool,
    /// `None`: it is answered.
    pub answer: Option<AnswerForm>,
    /// What became of it; empty while it is open.
    pub outcome: String,
    /// The sitting: address and label.
    pub meeting: Option<(String, String)>,
}

/// The form of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerForm {
    pub to: String,
    /// Sittings of the body since then.
    pub meetings: Vec<Choice>,
    /// The law does not carry it: it may be declined.
    pub may_decline: bool,
    /// What was typed.
    pub outcome: String,
    pub meeting: String,
    pub remark: String,
}

/// `/verlangen/neu`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/request_new.html")]
pub struct RequestNew {
    pub frame: Frame,
    /// Identifier the request will have: a form sent twice is one request.
    pub id: String,
    pub error: Option<String>,
    /// Bodies to change to: address and name; empty if there is only this one.
    pub others: Vec<(String, String)>,
    pub body: String,
    pub body_name: String,
    pub wants: String,
    pub subject: String,
    pub received_on: String,
    pub people: Vec<Asking>,
    pub faction: String,
    pub factions: Vec<String>,
    pub foreign: bool,
    pub handwritten: bool,
    pub dealt_with: String,
    /// What the law asks for, in sentences with their paragraphs.
    pub law: Vec<(String, String)>,
}

/// Somebody who may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    pub seat: String,
    pub name: String,
    /// Faction, or empty.
    pub about: String,
    pub ticked: bool,
}
