//! What somebody is writing for themselves: a text not entered yet, a private note. It belongs to its writer, is no part of
//! the record, and goes away.

use super::{Answer, Fault};
use crate::domain::id::{ItemId, MeetingId, PersonId};
use crate::domain::time::Instant;

/// Longest draft that is kept, in characters: more than may be entered, so that too much is not lost before it is cut.
pub const DRAFT_CHARS_MAX: usize = 60_000;

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A text for the minutes, until it is entered.
    Text,
    /// `Sprechzettel`: a note to oneself, for leading the meeting. It is never entered anywhere.
    Note,
}

/// A text on an item, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub slot: Slot,
    pub item: ItemId,
    /// At most [`DRAFT_CHARS_MAX`] characters; may be empty.
    pub text: String,
    /// The entry with the text its writer had before her; 0 if there was none, and for a note.
    pub replaces: u64,
    pub saved_at: Instant,
}

/// Keeps drafts, one for each writer, slot and item.
pub trait Drafts: Send + Sync {
    /// Keeps this draft instead of an earlier one.
    ///
    /// # Errors
    /// If it cannot be kept now.
    fn keep<'a>(&'a self, meeting: &'a MeetingId, person: &'a PersonId, draft: Draft) -> Answer<'a, Result<(), Fault>>;

    /// Everything this person has begun in this slot of this meeting.
    ///
    /// # Errors
    /// If it cannot be read now.
    fn of<'a>(
        &'a self,
        meeting: &'a MeetingId,
        person: &'a PersonId,
        slot: Slot,
    ) -> Answer<'a, Result<Vec<Draft>, Fault>>;

    /// Forgets the draft on one item.
    ///
    /// # Errors
    /// If it cannot be reached now.
    fn forget<'a>(
        &'a self,
        meeting: &'a MeetingId,
        person: &'a PersonId,
        slot: Slot,
        item: &'a ItemId,
    ) -> Answer<'a, Result<(), Fault>>;

    /// Forgets whatever was last touched before `then`.
    ///
    /// # Errors
    /// If it cannot be reached now.
    fn sweep(&self, then: Instant) -> Answer<'_, Result<(), Fault>>;
}
