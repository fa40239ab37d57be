//! `Warteraum`: who signed in without a second factor and waits to be recognised. Only here, in memory: what counts is the
//! technician's entry in the ledger.

use crate::domain::id::{MeetingId, SeatId, TicketId};
use crate::domain::time::Instant;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Who was not heard of for so long is gone, in milliseconds: a page asks every three seconds.
const GONE_MILLIS: i64 = 20_000;
/// People who wait for one meeting at the same time.
pub const WAITING_MAX: usize = 64;
/// Stays that wait for one seat at the same time: the right person beside somebody else with the password.
pub const WAITING_FOR_SEAT_MAX: usize = 3;
/// Meetings with a waiting room at the same time.
const ROOMS_MAX: usize = 256;

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiter {
    pub ticket: TicketId,
    pub seat: SeatId,
    /// Whose seat it is.
    pub name: String,
    pub since: Instant,
    /// When the page was last heard of.
    seen: Instant,
    /// The technician did not recognise the person.
    pub dismissed: bool,
}

type Room = watch::Sender<Arc<Vec<Waiter>>>;

/// Every waiting room of this instance.
#[derive(Debug, Default)]
pub struct WaitingRooms(Mutex<BTreeMap<MeetingId, Room>>);

impl WaitingRooms {
    /// Begins a stay. `false` if too many wait.
    pub fn enter(&self, meeting: &MeetingId, ticket: TicketId, (seat, name): (SeatId, String), now: Instant) -> bool {
        let Some(room) = self.room(meeting) else { return false };
        room.send_if_modified(|waiters| {
            let waiting = waiters.iter().filter(|waiter| !waiter.dismissed);
            let for_seat = waiting.clone().filter(|waiter| waiter.seat == seat).count();
            if waiting.count() >= WAITING_MAX || for_seat >= WAITING_FOR_SEAT_MAX || waiters.len() >= 2 * WAITING_MAX {
                return false;
            }
            Arc::make_mut(waiters).push(Waiter { ticket, seat, name, since: now, seen: now, dismissed: false });
            true
        })
    }

    /// The page of a stay is still there. `None`: nobody knows that stay, it ended or this instance was restarted.
    pub fn seen(&self, meeting: &MeetingId, ticket: &TicketId, now: Instant) -> Option<Waiter> {
        let room = self.room(meeting)?;
        let mut found = None;
        // A sign of life is nothing anybody has to be told.
        room.send_if_modified(|waiters| {
            if let Some(waiter) = Arc::make_mut(waiters).iter_mut().find(|waiter| waiter.ticket == *ticket) {
                waiter.seen = now;
                found = Some(waiter.clone());
            }
            false
        });
        found
    }

    /// The technician did not recognise the person.
    pub fn dismiss(&self, meeting: &MeetingId, ticket: &TicketId) {
        self.change(meeting, |waiters| {
            for waiter in waiters.iter_mut().filter(|waiter| waiter.ticket == *ticket) {
                waiter.dismissed = true;
            }
        });
    }

    /// Forgets who is gone, and says whose stay that ended.
    pub fn sweep(&self, meeting: &MeetingId, now: Instant) -> Vec<TicketId> {
        let mut gone = Vec::new();
        self.change(meeting, |waiters| {
            waiters.retain(|waiter| {
                let here = now.millis_since(waiter.seen) <= GONE_MILLIS;
                if !here {
                    gone.push(waiter.ticket.clone());
                }
                here
            });
        });
        gone
    }

    /// Who waits, now and from now on. `None` if there are too many waiting rooms.
    #[must_use]
    pub fn follow(&self, meeting: &MeetingId) -> Option<watch::Receiver<Arc<Vec<Waiter>>>> {
        self.room(meeting).map(|room| room.subscribe())
    }

    fn change(&self, meeting: &MeetingId, change: impl FnOnce(&mut Vec<Waiter>)) {
        let Some(room) = self.room(meeting) else { return };
        room.send_if_modified(|waiters| {
            let mut changed = (**waiters).clone();
            change(&mut changed);
            let differs = changed != **waiters;
            *waiters = Arc::new(changed);
            differs
        });
    }

    fn room(&self, meeting: &MeetingId) -> Option<Room> {
        let mut rooms: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rooms.len() >= ROOMS_MAX && !rooms.contains_key(meeting) {
            rooms.retain(|_, room| room.receiver_count() > 0 || !room.borrow().is_empty());
            if rooms.len() >= ROOMS_MAX {
                return None;
            }
        }
        Some(rooms.entry(meeting.clone()).or_default().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(number: usize) -> (TicketId, (SeatId, String)) {
        let ticket = format!("w-{number}").parse().expect("a well-formed identifier");
        (ticket, ("sitz-01".parse().expect("a well-formed identifier"), "Anton Apfelkern".into()))
    }

    #[test]
    fn who_is_not_heard_of_is_gone_and_a_seat_waits_at_most_thrice() {
        let rooms = WaitingRooms::default();
        let meeting: MeetingId = "gr-7".parse().expect("a well-formed identifier");
        for number in 0..WAITING_FOR_SEAT_MAX {
            let (ticket, who) = ids(number);
            assert!(rooms.enter(&meeting, ticket, who, Instant(0)));
        }
        let (ticket, who) = ids(9);
        assert!(!rooms.enter(&meeting, ticket.clone(), who, Instant(0)), "one too many");
        assert!(rooms.seen(&meeting, &ticket, Instant(0)).is_none());
        let first = ids(0).0;
        assert!(rooms.seen(&meeting, &first, Instant(15_000)).is_some());
        assert_eq!(rooms.sweep(&meeting, Instant(GONE_MILLIS + 1)).len(), 2);
        rooms.dismiss(&meeting, &first);
        assert!(rooms.seen(&meeting, &first, Instant(21_000)).is_some_and(|waiter| waiter.dismissed));
        let (ticket, who) = ids(9);
        assert!(rooms.enter(&meeting, ticket, who, Instant(21_000)), "who was turned away makes room");
    }
}
