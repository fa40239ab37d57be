//! `Warteraum`: the way in without a second factor, on both sides of the door.

use super::act::Act;
use super::frame::{Frame, Live};
use askama::Template;

/// Before the door: e-mail address and password. Posts `email` and `password` to `to`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/waiting_door.html")]
pub struct WaitingDoor {
    pub frame: Frame,
    /// E.g. "Gemeinderat · 7. Sitzung · 24. November 2026".
    pub meeting: String,
    pub to: String,
    /// Where one signs in with everything at hand.
    pub sign_in: String,
    /// What was typed before, so that it need not be typed again.
    pub email: String,
    pub error: Option<String>,
}

/// In the waiting room: seen and heard by the technician only.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/waiting.html")]
pub struct WaitingView {
    pub frame: Frame,
    pub name: String,
    pub call: Call,
    /// Where the page asks whether it may go in.
    pub state: String,
    /// Where it goes then.
    pub inside: String,
    /// The technician did not recognise the person.
    pub dismissed: bool,
}

/// The technician's side: looks, listens, asks, and decides.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/waiting_talk.html")]
pub struct WaitingTalk {
    pub frame: Frame,
    /// Who the person says to be.
    pub name: String,
    /// E.g. "Mitglied, Bürgerliste".
    pub about: String,
    /// E.g. "wartet seit 18:52 Uhr".
    pub since: String,
    pub call: Call,
    /// Recognised in the picture, recognised in the room.
    pub acts: Vec<Act>,
    /// Where the person is turned away.
    pub dismiss: String,
    /// Back to `Technik`.
    pub back: String,
}

/// Picture and sound between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Address the own picture and sound are sent to.
    pub publish: String,
    /// Address the other's are asked from.
    pub receive: String,
}

/// Part `waiting`: who waits (`Technik`).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/waiting.html")]
pub struct Waiting {
    pub rows: Vec<WaitingRow>,
    /// Whose identity was confirmed, each with the act that takes it back.
    pub recognised: Vec<Act>,
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    pub name: String,
    /// E.g. "seit 18:52 Uhr".
    pub since: String,
    pub href: String,
}
