//! What somebody is writing and has not entered yet. It belongs to its writer, is no part of the record, and goes away.

use super::{Answer, Fault};
use crate::domain::id::{ItemId, MeetingId, PersonId};
use crate::domain::time::Instant;

/// Longest draft that is kept, in characters: more than may be entered, so that too much is not lost before it is cut.
pub const DRAFT_CHARS_MAX: usize = 60_000;

/// A text on an item, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub item: ItemId,
    /// At most [`DRAFT_CHARS_MAX`] characters; may be empty.
    pub text: String,
    /// The entry with the text its writer had before her; 0 if there was none.
    pub replaces: u64,
    pub saved_at: Instant,
}

/// Keeps drafts, one for each writer and item.
pub trait Drafts: Send + Sync {
    /// Keeps this draft instead of an earlier one.
    ///
    /// # Errors
    /// If it cannot be kept now.
    fn keep<'a>(&'a self, meeting: &'a MeetingId, person: &'a PersonId, draft: Draft) -> Answer<'a, Result<(), Fault>>;

    /// Everything this person has begun in this meeting.
    ///
    /// # Errors
    /// If it cannot be read now.
    fn of<'a>(&'a self, meeting: &'a MeetingId, person: &'a PersonId) -> Answer<'a, Result<Vec<Draft>, Fault>>;

    /// Forgets the draft on one item.
    ///
    /// # Errors
    /// If it cannot be reached now.
    fn forget<'a>(
        &'a self,
        meeting: &'a MeetingId,
        person: &'a PersonId,
        item: &'a ItemId,
    ) -> Answer<'a, Result<(), Fault>>;

    /// Forgets whatever was last touched before `then`.
    ///
    /// # Errors
    /// If it cannot be reached now.
    fn sweep(&self, then: Instant) -> Answer<'_, Result<(), Fault>>;
}
