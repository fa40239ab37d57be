//! What a deletion takes from the running meeting.

use super::super::event::DataDeleted;
use super::super::state::Meeting;
use crate::domain::ledger::Class;

/// What is deleted is gone from the running meeting too, not only from what is loaded next time.
pub fn forget(meeting: &mut Meeting, deleted: &DataDeleted) {
    if let Some(entries) = meeting.deletable.get_mut(&deleted.class) {
        entries.retain(|number| !deleted.entries.contains(number));
    }
    meeting.deletable.retain(|_, entries| !entries.is_empty());
    super::before::forget(meeting, deleted.class);
    match deleted.class {
        Class::Choice => meeting.superseded_choices.retain(|number| !deleted.entries.contains(number)),
        // A class is deleted as a whole.
        Class::PersonalText => meeting.attendance.complaints.iter_mut().for_each(|complaint| complaint.text = None),
        Class::NonPublic => {
            let closed = meeting.items.iter_mut().filter(|item| !item.public);
            closed.for_each(|item| (item.title, item.motion) = (None, None));
        }
        Class::Finding | Class::ClosedFinding | Class::Measurement => {}
    }
}
