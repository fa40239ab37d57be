//! Who somebody is in a body: from the town's roles to the capacities a decision asks for. The law stays in the domain.

use crate::app::ports::accounts::Assurance;
use crate::app::town::{Role, Town};
use crate::domain::id::{BodyId, PersonId};
use crate::domain::meeting::Actor;

/// In which capacities `person` acts in `body`. A stranger gets an actor without any.
#[must_use]
pub fn actor(town: &Town, body: &BodyId, person: &PersonId, assurance: Assurance) -> Actor {
    let Some(body) = town.bodies().iter().find(|candidate| candidate.id == *body) else { return Actor::default() };
    let strong = assurance == Assurance::PasswordAndTotp;
    Actor {
        seat: body.seat_of(person).map(|seat| seat.id.clone()),
        // Acting for the body asks for the second factor, whatever the role.
        clerk: strong && body.has_role(person, Role::Clerk),
        technician: strong && body.has_role(person, Role::Technician),
        administrator: strong && body.has_role(person, Role::Administrator),
        hall: strong && body.has_role(person, Role::Hall),
        system: false,
        strong,
    }
}

/// May see what is non-public: members of the body and the clerk, signed in with two factors.
#[must_use]
pub const fn sees_closed(actor: &Actor) -> bool {
    actor.strong && (actor.seat.is_some() || actor.clerk)
}
