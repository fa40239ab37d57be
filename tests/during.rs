//! During the meeting, over HTTP and in a browser: the running time of whoever has the floor.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod browser_kit;
#[path = "after/evening.rs"]
mod evening;
#[path = "during/speaking.rs"]
mod speaking;
mod town_kit;
