//! `Zweifel an der Befangenheit` (§ 18 (4) s. 2 GemO BW): open until the body has decided, and the recusal provisional so long.

use super::event::{Event, RecusalDoubted};
use super::floor;
use super::state::{Meeting, Recorded};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};

/// A doubt about somebody's recusal at an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub item: ItemId,
    pub seat: SeatId,
    /// The motion on which it is decided.
    pub motion: MotionId,
    /// `None`: not decided yet.
    pub decided: Option<Decided>,
}

/// What came of a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub ballot: BallotId,
    pub recused: bool,
}

impl Meeting {
    /// The doubt at an item that waits for its decision.
    #[must_use]
    pub fn open_doubt(&self, item: &ItemId) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.item == *item && doubt.decided.is_none())
    }

    /// The doubt that is decided on this motion.
    #[must_use]
    pub fn doubt_of(&self, motion: &MotionId) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.motion == *motion)
    }

    /// What was decided of a seat at an item.
    #[must_use]
    pub fn doubt_decided(&self, item: &ItemId, seat: &SeatId) -> Option<&Decided> {
        self.doubts
            .iter()
            .filter(|doubt| doubt.item == *item && doubt.seat == *seat)
            .find_map(|doubt| doubt.decided.as_ref())
    }
}

/// Folds what becomes of a doubt; every other event is somebody else's.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over every event")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    match &recorded.event {
        Event::RecusalDoubted(RecusalDoubted { item, seat, motion }) => {
            let (item, seat, motion) = (item.clone(), seat.clone(), motion.clone());
            meeting.recusals.entry(item.clone()).or_default().insert(seat.clone());
            floor::leave(meeting, &item, &seat, recorded.occurred_at);
            meeting.doubts.push(Doubt { item, seat, motion, decided: None });
        }
        Event::RecusalDecided(found) => {
            let open =
                |doubt: &&mut Doubt| doubt.item == found.item && doubt.seat == found.seat && doubt.decided.is_none();
            if let Some(doubt) = meeting.doubts.iter_mut().find(open) {
                doubt.decided = Some(Decided { ballot: found.ballot.clone(), recused: found.recused });
            }
            if !found.recused
                && let Some(seats) = meeting.recusals.get_mut(&found.item)
            {
                seats.remove(&found.seat);
            }
        }
        // Without its result it is open again, and whom it is about leaves once more.
        Event::ResultStruck(struck) => {
            let of = |doubt: &&mut Doubt| doubt.decided.as_ref().is_some_and(|decided| decided.ballot == struck.ballot);
            let Some(doubt) = meeting.doubts.iter_mut().find(of) else { return };
            doubt.decided = None;
            let (item, seat) = (doubt.item.clone(), doubt.seat.clone());
            meeting.recusals.entry(item.clone()).or_default().insert(seat.clone());
            floor::leave(meeting, &item, &seat, recorded.occurred_at);
        }
        // Nobody doubts any more: they say so themselves, or the question was withdrawn.
        Event::RecusalRecorded(recusal) | Event::RecusalLifted(recusal) => {
            meeting
                .doubts
                .retain(|doubt| doubt.item != recusal.item || doubt.seat != recusal.seat || doubt.decided.is_some());
        }
        _ => {}
    }
}
