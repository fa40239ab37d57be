//! Complaints, faults, recovery and deletion.

use super::super::command::{Context, TakenComplaint};
use super::super::event::{
    ComplaintRaised, DataDeleted, Event, FaultFound, HallFound, Heard, Interrupted, InterruptionCause, PresenceFound,
    Sphere,
};
use super::super::state::{Meeting, OpenFault, Phase, Place};
use super::arriving::struck;
use super::{known_seat, only_chair, only_chair_or_clerk, only_system};
use crate::domain::law::{FaultEffect, Rules, UnknownSphere};
use crate::domain::ledger::Class;
use crate::domain::presence::Perception;
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;
use crate::domain::time::Instant;

/// Complaints one member may raise in one meeting; more would bury the chair.
const COMPLAINTS_MAX: usize = 50;
/// How long before its entry a complaint may have been said, in minutes.
const SAID_MINUTES_MAX: u16 = 240;

/// `Rüge`, or report of a fault: reaches the chair at once (§ 37a (2) s. 3 GemO BW). Whose line is gone says it by
/// telephone, and chair or clerk take it.
pub fn complain(
    meeting: &Meeting,
    context: &Context,
    text: &Remark,
    taken: Option<&TakenComplaint>,
) -> Result<Vec<Event>, Refusal> {
    let seat = match taken {
        Some(taken) => {
            only_chair_or_clerk(meeting, context)?;
            Some(&taken.seat)
        }
        None => context.actor.seat.as_ref(),
    };
    let seat = seat.ok_or_else(|| Refusal::misuse("no_seat", "Rügen können nur Mitglieder des Gremiums."))?;
    known_seat(meeting, seat)?;
    if taken.is_some_and(|taken| taken.minutes_ago > SAID_MINUTES_MAX) {
        let sentence = format!("Eine Rüge wird höchstens {SAID_MINUTES_MAX} Minuten später eingetragen.");
        return Err(Refusal::misuse("complaint_late", sentence));
    }
    match meeting.phase {
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => {}
        Phase::Planned | Phase::Closed(_) => {
            return Err(Refusal::misuse("not_open", "Die Sitzung läuft nicht."));
        }
    }
    if meeting.attendance.complaints.iter().filter(|complaint| complaint.seat == *seat).count() >= COMPLAINTS_MAX {
        return Err(Refusal::misuse("complaints_count", "Ihre Meldungen liegen dem Vorsitz vor."));
    }
    let heard = taken.map(|taken| Heard {
        channel: taken.channel,
        said_at: context.now.plus_millis(-60_000 * i64::from(taken.minutes_ago)),
    });
    Ok(vec![Event::ComplaintRaised(ComplaintRaised { seat: seat.clone(), text: Some(text.clone()), heard })])
}

/// What a fault in a sphere does to the sitting, and the paragraph that says so (§ 37a (2) s. 2 and 4 GemO BW). What
/// cannot be placed is treated as the rules say.
#[must_use]
pub fn fault_effect(rules: &Rules, sphere: Sphere) -> (FaultEffect, &str) {
    let municipal = (rules.fault_municipal.get(), rules.fault_municipal.norm());
    let other = (rules.fault_other.get(), rules.fault_other.norm());
    match sphere {
        Sphere::Municipality => municipal,
        Sphere::Member | Sphere::Third => other,
        Sphere::Unknown => match rules.fault_unknown_sphere.get() {
            UnknownSphere::Municipal => (municipal.0, rules.fault_unknown_sphere.norm()),
            UnknownSphere::NotProven => (other.0, rules.fault_unknown_sphere.norm()),
        },
    }
}

/// Where the proposed fault lies, or, once that was found, where it lies after all: the newest finding counts. If the
/// sitting must not go on with such a fault, it stands still at once.
pub fn find_fault(meeting: &Meeting, rules: &Rules, context: &Context, sphere: Sphere) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    if matches!(meeting.phase, Phase::Closed(_)) {
        return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen."));
    }
    let fault = meeting
        .convened()
        .and_then(|convened| convened.open_fault.clone())
        .or_else(|| unplaced_hall_fault(meeting, rules))
        .or_else(|| placed_otherwise(meeting, sphere))
        .ok_or_else(|| Refusal::conflict("no_fault", "Es ist keine Störung offen."))?;
    let mut events = vec![Event::FaultFound(FaultFound { seats: fault.seats, sphere, hall: fault.hall })];
    let must_interrupt = fault_effect(rules, sphere).0 == FaultEffect::Interrupt;
    if must_interrupt && matches!(meeting.phase, Phase::Sitting { .. }) {
        let cause =
            if sphere == Sphere::Municipality { InterruptionCause::Municipality } else { InterruptionCause::Fault };
        events.push(Event::Interrupted(Interrupted { cause, since: context.now }));
    }
    Ok(events)
}

