//! Who has a vote in the body, and who only a voice (`beratende Stimme`, § 33 (1) GemO BW).

use super::state::Meeting;
use crate::domain::council::Function;
use crate::domain::id::SeatId;

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
}
