//! How what is told and said in the meeting's room is written, and read again.

use crate::domain::id::{MeetingId, PersonId};
use crate::domain::meeting::effect::Announcement;
use crate::domain::time::Instant;

/// Somebody of the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub person: PersonId,
    /// As it was when it was said.
    pub name: String,
}

/// What of an event of the room is for people's eyes: a sentence, plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it happened, not when it was told.
    pub at: Instant,
    /// Who said it; `None`: the meeting itself.
    pub author: Option<Author>,
    pub text: String,
}

/// Writes and reads the events of the room.
pub trait Announcer: Send + Sync {
    /// The room's events as JSON, each complete in itself: one for machines, then one for people.
    fn write(&self, meeting: &MeetingId, announcement: &Announcement, at: Instant) -> Vec<String>;

    /// What somebody says, as the room's event.
    fn said(&self, meeting: &MeetingId, line: &Line) -> String;

    /// The line of an event that was told at `told`; `None` if it is not for people.
    fn line(&self, event: &str, told: Instant) -> Option<Line>;
}
