//! When papers were sealed.

use super::db::write;
use super::{Db, StoreFault};
use crate::app::ports::seal::SealTimes;
use crate::app::ports::{Answer, Fault};
use crate::domain::ledger::Head;
use crate::domain::time::Instant;

/// The moments at which papers were first sealed, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlSealTimes(pub Db);

impl SqlSealTimes {
    async fn kept(&self, head: &Head, certificate: &str, now: Instant) -> Result<Instant, StoreFault> {
        // On a conflict nothing changes, and the row that was there is returned on either database.
        const SQL: &str = "INSERT INTO sealed_at (meeting, number, digest, certificate, at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (meeting, number, digest, certificate) DO UPDATE SET at = sealed_at.at RETURNING at";
        let number = i64::try_from(head.number).map_err(|_| StoreFault::Inconsistent {
            table: "sealed_at",
            key: head.meeting.to_string(),
            why: format!("Nummer {}", head.number),
        })?;
        let (at,): (i64,) = write!(&self.0, |tx| sqlx::query_as(SQL)
            .bind(head.meeting.as_str())
            .bind(number)
            .bind(head.digest.to_string())
            .bind(certificate)
            .bind(now.0)
            .fetch_one(&mut *tx)
            .await)
        .map_err(|why: sqlx::Error| StoreFault::from(why))?;
        Ok(Instant(at))
    }
}

impl SealTimes for SqlSealTimes {
    fn first<'a>(&'a self, head: &'a Head, certificate: &'a str, now: Instant) -> Answer<'a, Result<Instant, Fault>> {
        Box::pin(async move { self.kept(head, certificate, now).await.map_err(Fault::new) })
    }
}
