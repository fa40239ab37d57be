//! Use cases and ports. Async is allowed, concrete technology is not.
pub mod bundle;
pub mod ports;
