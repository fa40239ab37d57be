//! Administering the municipality in the browser's forms: people, mandates, factions, deputies, roles, clauses; two
//! administrators at once; and everybody for whom these pages are not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "administration/bounds.rs"]
mod bounds;
#[path = "administration/browser.rs"]
mod browser;
mod browser_kit;
#[path = "administration/file.rs"]
mod file;
#[path = "administration/house.rs"]
mod house;
#[path = "administration/mandates.rs"]
mod mandates;
mod town_kit;
