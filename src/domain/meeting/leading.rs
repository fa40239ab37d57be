//! `Vorsitz`: whose office it is, who leads now, and who leads when nobody of them can.

use super::doors::{come_back, go_out_alone};
use super::event::Event;
use super::state::{Meeting, Recorded};
use crate::domain::id::{ItemId, SeatId};
use std::collections::{BTreeMap, BTreeSet};

/// Everything about the chair but who leads now, which is [`Meeting::chair`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leading {
    /// Whose office the chair is (council: § 25 (1) GemO BW, the mayor).
    pub office: SeatId,
    /// `Stellvertretung`, in the order in which they act (§ 48 (1) GemO BW).
    pub deputies: Vec<SeatId>,
    /// Who handed the chair over, or was noted as hindered, and did not take it since: for one item, or until then.
    pub aside: BTreeMap<SeatId, Option<ItemId>>,
    /// The oldest member, once named.
    pub eldest: Option<SeatId>,
    /// The holder of the office may be connected while somebody else leads (open question O8).
    pub office_remote: bool,
}

impl Leading {
    /// The holder of the office leads, and nobody is prevented.
    #[must_use]
    pub const fn new(office: SeatId, deputies: Vec<SeatId>) -> Self {
        Self { office, deputies, aside: BTreeMap::new(), eldest: None, office_remote: false }
    }

    /// The holder of the office and the deputies, in the order in which they lead.
    pub fn in_order(&self) -> impl Iterator<Item = &SeatId> {
        std::iter::once(&self.office).chain(&self.deputies)
    }

    /// Which deputy, counted from 1.
    #[must_use]
    pub fn rank(&self, seat: &SeatId) -> Option<u32> {
        let place = self.deputies.iter().position(|deputy| deputy == seat)?;
        u32::try_from(place).ok()?.checked_add(1)
    }
}

impl Meeting {
    /// The chair was handed over and nobody has taken it yet.
    #[must_use]
    pub fn is_leaderless(&self) -> bool {
        self.leading.aside.contains_key(&self.chair)
    }

    /// The holder of the office leads.
    #[must_use]
    pub fn office_leads(&self) -> bool {
        self.chair == self.leading.office
    }

    /// By law not to take part: whoever was expelled; and connected, the holder of the office while somebody else leads a hybrid sitting
    /// (§ 37a (1) s. 1 GemO BW, open question O8).
    #[must_use]
    pub fn is_kept_out(&self, seat: &SeatId) -> bool {
        let office = *seat == self.leading.office
            && !self.office_leads()
            && !self.leading.office_remote
            && self.hall_takes_part()
            && !self.is_in_room(seat);
        // Who is no member is connected only as the chair decides (open question O6).
        let adviser = self.only_advises(seat) && !self.is_in_room(seat) && !self.attendance.admitted.contains(seat);
        office || adviser || self.is_expelled(seat)
    }

    /// The items somebody must not lead at: what is called, and for whom the chair is to be taken over at an item, that one.
    pub(super) fn at_hand(&self, seat: &SeatId) -> BTreeSet<&ItemId> {
        let called = self.business().and_then(super::state::Business::item);
        let handed = self.leading.aside.get(&self.chair).filter(|_| *seat != self.chair).and_then(Option::as_ref);
        called.into_iter().chain(handed).collect()
    }
}

/// Folds what happens to the chair; every other event is somebody else's, but one that ends an item ends a hindrance too.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over every event")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::ChairHandedOver(over) => {
            meeting.leading.aside.insert(over.seat.clone(), over.item.clone());
        }
        Event::ChairHindered(noted) if noted.hindered => {
            meeting.leading.aside.insert(noted.seat.clone(), None);
        }
        Event::ChairHindered(noted) => {
            meeting.leading.aside.remove(&noted.seat);
        }
        Event::EldestNamed(named) => meeting.leading.eldest = Some(named.seat.clone()),
        Event::ChairTaken(taken) => {
            meeting.leading.aside.remove(&taken.seat);
            meeting.leading.office_remote = taken.office_remote;
            meeting.chair = taken.seat.clone();
            let office = meeting.leading.office.clone();
            if meeting.is_kept_out(&office) {
                go_out_alone(meeting, &office, at);
            }
        }
        Event::ChairReturned(returned) => {
            meeting.leading.aside.remove(&returned.seat);
            meeting.chair = returned.seat.clone();
            come_back(meeting, at);
        }
        Event::ItemSettled(settled) => dealt_with(meeting, &settled.item),
        Event::ItemDropped(dropped) => dealt_with(meeting, &dropped.item),
        _ => {}
    }
}

fn dealt_with(meeting: &mut Meeting, item: &ItemId) {
    meeting.leading.aside.retain(|_, until| until.as_ref() != Some(item));
}
