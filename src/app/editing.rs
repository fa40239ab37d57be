//! A plan as somebody edits it in a form: lines that may still be wrong, and the plan they make.

use crate::app::planning::{NoPlan, is_item_number, item_id};
use crate::domain::id::ItemId;
use crate::domain::meeting::Meeting;
use crate::domain::meeting::command::PlanDraft;
use crate::domain::meeting::event::AgendaEntry;
use crate::domain::text::{Title, Wording};
use crate::domain::time::{Date, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// Most lines a form may have.
pub const LINES_MAX: usize = 1000;

/// What stands in the form, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub title: String,
    pub place: String,
    pub day: String,
    /// `HH:MM` on the clock of the town hall.
    pub time: String,
    pub items: Vec<Line>,
}

/// One line of the agenda, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Empty for a new one.
    pub id: String,
    pub number: String,
    pub title: String,
    pub public: bool,
    pub motion: String,
}

impl Lines {
    /// The plan as it is stored, to be edited. `time` tells the hour of an instant.
    #[must_use]
    pub fn of(meeting: &Meeting, time: impl Fn(Instant) -> String) -> Self {
        let text = |text: Option<String>| text.unwrap_or_default();
        Self {
            title: meeting.title.to_string(),
            place: meeting.place.to_string(),
            day: meeting.day.to_string(),
            time: time(meeting.starts_at),
            items: meeting
                .items
                .iter()
                .map(|item| Line {
                    id: item.id.to_string(),
                    number: item.number.clone(),
                    title: text(item.title.as_ref().map(ToString::to_string)),
                    public: item.public,
                    motion: text(item.motion.as_ref().map(ToString::to_string)),
                })
                .collect(),
        }
    }

    /// The plan these lines make; lines without number, title and motion are left out.
    ///
    /// # Errors
    /// [`NoPlan`] for the first line that is wrong. `moment` tells the instant of a day and an hour.
    pub fn plan(&self, moment: impl Fn(Date, &str) -> Option<Instant>) -> Result<PlanDraft, NoPlan> {
        let wrong = |what: &str, why: &dyn std::fmt::Display| NoPlan::Text(what.to_owned(), why.to_string());
        let day: Date = self.day.parse().map_err(|why| wrong("Tag", &why))?;
        let starts_at = moment(day, &self.time).ok_or_else(|| wrong("Beginn", &"bitte in der Form 19:00."))?;
        let (mut taken, mut agenda) = (BTreeSet::new(), Vec::new());
        let (mut closed_titles, mut closed_motions) = (BTreeMap::new(), BTreeMap::new());
        for (place, line) in (1_usize..).zip(&self.items) {
            if [&line.number, &line.title, &line.motion].iter().all(|text| text.trim().is_empty()) {
                continue;
            }
            let at = |what: &str| format!("Zeile {place}, {what}");
            let number = line.number.trim().to_owned();
            if !is_item_number(&number) && line.id.is_empty() {
                return Err(NoPlan::Number { number });
            }
            let title: Title = line.title.parse().map_err(|why| wrong(&at("Titel"), &why))?;
            let motion = match line.motion.trim() {
                "" => None,
                motion => Some(motion.parse::<Wording>().map_err(|why| wrong(&at("Beschlussvorschlag"), &why))?),
            };
            let id = line_id(line, &number, &taken)?;
            taken.insert(id.clone());
            if !line.public {
                closed_titles.insert(id.clone(), title.clone());
                closed_motions.extend(motion.clone().map(|motion| (id.clone(), motion)));
            }
            let (title, motion) = (line.public.then_some(title), motion.filter(|_| line.public));
            agenda.push(AgendaEntry { id, number, public: line.public, title, motion });
        }
        Ok(PlanDraft {
            title: self.title.parse().map_err(|why| wrong("Bezeichnung", &why))?,
            place: self.place.parse().map_err(|why| wrong("Ort", &why))?,
            day,
            starts_at,
            agenda,
            closed_titles,
            closed_motions,
        })
    }
}

/// A line keeps its identifier; a new one gets the first that is free.
fn line_id(line: &Line, number: &str, taken: &BTreeSet<ItemId>) -> Result<ItemId, NoPlan> {
    let free = |id: &ItemId| !taken.contains(id);
    if let Some(id) = line.id.parse().ok().filter(free) {
        return Ok(id);
    }
    let first = item_id(number)?;
    let more = (2..=LINES_MAX.saturating_add(2)).filter_map(|count| format!("{first}-{count}").parse().ok());
    let none = || NoPlan::Number { number: number.to_owned() };
    std::iter::once(first.clone()).chain(more).find(free).ok_or_else(none)
}
