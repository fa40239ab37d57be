//! The results of a meeting for the public: items, wording, outcome, totals. Prints well.

use super::frame::{Frame, Live};
use askama::Template;

/// `/oeffentlich/{id}/ergebnisse`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/results.html")]
pub struct ResultsView {
    pub frame: Frame,
    /// E.g. „Gemeinderat – 7. Sitzung“.
    pub title: String,
    /// Day, time and place.
    pub when: String,
    /// What this page is just now, e.g. „Die Sitzung läuft noch; hier steht, was bisher festgestellt ist.“
    pub state: String,
    pub items: Vec<ResultItem>,
    /// Why names are shown, or that they are not.
    pub names: String,
    /// Back to the running meeting.
    pub back: String,
}

/// An item with everything that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultItem {
    pub number: String,
    pub title: String,
    pub public: bool,
    /// E.g. „vertagt“; empty while nothing is known.
    pub word: String,
    pub results: Vec<ResultRow>,
}

/// One ballot that was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    pub wording: String,
    /// E.g. „angenommen“.
    pub outcome: String,
    /// Style class of the outcome.
    pub class: &'static str,
    /// E.g. „9 Ja, 2 Nein, 1 Enthaltung“.
    pub tally: String,
    /// How it was taken.
    pub method: String,
    /// Choice and names, where the body's rules allow it.
    pub voters: Vec<(String, String)>,
}
