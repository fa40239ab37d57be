//! The events at the doors, as far as they change who counts and what may happen.

use serde::Deserialize;

/// What happens at the doors.
pub enum Doors {
    /// The public is to leave: who is connected no longer counts.
    Clearing,
    Closed,
    /// The public is to come back.
    Opening,
    Open,
    /// Somebody whose part it was confirmed.
    Confirmed,
    /// This seat stays, alone.
    Alone(String),
    Announced(Announced),
}

#[derive(Deserialize)]
pub struct Alone {
    pub seat: String,
}

/// A non-public decision, told in public.
#[derive(Deserialize)]
pub struct Announced {
    pub ballot: String,
    pub item: String,
    pub outcome: String,
}
