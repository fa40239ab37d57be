//! Before the meeting: signing in, enrolling, the list of meetings, and what went wrong.

use super::act::Act;
use super::frame::{Frame, Live};
use askama::Template;

/// Anmelden. Posts `email`, `password`, `code` and `weiter` to `/anmelden`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignIn {
    pub frame: Frame,
    /// What was typed before, so that it need not be typed again.
    pub email: String,
    /// Where to go afterwards; a path of this site.
    pub forward: String,
    /// What was wrong; says nothing about which of the three.
    pub error: Option<String>,
    /// Where somebody without a code waits, if they were on their way to a meeting.
    pub waiting: Option<String>,
}

/// The keys of an account: password and second factor. Posts `password`, `again` and `code` to `/einrichten`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/enrol_keys.html")]
pub struct EnrolKeys {
    pub frame: Frame,
    /// Whom the link was sent to.
    pub name: String,
    pub email: String,
    /// Shortest and longest password allowed, in characters.
    pub length_min: usize,
    pub length_max: usize,
    /// The QR picture as `data:image/png;base64,…`.
    pub qr: String,
    /// The secret in groups of four, for typing.
    pub secret: String,
    pub error: Option<String>,
}

/// An enrolment link was opened: it is used only by pressing (a mail scanner opens links too). Posts `token` to `to`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/enrol_start.html")]
pub struct EnrolStart {
    pub frame: Frame,
    pub name: String,
    pub to: String,
    pub token: String,
}

/// Meine Sitzungen.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/home.html")]
pub struct Home {
    pub frame: Frame,
    /// First name and name, for the greeting.
    pub name: String,
    pub meetings: Vec<MeetingCard>,
    /// Where a new meeting is planned, for those who plan.
    pub plan: Option<String>,
    /// The visitor is asked in circulations, or writes them.
    pub circulations: bool,
    /// Where the municipality is administered, for those who do.
    pub town: Option<String>,
}

/// A meeting in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingCard {
    /// E.g. "Gemeinderat".
    pub body: String,
    /// E.g. "Dienstag, 24. November 2026, 19:00 Uhr".
    pub when: String,
    /// E.g. "Hybrid: Großer Saal im Rathaus und zugeschaltet".
    pub place: String,
    /// E.g. "läuft seit 19:02 Uhr".
    pub word: String,
    /// It runs now or begins soon.
    pub live: bool,
    /// The screens this person may open; the first is the main one.
    pub doors: Vec<Door>,
    /// What can be done from here, e.g. convening.
    pub acts: Vec<Act>,
}

/// A way into a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    pub href: String,
    pub label: String,
}

/// Something was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/failure.html")]
pub struct Failure {
    pub frame: Frame,
    /// E.g. "Das ist hier nicht möglich".
    pub title: String,
    pub text: String,
    /// The ground, or empty.
    pub paragraph: String,
    /// Number to name when asking for help; may be empty.
    pub reference: String,
    /// Where to go on: address and label.
    pub back: String,
    pub back_label: String,
}
