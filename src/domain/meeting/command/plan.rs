//! What is needed to plan a meeting.

use super::{AgendaEntry, Clause};
use crate::domain::council::Seat;
use crate::domain::id::{BodyId, ItemId, SeatId};
use crate::domain::law::BodyKind;
use crate::domain::text::{Name, Passage, Title, Wording};
use crate::domain::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is needed to plan a meeting; the first entry of its ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub municipality: Name,
    pub land: String,
    pub body: BodyId,
    pub body_name: Name,
    pub title: Title,
    pub place: Name,
    pub day: Date,
    pub starts_at: Instant,
    pub first_after_election: bool,
    pub seats: Vec<Seat>,
    pub chair: SeatId,
    pub clerk: Name,
    pub agenda: Vec<AgendaEntry>,
    pub closed_titles: BTreeMap<ItemId, Title>,
    /// Motions put forward with non-public items.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub closed_motions: BTreeMap<ItemId, Wording>,
    pub clauses: Vec<Clause>,
    /// The day the members were summoned on another way than by this program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summoned_on: Option<Date>,
    /// `Stellvertretung` of the chair, in the order in which they act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<SeatId>,
    /// `Ortsrecht`: what the body's own Hauptsatzung and Geschäftsordnung say differently, as `[[local]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Passage>,
    /// Which kind of body sits, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BodyKind>,
    /// `Gesetzliche Zahl` of the members, empty seats included, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<u32>,
}
