//! From the events before a meeting to its state.

use super::super::before::{Delivery, Paper, Reply};
use super::super::event::{
    AgendaEntry, Amended, Cancelled, Convening, Delivered, PaperFiled, Planned, Replanned, Replied, Rescheduled,
    Reseated, Resent,
};
use super::super::leading::Leading;
use super::super::state::{Item, ItemState, Meeting, Phase};
use super::with_convened;
use crate::domain::id::{ItemId, SeatId};
use crate::domain::ledger::Class;
use crate::domain::text::{Title, Wording};
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// The agenda of a plan.
pub fn items(
    agenda: &[AgendaEntry],
    closed: Option<&BTreeMap<ItemId, Title>>,
    motions: Option<&BTreeMap<ItemId, Wording>>,
) -> Vec<Item> {
    let title_of = |item: &ItemId| closed.and_then(|titles| titles.get(item).cloned());
    let motion_of = |item: &ItemId| motions.and_then(|motions| motions.get(item).cloned());
    let item = |entry: &AgendaEntry| Item {
        id: entry.id.clone(),
        number: entry.number.clone(),
        public: entry.public,
        title: if entry.public { entry.title.clone() } else { title_of(&entry.id) },
        motion: if entry.public { entry.motion.clone() } else { motion_of(&entry.id) },
        state: ItemState::Pending,
    };
    agenda.iter().map(item).collect()
}

pub fn planned(meeting: &mut Meeting, planned: &Planned) {
    meeting.before.summoned_on = planned.summoned_on;
    meeting.before.revision = 1;
}

pub fn replanned(meeting: &mut Meeting, replanned: &Replanned, number: u64) {
    meeting.title = replanned.title.clone();
    meeting.place = replanned.place.clone();
    meeting.day = replanned.day;
    meeting.starts_at = replanned.starts_at;
    meeting.items = items(&replanned.agenda, replanned.closed_titles.as_ref(), replanned.closed_motions.as_ref());
    super::second::forget_gone(meeting);
    let Meeting { items, elections, .. } = meeting;
    elections.retain(|id, _| items.iter().any(|item| item.id == *id && item.public));
    meeting.before.revision = number;
}

/// Nobody is there yet, has replied or was written to.
pub fn reseated(meeting: &mut Meeting, reseated: &Reseated) {
    if matches!(meeting.phase, Phase::Planned) {
        meeting.seats = reseated.seats.iter().map(|seat| (seat.id.clone(), seat.clone())).collect();
        meeting.chair = reseated.chair.clone();
        meeting.leading = Leading::new(reseated.chair.clone(), reseated.deputies.clone());
        meeting.clerk = reseated.clerk.clone();
        meeting.clauses.clone_from(&reseated.clauses);
        meeting.local.clone_from(&reseated.local);
        meeting.statutory = reseated.statutory;
    }
}

/// Everybody is written to, unless they were summoned on another way.
pub fn convened(meeting: &mut Meeting, convening: &Convening, at: Instant) {
    meeting.second.noticed = convening.second_notice;
    if convening.notice.as_ref().is_some_and(|notice| !notice.elsewhere) {
        let seats: Vec<SeatId> = meeting.seats.keys().cloned().collect();
        queue(meeting, seats, at);
    }
}

pub fn rescheduled(meeting: &mut Meeting, moved: &Rescheduled, number: u64, at: Instant) {
    meeting.day = moved.day;
    meeting.starts_at = moved.starts_at;
    meeting.place = moved.place.clone();
    with_convened(&mut meeting.phase, |convened| {
        convened.convening.law = moved.law.clone();
        convened.convening.notice = Some(moved.notice.clone());
    });
    meeting.before.revision = number;
    meeting.before.moved = Some(moved.reason.clone());
    // With it everything on the agenda was told anew.
    meeting.before.late.clear();
    // A reply, and a consent, were for the other day.
    meeting.before.replies.clear();
    changed(meeting, at);
}

pub fn amended(meeting: &mut Meeting, amended: &Amended, number: u64, at: Instant) {
    meeting.items.retain(|item| !amended.removed.contains(&item.id));
    super::second::forget_gone(meeting);
    let added = items(&amended.added, amended.closed_titles.as_ref(), amended.closed_motions.as_ref());
    let days = amended.notice.as_ref().map_or(0, |notice| notice.days);
    meeting.before.late.extend(added.iter().map(|item| (item.id.clone(), days)));
    meeting.items.extend(added);
    meeting.before.revision = number;
    changed(meeting, at);
}

pub fn cancelled(meeting: &mut Meeting, cancelled: &Cancelled, at: Instant) {
    meeting.before.cancelled = Some((at, cancelled.reason.clone()));
    changed(meeting, at);
    if let Phase::Convened(convened) = &meeting.phase {
        meeting.phase = Phase::Closed(convened.clone());
    }
}

/// Everybody is told, under the next number.
fn changed(meeting: &mut Meeting, at: Instant) {
    meeting.before.sequence = meeting.before.sequence.saturating_add(1);
    let seats: Vec<SeatId> = meeting.seats.keys().cloned().collect();
    queue(meeting, seats, at);
}

fn queue(meeting: &mut Meeting, seats: Vec<SeatId>, at: Instant) {
    let sequence = meeting.before.sequence;
    for seat in seats {
        let waits = Delivery { sequence, outcome: None, at, on: None, reason: None };
        meeting.before.deliveries.insert(seat, waits);
    }
}

pub fn delivered(meeting: &mut Meeting, delivered: &Delivered, at: Instant) {
    let delivery = Delivery {
        sequence: delivered.sequence,
        outcome: Some(delivered.outcome),
        at,
        on: delivered.on,
        reason: delivered.reason.as_ref().map(ToString::to_string),
    };
    meeting.before.deliveries.insert(delivered.seat.clone(), delivery);
}

pub fn resent(meeting: &mut Meeting, resent: &Resent, at: Instant) {
    queue(meeting, vec![resent.seat.clone()], at);
}

pub fn replied(meeting: &mut Meeting, replied: &Replied, at: Instant) {
    let reply = Reply {
        answer: replied.answer,
        at,
        consent: replied.consent.is_some(),
        reason: replied.reason.as_ref().map(ToString::to_string),
    };
    *meeting.before.replied.entry(replied.seat.clone()).or_default() += 1;
    meeting.before.replies.insert(replied.seat.clone(), reply);
}

pub fn filed(meeting: &mut Meeting, filed: &PaperFiled, at: Instant) {
    meeting.before.papers.push(Paper {
        id: filed.paper.clone(),
        item: filed.item.clone(),
        version: filed.version,
        digest: filed.digest,
        bytes: filed.bytes,
        pages: filed.pages,
        late: filed.late,
        closed: filed.name.is_none(),
        at,
        name: filed.name.clone().or_else(|| filed.closed_name.clone()),
    });
}

/// What is deleted is gone here as well.
pub fn forget(meeting: &mut Meeting, class: Class) {
    let before = &mut meeting.before;
    match class {
        Class::PersonalText => {
            before.replies.values_mut().for_each(|reply| reply.reason = None);
            before.deliveries.values_mut().for_each(|delivery| delivery.reason = None);
        }
        Class::NonPublic => {
            before.papers.iter_mut().filter(|paper| paper.closed).for_each(|paper| paper.name = None);
        }
        Class::Finding | Class::ClosedFinding | Class::Measurement | Class::Choice => {}
    }
}
