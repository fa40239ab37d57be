//! The whole way in real browsers: headless Chromium with its fake camera and microphone against the real server, from
//! the letter with the link to the closed meeting, and a visit to the demonstration. Needs chromium, chromedriver and
//! axe-core; without them it says so, and fails when `CI=true`. `RATSSAAL_PICTURES=1` renews `tests/pictures`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

/// One test at a time: each has all the machine's browsers it can carry.
static MACHINE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[path = "e2e/browser.rs"]
mod browser;
#[path = "e2e/demo.rs"]
mod demo;
#[path = "e2e/evening.rs"]
mod evening;
#[path = "e2e/house.rs"]
mod house;
#[path = "e2e/look.rs"]
mod look;
