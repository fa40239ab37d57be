//! Who somebody is, where the second factor is missing: the technician recognises the person, and that is an entry.
//!
//! The identity is confirmed for one stay in the waiting room, by its ticket: somebody else with the same password waits
//! anew.

use super::super::command::Context;
use super::super::event::{Event, IdentityAttested, PresenceFound};
use super::super::state::{Meeting, Place};
use super::arriving::{convened, struck};
use super::known_seat;
use crate::domain::presence::Perception;
use crate::domain::refusal::Refusal;

/// Confirms who waits, or takes a confirmation back. Taken back, the seat was not there from the moment on in which it was
/// confirmed, and a choice given since does not stand.
pub fn attest(meeting: &Meeting, context: &Context, found: IdentityAttested) -> Result<Vec<Event>, Refusal> {
    if !context.actor.technician {
        return Err(Refusal::misuse("technician_only", "Das stellt nur die technische Moderation fest."));
    }
    convened(meeting)?;
    known_seat(meeting, &found.seat)?;
    if meeting.is_recognised(&found.seat, &found.ticket) == found.confirmed {
        return Err(Refusal::conflict("attested", "Das ist schon so vermerkt."));
    }
    let Some(identity) = meeting.attendance.identities.get(&found.seat).filter(|_| !found.confirmed) else {
        return Ok(vec![Event::IdentityAttested(found)]);
    };
    let (seat, since) = (found.seat.clone(), identity.at);
    let mut events = vec![Event::IdentityAttested(found)];
    if let Some(Place::Remote { .. }) = meeting.attendance.places.get(&seat) {
        let absent = PresenceFound {
            seat: seat.clone(),
            perception: Perception::Absent,
            since,
            lacking: Vec::new(),
            evidence: None,
        };
        events.push(Event::PresenceFound(absent));
        events.extend(struck(meeting, &seat, since));
    }
    Ok(events)
}

/// Whoever came by recognition acts only as long as it holds.
pub fn still_recognised(meeting: &Meeting, context: &Context) -> Result<(), Refusal> {
    let (seat, ticket) = (&context.actor.seat, &context.actor.ticket);
    let Some(ticket) = ticket else { return Ok(()) };
    if seat.as_ref().is_some_and(|seat| meeting.is_recognised(seat, ticket)) {
        return Ok(());
    }
    Err(Refusal::misuse("not_recognised", "Ihre Identität ist noch nicht bestätigt. Bitte warten Sie im Warteraum."))
}
