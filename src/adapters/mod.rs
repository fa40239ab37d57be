//! One technology each; none knows another.
#![allow(clippy::disallowed_methods, reason = "here, and only here, clock and chance are read")]

pub mod chance;
pub mod clock;
pub mod mail;
pub mod matrix;
pub mod media;
pub mod official;
pub mod oparl;
pub mod pdf;
pub mod secrets;
pub mod sign;
pub mod store;
