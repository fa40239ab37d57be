//! What must last: SQLite by default, PostgreSQL when one machine is too small. One text of SQL serves both.
mod accounts;
mod db;
mod drafts;
mod ledger;
mod papers;
mod requests;
mod room;
mod seal;
mod sessions;
mod town;
mod tx;

pub use accounts::SqlAccounts;
pub use db::{Db, StoreFault};
pub use drafts::SqlDrafts;
pub use ledger::LedgerDb;
pub use papers::SqlPapers;
pub use requests::SqlRequests;
pub use room::SqlRoom;
pub use seal::SqlSealTimes;
pub use sessions::SqlSessions;
pub use town::SqlTown;
