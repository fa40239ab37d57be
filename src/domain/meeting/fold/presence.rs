//! Where everybody is, from what was attested and measured.

use super::super::event::{IdentityAttested, PresenceFound};
use super::super::state::{Attendance, Convened, Hall, Identity, Interval, Place};
use crate::domain::id::SeatId;
use crate::domain::presence::Perception;
use crate::domain::time::Instant;

/// Ends the running interval of presence, if there is one.
pub(in super::super) fn leave(attendance: &mut Attendance, seat: &SeatId, until: Instant) {
    let (remote, from) = match attendance.places.remove(seat) {
        Some(Place::Room { since }) => (false, since),
        Some(Place::Remote { present_since: Some(since), .. }) => (true, since),
        Some(Place::Remote { present_since: None, .. }) | None => return,
    };
    attendance.past.entry(seat.clone()).or_default().push(Interval { remote, from, until: until.max(from) });
}

/// Who is shut out of the non-public part is measured, and not present.
pub(super) fn perceive(attendance: &mut Attendance, found: &PresenceFound, shut_out: bool) {
    let before = match attendance.places.get(&found.seat) {
        // Whoever is attested in the room is not measured; a device in the hall changes nothing.
        Some(Place::Room { .. }) => return,
        Some(Place::Remote { present_since, .. }) => *present_since,
        None => None,
    };
    let present_since = match found.perception {
        Perception::Perceptible if shut_out => None,
        Perception::Perceptible => before.or(Some(found.since)),
        Perception::Disturbed => before,
        Perception::Absent => {
            leave(attendance, &found.seat, found.since);
            None
        }
    };
    attendance.places.insert(
        found.seat.clone(),
        Place::Remote {
            perception: found.perception,
            since: found.since,
            lacking: found.lacking.clone(),
            present_since,
        },
    );
}

/// The municipality's system stopped: the hall is measured anew too.
pub(super) fn lose_hall(convened: &mut Convened, since: Instant) {
    if let Some(hall) = &mut convened.hall {
        *hall = Hall { perception: Perception::Absent, since, lacking: Vec::new() };
    }
}

/// The municipality's system stopped: nobody remote was perceptible any more (§ 37a (2) s. 2 GemO BW).
pub(super) fn lose_everybody(attendance: &mut Attendance, since: Instant) {
    let remote: Vec<SeatId> = attendance
        .places
        .iter()
        .filter(|(_, place)| matches!(place, Place::Remote { .. }))
        .map(|(seat, _)| seat.clone())
        .collect();
    for seat in remote {
        leave(attendance, &seat, since);
        let gone = Place::Remote { perception: Perception::Absent, since, lacking: Vec::new(), present_since: None };
        attendance.places.insert(seat, gone);
    }
}

pub(super) fn recognise(attendance: &mut Attendance, attested: &IdentityAttested, at: Instant) {
    if attested.confirmed {
        let identity = Identity { ticket: attested.ticket.clone(), at };
        attendance.identities.insert(attested.seat.clone(), identity);
    } else {
        attendance.identities.remove(&attested.seat);
    }
}
