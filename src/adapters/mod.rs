//! One technology each; none knows another.
#![allow(clippy::disallowed_methods, reason = "here, and only here, clock and chance are read")]

pub mod media;
pub mod store;
