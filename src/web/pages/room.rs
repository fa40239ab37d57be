//! The room beside the picture: what the meeting tells, and where the Geschäftsordnung allows it what members say.

use super::act::Act;
use super::entry::Entry;
use askama::Template;

/// Part `room`: the newest lines, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "parts/room.html")]
pub struct Room {
    /// Members may chat in this body.
    pub with_chat: bool,
    /// How the chat stands, or why it is not shown; may be empty.
    pub word: String,
    /// Shown at once.
    pub newest: Vec<RoomLine>,
    /// Folded away.
    pub older: Vec<RoomLine>,
}

/// One line of the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomLine {
    /// E.g. "19:23".
    pub at: String,
    /// Who said it; `None`: the meeting itself.
    pub author: Option<String>,
    pub text: String,
}

/// Part `chat`: to write and, for the chair, to open and close it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/chat.html")]
pub struct Chat {
    /// How it stands where nobody can write; may be empty.
    pub word: String,
    pub write: Option<Entry>,
    pub acts: Vec<Act>,
}
