//! How an announcement is written for the meeting's room.

use crate::domain::id::MeetingId;
use crate::domain::meeting::effect::Announcement;

/// Writes announcements as the events of the room.
pub trait Announcer: Send + Sync {
    /// The room's event as JSON, complete in itself.
    fn write(&self, meeting: &MeetingId, announcement: &Announcement) -> String;
}
