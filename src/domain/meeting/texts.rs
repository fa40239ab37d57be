//! What the clerk writes on the items, as it is folded.

use super::event::ItemTextWritten;
use super::state::{ItemText, Meeting, Recorded};

/// The newest text on an item stands.
pub(super) fn take(meeting: &mut Meeting, written: &ItemTextWritten, recorded: &Recorded) {
    let times = meeting.texts.get(&written.item).map_or(0, |before| before.times).saturating_add(1);
    let (text, number, at) = (written.text.clone(), recorded.number, recorded.occurred_at);
    meeting.texts.insert(written.item.clone(), ItemText { text, number, at, times });
}
