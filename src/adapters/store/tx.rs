//! One writing transaction on either database, for work that is more than one function long.

use super::Db;
use sqlx::{Postgres, Sqlite, Transaction};

/// An open writing transaction. Dropped without [`Tx::commit`] it is rolled back.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Begins: on SQLite `IMMEDIATE`, on PostgreSQL read committed, where the first `UPDATE` takes the lock that counts.
    pub(super) async fn begin(db: &Db) -> Result<Self, sqlx::Error> {
        match db {
            Db::Sqlite { write, .. } => Ok(Self::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)),
            Db::Postgres(pool) => Ok(Self::Postgres(pool.begin().await?)),
        }
    }

    /// Makes everything durable. After an error it is uncertain whether it is: ask for what was to be written.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

/// Runs one statement in a [`Tx`]. `$conn` is bound to its connection.
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::adapters::store::tx::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::adapters::store::tx::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(super) use on;
