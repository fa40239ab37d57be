//! Who has a vote in the body, and who only a voice (`beratende Stimme`, § 33 (1) GemO BW).

use super::doors::{come_back, go_out_alone};
use super::event::Event;
use super::state::{Meeting, Recorded};
use crate::domain::council::Function;
use crate::domain::id::SeatId;
use crate::domain::law::format::MeetingFormat;

impl Meeting {
    /// Is a member of the body in this moment, with a vote and counted: an official may be while leading.
    #[must_use]
    pub fn has_vote(&self, seat: &SeatId) -> bool {
        let Some(convened) = self.convened() else { return true };
        let official = || self.seats.get(seat).is_some_and(|seat| seat.function == Function::Official);
        !convened.convening.advisory.contains(seat)
            || (convened.convening.chair_votes && *seat == self.chair && !self.is_leaderless() && official())
    }

    /// The members, present or not.
    pub fn members(&self) -> impl Iterator<Item = &SeatId> {
        self.seats.keys().filter(|seat| self.has_vote(seat))
    }

    /// Those with an advisory voice only.
    pub fn advisers(&self) -> impl Iterator<Item = &SeatId> {
        self.seats.keys().filter(|seat| !self.has_vote(seat))
    }

    /// Sits with the body and is none of its members; who leads, or may have to where everybody is connected, is where the law
    /// wants the chair.
    #[must_use]
    pub fn only_advises(&self, seat: &SeatId) -> bool {
        let digital = self.convened().is_some_and(|convened| convened.convening.format == MeetingFormat::Digital);
        let leads = *seat == self.chair || (digital && self.leading.in_order().any(|one| one == seat));
        !self.has_vote(seat) && !leads
    }
}

/// Folds whom the chair lets be connected; every other event is somebody else's.
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let Event::AdviserAdmitted(decided) = &recorded.event else { return };
    let at = recorded.occurred_at;
    if decided.admitted {
        meeting.attendance.admitted.insert(decided.seat.clone());
        come_back(meeting, at);
    } else {
        meeting.attendance.admitted.remove(&decided.seat);
        go_out_alone(meeting, &decided.seat, at);
    }
}
