//! What the chair does next, what disturbs, and what else may be done.

use super::act::{Act, Blocked};
use super::entry::Entry;
use askama::Template;

/// Part `next`: the single next action of the chair (Vorsitz).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/next.html")]
pub struct NextStep {
    /// E.g. "TOP 3 aufrufen".
    pub title: String,
    /// Why now, or what is awaited; may be empty.
    pub context: String,
    /// The sentence the chair reads aloud.
    pub say: Option<String>,
    /// The act itself; `None` when there is nothing to do but wait, or the meeting is over.
    pub act: Option<Act>,
    /// At most two other ways on from here.
    pub others: Vec<Act>,
}

/// Part `faults`: disturbances that ask for the chair's finding (§ 37a (2) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/faults.html")]
pub struct Faults {
    pub faults: Vec<Fault>,
}

/// One disturbance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its id, safe in an HTML id.
    pub id: String,
    /// Who, e.g. "Carla Exempel".
    pub who: String,
    /// What, e.g. "kein Bild", "kein Ton", "gemeldet: „Ich höre den Saal nicht.“".
    pub what: String,
    /// E.g. "seit 19:14:22 Uhr".
    pub since: String,
    /// What it changes at once, e.g. "Zählt nicht als anwesend, bis Bild und Ton wieder eintreffen."
    pub effect: String,
    /// The proposed sphere of responsibility, e.g. "Bereich des Mitglieds".
    pub sphere: String,
    /// What speaks for it.
    pub evidence: String,
    /// The three choices; each note names its paragraph.
    pub choices: Vec<Act>,
}

/// Part `more`: interruption, recusal and the rarer acts.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/more.html")]
pub struct MoreActs {
    pub recusal: Option<ChoiceForm>,
    /// Who is recused for the current item, each with the act that lifts it.
    pub recused: Vec<Recused>,
    pub interrupt: Option<ChoiceForm>,
    /// Where the last fault lies after all.
    pub correct: Option<ChoiceForm>,
    /// The called item ends without a vote: how, and in which words.
    pub settle: Option<ChoiceForm>,
    /// The called item is an election, and of which kind.
    pub election: Option<ChoiceForm>,
    /// Voting on other terms than the usual ones, and taking a result back.
    pub terms: Vec<Entry>,
    /// What the mayor decides in the council's place, and before it who stands in.
    pub instead: Vec<Entry>,
    /// Measures that keep order.
    pub order: Vec<Entry>,
    /// A member doubts that enough are there.
    pub quorum: Option<Entry>,
    /// Who may be connected with an advisory voice.
    pub advisers: Vec<Entry>,
    /// Film and sound recordings.
    pub filming: Option<FilmingDesk>,
    /// A complaint that came beside the chamber.
    pub complaint: Option<Entry>,
    pub acts: Vec<Act>,
}

/// What whoever leads does about film and sound recordings (§ 35 (3) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmingDesk {
    /// What runs, or who is missing for it.
    pub words: String,
    /// Ends what runs.
    pub stop: Option<Act>,
    /// Begins it, or says why that is refused.
    pub start: Option<Entry>,
}

/// A form with one list to choose from and one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceForm {
    /// Prefix of the ids inside; unique on the page.
    pub id: String,
    pub to: String,
    pub verb: &'static str,
    pub command: String,
    /// Name of the chosen field, e.g. `sitz` or `grund`.
    pub name: &'static str,
    /// Label of the list.
    pub label: String,
    pub options: Vec<Choice>,
    /// A line of text beside the list; may stay empty.
    pub text: Option<TextField>,
    /// What the button says.
    pub button: String,
    /// What follows, under the button.
    pub note: String,
    pub blocked: Option<Blocked>,
}

/// A field for a line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    pub name: &'static str,
    pub label: String,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A recused member (befangen, § 18 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recused {
    pub name: String,
    /// E.g. "zu TOP 3, seit 19:20 Uhr".
    pub since: String,
    pub lift: Act,
}
