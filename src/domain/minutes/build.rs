//! From entries to the document, section by section in the order of the house form.

use super::course::{self, Course};
use super::incidents::Incidents;
use super::model::Minutes;
use super::words::Clock;
use super::{closing, doors, filming, item, leading, opening, order, presence};
use crate::domain::id::SeatId;
use crate::domain::law::Rules;
use crate::domain::ledger::{Class, Head};
use crate::domain::meeting::seen::Audience;
use crate::domain::meeting::{self, Business, Item, Meeting, Phase, Recorded};
use crate::domain::time::{Instant, LocalTime};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What every section is written from.
pub(super) struct Desk<'a> {
    pub entries: &'a [Recorded],
    pub meeting: &'a Meeting,
    /// The rules pinned at the convening.
    pub rules: &'a Rules,
    pub head: &'a Head,
    pub clock: Clock<'a>,
    pub course: Course,
    pub part: Part,
}

/// Which of the two books: what was public, and what was not, are recorded apart (§§ 35 (2), 38 (2) GemO BW).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What everybody may read.
    Public,
    /// What only the body may read.
    Closed,
}

impl Part {
    /// This item belongs into the book.
    #[must_use]
    pub const fn holds(self, item: &Item) -> bool {
        matches!((self, item.public), (Self::Public, true) | (Self::Closed, false))
    }

    /// Entries and meeting as the readers of this book may know them.
    pub(super) fn of<'a>(
        self,
        entries: &'a [Recorded],
        meeting: &'a Meeting,
    ) -> (Cow<'a, [Recorded]>, Cow<'a, Meeting>) {
        match self {
            Self::Closed => (Cow::Borrowed(entries), Cow::Borrowed(meeting)),
            Self::Public => {
                let known = |entry: &&Recorded| !entry.classes.contains(&Class::ClosedFinding);
                let entries = entries.iter().filter(known).cloned().collect();
                (Cow::Owned(entries), meeting.seen_by(Audience::Public))
            }
        }
    }
}

/// `Niederschrift` of one part of a meeting, as of `head`. `entries` is its whole ledger in order, `meeting` is
/// folded from them, `rules` are the ones pinned at its convening, and `local` turns a point in time into the one on the
/// wall of the town hall. The same arguments give the same document.
#[must_use]
pub fn build(
    part: Part,
    entries: &[Recorded],
    meeting: &Meeting,
    rules: &Rules,
    head: &Head,
    local: &dyn Fn(Instant) -> LocalTime,
) -> Minutes {
    let (entries, meeting) = part.of(entries, meeting);
    written(part, &entries, &meeting, rules, head, local)
}

/// The non-public book for a member who was recused at some of its items: nothing of what was said and voted there.
#[must_use]
pub fn build_for(
    seat: &SeatId,
    entries: &[Recorded],
    meeting: &Meeting,
    rules: &Rules,
    head: &Head,
    local: &dyn Fn(Instant) -> LocalTime,
) -> Minutes {
    let hidden = |item: &&Item| !item.public && meeting.is_recused(&item.id, seat);
    let hidden: BTreeSet<String> = meeting.items.iter().filter(hidden).map(|item| format!("top-{}", item.id)).collect();
    if hidden.is_empty() {
        return build(Part::Closed, entries, meeting, rules, head, local);
    }
    let known = known_to(seat, entries, meeting);
    let seen = meeting.seen_by(Audience::Body(Some(seat)));
    let mut minutes = written(Part::Closed, &known, &seen, rules, head, local);
    minutes.sections.retain(|section| !hidden.contains(&section.id));
    minutes
}

/// The entries without those behind closed doors that came while an item was called at which this member is recused.
fn known_to(seat: &SeatId, entries: &[Recorded], whole: &Meeting) -> Vec<Recorded> {
    let hidden = |meeting: &Meeting| {
        meeting.business().and_then(Business::item).is_some_and(|item| whole.is_recused(item, seat))
    };
    let (mut now, mut known): (Option<Meeting>, Vec<Recorded>) = (None, Vec::new());
    for entry in entries {
        let before = now.as_ref().is_some_and(hidden);
        now = match now {
            None => meeting::begin(whole.id.clone(), entry),
            Some(meeting) => Some(meeting::apply(meeting, entry)),
        };
        let within = before || now.as_ref().is_some_and(hidden);
        if !(within && entry.classes.contains(&Class::ClosedFinding)) {
            known.push(entry.clone());
        }
    }
    known
}

