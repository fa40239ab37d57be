//! Who is there: attested in the room, measured from afar.

use super::super::command::{Context, HallChange, PresenceChange};
use super::super::event::{
    ChoiceStruck, Event, FaultProposed, HallFound, Method, PresenceFound, PublicRoomAttested, RoomAttested,
};
use super::super::state::{Business, Convened, Meeting, Phase, Place};
use super::order::not_expelled;
use super::{known_seat, only_chair_or_clerk, only_system, ruled_out};
use crate::domain::id::SeatId;
use crate::domain::law::Rules;
use crate::domain::law::fault::loss_is_proposed;
use crate::domain::law::format::MeetingFormat;
use crate::domain::presence::Perception;
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;
use std::collections::BTreeSet;

/// Losses within this time count as one and the same, in milliseconds.
const AT_ONCE_MS: i64 = 10_000;

pub(super) fn convened(meeting: &Meeting) -> Result<&Convened, Refusal> {
    match &meeting.phase {
        Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } => {
            Ok(convened)
        }
        Phase::Planned => Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Closed(_) => Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    }
}

/// Presence in the room is attested by clerk or chair, in every format: also in an emergency somebody may sit in the hall.
pub fn attest_room(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    present: bool,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    convened(meeting)?;
    known_seat(meeting, seat)?;
    if present {
        not_expelled(meeting, rules, seat)?;
    }
    if meeting.is_in_room(seat) == present {
        return Err(Refusal::conflict("attested", "Das ist schon so vermerkt."));
    }
    if let Some(Business::Ballot(ballot)) = meeting.business()
        && ballot.method == Method::ShowOfHands
        && ballot.choices.contains_key(seat)
    {
        let sentence = "Dieses Mitglied hat in der laufenden Abstimmung schon zugeschaltet gestimmt und würde im Saal \
                        noch einmal gezählt. Vermerken Sie es nach der Abstimmung.";
        return Err(Refusal::misuse("would_count_twice", sentence));
    }
    Ok(vec![Event::RoomAttested(RoomAttested { seat: seat.clone(), present })])
}

/// Until it is measured, the clerk attests that the public room receives picture and sound.
pub fn attest_public_room(meeting: &Meeting, context: &Context, receives: bool) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    let convened = convened(meeting)?;
    if convened.convening.format != MeetingFormat::Digital {
        return Err(Refusal::misuse("no_public_room", "Nur die digitale Sitzung wird in einen Raum übertragen."));
    }
    if convened.public_room_receives == receives {
        return Err(Refusal::conflict("attested", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::PublicRoomAttested(PublicRoomAttested { receives })])
}

/// What the measurement found. A choice given after the last good second of somebody who then was absent does not
/// stand; several losses at once propose a fault of the municipality instead of being counted silently.
pub fn report_presence(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    changes: &[PresenceChange],
    hall: Option<&HallChange>,
) -> Result<Vec<Event>, Refusal> {
    only_system(context)?;
    let convened = convened(meeting)?;
    if convened.convening.format == MeetingFormat::InPerson {
        return Err(ruled_out::in_person(meeting, rules));
    }
    let mut events: Vec<Event> = hall
        .filter(|_| meeting.hall_takes_part())
        .map(|hall| {
            Event::HallFound(HallFound {
                perception: hall.perception,
                since: hall.since,
                lacking: hall.lacking.clone(),
                evidence: Some(hall.evidence.clone()),
            })
        })
        .into_iter()
        .collect();
    for change in changes.iter().filter(|change| meeting.seats.contains_key(&change.seat)) {
        if meeting.is_in_room(&change.seat) || meeting.is_expelled(&change.seat) {
            continue;
        }
        events.push(Event::PresenceFound(PresenceFound {
            seat: change.seat.clone(),
            perception: change.perception,
            since: change.since,
            lacking: change.lacking.clone(),
            evidence: Some(change.evidence.clone()),
        }));
        if change.perception == Perception::Absent {
            events.extend(struck(meeting, &change.seat, change.since));
        }
    }
    if convened.open_fault.is_none() && matches!(meeting.phase, Phase::Sitting { .. }) {
        let lost = lost_at_once(meeting, changes, context.now);
        let hall_lost = meeting.hall_is_perceptible()
            && hall.is_some_and(|hall| hall.perception != Perception::Perceptible)
            && rules.presence_hall.get();
        if loss_is_proposed(rules, lost.len(), hall_lost) {
            events.push(Event::FaultProposed(FaultProposed { seats: lost.into_iter().collect(), hall: hall_lost }));
        }
    }
    Ok(events)
}

/// The choice of somebody who was absent `since`, if it was given later: it does not stand.
pub(super) fn struck(meeting: &Meeting, seat: &SeatId, since: Instant) -> Option<Event> {
    let Some(Business::Ballot(ballot)) = meeting.business() else { return None };
    let cast = ballot.choices.get(seat)?;
    (cast.at > since).then(|| {
        Event::ChoiceStruck(ChoiceStruck { ballot: ballot.ballot.clone(), seat: seat.clone(), absent_since: since })
    })
}

/// Everybody whose perceptibility ended just now, with those of the report. Who was found absent in an interruption or
/// before the opening is not lost, only not there.
fn lost_at_once(meeting: &Meeting, changes: &[PresenceChange], now: Instant) -> BTreeSet<SeatId> {
    let recent = |since: &Instant| now.millis_since(*since) <= AT_ONCE_MS;
    let mut lost: BTreeSet<SeatId> = meeting
        .attendance
        .places
        .iter()
        .filter(|(_, place)| match place {
            Place::Remote { perception: Perception::Disturbed, since, .. } => recent(since),
            Place::Remote { .. } | Place::Room { .. } => false,
        })
        .map(|(seat, _)| seat.clone())
        .filter(|seat| !found_already(meeting, seat))
        .collect();
    for change in changes {
        if !meeting.is_present(&change.seat) && !lost.contains(&change.seat) {
            continue;
        }
        match change.perception {
            Perception::Disturbed if recent(&change.since) => lost.insert(change.seat.clone()),
            Perception::Perceptible => lost.remove(&change.seat),
            Perception::Disturbed | Perception::Absent => false,
        };
    }
    // Who is no member is not counted here either.
    lost.retain(|seat| meeting.has_vote(seat));
    lost
}

/// Part of a fault the chair has already found, and not perceptible since: it is not proposed again.
fn found_already(meeting: &Meeting, seat: &SeatId) -> bool {
    let Some(Place::Remote { since, .. }) = meeting.attendance.places.get(seat) else { return false };
    meeting
        .attendance
        .faults
        .iter()
        .any(|fault| fault.sphere.is_some() && fault.seats.contains(seat) && *since <= fault.at)
}
