//! One technology each; none knows another.
pub mod clock;
pub mod mail;
pub mod media;
pub mod secrets;
pub mod store;
