//! Who somebody is in a body: from the town's roles to the capacities a decision asks for. The law stays in the domain.

use crate::app::ports::accounts::Assurance;
use crate::app::town::{Role, Seat, Town};
use crate::domain::circulation::Circulation;
use crate::domain::id::{PersonId, SeatId};
use crate::domain::meeting::{Actor, Meeting};
use crate::domain::time::Date;

/// The seat `person` has for `meeting`: the one of its day. Who has left the body before `today` has none any more.
#[must_use]
pub fn seat<'a>(town: &'a Town, meeting: &Meeting, person: &PersonId, today: Date) -> Option<&'a Seat> {
    let body = town.body(&meeting.body)?;
    let sits_still = |seat: &&Seat| !seat.has_ended_before(today) || body.seat_on(person, today).is_some();
    body.seat_on(person, meeting.day).filter(sits_still)
}

/// In which capacities `person` acts in `meeting`. A stranger gets an actor without any.
#[must_use]
pub fn actor(town: &Town, meeting: &Meeting, person: &PersonId, assurance: &Assurance, today: Date) -> Actor {
    let Some(body) = town.body(&meeting.body) else { return Actor::default() };
    let seat = seat(town, meeting, person, today).map(|seat| seat.id.clone());
    if let Assurance::Waiting(ticket) = assurance {
        // Recognised is the holder of a seat; whoever acts for the body needs the second factor.
        let seat = seat.filter(|seat| meeting.is_recognised(seat, ticket));
        let strong = seat.is_some();
        return Actor { seat, strong, ticket: Some(ticket.clone()), ..Actor::default() };
    }
    let strong = *assurance == Assurance::PasswordAndTotp;
    Actor {
        seat,
        // Acting for the body asks for the second factor, whatever the role.
        clerk: strong && body.has_role(person, Role::Clerk),
        technician: strong && body.has_role(person, Role::Technician),
        administrator: strong && body.has_role(person, Role::Administrator),
        hall: strong && body.has_role(person, Role::Hall),
        system: false,
        strong,
        ticket: None,
    }
}

/// In which capacities `person` acts in a matter sent round: with the seat that was asked, as long as the person holds it.
#[must_use]
pub fn circulation_actor(
    town: &Town,
    circulation: &Circulation,
    person: &PersonId,
    assurance: &Assurance,
    today: Date,
) -> Actor {
    let opened = &circulation.opened;
    let Some(body) = town.body(&opened.body) else { return Actor::default() };
    let holds = |seat: &SeatId| body.seat_on(person, today).is_some_and(|held| held.id == *seat);
    let asked = opened.seats.iter().find(|seat| seat.person == *person && holds(&seat.id));
    let strong = *assurance == Assurance::PasswordAndTotp;
    Actor {
        seat: asked.map(|seat| seat.id.clone()),
        clerk: strong && body.has_role(person, Role::Clerk),
        strong,
        ..Actor::default()
    }
}

/// May see what is non-public: members of the body and the clerk, signed in with two factors or recognised.
#[must_use]
pub const fn sees_closed(actor: &Actor) -> bool {
    actor.strong && (actor.seat.is_some() || actor.clerk)
}
