//! Use cases and ports. Async is allowed, concrete technology is not.
pub mod access;
pub mod accounts;
pub mod planning;
pub mod bundle;
pub mod ports;
pub mod record;
pub mod sitting;
pub mod sittings;
pub mod town;
