//! `Ausschluss` from coming sittings (§ 36 (3) GemO BW), carried from the sitting that decided it to those it is for.

use crate::app::ports::chance::fresh_id;
use crate::app::sitting::{Denied, Sitting};
use crate::app::sittings::{NoSitting, Sittings};
use crate::domain::id::SeatId;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::{Actor, Command, Meeting, Phase};
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

/// Brings what was decided to the sittings of the body that are convened already and not yet opened.
///
/// # Errors
/// If a meeting cannot be read or written. The exclusion itself stands; the opening of each sitting asks again.
pub async fn carry(sittings: &Sittings, decided: &Meeting) -> Result<(), String> {
    for id in sittings.list().await.map_err(|why| why.to_string())? {
        let sitting = sittings.get(&id).await.map_err(|why| why.to_string())?;
        if sitting.snapshot().meeting.body == decided.body {
            keep_away(sittings, &sitting).await?;
        }
    }
    Ok(())
}

/// Keeps whom earlier sittings have excluded away from one that is convened and not yet opened.
///
/// # Errors
/// If a meeting cannot be read or written.
pub async fn keep_away(sittings: &Sittings, sitting: &Sitting) -> Result<(), String> {
    let snapshot = sitting.snapshot();
    let meeting = &snapshot.meeting;
    if !matches!(meeting.phase, Phase::Convened(_)) {
        return Ok(());
    }
    let mut seats = excluded(sittings, meeting).await.map_err(|why| why.to_string())?;
    seats.retain(|seat| !meeting.order.barred.contains(seat));
    if seats.is_empty() {
        return Ok(());
    }
    let id = fresh_id(&*sittings.outside().entropy, "fern").parse().map_err(|_| "Kennung".to_owned())?;
    match sitting.command(id, Actor::system(), Command::Prepare(Preparation::Bar { seats })).await {
        // Somebody else was faster, or it was opened meanwhile.
        Ok(_) | Err(Denied::Refused(_)) => Ok(()),
        Err(why) => Err(why.to_string()),
    }
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
