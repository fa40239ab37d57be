//! Use cases and ports. Async is allowed, concrete technology is not.

pub mod access;
pub mod accounts;
pub mod bundle;
pub mod chat;
pub mod circulation;
pub mod editing;
pub mod exclusions;
pub mod filing;
pub mod import;
pub mod outbox;
pub mod papers;
pub mod planning;
pub mod ports;
pub mod record;
pub mod registry;
pub mod replay;
pub mod requests;
pub mod rollcalls;
pub mod rooms;
pub mod showing;
pub mod sitting;
pub mod sittings;
pub mod summons;
pub mod town;
pub mod waiting;
