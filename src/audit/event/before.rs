//! The events before a meeting, as far as they change what is counted.

use super::{Item, PinnedLaw, Seat};
use serde::Deserialize;

/// What happened before the meeting, as far as a recount needs it.
pub enum Before {
    Replanned(Replanned),
    Rescheduled(Rescheduled),
    Amended(Amended),
    Cancelled,
    Reseated(Reseated),
    /// Letters, replies, papers: they change no figure, whenever they come.
    Told,
}

#[derive(Deserialize)]
pub struct Replanned {
    pub day: String,
    pub agenda: Vec<Item>,
}

#[derive(Deserialize)]
pub struct Rescheduled {
    pub day: String,
    pub law: PinnedLaw,
}

#[derive(Deserialize)]
pub struct Amended {
    pub added: Vec<Item>,
    pub removed: Vec<String>,
}

/// The body as it is at that moment.
#[derive(Deserialize)]
pub struct Reseated {
    pub seats: Vec<Seat>,
}
