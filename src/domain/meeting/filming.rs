//! `Film- und Tonaufnahmen` in a meeting (§ 35 (3) GemO BW): who has consented, what runs, and what ran.

use super::event::{AnswerWay, Event, FilmingAnswered, FilmingBasis, FilmingEnd, Speaker};
use super::state::{Meeting, Recorded};
use crate::domain::id::SeatId;
use crate::domain::law::Rules;
use crate::domain::law::format::Clause;
use crate::domain::law::recording::{Ground, Purpose, ground};
use crate::domain::text::Name;
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// What is known of recordings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filming {
    pub running: Option<Running>,
    /// The newest answer of each member who gave one.
    pub members: BTreeMap<SeatId, Answered>,
    /// The newest answer of everybody else who was asked, by name.
    pub guests: BTreeMap<Name, Answered>,
}

/// A recording that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    pub purpose: Purpose,
    pub basis: FilmingBasis,
    pub since: Instant,
}

/// An answer that holds until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    pub consents: bool,
    pub way: AnswerWay,
    pub at: Instant,
    /// How often this person has consented so far.
    pub times: u32,
}

impl Filming {
    /// The newest answer of this person.
    #[must_use]
    pub fn answer(&self, of: &Speaker) -> Option<&Answered> {
        match of {
            Speaker::Member { seat } => self.members.get(seat),
            Speaker::Guest { name } => self.guests.get(name),
        }
    }

    /// This member has consented and not withdrawn it.
    #[must_use]
    pub fn consents(&self, seat: &SeatId) -> bool {
        self.members.get(seat).is_some_and(|answered| answered.consents)
    }
}

impl Meeting {
    /// On what ground this could be recorded now, as far as the law has one.
    ///
    /// # Errors
    /// The law's refusal.
    pub fn filming_ground<'a>(
        &self,
        rules: &'a Rules,
        purpose: Purpose,
    ) -> Result<Ground<'a>, crate::domain::refusal::Refusal> {
        ground(rules, purpose, self.publicity.doors.is_open(), self.has_clause(rules, Clause::Recording))
    }

    /// Members who are there and have not consented. Whether somebody connected is asked as well is open (O2).
    pub fn without_consent<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a SeatId> {
        let remote = rules.recording_remote_consent.get();
        let asked = move |seat: &&SeatId| self.is_present(seat) && (remote || self.is_in_room(seat));
        self.seats.keys().filter(asked).filter(|seat| !self.filming.consents(seat))
    }

    /// Who takes part without being a member and has not said that they may be recorded: every one on a ground of their own,
    /// whatever the Hauptsatzung says.
    pub fn guests_without_consent(&self) -> impl Iterator<Item = &Name> {
        let consents = |name: &Name| self.filming.guests.get(name).is_some_and(|answered| answered.consents);
        self.guests_now().map(|guest| &guest.name).filter(move |name| !consents(name))
    }

    /// The running recording still rests on what it was begun on.
    #[must_use]
    pub fn filming_holds(&self, rules: &Rules) -> bool {
        let Some(running) = self.filming.running else { return true };
        let members = match running.basis {
            FilmingBasis::Clause => true,
            FilmingBasis::Consent => self.without_consent(rules).next().is_none(),
        };
        members && self.guests_without_consent().next().is_none()
    }
}

/// Folds answers, beginning and end.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over what belongs here")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    let filming = &mut meeting.filming;
    match &recorded.event {
        Event::FilmingAnswered(FilmingAnswered { of, consents, way }) => {
            let before = filming.answer(of).map_or(0, |answered| answered.times);
            let times = before.saturating_add(u32::from(*consents));
            let answered = Answered { consents: *consents, way: *way, at, times };
            match of {
                Speaker::Member { seat } => filming.members.insert(seat.clone(), answered),
                Speaker::Guest { name } => filming.guests.insert(name.clone(), answered),
            };
        }
        Event::FilmingStarted(started) => {
            filming.running = Some(Running { purpose: started.purpose, basis: started.basis, since: at });
        }
        Event::FilmingStopped(_) => filming.running = None,
        _ => {}
    }
}

/// What has to end before this happens, whoever consented.
#[must_use]
#[expect(clippy::wildcard_enum_match_arm, reason = "only a few events end the part of the sitting that was recorded")]
pub(super) const fn ends_before(event: &Event) -> Option<FilmingEnd> {
    match event {
        Event::PublicExcluded(_) | Event::PublicReadmitted(_) => Some(FilmingEnd::Doors),
        Event::Interrupted(_) => Some(FilmingEnd::Interruption),
        Event::Closed(_) => Some(FilmingEnd::Closing),
        _ => None,
    }
}
