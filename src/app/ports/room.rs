//! The room beside the picture: where a meeting is told what happens in it.

use super::{Answer, Fault};
use crate::domain::id::MeetingId;
use crate::domain::time::Instant;

/// One thing the room is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomEvent {
    /// Fixed for ever: the same event told twice is one event.
    pub id: String,
    pub meeting: MeetingId,
    /// The entry it tells of.
    pub number: u64,
    /// The event as JSON, complete in itself.
    pub content: String,
    pub at: Instant,
}

/// Tells rooms, each in the order it is called.
pub trait RoomPort: Send + Sync {
    /// Tells the room, unless an event with this id was told before.
    ///
    /// # Errors
    /// If the room cannot be reached now.
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>>;
}
