//! What went wrong in the database, as the sentence a clerk reads.

use crate::adapters::store::StoreFault;
use crate::app::ports::ledger::LedgerError;
use sqlx::sqlite::SqliteError;

const FULL: &str = "Der Datenträger ist voll. Es wurde nichts geschrieben; nach dem Freimachen geht es weiter.";
const UNREADABLE: &str = "Der Datenträger lässt sich nicht lesen oder beschreiben (voll oder defekt).";
const GONE: &str = "Die Datenbank antwortet nicht.";

impl From<StoreFault> for LedgerError {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Sql(error) => error.into(),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        let known = match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Some(GONE)
            }
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default();
                if inner.try_downcast_ref::<SqliteError>().is_some() { sqlite(&code) } else { postgres(&code) }
            }
            _ => None,
        };
        known.map_or_else(|| Self::Fault(format!("Datenbank: {error}")), |text| Self::Fault(text.to_owned()))
    }
}

/// Extended result codes; the lowest byte is the kind (<https://www.sqlite.org/rescode.html>).
fn sqlite(code: &str) -> Option<&'static str> {
    match code.parse::<u32>().ok()? & 0xff {
        13 => Some(FULL),
        8 | 10 | 11 | 14 => Some(UNREADABLE),
        5 => Some("Die Datenbank ist durch ein anderes Programm belegt."),
        _ => None,
    }
}

/// SQLSTATE: `disk_full`, `io_error`, class 57P (shut down), class 08 (connection), `lock_not_available`.
fn postgres(code: &str) -> Option<&'static str> {
    match code {
        "53100" => Some(FULL),
        "58030" => Some(UNREADABLE),
        "55P03" => Some("Die Sitzung wird in der Datenbank gerade von anderer Seite festgehalten."),
        _ if code.starts_with("57P") || code.starts_with("08") => Some(GONE),
        _ => None,
    }
}

/// A row that cannot be.
pub(super) fn impossible(table: &'static str, key: impl Into<String>, why: impl std::fmt::Display) -> LedgerError {
    StoreFault::Inconsistent { table, key: key.into(), why: why.to_string() }.into()
}

/// A failed reading of `table`: a value of the wrong type is an impossible row, everything else the machine.
pub(super) fn reading<'a>(table: &'static str, key: &'a str) -> impl Fn(sqlx::Error) -> LedgerError + 'a {
    move |error| match error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => impossible(table, key, error),
        other => other.into(),
    }
}

/// An input the store refuses because writing it would break the ledger. Somebody's mistake in the programme.
pub(super) fn refused(why: impl std::fmt::Display) -> LedgerError {
    LedgerError::Fault(format!("Widersprüchlicher Eintrag, nicht geschrieben: {why}"))
}
