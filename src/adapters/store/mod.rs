//! What must last: SQLite by default, PostgreSQL when one machine is too small. One text of SQL serves both.
mod accounts;
mod db;
mod sessions;
pub use accounts::SqlAccounts;
pub use db::{Db, StoreFault};
pub use sessions::SqlSessions;
