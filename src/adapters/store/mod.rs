//! What must last: SQLite by default, PostgreSQL when one machine is too small. One text of SQL serves both.
mod db;
mod ledger;
mod tx;
pub use db::{Db, StoreFault};
pub use ledger::LedgerDb;
