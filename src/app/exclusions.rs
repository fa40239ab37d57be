//! `Ausschluss` from coming sittings (§ 36 (3) GemO BW), carried from the sitting that decided it to those it is for.

use crate::app::sittings::{NoSitting, Sittings};
use crate::domain::id::SeatId;
use crate::domain::meeting::Meeting;
use std::collections::BTreeSet;

/// Whom earlier sittings of the body excluded from `sitting`.
///
/// # Errors
/// If a meeting cannot be read: it may be the one that excluded somebody, and nobody is summoned who has to stay away.
pub async fn excluded(sittings: &Sittings, sitting: &Meeting) -> Result<Vec<SeatId>, NoSitting> {
    let mut others = Vec::new();
    for id in sittings.list().await.map_err(|why| NoSitting::Fault(why.to_string()))? {
        others.push(sittings.get(&id).await?.snapshot());
    }
    Ok(excluded_from(sitting, others.iter().map(|snapshot| &snapshot.meeting)))
}

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
