//! A paper before everybody's eyes.

use super::act::Act;
use super::floor::Folded;
use askama::Template;

/// Part `shown`: the page that is shown, and how to show one; hidden if there is neither.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "parts/shown.html")]
pub struct ShownPaper {
    pub sheet: Option<ShownSheet>,
    /// Turn the page, end.
    pub acts: Vec<Act>,
    /// Show another paper.
    pub choose: Option<Folded>,
}

/// The page that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSheet {
    /// Where this viewer reads the paper.
    pub href: String,
    pub name: String,
    /// From 1.
    pub page: u32,
    /// E.g. „Seite 3 von 8, gezeigt von Carla Exempel“.
    pub word: String,
}