/// A hall that is not perceptible is a fault too when nobody was lost by it, before the opening for instance: the chair may
/// say where it lies, once.
fn unplaced_hall_fault(meeting: &Meeting, rules: &Rules) -> Option<OpenFault> {
    (meeting.hall_takes_part() && !meeting.hall_is_perceptible() && !hall_excused(meeting, rules))
        .then(|| OpenFault { seats: Vec::new(), hall: true })
}

/// The newest fault, if it was found to lie elsewhere: a mistake is corrected by a further finding.
fn placed_otherwise(meeting: &Meeting, sphere: Sphere) -> Option<OpenFault> {
    let newest = meeting.attendance.faults.last()?;
    (newest.sphere.is_some() && newest.sphere != Some(sphere))
        .then(|| OpenFault { seats: newest.seats.clone(), hall: newest.hall })
}

/// The chair has found that the hall's fault has no effect on the sitting (§ 37a (2) s. 4 GemO BW), and it lasts.
pub(super) fn hall_excused(meeting: &Meeting, rules: &Rules) -> bool {
    let since = meeting.convened().and_then(|convened| convened.hall.as_ref()).map(|hall| hall.since);
    let newest = meeting.attendance.faults.iter().rev().find(|fault| fault.hall);
    newest.is_some_and(|fault| {
        let irrelevant = fault.sphere.is_some_and(|sphere| fault_effect(rules, sphere).0 == FaultEffect::Irrelevant);
        irrelevant && since.is_none_or(|since| since <= fault.at)
    })
}

/// After a crash: an open sitting stands still since the last durable sign of life (§ 37a (2) s. 2 GemO BW); otherwise
/// whoever was connected no longer is.
pub fn recover(meeting: &Meeting, context: &Context, last_alive: Instant) -> Result<Vec<Event>, Refusal> {
    only_system(context)?;
    let since = last_alive.min(context.now);
    match meeting.phase {
        Phase::Sitting { .. } => {
            Ok(vec![Event::Interrupted(Interrupted { cause: InterruptionCause::MunicipalSystem, since })])
        }
        Phase::Convened(_) | Phase::Interrupted { .. } => Ok(nobody_perceptible(meeting, since)),
        Phase::Planned | Phase::Closed(_) => Ok(Vec::new()),
    }
}

/// The hall and everybody remote are absent `since`.
fn nobody_perceptible(meeting: &Meeting, since: Instant) -> Vec<Event> {
    let (perception, lacking) = (Perception::Absent, Vec::new());
    let hall = meeting
        .hall_is_perceptible()
        .then(|| Event::HallFound(HallFound { perception, since, lacking: lacking.clone(), evidence: None }));
    let remote = meeting.attendance.places.iter().filter(|(_, place)| match place {
        Place::Remote { perception, .. } => *perception != Perception::Absent,
        Place::Room { .. } => false,
    });
    let seats = remote.flat_map(|(seat, _)| {
        let absent = PresenceFound { seat: seat.clone(), perception, since, lacking: lacking.clone(), evidence: None };
        std::iter::once(Event::PresenceFound(absent)).chain(struck(meeting, seat, since))
    });
    hall.into_iter().chain(seats).collect()
}

/// Deletes a class, once the meeting is over. Findings are permanent; of the choices only those that were corrected.
pub fn delete(meeting: &Meeting, context: &Context, class: Class, ground: &Remark) -> Result<Vec<Event>, Refusal> {
    if !context.actor.administrator {
        return Err(Refusal::misuse("administrator_only", "Das kann nur die Verwaltung."));
    }
    if !matches!(meeting.phase, Phase::Closed(_)) {
        return Err(Refusal::misuse("not_closed", "Gelöscht wird erst nach der Sitzung."));
    }
    if !class.deletable() {
        return Err(Refusal::misuse("permanent", "Feststellungen sind dauerhaft und werden nicht gelöscht."));
    }
    let entries: Vec<u64> = meeting
        .deletable
        .get(&class)
        .into_iter()
        .flatten()
        .filter(|number| class != Class::Choice || meeting.superseded_choices.contains(number))
        .copied()
        .collect();
    if entries.is_empty() {
        return Err(Refusal::conflict("nothing_to_delete", "Es gibt nichts mehr zu löschen."));
    }
    Ok(vec![Event::DataDeleted(DataDeleted { class, entries, ground: ground.clone() })])
}
