//! web
pub mod pages;
