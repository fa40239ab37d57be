//! What the minutes still lack, and until when they are due. What the law asks for names its paragraph; everything else is a
//! habit of minutes and says so.

use super::build::Part;
use super::words::Clock;
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::deadlines::{Deadline, last_day};
use crate::domain::law::{MinutesContent, Rules};
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{Consequence, Disposal};
use crate::domain::meeting::{Business, Event, Item, ItemState, Meeting, Phase, Recorded, apply, begin};
use crate::domain::time::{Date, Instant, LocalTime};

/// One thing the minutes still lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The same whenever the same is missing.
    pub id: String,
    /// A German sentence.
    pub sentence: String,
    /// The items it concerns.
    pub items: Vec<ItemId>,
    /// The paragraph that asks for it; `None`: a habit.
    pub norm: Option<String>,
}

/// Until when what has to happen after a meeting, each with its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlines {
    /// `Kenntnisgabe` of the minutes (§ 38 (2) s. 2 GemO BW).
    pub known: Option<(Date, String)>,
    /// Decisions on the website (§ 41b (5) GemO BW).
    pub published: Option<(Date, String)>,
}

/// The deadlines of a meeting, counted from the day of the sitting.
#[must_use]
pub fn deadlines(meeting: &Meeting, rules: &Rules) -> Deadlines {
    let last = |deadline| last_day(rules, deadline, meeting.day).map(|last| (last.day, last.norm));
    Deadlines { known: last(Deadline::Minutes), published: last(Deadline::Decisions) }
}

/// Everything one book of the minutes lacks as of the newest entry. The arguments are those of [`super::build`].
#[must_use]
pub fn missing(
    part: Part,
    entries: &[Recorded],
    meeting: &Meeting,
    rules: &Rules,
    local: &dyn Fn(Instant) -> LocalTime,
) -> Vec<Missing> {
    let (entries, meeting) = part.of(entries, meeting);
    let (entries, meeting) = (&*entries, &*meeting);
    let desk = Desk { part, meeting, rules, clock: Clock { local, day: meeting.day } };
    let mut found = Vec::new();
    if !matches!(meeting.phase, Phase::Closed(_)) {
        found.push(habit("schluss", "Die Sitzung ist noch nicht geschlossen.", Vec::new()));
        return found;
    }
    found.extend(meeting.items.iter().filter(|item| part.holds(item)).filter_map(|item| desk.item(item)));
    found.extend(meeting.items.iter().filter(|item| part.holds(item)).flat_map(|item| desk.motions(item)));
    found.extend(desk.without_text());
    if part == Part::Closed {
        return found;
    }
    found.extend(desk.faults());
    found.extend(desk.complaints(entries));
    found.extend(desk.absent());
    found
}

struct Desk<'a> {
    part: Part,
    meeting: &'a Meeting,
    rules: &'a Rules,
    clock: Clock<'a>,
}

