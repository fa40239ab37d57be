//! The room beside the picture: where a meeting is told what happens in it, and where its members may talk.

use super::{Answer, Fault};
use crate::domain::id::{MeetingId, PersonId};
use crate::domain::time::Instant;

/// One thing the room is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomEvent {
    /// Fixed for ever: the same event told twice is one event.
    pub id: String,
    pub meeting: MeetingId,
    /// The entry it tells of, or after which it was said.
    pub number: u64,
    /// The event as JSON, complete in itself.
    pub content: String,
    pub at: Instant,
}

/// An event that stands in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands in its room: rises with every event, with gaps.
    pub place: u64,
    pub event: RoomEvent,
}

/// A stretch of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomPage {
    /// Members may write now.
    pub chat_open: bool,
    /// Oldest first.
    pub events: Vec<Placed>,
}

/// How much may be said in one room.
#[derive(Debug, Clone, Copy)]
pub struct ChatBounds {
    /// By one person in a minute.
    pub per_minute: u32,
    /// By everybody in one meeting.
    pub total: u32,
}

/// What became of something that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// It stands in the room, from now on or from an earlier time it was sent.
    Kept,
    /// The chat is not open.
    Closed,
    /// This person has said too much in this minute.
    TooOften,
    /// The room takes no more in this meeting.
    Full,
}

/// Tells rooms, each in the order it is called, and reads them.
pub trait RoomPort: Send + Sync {
    /// Tells the room, unless an event with this id was told before.
    ///
    /// # Errors
    /// If the room cannot be reached now.
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>>;

    /// The newest events behind `after` (0: from the beginning), at most `most`.
    ///
    /// # Errors
    /// If the room cannot be read now.
    fn read<'a>(&'a self, meeting: &'a MeetingId, after: u64, most: u32) -> Answer<'a, Result<RoomPage, Fault>>;

    /// Keeps durably what a member says, if the chat is open and within its bounds. The same id said twice stands once.
    ///
    /// # Errors
    /// If it is uncertain whether it was kept.
    fn say(&self, event: RoomEvent, author: PersonId, bounds: ChatBounds) -> Answer<'_, Result<Saying, Fault>>;

    /// Opens or closes the chat. One that has ended stays ended.
    ///
    /// # Errors
    /// If the room cannot be reached now.
    fn open_chat<'a>(&'a self, meeting: &'a MeetingId, open: bool) -> Answer<'a, Result<(), Fault>>;

    /// Deletes for good what people said, and lets nobody say more. What the meeting told stays.
    ///
    /// # Errors
    /// If the room cannot be reached now.
    fn end_chat<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<(), Fault>>;
}
