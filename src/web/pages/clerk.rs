//! Schriftführung: who is in the room, what was heard, what was counted, what the record says.

use super::act::{Act, Blocked};
use super::people::Sense;
use askama::Template;

/// Part `attendance`: presence in the room, attested by the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/attendance.html")]
pub struct Attendance {
    pub rows: Vec<AttendanceRow>,
    /// Whether the public can follow in the room: the finding, and the act if it is still to be made.
    pub public_room: PublicRoom,
    /// What is to be confirmed of the doors just now.
    pub doors: Vec<Act>,
    /// Who is the oldest member, where nobody else can lead.
    pub eldest: Option<super::entry::Entry>,
    /// Deputies who are there and cannot lead, or can again; nothing while nobody has to take the chair over.
    pub hindrances: Vec<super::entry::Entry>,
    /// A complaint that came beside the chamber.
    pub complaint: Option<super::entry::Entry>,
}

/// One member in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceRow {
    pub name: String,
    pub about: String,
    pub sense: Sense,
    /// E.g. "im Saal", "zugeschaltet", "abwesend".
    pub word: String,
    pub since: String,
    /// What may be attested about this member now: "Im Saal" or "Hat den Saal verlassen".
    pub act: Option<Act>,
}

/// Öffentlichkeit im Saal (§ 35 (1), § 37a (1) s. 4 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRoom {
    pub confirmed: bool,
    /// E.g. "Bestätigt um 18:58 Uhr: Die Öffentlichkeit im Saal sieht und hört die Zugeschalteten."
    pub word: String,
    pub act: Option<Act>,
}

/// Part `count`: what the clerk counts in the hall at a show of hands.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/count.html")]
pub struct HallCount {
    /// What the tellers counted in a secret ballot.
    pub papers: Option<super::entry::Entry>,
    pub form: Option<CountForm>,
    /// What stands there when nothing is to be counted.
    pub idle: String,
    /// What has been entered, e.g. "Eingetragen um 19:31:20 Uhr: 0 Gegenstimmen, 1 Enthaltung, 6 dafür."
    pub entered: Option<String>,
}

/// The count's form: contrary and abstentions; the rest agrees. Posts `abstimmung`, `gegenstimmen`, `enthaltungen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountForm {
    pub to: String,
    pub command: String,
    /// Id of the ballot.
    pub ballot: String,
    pub motion: String,
    /// Entitled members in the hall: the most that can be counted.
    pub entitled_in_room: u32,
    /// `saal_zaehlung` with no contrary vote and no abstention.
    pub unanimous: Act,
    pub blocked: Option<Blocked>,
}

/// Part `heard`: votes spoken aloud, entered by name (`gehoert`).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/heard.html")]
pub struct Heard {
    pub rows: Vec<HeardRow>,
    pub idle: String,
}

/// One entitled member in a running roll call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardRow {
    pub name: String,
    pub about: String,
    /// This name is called now.
    pub turn: bool,
    /// E.g. "Ja, 19:23:05 Uhr"; `None` while the vote is missing.
    pub cast: Option<String>,
    /// Ja, Nein, Enthaltung; posts `abstimmung`, `sitz` and `wahl`.
    pub acts: Vec<Act>,
}

/// Part `timeline`: the last entries of the record in words, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/timeline.html")]
pub struct Timeline {
    pub entries: Vec<Entry>,
}

/// An entry of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: u64,
    /// When it happened, e.g. "19:23:05".
    pub at: String,
    pub text: String,
    /// Entered later, e.g. "nachgetragen um 19:40:02 Uhr"; may be empty.
    pub later: String,
}

/// Part `downloads`: minutes and evidence after closing.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/downloads.html")]
pub struct Downloads {
    pub files: Vec<File>,
    /// What the seal on the minutes is, and what it is not (§ 38 Abs. 1 GemO BW); empty before closing.
    pub note: String,
    /// What stands there before, e.g. "Niederschrift und Beweisbündel stehen nach dem Schließen der Sitzung bereit."
    pub idle: String,
}

/// Something to take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub href: String,
    pub label: String,
    /// E.g. "PDF, 84 kB".
    pub detail: String,
    /// It is made when it is asked for, which takes a moment.
    pub made: bool,
}
