//! During the meeting, over HTTP and in a browser: the running time of whoever has the floor, and the
//! paper that is shown to everybody.
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
#[allow(dead_code, reason = "each test binary uses its part")]
mod evening;
mod pdf_kit;
#[path = "during/shown.rs"]
mod shown;
#[path = "during/speaking.rs"]
mod speaking;
mod town_kit;
