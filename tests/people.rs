//! People from the outside: enrolment by mail, signing in, sessions, and everything that must not work.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "people/enrolment.rs"]
mod enrolment;
#[path = "people/house.rs"]
mod house;
#[path = "people/mail.rs"]
mod mail;
#[path = "people/sessions.rs"]
mod sessions;
#[path = "people/signing_in.rs"]
mod signing_in;
