//! Rows that cannot be are reported with table and key; what was deleted is gone from the file.

use super::Place;
use super::ledger_kit::{Writer, command, head_of, meeting};
use ratssaal::adapters::store::LedgerDb;
use ratssaal::app::ports::ledger::{LedgerError, LedgerStore as _};
use ratssaal::domain::ledger::SignedHead;
use std::path::Path;

pub async fn an_impossible_row_is_named(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let mut append = writer.simple("eins");
    append.heads = vec![SignedHead { head: head_of(&append.entries[0]), signature: "ab".repeat(64) }];
    writer.append(&store, append).await;
    writer.append(&store, writer.simple("zwei")).await;

    place.tamper("UPDATE part SET class = 'rumour' WHERE number = 2 AND class = 'finding'").await;
    named(store.load(&id).await, "part (m/2/rumour)");
    place.tamper("UPDATE part SET class = 'choice' WHERE class = 'rumour'").await;
    named(store.load(&id).await, "part (m/2/choice)");
    place.tamper("UPDATE part SET class = 'finding', salt = 'Salz' WHERE class = 'choice'").await;
    named(store.load(&id).await, "part (m/2/finding)");
    place
        .tamper("UPDATE entry SET envelope = replace(envelope, '\"number\":1', '\"number\":3') WHERE number = 1")
        .await;
    named(store.load(&id).await, "entry (m/1)");
    place.tamper("UPDATE entry SET envelope = '{}' WHERE number = 1").await;
    named(store.load(&id).await, "entry (m/1)");
    place.tamper("UPDATE entry SET digest = 'ABC' WHERE number = 2").await;
    named(store.append(writer.simple("drei")).await, "entry (m/2)");
    place.tamper("UPDATE signed_head SET signature = ''").await;
    named(store.heads(&id).await, "signed_head (m/1)");
    place.tamper("UPDATE command SET first = 2, last = 1 WHERE command = 'eins'").await;
    named(store.receipt(&id, &command("eins")).await, "command (m/eins)");
    place.tamper("UPDATE meeting_owner SET epoch = -1").await;
    named(store.claim(&id, "b", None, super::ledger_kit::NOW, super::ledger_kit::NOW).await, "meeting_owner (m)");
    place.tamper("UPDATE entry SET meeting = 'Ä'").await;
    named(store.meetings().await, "entry (Ä)");
    if matches!(place, Place::Sqlite(_)) {
        place.tamper("UPDATE entry SET meeting = 'm', digest = x'ff'").await;
        named(store.load(&id).await, "entry (m)");
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is the end of the answer")]
fn named<T: std::fmt::Debug>(answer: Result<T, LedgerError>, place: &str) {
    assert!(matches!(&answer, Err(LedgerError::Fault(why)) if why.contains(place)), "{place}: {answer:?}");
}

/// The bytes themselves are overwritten, in the file and in its log.
pub async fn assert_gone(store: LedgerDb, file: &Path, secret: &str) {
    drop(store);
    let mut conn = <sqlx::SqliteConnection as sqlx::Connection>::connect(&file.to_string_lossy()).await.unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await.unwrap();
    let bytes = std::fs::read(file).unwrap();
    let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!found, "the deleted text is still in the file");
}
