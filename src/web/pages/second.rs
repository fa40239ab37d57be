//! Zweite Sitzung: which items of earlier sittings wait for one, and which items of the plan are.

use super::frame::{Frame, Live};
use super::next::Choice;
use askama::Template;

/// Every form posts `kennung` and `tun` to [`PlanSecond::to`]: `vermerken` with `erste` and `punkt`, `zuruecknehmen` with
/// `punkt`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/plan_second.html")]
pub struct PlanSecond {
    pub frame: Frame,
    pub to: String,
    /// Where the agenda is edited.
    pub back: String,
    /// How many suffice, with the paragraph.
    pub law: String,
    pub paragraph: String,
    /// Items of the plan that are dealt with a second time.
    pub marked: Vec<MarkedItem>,
    /// Items of earlier sittings that wait for it.
    pub waiting: Vec<WaitingItem>,
    /// What just happened; may be empty.
    pub saved: String,
}

/// An item of the plan that is dealt with a second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedItem {
    pub item: String,
    /// „TOP 5  Brücke“.
    pub title: String,
    /// „erste Sitzung am 22.10.2026“.
    pub first: String,
    pub command: String,
}

/// An item of an earlier sitting that lacked its quorum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingItem {
    /// Meeting and item, as the form sends it.
    pub first: String,
    /// „TOP 5  Brücke“.
    pub title: String,
    /// „am 22.10.2026: 11 anwesend und stimmberechtigt, nötig 12“.
    pub why: String,
    pub command: String,
    /// The plan's items it can be, the likely one first; the last is a new one.
    pub items: Vec<Choice>,
}
