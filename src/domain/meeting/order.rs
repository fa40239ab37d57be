//! `Ordnung in der Sitzung` (§ 36 GemO BW): who was called to order, who lost the floor, who had to leave.

use super::event::{Event, MemberExcluded};
use super::state::{Business, Meeting, Recorded};
use super::{floor, fold};
use crate::domain::id::SeatId;
use crate::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Measures taken, and whom they keep away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// How often somebody was called to order or lost the floor in this sitting.
    pub measures: BTreeMap<SeatId, u32>,
    /// Who lost the floor at the called item.
    pub silenced: BTreeSet<SeatId>,
    /// Who was expelled from this sitting, and when.
    pub expelled: BTreeMap<SeatId, Instant>,
    /// Who was excluded from this sitting by an earlier one.
    pub barred: BTreeSet<SeatId>,
    /// Who is excluded from the next ones.
    pub excluded: Vec<MemberExcluded>,
}

impl Meeting {
    /// Must not take part in this sitting. The seat stays occupied and counts in every base (W06).
    #[must_use]
    pub fn is_expelled(&self, seat: &SeatId) -> bool {
        self.order.expelled.contains_key(seat) || self.order.barred.contains(seat)
    }
}

/// Folds the measures; a new item gives everybody the floor again.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over every event")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::OrderCalled(called) => measure(meeting, &called.seat),
        Event::FloorWithdrawn(withdrawn) => {
            measure(meeting, &withdrawn.seat);
            meeting.order.silenced.insert(withdrawn.seat.clone());
            hush(meeting, &withdrawn.seat, at);
        }
        Event::MemberExpelled(expelled) => {
            hush(meeting, &expelled.seat, at);
            fold::sent_out(&mut meeting.attendance, &expelled.seat, at);
            meeting.order.expelled.insert(expelled.seat.clone(), at);
        }
        Event::MembersBarred(barred) => {
            for seat in &barred.seats {
                fold::sent_out(&mut meeting.attendance, seat, at);
                meeting.order.barred.insert(seat.clone());
            }
        }
        Event::MemberExcluded(excluded) => meeting.order.excluded.push(excluded.clone()),
        Event::ItemCalled(_) | Event::ItemSettled(_) => meeting.order.silenced.clear(),
        _ => {}
    }
}

fn measure(meeting: &mut Meeting, seat: &SeatId) {
    let times = meeting.order.measures.entry(seat.clone()).or_default();
    *times = times.saturating_add(1);
}

fn hush(meeting: &mut Meeting, seat: &SeatId, at: Instant) {
    if let Some(item) = meeting.business().and_then(Business::item).cloned() {
        floor::leave(meeting, &item, seat, at);
    }
}
