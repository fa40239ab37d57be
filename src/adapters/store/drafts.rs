//! Drafts of the clerk's texts and the chair's notes.

use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::drafts::{Draft, Drafts, Slot};
use crate::app::ports::{Answer, Fault};
use crate::domain::id::{ItemId, MeetingId, PersonId};
use crate::domain::time::Instant;

/// Everybody's drafts, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlDrafts(pub Db);

/// As the column spells it.
const fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Text => "text",
        Slot::Note => "note",
    }
}

impl SqlDrafts {
    async fn put(&self, meeting: &MeetingId, person: &PersonId, draft: &Draft) -> Result<(), StoreFault> {
        const SQL: &str = "INSERT INTO draft (meeting, person, slot, item, text, replaces, saved_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (meeting, person, slot, item) \
             DO UPDATE SET text = excluded.text, replaces = excluded.replaces, saved_at = excluded.saved_at";
        let replaces = i64::try_from(draft.replaces).map_err(|_| StoreFault::Inconsistent {
            table: "draft",
            key: draft.item.to_string(),
            why: format!("Nummer {}", draft.replaces),
        })?;
        write!(&self.0, |tx| sqlx::query(SQL)
            .bind(meeting.as_str())
            .bind(person.as_str())
            .bind(slot_name(draft.slot))
            .bind(draft.item.as_str())
            // PostgreSQL keeps no NUL in a text.
            .bind(draft.text.replace('\0', ""))
            .bind(replaces)
            .bind(draft.saved_at.0)
            .execute(&mut *tx)
            .await
            .map(drop))
    }

    async fn get(&self, meeting: &MeetingId, person: &PersonId, slot: Slot) -> Result<Vec<Draft>, StoreFault> {
        const SQL: &str = "SELECT item, text, replaces, saved_at FROM draft \
             WHERE meeting = $1 AND person = $2 AND slot = $3 ORDER BY item";
        let rows: Vec<(String, String, i64, i64)> = read!(&self.0, |pool| {
            sqlx::query_as(SQL)
                .bind(meeting.as_str())
                .bind(person.as_str())
                .bind(slot_name(slot))
                .fetch_all(pool)
                .await?
        });
        let impossible = |key: &str, why: String| StoreFault::Inconsistent {
            table: "draft",
            key: format!("{meeting} {person} {key}"),
            why,
        };
        rows.into_iter()
            .map(|(item, text, replaces, saved_at)| {
                Ok(Draft {
                    slot,
                    replaces: u64::try_from(replaces).map_err(|why| impossible(&item, why.to_string()))?,
                    item: item.parse().map_err(|why| impossible(&item, format!("{why}")))?,
                    text,
                    saved_at: Instant(saved_at),
                })
            })
            .collect()
    }

    async fn drop(&self, meeting: &MeetingId, person: &PersonId, slot: Slot, item: &ItemId) -> Result<(), StoreFault> {
        const SQL: &str = "DELETE FROM draft WHERE meeting = $1 AND person = $2 AND slot = $3 AND item = $4";
        write!(&self.0, |tx| sqlx::query(SQL)
            .bind(meeting.as_str())
            .bind(person.as_str())
            .bind(slot_name(slot))
            .bind(item.as_str())
            .execute(&mut *tx)
            .await
            .map(drop))
    }

    async fn drop_old(&self, then: Instant) -> Result<(), StoreFault> {
        const SQL: &str = "DELETE FROM draft WHERE saved_at < $1";
        write!(&self.0, |tx| sqlx::query(SQL).bind(then.0).execute(&mut *tx).await.map(drop))
    }
}

impl Drafts for SqlDrafts {
    fn keep<'a>(&'a self, meeting: &'a MeetingId, person: &'a PersonId, draft: Draft) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move { self.put(meeting, person, &draft).await.map_err(Fault::new) })
    }

    fn of<'a>(
        &'a self,
        meeting: &'a MeetingId,
        person: &'a PersonId,
        slot: Slot,
    ) -> Answer<'a, Result<Vec<Draft>, Fault>> {
        Box::pin(async move { self.get(meeting, person, slot).await.map_err(Fault::new) })
    }

    fn forget<'a>(
        &'a self,
        meeting: &'a MeetingId,
        person: &'a PersonId,
        slot: Slot,
        item: &'a ItemId,
    ) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move { self.drop(meeting, person, slot, item).await.map_err(Fault::new) })
    }

    fn sweep(&self, then: Instant) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async move { self.drop_old(then).await.map_err(Fault::new) })
    }
}
