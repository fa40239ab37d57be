//! One technology each; none knows another.
pub mod media;
pub mod pdf;
pub mod store;
