//! Who acts, and when.

use crate::domain::id::{SeatId, TicketId};
use crate::domain::time::Instant;

/// Who wants it, and when. Somebody may be several things at once: the mayor chairs and votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    pub actor: Actor,
    pub now: Instant,
}

/// In which capacities somebody acts, in this body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// The seat the person holds.
    pub seat: Option<SeatId>,
    pub clerk: bool,
    pub technician: bool,
    pub administrator: bool,
    /// The device in the hall. It decides nothing.
    pub hall: bool,
    /// The platform itself: measurement, recovery.
    pub system: bool,
    /// Signed in strongly enough for a ballot: passkey, or password and one-time code, or recognised by the technician. A
    /// link by mail is not.
    pub strong: bool,
    /// Instead of a second factor: the stay in the waiting room for which the technician has recognised the person.
    pub ticket: Option<TicketId>,
}

impl Actor {
    /// The platform itself.
    #[must_use]
    pub fn system() -> Self {
        Self { system: true, strong: true, ..Self::default() }
    }
}
