//! The events before a meeting, as far as they change what is counted.

use super::{Item, PinnedLaw};
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
pub struct Planned {
    pub municipality: String,
    pub land: String,
    pub body_name: String,
    pub title: String,
    pub day: String,
    pub starts_at: i64,
    pub seats: Vec<Seat>,
    pub chair: String,
    /// In the order in which they lead.
    #[serde(default)]
    pub deputies: Vec<String>,
    #[serde(default)]
    pub clauses: Vec<Clause>,
    pub agenda: Vec<Item>,
    /// The body's own law.
    pub local: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    /// Seats the law provides for.
    #[serde(default)]
    pub statutory: Option<u64>,
}

#[derive(Deserialize)]
pub struct Seat {
    pub id: String,
    #[serde(default)]
    pub function: String,
}

/// A clause of the Hauptsatzung.
#[derive(Clone, Deserialize)]
pub struct Clause {
    pub kind: String,
    pub in_force_from: String,
    pub carried: Option<Carried>,
}

/// The votes that carried it.
#[derive(Clone, Copy, Deserialize)]
pub struct Carried {
    pub yes: u64,
    pub members: u64,
}

/// Whether a summons came in time.
#[derive(Deserialize)]
pub struct Notice {
    pub on: String,
    pub received: Option<String>,
    pub days: i64,
    pub needed: i64,
    pub kept: bool,
    pub emergency: Option<String>,
}

#[derive(Deserialize)]
pub struct Replanned {
    pub day: String,
    pub starts_at: i64,
    pub agenda: Vec<Item>,
}

#[derive(Deserialize)]
pub struct Rescheduled {
    pub day: String,
    pub starts_at: i64,
    pub law: PinnedLaw,
    pub notice: Notice,
}

#[derive(Deserialize)]
pub struct Amended {
    pub added: Vec<Item>,
    pub removed: Vec<String>,
    pub notice: Option<Notice>,
}

/// The body as it is at that moment.
#[derive(Deserialize)]
pub struct Reseated {
    pub seats: Vec<Seat>,
    pub chair: String,
    #[serde(default)]
    pub deputies: Vec<String>,
    pub clauses: Vec<Clause>,
    pub local: Option<String>,
    #[serde(default)]
    pub statutory: Option<u64>,
}
