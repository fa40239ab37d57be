//! The outbox: what the outside is told, in order per meeting and lane, by one node at a time.

use super::fault::{impossible, reading, refused};
use crate::adapters::store::Db;
use crate::adapters::store::tx::{Tx, on};
use crate::app::ports::ledger::{Lane, Leased, LedgerError, Sent};
use crate::domain::id::MeetingId;
use crate::domain::time::Instant;

/// Most notices one lease hands out, whatever is asked.
const LEASE_MAX: u32 = 256;
/// Longest reason that is kept of a parked notice, in characters.
const REASON_CHARS_MAX: usize = 500;

/// Id, number, content, attempts and earliest time of a notice.
type Row = (String, i64, String, i64, i64);

/// Who asks for what, until when.
struct Asked<'a> {
    lane: Lane,
    node: &'a str,
    now: Instant,
    until: Instant,
}

pub(super) async fn lease(
    db: &Db,
    lane: Lane,
    node: &str,
    most: u32,
    now: Instant,
    until: Instant,
) -> Result<Vec<Leased>, LedgerError> {
    let asked = Asked { lane, node, now, until };
    let most = usize::try_from(most.min(LEASE_MAX)).unwrap_or_default();
    let mut leased = Vec::new();
    let mut tx = Tx::begin(db).await?;
    for meeting in due(&mut tx, &asked, most).await? {
        if leased.len() >= most {
            break;
        }
        if take(&mut tx, &asked, &meeting).await? {
            leased.extend(notices(&mut tx, &asked, &meeting, most - leased.len()).await?);
        }
    }
    tx.commit().await?;
    Ok(leased)
}

/// Meetings whose oldest waiting notice is due and which nobody else runs or sends for.
async fn due(tx: &mut Tx, asked: &Asked<'_>, most: usize) -> Result<Vec<MeetingId>, LedgerError> {
    const SQL: &str = "SELECT o.meeting FROM outbox o \
         WHERE o.lane = $1 AND o.state = 'waiting' AND o.not_before <= $3 \
         AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane AND e.state = 'waiting' \
             AND e.meeting = o.meeting AND (e.number < o.number OR (e.number = o.number AND e.place < o.place))) \
         AND NOT EXISTS (SELECT 1 FROM outbox_lease l WHERE l.meeting = o.meeting AND l.lane = o.lane \
             AND l.node <> $2 AND l.lease_until > $3) \
         AND NOT EXISTS (SELECT 1 FROM meeting_owner w WHERE w.meeting = o.meeting \
             AND w.node <> $2 AND w.expires_at > $3) \
         ORDER BY o.not_before, o.meeting LIMIT $4";
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(SQL)
        .bind(asked.lane.wire_name())
        .bind(asked.node)
        .bind(asked.now.0)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await)
    .map_err(reading("outbox", asked.lane.wire_name()))?;
    let parsed = rows.into_iter().map(|(id,)| id.parse().map_err(|why| impossible("outbox", &id, why)));
    let mut meetings = parsed.collect::<Result<Vec<MeetingId>, _>>()?;
    // Every node locks in the same order, so that two cannot wait for each other.
    meetings.sort_unstable();
    Ok(meetings)
}

/// Takes the lane of a meeting, or does not because somebody else was faster.
async fn take(tx: &mut Tx, asked: &Asked<'_>, meeting: &MeetingId) -> Result<bool, LedgerError> {
    const SQL: &str = "INSERT INTO outbox_lease (meeting, lane, node, lease_until) VALUES ($1, $2, $3, $5) \
         ON CONFLICT (meeting, lane) DO UPDATE SET node = excluded.node, lease_until = excluded.lease_until \
         WHERE outbox_lease.node = excluded.node OR outbox_lease.lease_until <= $4";
    let taken = on!(tx, |conn| sqlx::query(SQL)
        .bind(meeting.as_str())
        .bind(asked.lane.wire_name())
        .bind(asked.node)
        .bind(asked.now.0)
        .bind(asked.until.0)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(taken == 1)
}

/// The oldest waiting notices, up to the first that is not due: what comes later waits behind it.
async fn notices(tx: &mut Tx, asked: &Asked<'_>, meeting: &MeetingId, most: usize) -> Result<Vec<Leased>, LedgerError> {
    const SQL: &str = "SELECT id, number, content, attempts, not_before FROM outbox \
         WHERE meeting = $1 AND lane = $2 AND state = 'waiting' ORDER BY number, place LIMIT $3";
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(SQL)
        .bind(meeting.as_str())
        .bind(asked.lane.wire_name())
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await)
    .map_err(reading("outbox", meeting.as_str()))?;
    let due = rows.into_iter().take_while(|(.., not_before)| *not_before <= asked.now.0);
    due.map(|(id, number, content, attempts, _)| {
        let (Ok(number), Ok(attempts)) = (u64::try_from(number), u32::try_from(attempts)) else {
            return Err(impossible("outbox", id, format!("Nr. {number}, {attempts} Versuche")));
        };
        Ok(Leased { id, meeting: meeting.clone(), number, lane: asked.lane, content, attempts })
    })
    .collect()
}

/// Settling what is settled already changes nothing: two nodes may have sent the same notice, once each, under the
/// same transaction id.
pub(super) async fn settle(db: &Db, id: &str, sent: Sent) -> Result<(), LedgerError> {
    const SETTLE: &str = "UPDATE outbox SET state = $2, attempts = attempts + 1, reason = $3, \
         not_before = CASE WHEN $4 > not_before THEN $4 ELSE not_before END, \
         content = CASE WHEN $2 = 'sent' THEN '' ELSE content END \
         WHERE id = $1 AND state = 'waiting'";
    const KNOWN: &str = "SELECT state FROM outbox WHERE id = $1";
    let (state, reason, not_before) = match sent {
        Sent::Done => ("sent", None, i64::MIN),
        Sent::Later(not_before) => ("waiting", None, not_before.0),
        Sent::Parked(reason) => ("parked", Some(reason.chars().take(REASON_CHARS_MAX).collect::<String>()), i64::MIN),
    };
    let mut tx = Tx::begin(db).await?;
    let settled = on!(&mut tx, |conn| sqlx::query(SETTLE)
        .bind(id)
        .bind(state)
        .bind(reason)
        .bind(not_before)
        .execute(conn)
        .await?
        .rows_affected());
    if settled == 0 {
        let known: Option<(String,)> = on!(&mut tx, |conn| sqlx::query_as(KNOWN).bind(id).fetch_optional(conn).await)
            .map_err(reading("outbox", id))?;
        known.ok_or_else(|| refused(format!("keine Nachricht „{}“ im Ausgang", id.escape_debug())))?;
    }
    Ok(tx.commit().await?)
}