fn written(
    part: Part,
    entries: &[Recorded],
    meeting: &Meeting,
    rules: &Rules,
    head: &Head,
    local: &dyn Fn(Instant) -> LocalTime,
) -> Minutes {
    let mut incidents = Incidents::default();
    let course = course::gather(entries, meeting, |entry, before| incidents.take(entry, before));
    let desk = Desk { entries, meeting, rules, head, clock: Clock { local, day: meeting.day }, course, part };
    let day = meeting.day.german();
    let what = match part {
        Part::Public if meeting.items.iter().all(|item| item.public) => "über die öffentliche Sitzung",
        Part::Public => "über den öffentlichen Teil der Sitzung",
        Part::Closed => "über den nichtöffentlichen Teil der Sitzung",
    };
    let mut sections = vec![opening::head(&desk), presence::section(&desk), leading::section(&desk)];
    match part {
        Part::Public => {
            sections.push(opening::section(&desk));
            sections.extend(meeting.items.iter().map(|entry| item::section(&desk, entry)));
            sections.push(doors::section(&desk));
            sections.push(order::section(&desk));
            sections.push(filming::section(&desk));
            sections.push(incidents.section(&desk));
            sections.push(closing::end(&desk));
            sections.extend(closing::deletions(&desk));
        }
        Part::Closed => {
            sections.push(doors::section(&desk));
            let own = meeting.items.iter().filter(|item| part.holds(item));
            sections.extend(own.map(|entry| item::section(&desk, entry)));
            sections.push(order::section(&desk));
            sections.push(filming::section(&desk));
            sections.push(incidents.section(&desk));
        }
    }
    sections.push(closing::signatures(&desk));
    sections.push(closing::proof(&desk));
    Minutes {
        title: format!("Niederschrift {} {day}", meeting.body_name),
        author: meeting.municipality.to_string(),
        title_lines: vec![
            meeting.municipality.to_string(),
            desk.draft_or(match part {
                Part::Public => "Niederschrift",
                Part::Closed => "Niederschrift, nichtöffentlich",
            }),
            format!("{what} am {day}"),
            format!("{} – {}", meeting.body_name, meeting.title),
        ],
        running: format!("{} · {} · {day}", meeting.municipality, meeting.body_name),
        footing: format!("Sitzungsprotokoll {} · Eintrag {} · {}…", head.meeting, head.number, head.digest.short()),
        as_of: entries.last().map_or(meeting.starts_at, |entry| entry.recorded_at),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
    }
}

impl Desk<'_> {
    /// The name on a seat.
    pub fn name(&self, seat: &SeatId) -> String {
        self.meeting.seats.get(seat).map_or_else(|| seat.to_string(), |seat| seat.name.to_string())
    }

    /// Names in the order of the document, of the seats that `which` picks.
    pub fn names(&self, which: impl Fn(&SeatId) -> bool) -> Vec<String> {
        self.course.seats.iter().filter(|seat| which(seat)).map(|seat| self.name(seat)).collect()
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.meeting.phase, Phase::Closed(_))
    }

    /// Before the meeting is closed everything is a draft, and says so.
    fn draft_or(&self, title: &str) -> String {
        if self.is_closed() { title.to_owned() } else { format!("Entwurf – {title}") }
    }

    /// The stretch of the sitting itself, as far as it has gone.
    pub fn sitting(&self) -> Option<(Instant, Instant)> {
        let from = self.meeting.opened_at?;
        let newest = self.entries.last().map_or(from, |entry| entry.occurred_at);
        Some((from, self.meeting.closed_at.unwrap_or(newest).max(from)))
    }

    /// The entry that first fits, for its times.
    pub fn entry(&self, fits: impl Fn(&Recorded) -> bool) -> Option<&Recorded> {
        self.entries.iter().find(|entry| fits(entry))
    }
}
