//! `Ausschluss` from coming sittings (§ 36 (3) GemO BW), carried from the sitting that decided it to those it is for.

use crate::app::ports::chance::fresh_id;
use crate::app::sitting::{Denied, Sitting, Snapshot};
use crate::app::sittings::Sittings;
use crate::domain::id::{BodyId, SeatId};
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::{Actor, Command, Meeting, Phase};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a command needs to know of the body's other sittings: who is excluded is summoned with that, and is kept away from a
/// sitting that was convened before the exclusion.
///
/// # Errors
/// If a meeting of the body cannot be read: it may be the one that excluded somebody, and nobody is summoned who has to stay away.
pub async fn before(sittings: &Sittings, sitting: &Sitting, command: &mut Command) -> Result<(), String> {
    match command {
        Command::Convene { summons, .. } => {
            let meeting = &sitting.snapshot().meeting;
            let body = of_body(sittings, &meeting.body).await?;
            summons.excluded = excluded_from(meeting, body.iter().map(|(_, snapshot)| &snapshot.meeting));
        }
        Command::Open => {
            let body = of_body(sittings, &sitting.snapshot().meeting.body).await?;
            keep_away(sittings, sitting, &body).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Brings an exclusion to the sittings of the body that are convened already and not yet opened.
///
/// # Errors
/// If a meeting cannot be read or written. The exclusion itself stands; the opening of each sitting asks again.
pub async fn carry(sittings: &Sittings, body: &BodyId) -> Result<(), String> {
    let body = of_body(sittings, body).await?;
    for (sitting, _) in &body {
        keep_away(sittings, sitting, &body).await?;
    }
    Ok(())
}

/// Every sitting of a body, as it stands now.
async fn of_body(sittings: &Sittings, body: &BodyId) -> Result<Vec<(Sitting, Arc<Snapshot>)>, String> {
    let mut found = Vec::new();
    for id in sittings.list().await.map_err(|why| why.to_string())? {
        let sitting = sittings.get(&id).await.map_err(|why| why.to_string())?;
        let snapshot = sitting.snapshot();
        if snapshot.meeting.body == *body {
            found.push((sitting, snapshot));
        }
    }
    Ok(found)
}

/// Keeps whom earlier sittings of the body have excluded away from one that is convened and not yet opened.
async fn keep_away(sittings: &Sittings, sitting: &Sitting, body: &[(Sitting, Arc<Snapshot>)]) -> Result<(), String> {
    let snapshot = sitting.snapshot();
    let meeting = &snapshot.meeting;
    if !matches!(meeting.phase, Phase::Convened(_)) {
        return Ok(());
    }
    let mut seats = excluded_from(meeting, body.iter().map(|(_, snapshot)| &snapshot.meeting));
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

/// Who is excluded from `sitting`, as the other meetings of its body decided: every sitting since the decision counts, unless
/// it was cancelled.
#[must_use]
pub fn excluded_from<'a>(sitting: &Meeting, body: impl Iterator<Item = &'a Meeting> + Clone) -> Vec<SeatId> {
    let of_body = body.filter(|meeting| meeting.body == sitting.body && meeting.id != sitting.id);
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
