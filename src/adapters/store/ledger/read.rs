//! Reading the ledger. Nothing is verified here, but everything is decoded strictly: a row that cannot be is a fault
//! with table and key, never a guess.

use super::fault::{impossible, reading};
use super::{check, number_from};
use crate::adapters::store::Db;
use crate::adapters::store::db::read;
use crate::adapters::store::tx::{Tx, on};
use crate::app::ports::ledger::{LedgerError, Receipt};
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::ledger::{Class, Digest, Envelope, Head, Part, Salt, Sealed, SignedHead};
use crate::domain::time::Instant;
use futures_util::TryStreamExt as _;

/// Number, digest and envelope of an entry, with one of its parts if any is left: class, salt, payload.
type Row = (i64, String, String, Option<String>, Option<String>, Option<String>);
/// Fingerprint, first, last, head and time of a command.
type CommandRow = (String, i64, i64, String, i64);

const RECEIPT: &str =
    "SELECT fingerprint, first, last, head, recorded_at FROM command WHERE meeting = $1 AND command = $2";

pub(super) async fn meetings(db: &Db) -> Result<Vec<MeetingId>, LedgerError> {
    const SQL: &str = "SELECT DISTINCT meeting FROM entry";
    let rows: Vec<(String,)> =
        read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await).map_err(reading("entry", "*"))?;
    let parsed = rows.into_iter().map(|(id,)| id.parse().map_err(|why| impossible("entry", &id, why)));
    let mut meetings = parsed.collect::<Result<Vec<_>, _>>()?;
    // Not in SQL: PostgreSQL would sort by the collation it was created with.
    meetings.sort_unstable();
    Ok(meetings)
}

/// One statement, so that an entry and its parts are of the same moment even while parts are being deleted.
pub(super) async fn load(db: &Db, meeting: &MeetingId) -> Result<Vec<Sealed>, LedgerError> {
    const SQL: &str = "SELECT e.number, e.digest, e.envelope, p.class, p.salt, p.payload \
         FROM entry e LEFT JOIN part p ON p.meeting = e.meeting AND p.number = e.number \
         WHERE e.meeting = $1 ORDER BY e.number";
    let key = meeting.as_str();
    let mut ledger: Vec<Sealed> = Vec::new();
    read!(db, |pool| {
        let mut rows = sqlx::query_as::<_, Row>(SQL).bind(key).fetch(pool);
        while let Some(row) = rows.try_next().await.map_err(reading("entry", key))? {
            take(&mut ledger, meeting, row)?;
        }
    });
    Ok(ledger)
}

/// Adds a row to the ledger: a new entry, or one more part of the last.
fn take(ledger: &mut Vec<Sealed>, meeting: &MeetingId, row: Row) -> Result<(), LedgerError> {
    let (number, digest, envelope, class, salt, payload) = row;
    let key = format!("{meeting}/{number}");
    let number = number_from(number).map_err(|why| impossible("entry", &key, why))?;
    if ledger.last().is_none_or(|sealed| sealed.envelope.number != number) {
        ledger.push(entry(meeting, number, &digest, &envelope).map_err(|why| impossible("entry", &key, why))?);
    }
    let (Some(class), Some(salt), Some(payload)) = (class, salt, payload) else { return Ok(()) };
    let wrong = |why: &str| impossible("part", format!("{key}/{class}"), why);
    let salt = Salt::from_stored(salt);
    if !check::salted(&salt) {
        return Err(wrong("Salz hat nicht 32 Ziffern"));
    }
    let known = Class::from_wire(&class).ok_or_else(|| wrong("unbekannte Klasse"))?;
    let place = ledger.last_mut().and_then(|sealed| sealed.parts.get_mut(&known));
    *place.ok_or_else(|| wrong("der Eintrag nennt diesen Teil nicht"))? = Some(Part { salt, payload });
    Ok(())
}

fn entry(meeting: &MeetingId, number: u64, digest: &str, envelope: &str) -> Result<Sealed, String> {
    let digest = digest.parse()?;
    let envelope: Envelope = serde_json::from_str(envelope).map_err(|error| error.to_string())?;
    if envelope.meeting != *meeting || envelope.number != number {
        return Err("Schlüssel und Inhalt nennen verschiedene Einträge".to_owned());
    }
    let parts = envelope.parts.keys().map(|class| (*class, None)).collect();
    Ok(Sealed { envelope, digest, parts })
}

pub(super) async fn heads(db: &Db, meeting: &MeetingId) -> Result<Vec<SignedHead>, LedgerError> {
    const SQL: &str = "SELECT number, digest, signature FROM signed_head WHERE meeting = $1 ORDER BY number";
    let key = meeting.as_str();
    let rows: Vec<(i64, String, String)> =
        read!(db, |pool| sqlx::query_as(SQL).bind(key).fetch_all(pool).await).map_err(reading("signed_head", key))?;
    let decode = |(number, digest, signature): (i64, String, String)| {
        let wrong = |why: String| impossible("signed_head", format!("{key}/{number}"), why);
        if !check::signature(&signature) {
            return Err(wrong("Unterschrift hat nicht 128 Ziffern".to_owned()));
        }
        let digest: Digest = digest.parse().map_err(wrong)?;
        let number = number_from(number).map_err(wrong)?;
        Ok(SignedHead { head: Head { meeting: meeting.clone(), number, digest }, signature })
    };
    rows.into_iter().map(decode).collect()
}

pub(super) async fn receipt(
    db: &Db,
    meeting: &MeetingId,
    command: &CommandId,
) -> Result<Option<(Receipt, Digest)>, LedgerError> {
    let row: Option<CommandRow> = read!(db, |pool| sqlx::query_as(RECEIPT)
        .bind(meeting.as_str())
        .bind(command.as_str())
        .fetch_optional(pool)
        .await)
    .map_err(reading("command", command.as_str()))?;
    row.map(|row| recorded(meeting, command, row)).transpose()
}

/// The same within a transaction.
pub(super) async fn receipt_in(
    tx: &mut Tx,
    meeting: &MeetingId,
    command: &CommandId,
) -> Result<Option<(Receipt, Digest)>, LedgerError> {
    let row: Option<CommandRow> = on!(tx, |conn| sqlx::query_as(RECEIPT)
        .bind(meeting.as_str())
        .bind(command.as_str())
        .fetch_optional(conn)
        .await)
    .map_err(reading("command", command.as_str()))?;
    row.map(|row| recorded(meeting, command, row)).transpose()
}

fn recorded(meeting: &MeetingId, command: &CommandId, row: CommandRow) -> Result<(Receipt, Digest), LedgerError> {
    let (fingerprint, first, last, head, recorded_at) = row;
    let wrong = |why: String| impossible("command", format!("{meeting}/{command}"), why);
    let (first, last) = (number_from(first).map_err(wrong)?, number_from(last).map_err(wrong)?);
    if first == 0 || first > last {
        return Err(wrong(format!("Einträge {first} bis {last}")));
    }
    let receipt = Receipt {
        meeting: meeting.clone(),
        command: command.clone(),
        first,
        last,
        head: head.parse().map_err(wrong)?,
        recorded_at: Instant(recorded_at),
    };
    Ok((receipt, fingerprint.parse().map_err(wrong)?))
}
