//! One technology each; none knows another.
pub mod media;
pub mod sign;
pub mod store;