impl Desk<'_> {
    /// Asked for by the law if the rules list this content.
    fn content(&self, what: MinutesContent, id: &str, sentence: String, item: &Item) -> Missing {
        let contents = &self.rules.minutes_contents;
        let norm = contents.value().contains(&what).then(|| contents.norm().to_owned());
        Missing { id: format!("{id}-{}", item.id), sentence, items: vec![item.id.clone()], norm }
    }

    fn has_text(&self, item: &ItemId) -> bool {
        self.meeting.texts.get(item).is_some_and(|written| written.text.is_some())
    }

    /// Nothing says what became of the item.
    fn item(&self, item: &Item) -> Option<Missing> {
        if self.has_text(&item.id) {
            return None;
        }
        let top = &item.number;
        let last = self.meeting.results.iter().rev().find(|declared| declared.result.item == item.id);
        let follows = self.meeting.follows(&item.id);
        match (&item.state, last.map(|declared| declared.result.outcome)) {
            (ItemState::Pending | ItemState::Settled { .. }, _)
                if follows == Some(Consequence::MayorDecides)
                    && self.meeting.lacking(&item.id).is_some_and(|found| found.item.is_none()) =>
            {
                let open = !self.meeting.second.instead.contains_key(&item.id);
                let sentence = format!("Über TOP {top} hat der Bürgermeister noch nicht entschieden.");
                open.then(|| self.content(MinutesContent::Results, "stattdessen", sentence, item))
            }
            // The finding of the whole sitting says what becomes of it.
            (ItemState::Pending, _) if follows.is_some() => None,
            (ItemState::Pending, _) => {
                let sentence = format!("TOP {top} wurde nicht aufgerufen, und nichts sagt, was aus ihm wurde.");
                Some(self.content(MinutesContent::Items, "offen", sentence, item))
            }
            (ItemState::Called { .. }, _) => {
                let sentence = format!("TOP {top} wurde aufgerufen und nicht abgeschlossen.");
                Some(self.content(MinutesContent::Items, "ende", sentence, item))
            }
            (
                ItemState::Settled { disposal: Disposal::Decided | Disposal::WithoutVote, .. },
                Some(Outcome::NoDecision),
            ) => {
                let sentence = format!("Zu TOP {top} kam kein Beschluss zustande; nichts sagt, was aus ihm wird.");
                Some(self.content(MinutesContent::Results, "kein-beschluss", sentence, item))
            }
            (ItemState::Settled { disposal: Disposal::WithoutVote, .. }, None) if item.motion.is_some() => {
                let sentence =
                    format!("Zu TOP {top} lag ein Antrag vor, über den nicht abgestimmt wurde; nichts sagt, warum.");
                Some(self.content(MinutesContent::Motions, "antrag", sentence, item))
            }
            (ItemState::Settled { disposal: Disposal::WithoutVote, .. }, None) => {
                let sentence = format!("Zu TOP {top} sagt nichts, was verhandelt wurde.");
                Some(self.content(MinutesContent::Items, "inhalt", sentence, item))
            }
            (ItemState::Settled { .. }, _) => None,
        }
    }

    /// Motions from the floor that nobody voted on or withdrew.
    fn motions<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = Missing> + 'a {
        let open = if self.has_text(&item.id) { Vec::new() } else { self.meeting.open_motions(&item.id) };
        open.into_iter().map(|motion| {
            let sentence =
                format!("Zu TOP {} sagt nichts, was aus dem Antrag „{}“ wurde.", item.number, motion.wording);
            self.content(MinutesContent::Motions, &format!("antrag-{}", motion.id), sentence, item)
        })
    }

    /// What was decided says itself; how it came to that is told by the clerk.
    fn without_text(&self) -> Option<Missing> {
        let told: Vec<&Item> = self
            .meeting
            .items
            .iter()
            .filter(|item| self.part.holds(item) && !self.has_text(&item.id) && self.item(item).is_none())
            // What was never called has no course.
            .filter(|item| item.state != ItemState::Pending)
            .collect();
        if told.is_empty() {
            return None;
        }
        let numbers: Vec<&str> = told.iter().map(|item| item.number.as_str()).collect();
        let items = told.iter().map(|item| item.id.clone()).collect();
        let sentence = format!("Ohne Text zum Gang der Beratung: TOP {}.", numbers.join(", "));
        Some(habit("beratung", sentence, items))
    }

    fn faults(&self) -> impl Iterator<Item = Missing> + '_ {
        let open = self.meeting.attendance.faults.iter().enumerate().filter(|(_, fault)| fault.sphere.is_none());
        open.map(|(place, fault)| Missing {
            id: format!("stoerung-{place}"),
            sentence: format!(
                "Die gleichzeitige Störung bei {} Mitgliedern um {} ist keinem Verantwortungsbereich zugeordnet.",
                fault.seats.len(),
                self.clock.time(fault.at)
            ),
            items: Vec::new(),
            norm: Some(self.rules.fault_municipal.norm().to_owned()),
        })
    }

    /// Complaints after which neither a finding nor an interruption is recorded, and on whose item the clerk wrote nothing.
    fn complaints(&self, entries: &[Recorded]) -> Vec<Missing> {
        let mut open: Vec<(Missing, Option<ItemId>)> = Vec::new();
        let mut now: Option<Meeting> = None;
        for entry in entries {
            match (&entry.event, &now) {
                (Event::ComplaintRaised(complaint), Some(meeting)) => {
                    let item = meeting.business().and_then(Business::item).cloned();
                    let name = meeting.seats.get(&complaint.seat).map_or("", |seat| seat.name.as_str());
                    let at = self.clock.time(entry.occurred_at);
                    let sentence = format!("Was auf die Rüge von {name} um {at} geschah, ist nicht festgehalten.");
                    let items = item.clone().into_iter().collect();
                    open.push((habit(&format!("ruege-{}", entry.number), sentence, items), item));
                }
                (Event::FaultFound(_) | Event::Interrupted(_), _) => open.clear(),
                _ => {}
            }
            now = match now {
                None => begin(self.meeting.id.clone(), entry),
                Some(before) => Some(apply(before, entry)),
            };
        }
        let told = |item: &Option<ItemId>| item.as_ref().is_some_and(|item| self.has_text(item));
        open.into_iter().filter(|(_, item)| !told(item)).map(|(missing, _)| missing).collect()
    }

    fn was_there(&self, seat: &SeatId) -> bool {
        let opened = self.meeting.opened_at;
        let past = self.meeting.attendance.past.get(seat).map_or(&[][..], Vec::as_slice);
        past.iter().any(|stretch| opened.is_some_and(|opened| stretch.until > opened))
    }

    /// The names of the absent are there by themselves; of these nobody knows whether they were excused.
    fn absent(&self) -> Option<Missing> {
        let absent: Vec<&str> = self
            .meeting
            .seats
            .values()
            .filter(|seat| !self.was_there(&seat.id) && !self.meeting.before.is_excused(&seat.id))
            .map(|seat| seat.name.as_str())
            .collect();
        if absent.is_empty() {
            return None;
        }
        let sentence = format!("Bei den Abwesenden steht nicht, ob sie entschuldigt waren: {}.", absent.join(", "));
        Some(habit("abwesend", sentence, Vec::new()))
    }
}

/// Something nobody prescribes, and every minutes have.
fn habit(id: &str, sentence: impl Into<String>, items: Vec<ItemId>) -> Missing {
    Missing { id: id.to_owned(), sentence: sentence.into(), items, norm: None }
}
