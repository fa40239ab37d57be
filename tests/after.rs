//! After the meeting: an evening in the hall over HTTP, and what is left of it. The sealed minutes, the evidence beside
//! them, the clerk's texts, and the results for the public.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod browser_kit;
#[path = "after/elections.rs"]
mod elections;
#[path = "after/evening.rs"]
mod evening;
#[path = "after/notes.rs"]
mod notes;
#[path = "after/results.rs"]
mod results;
#[path = "after/sealed.rs"]
mod sealed;
mod town_kit;
#[path = "after/typing.rs"]
mod typing;
#[path = "after/written.rs"]
mod written;
