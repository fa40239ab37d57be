//! Appending: one transaction, all or nothing, and never behind a head or an owner that are no longer the current ones.

use super::fault::{impossible, reading, refused};
use super::{check, number_from, number_to, read};
use crate::adapters::store::Db;
use crate::adapters::store::tx::{Tx, on};
use crate::app::ports::ledger::{Append, Appended, LedgerError, Owner, Receipt};
use crate::domain::id::MeetingId;
use crate::domain::ledger::{Digest, Sealed, canonical};
use crate::domain::time::Instant;

pub(super) async fn append(db: &Db, append: Append) -> Result<Appended, LedgerError> {
    check::append(&append)?;
    let mut tx = Tx::begin(db).await?;
    hold(&mut tx, &append.owner, append.now).await?;
    if let Some((receipt, fingerprint)) = read::receipt_in(&mut tx, &append.owner.meeting, &append.command).await? {
        return if fingerprint == append.fingerprint {
            Ok(Appended::Before(receipt))
        } else {
            Err(LedgerError::CommandReused)
        };
    }
    if head(&mut tx, &append.owner.meeting).await? != (append.expected.number, append.expected.digest) {
        return Err(LedgerError::HeadMoved);
    }
    for sealed in &append.entries {
        insert_entry(&mut tx, sealed).await?;
    }
    let receipt = insert_command(&mut tx, &append).await?;
    insert_heads(&mut tx, &append).await?;
    redact(&mut tx, &append).await?;
    insert_notices(&mut tx, &append, receipt.last).await?;
    tx.commit().await?;
    Ok(Appended::Now(receipt))
}

/// Locks the meeting for this transaction and makes sure that it is still this owner's. The `UPDATE` comes first
/// because it is the lock: whoever waits here sees what the one before wrote.
async fn hold(tx: &mut Tx, owner: &Owner, now: Instant) -> Result<(), LedgerError> {
    const SQL: &str = "UPDATE meeting_owner SET alive_at = CASE WHEN alive_at > $4 THEN alive_at ELSE $4 END \
         WHERE meeting = $1 AND node = $2 AND epoch = $3 AND expires_at > $4";
    let epoch = number_to(owner.epoch)?;
    let held = on!(tx, |conn| sqlx::query(SQL)
        .bind(owner.meeting.as_str())
        .bind(&owner.node)
        .bind(epoch)
        .bind(now.0)
        .execute(conn)
        .await?
        .rows_affected());
    if held == 1 { Ok(()) } else { Err(LedgerError::NotOwner) }
}

async fn head(tx: &mut Tx, meeting: &MeetingId) -> Result<(u64, Digest), LedgerError> {
    const SQL: &str = "SELECT number, digest FROM entry WHERE meeting = $1 ORDER BY number DESC LIMIT 1";
    let key = meeting.as_str();
    let row: Option<(i64, String)> =
        on!(tx, |conn| sqlx::query_as(SQL).bind(key).fetch_optional(conn).await).map_err(reading("entry", key))?;
    let Some((number, digest)) = row else { return Ok((0, Digest::NONE)) };
    let wrong = |why: String| impossible("entry", format!("{key}/{number}"), why);
    Ok((number_from(number).map_err(wrong)?, digest.parse().map_err(wrong)?))
}

async fn insert_entry(tx: &mut Tx, sealed: &Sealed) -> Result<(), LedgerError> {
    const ENTRY: &str = "INSERT INTO entry (meeting, number, digest, envelope) VALUES ($1, $2, $3, $4)";
    const PART: &str = "INSERT INTO part (meeting, number, class, salt, payload) VALUES ($1, $2, $3, $4, $5)";
    let envelope = serde_json::to_value(&sealed.envelope).map_err(refused)?;
    let envelope = canonical(&envelope).map_err(refused)?;
    let meeting = sealed.envelope.meeting.as_str();
    let number = number_to(sealed.envelope.number)?;
    on!(tx, |conn| sqlx::query(ENTRY)
        .bind(meeting)
        .bind(number)
        .bind(sealed.digest.to_string())
        .bind(&envelope)
        .execute(conn)
        .await
        .map(drop))?;
    for (class, part) in sealed.parts.iter().filter_map(|(class, part)| Some((class, part.as_ref()?))) {
        on!(tx, |conn| sqlx::query(PART)
            .bind(meeting)
            .bind(number)
            .bind(class.wire_name())
            .bind(part.salt.as_str())
            .bind(&part.payload)
            .execute(conn)
            .await
            .map(drop))?;
    }
    Ok(())
}

async fn insert_command(tx: &mut Tx, append: &Append) -> Result<Receipt, LedgerError> {
    const SQL: &str = "INSERT INTO command (meeting, command, fingerprint, first, last, head, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (Some(first), Some(last)) = (append.entries.first(), append.entries.last()) else {
        return Err(refused("keine Einträge"));
    };
    let receipt = Receipt {
        meeting: append.owner.meeting.clone(),
        command: append.command.clone(),
        first: first.envelope.number,
        last: last.envelope.number,
        head: last.digest,
        recorded_at: last.envelope.recorded_at,
    };
    on!(tx, |conn| sqlx::query(SQL)
        .bind(receipt.meeting.as_str())
        .bind(receipt.command.as_str())
        .bind(append.fingerprint.to_string())
        .bind(number_to(receipt.first)?)
        .bind(number_to(receipt.last)?)
        .bind(receipt.head.to_string())
        .bind(receipt.recorded_at.0)
        .execute(conn)
        .await
        .map(drop))?;
    Ok(receipt)
}

async fn insert_heads(tx: &mut Tx, append: &Append) -> Result<(), LedgerError> {
    const SQL: &str = "INSERT INTO signed_head (meeting, number, digest, signature) VALUES ($1, $2, $3, $4)";
    for signed in &append.heads {
        on!(tx, |conn| sqlx::query(SQL)
            .bind(signed.head.meeting.as_str())
            .bind(number_to(signed.head.number)?)
            .bind(signed.head.digest.to_string())
            .bind(&signed.signature)
            .execute(conn)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Payload and salt go together; the envelope keeps the digest, so the chain still verifies.
async fn redact(tx: &mut Tx, append: &Append) -> Result<(), LedgerError> {
    const SQL: &str = "DELETE FROM part WHERE meeting = $1 AND number = $2 AND class = $3";
    for (number, class) in &append.redact {
        let gone = on!(tx, |conn| sqlx::query(SQL)
            .bind(append.owner.meeting.as_str())
            .bind(number_to(*number)?)
            .bind(class.wire_name())
            .execute(conn)
            .await?
            .rows_affected());
        if gone != 1 {
            return Err(refused(format!("Nr. {number} hat keinen Teil {} (mehr)", class.wire_name())));
        }
    }
    Ok(())
}

async fn insert_notices(tx: &mut Tx, append: &Append, last: u64) -> Result<(), LedgerError> {
    const SQL: &str = "INSERT INTO outbox (id, meeting, number, place, lane, content, not_before, attempts, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'waiting')";
    let meeting = append.owner.meeting.as_str();
    for (place, notice) in (0_i64..).zip(&append.outbox) {
        on!(tx, |conn| sqlx::query(SQL)
            .bind(format!("{meeting}-{last}-{place}"))
            .bind(meeting)
            .bind(number_to(last)?)
            .bind(place)
            .bind(notice.lane.wire_name())
            .bind(&notice.content)
            .bind(notice.not_before.0)
            .execute(conn)
            .await
            .map(drop))?;
    }
    Ok(())
}
