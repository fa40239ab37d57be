//! What browsers see: axum routes, one page struct per template.
pub mod pages;
pub mod security;
pub mod sign_in;
