//! Who runs a meeting: claims that expire, numbered so that a node that slept cannot write behind its successor.

use super::fault::{impossible, reading};
use super::{number_from, number_to};
use crate::adapters::store::Db;
use crate::adapters::store::tx::{Tx, on};
use crate::app::ports::ledger::{Claim, LedgerError, Owner};
use crate::domain::id::MeetingId;
use crate::domain::time::Instant;

/// The row of a meeting before it is claimed anew.
struct Before {
    node: String,
    epoch: u64,
    alive_at: Option<i64>,
    expires_at: i64,
}

pub(super) async fn claim(
    db: &Db,
    meeting: &MeetingId,
    node: &str,
    held: Option<u64>,
    now: Instant,
    until: Instant,
) -> Result<Claim, LedgerError> {
    const SQL: &str = "UPDATE meeting_owner SET node = $2, epoch = $3, expires_at = $5, \
         alive_at = CASE WHEN alive_at > $4 THEN alive_at ELSE $4 END WHERE meeting = $1";
    let mut tx = Tx::begin(db).await?;
    let before = lock(&mut tx, meeting).await?;
    let living = before.expires_at > now.0;
    let same = before.node == node && held.is_none_or(|epoch| epoch == before.epoch);
    if living && !same {
        return Err(LedgerError::NotOwner);
    }
    let epoch = if living && held.is_some() {
        before.epoch
    } else {
        before.epoch.checked_add(1).ok_or_else(|| impossible("meeting_owner", meeting.as_str(), "letzte Epoche"))?
    };
    let last_alive = before.alive_at.max(newest(&mut tx, meeting).await?).map(Instant);
    on!(&mut tx, |conn| sqlx::query(SQL)
        .bind(meeting.as_str())
        .bind(node)
        .bind(number_to(epoch)?)
        .bind(now.0)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
    tx.commit().await?;
    Ok(Claim { owner: Owner { meeting: meeting.clone(), node: node.to_owned(), epoch }, last_alive })
}

pub(super) async fn release(db: &Db, owner: &Owner, now: Instant) -> Result<(), LedgerError> {
    const SQL: &str = "UPDATE meeting_owner SET expires_at = $4, \
         alive_at = CASE WHEN alive_at > $4 THEN alive_at ELSE $4 END \
         WHERE meeting = $1 AND node = $2 AND epoch = $3 AND expires_at > $4";
    let mut tx = Tx::begin(db).await?;
    on!(&mut tx, |conn| sqlx::query(SQL)
        .bind(owner.meeting.as_str())
        .bind(&owner.node)
        .bind(number_to(owner.epoch)?)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
    Ok(tx.commit().await?)
}

/// Makes sure there is a row, locks it by an `UPDATE` that changes nothing, and reads it.
async fn lock(tx: &mut Tx, meeting: &MeetingId) -> Result<Before, LedgerError> {
    const MAKE: &str = "INSERT INTO meeting_owner (meeting, node, epoch, alive_at, expires_at) \
         VALUES ($1, '', 0, NULL, 0) ON CONFLICT (meeting) DO NOTHING";
    const LOCK: &str = "UPDATE meeting_owner SET epoch = epoch WHERE meeting = $1 \
         RETURNING node, epoch, alive_at, expires_at";
    let key = meeting.as_str();
    on!(&mut *tx, |conn| sqlx::query(MAKE).bind(key).execute(conn).await.map(drop))?;
    let (node, epoch, alive_at, expires_at): (String, i64, Option<i64>, i64) =
        on!(tx, |conn| sqlx::query_as(LOCK).bind(key).fetch_one(conn).await).map_err(reading("meeting_owner", key))?;
    let epoch = number_from(epoch).map_err(|why| impossible("meeting_owner", key, why))?;
    Ok(Before { node, epoch, alive_at, expires_at })
}

/// When the newest entry was recorded: entered with a command, so read there.
async fn newest(tx: &mut Tx, meeting: &MeetingId) -> Result<Option<i64>, LedgerError> {
    const SQL: &str = "SELECT MAX(recorded_at) FROM command WHERE meeting = $1";
    let key = meeting.as_str();
    let (newest,): (Option<i64>,) =
        on!(tx, |conn| sqlx::query_as(SQL).bind(key).fetch_one(conn).await).map_err(reading("command", key))?;
    Ok(newest)
}
