//! The table: one row an item, the official minutes and ours side by side. A difference is explained by name, or it fails.

use super::Past;
use super::agenda::{Agenda, Point, meaning};
use super::cells::{list, pair, present, recused, result, standing, status, title, wording};
use super::ours::{self, Standing};
use super::reason::Reason;
use super::roll::in_order;
use super::run::Outcomes;
use crate::app::ports::official::{OfficialItem, OfficialStatus, OfficialText};
use crate::domain::id::ItemId;
use crate::domain::minutes::Minutes;

/// How two sides of a cell relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Same,
    /// Different, and a reason of the row says why.
    Explained,
    Different,
}

/// One cell: the official minutes and ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub official: String,
    pub ours: String,
    pub verdict: Verdict,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub number: String,
    /// Where the agenda gives another title than the minutes, ours has the agenda's.
    pub title: Pair,
    pub status: Pair,
    /// Every vote as „30:13:0 angenommen“.
    pub result: Pair,
    pub wording: Pair,
    /// Names, as the texts give them.
    pub recused: Pair,
    /// Members present, by vote.
    pub present: Pair,
    pub reasons: Vec<Reason>,
    /// What the core refused; always a failure.
    pub troubles: Vec<String>,
}

/// One hand too many, and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub number: String,
    /// The refusal; `None` if it was taken, which is a failure.
    pub refused: Option<String>,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub heading: String,
    /// Form and law, as our minutes name them.
    pub law: String,
    pub rows: Vec<Row>,
    pub breaks: Pair,
    pub slips: Vec<Slip>,
    /// Troubles of the sitting as a whole.
    pub whole: Vec<String>,
    /// Seats of the body, and whether anybody said so.
    pub seats: (usize, bool),
    /// The texts name those present.
    pub attendance_given: bool,
}

impl Row {
    /// The worst of its cells.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let cells = [&self.title, &self.status, &self.result, &self.wording, &self.recused, &self.present];
        let worst = cells.into_iter().map(|pair| pair.verdict).max().unwrap_or(Verdict::Same);
        if self.troubles.is_empty() { worst } else { Verdict::Different }
    }
}

impl Comparison {
    /// Whether everything is the same, or different for a reason that has a name.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.rows.iter().all(|row| row.verdict() != Verdict::Different)
            && self.breaks.verdict != Verdict::Different
            && self.slips.iter().all(|slip| slip.refused.is_some())
            && self.whole.is_empty()
    }
}

/// Lays both sides beside each other.
pub fn compare(
    past: &Past<'_>,
    agenda: &Agenda<'_>,
    outcomes: &Outcomes,
    seats: (usize, bool),
    minutes: &Minutes,
) -> Comparison {
    let number_of = |item: &ItemId| {
        agenda.points.iter().find(|point| point.entry.id == *item).map_or("", |point| point.entry.number.as_str())
    };
    let chair = in_order(agenda).iter().find_map(|text| text.chair.clone());
    let mut rows: Vec<Row> =
        agenda.points.iter().map(|point| row(point, chair.as_deref(), outcomes, minutes)).collect();
    rows.extend(agenda.strangers.iter().map(|(text, item)| stranger(text, item)));
    let official: Vec<String> = in_order(agenda)
        .iter()
        .flat_map(|text| &text.breaks)
        .map(|(from, until)| format!("{from} – {until}"))
        .collect();
    let slips = outcomes.slips.iter();
    Comparison {
        heading: format!("{}, {}", minutes.title, past.municipality),
        law: ours::law(minutes),
        rows,
        breaks: pair(list(&official), list(&ours::breaks(minutes))),
        slips: slips
            .map(|(item, _, refused)| Slip { number: number_of(item).to_owned(), refused: refused.clone() })
            .collect(),
        whole: outcomes.whole.clone(),
        seats,
        attendance_given: past.texts.iter().any(|text| text.present.is_some()),
    }
}

fn row(point: &Point<'_>, chair: Option<&str>, outcomes: &Outcomes, minutes: &Minutes) -> Row {
    let ours = ours::read(minutes, &point.entry.id);
    let mut reasons = Vec::new();
    let mut row = Row {
        number: point.entry.number.clone(),
        title: title(point, &ours, &mut reasons),
        status: status(point, &ours, &mut reasons),
        result: result(point, &ours, &mut reasons),
        wording: wording(point, &ours, &mut reasons),
        recused: recused(point, &ours),
        present: present(point, &ours),
        reasons,
        troubles: outcomes.troubles.get(&point.entry.id).cloned().unwrap_or_default(),
    };
    remarks(point, chair, &mut row.reasons);
    row
}

/// What the texts deal with and the agenda does not have.
fn stranger(text: &OfficialText, item: &OfficialItem) -> Row {
    let none = || pair(String::new(), String::new());
    let trouble = format!("{}: Punkt {} steht nicht auf der Tagesordnung.", text.source, item.number);
    Row {
        number: item.number.clone(),
        title: pair(item.title.clone(), item.title.clone()),
        status: Pair { official: item.result.clone(), ours: String::new(), verdict: Verdict::Different },
        result: none(),
        wording: none(),
        recused: none(),
        present: none(),
        reasons: Vec::new(),
        troubles: vec![trouble],
    }
}

/// What a reader of the row should know and no cell says.
fn remarks(point: &Point<'_>, chair: Option<&str>, reasons: &mut Vec<Reason>) {
    let Some((text, item)) = point.official else { return };
    let leads = text.items.first().is_some_and(|first| first.number == item.number);
    if let Some(said) = point.said {
        let (meant, official) = (meaning(said), standing(item.status, &item.votes));
        let lower = said.to_lowercase();
        let unanimity = match official {
            Standing::Adopted { unanimous } => {
                (lower.contains("einstimmig") && !unanimous) || (lower.contains("mehrheit") && unanimous)
            }
            _ => false,
        };
        let outcome = meant == OfficialStatus::Voted && lower.contains("abgelehnt") != (official == Standing::Rejected);
        let same = meant == item.status || item.votes.last().is_some_and(|vote| vote.instead == Some(meant));
        if !same || unanimity || outcome {
            reasons.push(Reason::AgendaSaysOtherwise(said.to_owned()));
        }
    }
    if let (OfficialStatus::Referred, Some(body)) = (item.status, &text.referred_to)
        && !text.wording.as_deref().unwrap_or_default().contains(body.as_str())
    {
        reasons.push(Reason::ReferredElsewhere(body.clone()));
    }
    if leads && text.items.len() > 1 {
        reasons.push(Reason::Together(text.items.iter().map(|item| item.number.clone()).collect()));
    }
    if let Some(other) = text.chair.as_deref().filter(|other| Some(*other) != chair) {
        reasons.push(Reason::ChairOtherwise(other.to_owned()));
    }
    if leads {
        reasons.extend(text.unread.iter().cloned().map(Reason::Unread));
    }
}
