//! The two databases behind one name.
//!
//! SQLite is opened with WAL, `synchronous=FULL`, foreign keys on, and exactly one writing connection: every writing
//! transaction begins `IMMEDIATE`, so that reading first and writing later cannot dead-lock (measured: a deferred
//! transaction fails under load, `busy_timeout` or not). Shared SQL uses `$1` placeholders, TEXT and BIGINT only;
//! identifiers and times come from outside, never from the database.

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;
use std::time::Duration;

/// Readers at once. One municipality's pages need few; more would only queue on the disk.
const READERS_MAX: u32 = 8;
/// How long one waits for a connection or for another writer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The machine's fault: the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    #[error("Datenbank: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("Datenbankschema: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A setting that durability hangs on is not what it must be.
    #[error("Die Datenbank ist nicht dauerhaft eingestellt: {setting} = {found}, nötig ist {needed}")]
    NotDurable { setting: &'static str, found: String, needed: &'static str },
    /// A row that cannot be, with table and key.
    #[error("Unmögliche Zeile in {table} ({key}): {why}")]
    Inconsistent { table: &'static str, key: String, why: String },
}

/// The open database.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// Runs the same expression on either pool, for reading. `$pool` is bound to the pool.
macro_rules! read {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::adapters::store::Db::Sqlite { read: $pool, .. } => $body,
            $crate::adapters::store::Db::Postgres($pool) => $body,
        }
    };
}
pub(crate) use read;

/// Runs the same statements in one writing transaction on either database and commits. `$tx` is bound to the
/// transaction; the body is an async-capable block that ends in `Result<T, E>` with `E: From<sqlx::Error>`. An error
/// rolls back.
macro_rules! write {
    ($db:expr, |$tx:ident| $body:expr) => {
        match $db {
            $crate::adapters::store::Db::Sqlite { write, .. } => {
                let mut $tx = write.begin_with("BEGIN IMMEDIATE").await?;
                let value = $body?;
                $tx.commit().await?;
                Ok(value)
            }
            $crate::adapters::store::Db::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let value = $body?;
                $tx.commit().await?;
                Ok(value)
            }
        }
    };
}
pub(crate) use write;

impl Db {
    /// Opens (and creates, if need be) the database file and brings its schema up to date.
    ///
    /// # Errors
    /// If the file cannot be opened, the schema not be migrated, or the settings durability hangs on are not in force.
    pub async fn sqlite(file: &Path) -> Result<Self, StoreFault> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten, not only forgotten.
            .pragma("secure_delete", "ON")
            .busy_timeout(PATIENCE);
        let mut first = options.connect().await?;
        sqlite_is_durable(&mut first).await?;
        first.close().await?;
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            // A statement that found the disk full has rolled back by itself, and sqlx still counts the transaction as
            // open: such a connection would refuse to begin for ever. It is thrown away.
            .before_acquire(|conn, _| {
                let usable = !conn.is_in_transaction();
                Box::pin(async move { Ok(usable) })
            })
            .after_connect(|conn, _| Box::pin(async move { sqlite_is_durable(conn).await.map_err(not_durable) }))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!().run(&write).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS_MAX).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { write, read })
    }

    /// Connects to a PostgreSQL database and brings its schema up to date.
    ///
    /// # Errors
    /// As [`Db::sqlite`].
    pub async fn postgres(url: &str) -> Result<Self, StoreFault> {
        let options: PgConnectOptions = url.parse()?;
        // Nobody waits for a lock for ever, and a node that froze in a transaction does not keep its locks.
        let options = options.options([("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "30s")]);
        let mut first = options.connect().await?;
        postgres_is_durable(&mut first).await?;
        first.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(READERS_MAX)
            .acquire_timeout(PATIENCE)
            .after_connect(|conn, _| Box::pin(async move { postgres_is_durable(conn).await.map_err(not_durable) }))
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self::Postgres(pool))
    }
}

/// Refuses settings under which an acknowledged ballot could be lost in a power cut. Asked of the first connection, so
/// that the start fails with the reason, and of every later one.
async fn sqlite_is_durable(conn: &mut SqliteConnection) -> Result<(), StoreFault> {
    let (sync,): (i64,) = sqlx::query_as("PRAGMA synchronous").fetch_one(&mut *conn).await?;
    let (journal,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(conn).await?;
    must("synchronous", sync.to_string(), "2")?;
    must("journal_mode", journal, "wal")
}

async fn postgres_is_durable(conn: &mut PgConnection) -> Result<(), StoreFault> {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let (found,): (String,) =
            sqlx::query_as("SELECT current_setting($1)").bind(setting).fetch_one(&mut *conn).await?;
        must(setting, found, "on")?;
    }
    Ok(())
}

fn must(setting: &'static str, found: String, needed: &'static str) -> Result<(), StoreFault> {
    if found == needed { Ok(()) } else { Err(StoreFault::NotDurable { setting, found, needed }) }
}

fn not_durable(fault: StoreFault) -> sqlx::Error {
    sqlx::Error::Configuration(Box::new(fault))
}
