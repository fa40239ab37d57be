//! One person, one seat: a newer connection takes over from an older one.

use crate::domain::id::{EndpointId, MeetingId};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::watch;

/// Spectators one node serves at once.
const SPECTATORS_MAX: usize = 5_000;

/// Who sits where, by connection.
#[derive(Debug, Default)]
pub struct Seating {
    seats: Mutex<BTreeMap<(MeetingId, EndpointId), watch::Sender<u64>>>,
    spectators: AtomicUsize,
}

/// A seat taken by a connection. It is lost when the number behind it changes.
#[derive(Debug)]
pub struct Taken {
    turn: u64,
    newest: watch::Receiver<u64>,
}

impl Seating {
    /// Takes the seat for a new connection; whoever sat there hears of it.
    pub fn take(&self, meeting: &MeetingId, seat: &EndpointId) -> Taken {
        let mut seats = self.seats.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seat = seats.entry((meeting.clone(), seat.clone())).or_default();
        seat.send_modify(|turn| *turn = turn.wrapping_add(1));
        Taken { turn: *seat.borrow(), newest: seat.subscribe() }
    }

    /// A place among the spectators, if there is one; it is free again when the answer is dropped.
    pub fn spectate(self: std::sync::Arc<Self>) -> Option<Spectator> {
        if self.spectators.fetch_add(1, Ordering::Relaxed) >= SPECTATORS_MAX {
            self.spectators.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Spectator(self))
    }
}

/// A spectator's place.
#[derive(Debug)]
pub struct Spectator(std::sync::Arc<Seating>);

impl Drop for Spectator {
    fn drop(&mut self) {
        self.0.spectators.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Taken {
    /// Returns when somebody else has taken the seat.
    pub async fn lost(&mut self) {
        let turn = self.turn;
        // An error means that the seating is gone, and with it the server: nothing to lose any more.
        if self.newest.wait_for(|newest| *newest != turn).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
