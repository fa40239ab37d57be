//! The agenda with what is known of each item, and in which order its items were dealt with.

use super::Past;
use super::reason::Reason;
use crate::app::import;
use crate::app::planning::{self, Agenda as Planned};
use crate::app::ports::official::{OfficialItem, OfficialStatus, OfficialText};
use crate::domain::id::ItemId;
use crate::domain::meeting::event::AgendaEntry;
use crate::domain::text::{Title, Wording};
use crate::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Stands for the title of a non-public item.
const CLOSED: &str = "(nichtöffentlich)";

/// One line of the agenda.
pub struct Point<'a> {
    pub entry: AgendaEntry,
    pub title: String,
    /// The agenda's own word on how it ended.
    pub said: Option<&'a str>,
    /// What the minutes say, if they are at hand.
    pub official: Option<(&'a OfficialText, &'a OfficialItem)>,
    /// Why it is not even called.
    pub skipped: Option<Reason>,
}

/// The whole agenda.
pub struct Agenda<'a> {
    pub starts_at: Instant,
    pub points: Vec<Point<'a>>,
    pub closed_titles: BTreeMap<ItemId, Title>,
    pub closed_motions: BTreeMap<ItemId, Wording>,
    /// Numbers the texts deal with and the agenda does not have.
    pub strangers: Vec<(&'a OfficialText, &'a OfficialItem)>,
}

impl<'a> Agenda<'a> {
    /// Puts texts and agenda together.
    ///
    /// # Errors
    /// If a text is of another day, two texts deal with one item, or there is no agenda.
    pub fn of(past: &Past<'a>) -> Result<Self, String> {
        let starts_at = past.meeting.start.ok_or("Die Sitzung hat keinen Beginn.")?;
        let day = (past.local)(starts_at).date;
        if past.texts.is_empty() {
            return Err("Es liegt kein Text einer Niederschrift vor.".to_owned());
        }
        let mut by_number: BTreeMap<&str, (&OfficialText, &OfficialItem)> = BTreeMap::new();
        for text in past.texts {
            if let Some(other) = text.day.filter(|other| *other != day) {
                let (source, other, day) = (&text.source, other.german(), day.german());
                return Err(format!("{source}: Die Niederschrift ist vom {other}, die Sitzung vom {day}."));
            }
            for item in &text.items {
                if let Some((before, _)) = by_number.insert(&item.number, (text, item)) {
                    return Err(format!("TOP {} steht in {} und in {}.", item.number, before.source, text.source));
                }
            }
        }
        let drafts = import::agenda(&past.meeting.items, &mut Vec::new())?;
        let Planned { entries, closed_titles, closed_motions } =
            planning::agenda(&drafts).map_err(|why| why.to_string())?;
        let mut points = Vec::new();
        for ((entry, draft), foreign) in entries.into_iter().zip(&drafts).zip(&past.meeting.items) {
            let said = foreign.result.as_deref().map(str::trim).filter(|said| !said.is_empty());
            let numbered = planning::is_item_number(&entry.number);
            let official = by_number.get(entry.number.as_str()).filter(|_| numbered).copied();
            by_number.retain(|number, _| *number != entry.number);
            let title = if entry.public { draft.title.as_str() } else { CLOSED }.to_owned();
            let skipped = skipped(&entry, &title, said, official.is_some());
            points.push(Point { entry, title, said, official, skipped });
        }
        Ok(Self { starts_at, points, closed_titles, closed_motions, strangers: by_number.into_values().collect() })
    }

    /// Groups of points that were dealt with together, each in the order of the votes: what others moved to change comes
    /// before the matter itself, as rules of procedure have it.
    pub fn groups(&self) -> Vec<Vec<&Point<'a>>> {
        let mut groups: Vec<Vec<&Point<'a>>> = Vec::new();
        let mut done = BTreeSet::new();
        for point in &self.points {
            if !done.insert(&point.entry.id) {
                continue;
            }
            let Some((text, _)) = point.official else {
                groups.push(vec![point]);
                continue;
            };
            let mut group = vec![point];
            for other in &self.points {
                if other.official.is_some_and(|(its, _)| std::ptr::eq(its, text)) && done.insert(&other.entry.id) {
                    group.push(other);
                }
            }
            group.rotate_left(1);
            groups.push(group);
        }
        groups
    }
}

fn skipped(entry: &AgendaEntry, title: &str, said: Option<&str>, official: bool) -> Option<Reason> {
    if !entry.public {
        Some(Reason::NonPublic)
    } else if official {
        None
    } else if title.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()) == "entfällt" {
        Some(Reason::Dropped)
    } else if said.is_some() {
        None
    } else if planning::is_item_number(&entry.number) {
        Some(Reason::NothingKnown)
    } else {
        Some(Reason::Heading)
    }
}

/// How an item ended, by the words of an agenda: „einstimmig beschlossen“, „verwiesen in Fachausschuss“.
pub fn meaning(said: &str) -> OfficialStatus {
    let lower = said.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&["verwiesen", "verweisung", "beratung im"]) {
        OfficialStatus::Referred
    } else if says(&["vertagt", "zurückgestellt"]) {
        OfficialStatus::Postponed
    } else if says(&["abgesetzt"]) {
        OfficialStatus::Removed
    } else if says(&["zurückgezogen"]) {
        OfficialStatus::Withdrawn
    } else if says(&["erledigt"]) {
        OfficialStatus::Moot
    } else if says(&["kenntnis"]) {
        OfficialStatus::Noted
    } else if says(&["keine abstimmung", "ohne abstimmung"]) {
        OfficialStatus::WithoutVote
    } else if says(&["beschlossen", "stimmt", "angenommen", "abgelehnt", "einstimmig", "mehrheit"]) {
        OfficialStatus::Voted
    } else {
        OfficialStatus::Unknown
    }
}
