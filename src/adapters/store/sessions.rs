//! Sessions in the database, for `tower-sessions`.
//!
//! The cookie's identifier is stored as its digest only. A session that was ended elsewhere stays ended: saving changes
//! a row that is there, and never makes one.

use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::accounts::Holder;
use crate::app::ports::clock::Clock;
use crate::domain::time::Instant;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// A session ends this long after it began, used or not: one long council evening and the morning after, in
/// milliseconds.
const LONGEST_MILLIS: i64 = 16 * 60 * 60 * 1000;
/// Largest session, in bytes. Ours hold a name and a secret.
const DATA_BYTES_MAX: usize = 4096;

/// Sessions, kept in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlSessions {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl SqlSessions {
    #[must_use]
    pub const fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn insert(&self, row: &Row) -> std::result::Result<bool, StoreFault> {
        let ends = self.clock.now().plus_millis(LONGEST_MILLIS);
        write!(&self.db, |tx| {
            sqlx::query(
                "INSERT INTO sessions (digest, person_id, data, expires_at, ends_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (digest) DO NOTHING",
            )
            .bind(&row.digest)
            .bind(row.person.as_deref())
            .bind(&row.data)
            .bind(row.expires.0)
            .bind(ends.0)
            .execute(&mut *tx)
            .await
            .map(|done| done.rows_affected() == 1)
        })
    }

    async fn update(&self, row: &Row) -> std::result::Result<(), StoreFault> {
        write!(&self.db, |tx| {
            sqlx::query("UPDATE sessions SET person_id = $2, data = $3, expires_at = $4 WHERE digest = $1")
                .bind(&row.digest)
                .bind(row.person.as_deref())
                .bind(&row.data)
                .bind(row.expires.0)
                .execute(&mut *tx)
                .await
                .map(|_| ())
        })
    }

    async fn find(&self, digest: &str) -> std::result::Result<Option<(String, i64)>, StoreFault> {
        let now = self.clock.now();
        Ok(read!(&self.db, |pool| {
            sqlx::query_as(
                "SELECT data, expires_at FROM sessions WHERE digest = $1 AND expires_at > $2 AND ends_at > $2",
            )
            .bind(digest)
            .bind(now.0)
            .fetch_optional(pool)
            .await?
        }))
    }

    async fn remove(&self, digest: &str) -> std::result::Result<(), StoreFault> {
        write!(&self.db, |tx| {
            sqlx::query("DELETE FROM sessions WHERE digest = $1").bind(digest).execute(&mut *tx).await.map(|_| ())
        })
    }
}

struct Row {
    digest: String,
    person: Option<String>,
    data: String,
    expires: Instant,
}

impl Row {
    /// `tower-sessions` reckons with the machine's clock; what counts is how long the session is to last from `now`.
    fn of(record: &Record, now: Instant) -> Result<Self> {
        let data = serde_json::to_string(&record.data).map_err(|why| Error::Encode(why.to_string()))?;
        if data.len() > DATA_BYTES_MAX {
            return Err(Error::Encode(format!("session of {} bytes", data.len())));
        }
        let holder = record.data.get(Holder::KEY).and_then(|holder| holder.get("person"));
        let person = holder.and_then(|person| person.as_str()).map(str::to_owned);
        let lasts = (record.expiry_date - OffsetDateTime::now_utc()).whole_milliseconds();
        let expires = now.plus_millis(i64::try_from(lasts).unwrap_or(LONGEST_MILLIS));
        Ok(Self { digest: digest(&record.id), person, data, expires })
    }
}

#[async_trait::async_trait]
impl SessionStore for SqlSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.insert(&Row::of(record, self.clock.now())?).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.update(&Row::of(record, self.clock.now())?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some((data, expires_at)) = self.find(&digest(id)).await.map_err(backend)? else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|why| Error::Decode(why.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at / 1000);
        let expiry_date = expiry_date.map_err(|why| Error::Decode(why.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.remove(&digest(id)).await.map_err(backend)
    }
}

fn backend(fault: StoreFault) -> Error {
    Error::Backend(fault.to_string())
}

fn digest(id: &Id) -> String {
    Sha256::digest(id.0.to_le_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = std::write!(text, "{byte:02x}");
        text
    })
}
