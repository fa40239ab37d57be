//! What the use cases ask of the outside. Each port is small, and free of the types of whoever implements it.
pub mod media;
