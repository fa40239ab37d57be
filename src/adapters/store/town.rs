//! The versions of the municipality.

use super::accounts::seed_accounts;
use super::db::{read, write};
use super::{Db, StoreFault};
use crate::app::ports::accounts::Seeded;
use crate::app::ports::town::{TownEntry, TownStore, TownVersion};
use crate::app::ports::{Answer, Fault};
use crate::domain::time::Instant;

/// The municipality, kept in a [`Db`].
#[derive(Debug, Clone)]
pub struct SqlTown(pub Db);

/// Number, time, person and sentence of a version.
type EntryRow = (i64, i64, Option<String>, String);
/// The same with the town's text.
type Row = (i64, i64, Option<String>, String, String);

impl SqlTown {
    async fn number(&self) -> Result<u64, StoreFault> {
        const SQL: &str = "SELECT COALESCE(MAX(number), 0) FROM town_version";
        let (number,): (i64,) = read!(&self.0, |pool| sqlx::query_as(SQL).fetch_one(pool).await?);
        u64::try_from(number).map_err(|why| impossible(number, &why))
    }

    async fn one(&self, sql: &'static str) -> Result<Option<TownVersion>, StoreFault> {
        let row: Option<Row> = read!(&self.0, |pool| sqlx::query_as(sql).fetch_optional(pool).await?);
        row.map(|(number, at, person, what, town)| Ok(TownVersion { entry: entry((number, at, person, what))?, town }))
            .transpose()
    }

    /// The number is taken first: on PostgreSQL a second writer waits there until the first is through.
    async fn add(&self, version: &TownVersion, people: &[Seeded]) -> Result<bool, StoreFault> {
        const SQL: &str = "INSERT INTO town_version (number, town, recorded_at, person, what) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING";
        let number = number(version.entry.number)?;
        write!(&self.0, |tx| {
            let added = sqlx::query(SQL)
                .bind(number)
                .bind(&version.town)
                .bind(version.entry.recorded_at.0)
                .bind(version.entry.by.as_ref().map(|person| person.as_str().to_owned()))
                .bind(&version.entry.what)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if added == 1 {
                seed_accounts!(tx, people);
            }
            Ok::<_, sqlx::Error>(added == 1)
        })
    }

    async fn list(&self, before: u64, limit: u32) -> Result<Vec<TownEntry>, StoreFault> {
        const SQL: &str = "SELECT number, recorded_at, person, what FROM town_version WHERE number < $1 \
             ORDER BY number DESC LIMIT $2";
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let rows: Vec<EntryRow> =
            read!(&self.0, |pool| { sqlx::query_as(SQL).bind(before).bind(i64::from(limit)).fetch_all(pool).await? });
        rows.into_iter().map(entry).collect()
    }
}

impl TownStore for SqlTown {
    fn newest_number(&self) -> Answer<'_, Result<u64, Fault>> {
        Box::pin(async move { self.number().await.map_err(Fault::new) })
    }

    fn newest(&self) -> Answer<'_, Result<Option<TownVersion>, Fault>> {
        const SQL: &str =
            "SELECT number, recorded_at, person, what, town FROM town_version ORDER BY number DESC LIMIT 1";
        Box::pin(async move { self.one(SQL).await.map_err(Fault::new) })
    }

    fn newest_of_file(&self) -> Answer<'_, Result<Option<TownVersion>, Fault>> {
        const SQL: &str = "SELECT number, recorded_at, person, what, town FROM town_version \
             WHERE person IS NULL ORDER BY number DESC LIMIT 1";
        Box::pin(async move { self.one(SQL).await.map_err(Fault::new) })
    }

    fn append(&self, version: TownVersion, people: Vec<Seeded>) -> Answer<'_, Result<bool, Fault>> {
        Box::pin(async move { self.add(&version, &people).await.map_err(Fault::new) })
    }

    fn entries(&self, before: u64, limit: u32) -> Answer<'_, Result<Vec<TownEntry>, Fault>> {
        Box::pin(async move { self.list(before, limit).await.map_err(Fault::new) })
    }
}

fn entry((number, at, person, what): EntryRow) -> Result<TownEntry, StoreFault> {
    Ok(TownEntry {
        number: u64::try_from(number).map_err(|why| impossible(number, &why))?,
        recorded_at: Instant(at),
        by: person.map(|person| person.parse()).transpose().map_err(|why| impossible(number, &why))?,
        what,
    })
}

fn number(number: u64) -> Result<i64, StoreFault> {
    i64::try_from(number).map_err(|why| impossible(number, &why))
}

fn impossible(key: impl ToString, why: &impl ToString) -> StoreFault {
    StoreFault::Inconsistent { table: "town_version", key: key.to_string(), why: why.to_string() }
}
