//! `Ausschluss` from coming sittings (§ 36 (3) GemO BW), carried from the sitting that decided it to those it is for.

use crate::domain::id::SeatId;
use crate::domain::meeting::Meeting;
use std::collections::BTreeSet;

/// Who is excluded from `sitting`, as the other meetings decided: every sitting of the body since the decision counts, unless
/// it was cancelled.
#[must_use]
pub fn excluded_from<'a>(sitting: &Meeting, meetings: impl Iterator<Item = &'a Meeting> + Clone) -> Vec<SeatId> {
    let of_body = meetings.filter(|meeting| meeting.body == sitting.body && meeting.id != sitting.id);
    let earlier = of_body.filter(|meeting| meeting.starts_at < sitting.starts_at && meeting.before.cancelled.is_none());
    let mut found = BTreeSet::new();
    for decided in earlier.clone() {
        let since = earlier.clone().filter(|between| between.starts_at > decided.starts_at).count();
        let lasting =
            decided.order.excluded.iter().filter(|one| usize::try_from(one.sessions).is_ok_and(|n| since < n));
        found.extend(lasting.map(|one| one.seat.clone()));
    }
    found.into_iter().collect()
}
