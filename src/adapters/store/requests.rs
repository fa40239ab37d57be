//! What councillors have asked for, and what became of it.

use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::requests::{Answered, KeptRequest, Lodged, REQUESTS_MAX, RequestStore};
use crate::app::ports::{Answer, Fault};
use crate::domain::id::RequestId;
use crate::domain::time::Instant;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Every request, in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlRequests(pub Db);

/// Identifier, request, time and answer of a row.
type Row = (String, String, i64, Option<String>);

impl SqlRequests {
    async fn add(&self, id: &RequestId, lodged: &Lodged, at: Instant) -> Result<bool, StoreFault> {
        const SQL: &str =
            "INSERT INTO request (id, lodged, recorded_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
        const KEPT: &str = "SELECT lodged FROM request WHERE id = $1";
        let text = json(id, lodged)?;
        let kept: Result<(String,), StoreFault> = write!(&self.0, |tx| {
            sqlx::query(SQL).bind(id.as_str()).bind(text.as_str()).bind(at.0).execute(&mut *tx).await?;
            sqlx::query_as(KEPT).bind(id.as_str()).fetch_one(&mut *tx).await
        });
        Ok(parsed::<Lodged>(id.as_str(), &kept?.0)? == *lodged)
    }

    async fn list(&self) -> Result<Vec<KeptRequest>, StoreFault> {
        const SQL: &str = "SELECT id, lodged, recorded_at, answered FROM request \
             ORDER BY CASE WHEN answered IS NULL THEN 0 ELSE 1 END, recorded_at DESC, id LIMIT $1";
        let limit = i64::from(REQUESTS_MAX);
        let rows: Vec<Row> = read!(&self.0, |pool| sqlx::query_as(SQL).bind(limit).fetch_all(pool).await?);
        rows.into_iter().map(kept).collect()
    }

    /// The condition is part of the statement: of two answers at once one finds the row answered.
    async fn close(&self, id: &RequestId, answered: &Answered) -> Result<bool, StoreFault> {
        const SQL: &str = "UPDATE request SET answered = $2 WHERE id = $1 AND answered IS NULL";
        let answered = json(id, answered)?;
        write!(&self.0, |tx| sqlx::query(SQL)
            .bind(id.as_str())
            .bind(answered.as_str())
            .execute(&mut *tx)
            .await
            .map(|done| done.rows_affected() == 1))
    }
}

impl RequestStore for SqlRequests {
    fn lodge(&self, id: RequestId, lodged: Lodged, at: Instant) -> Answer<'_, Result<bool, Fault>> {
        Box::pin(async move { self.add(&id, &lodged, at).await.map_err(Fault::new) })
    }

    fn all(&self) -> Answer<'_, Result<Vec<KeptRequest>, Fault>> {
        Box::pin(async move { self.list().await.map_err(Fault::new) })
    }

    fn answer<'a>(&'a self, id: &'a RequestId, answered: Answered) -> Answer<'a, Result<bool, Fault>> {
        Box::pin(async move { self.close(id, &answered).await.map_err(Fault::new) })
    }
}

fn kept((id, lodged, recorded_at, answered): Row) -> Result<KeptRequest, StoreFault> {
    Ok(KeptRequest {
        lodged: parsed(&id, &lodged)?,
        answered: answered.map(|answered| parsed(&id, &answered)).transpose()?,
        recorded_at: Instant(recorded_at),
        id: id.parse().map_err(|why| impossible(&id, &why))?,
    })
}

fn parsed<T: DeserializeOwned>(id: &str, text: &str) -> Result<T, StoreFault> {
    serde_json::from_str(text).map_err(|why| impossible(id, &why))
}

fn json(id: &RequestId, value: &impl Serialize) -> Result<String, StoreFault> {
    serde_json::to_string(value).map_err(|why| impossible(id.as_str(), &why))
}

fn impossible(key: &str, why: &impl ToString) -> StoreFault {
    StoreFault::Inconsistent { table: "request", key: key.to_owned(), why: why.to_string() }
}
