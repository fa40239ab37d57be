//! The floor: who speaks, who wants to, what is moved.

use super::act::Act;
use super::entry::Entry;
use askama::Template;

/// Part `floor`: speaker, list, guests (`Redeliste`).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/floor.html")]
pub struct Floor {
    /// Nothing is deliberated, and nothing can be done here: the part stays hidden.
    pub hidden: bool,
    pub speaking: Option<Speaking>,
    /// In the order they are called.
    pub waiting: Vec<Waiting>,
    /// The list takes nobody any more.
    pub closed: bool,
    pub guests: Vec<Guest>,
    /// Who has spoken at this item and for how long, e.g. („Carla Exempel“, „3:05 min“); for who leads.
    pub spoken: Vec<(String, String)>,
    /// What the viewer may do: ask, end, close the list.
    pub acts: Vec<Act>,
    /// Chair and clerk: note a request, call a guest.
    pub entries: Vec<Folded>,
}

/// Who has the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaking {
    pub name: String,
    /// Faction or office; may be empty.
    pub about: String,
    /// E.g. "seit 19:12:05 Uhr".
    pub since: String,
    /// Absent while the sitting stands still.
    pub clock: Option<SpeakingClock>,
}

/// The running time of a contribution. Its words are right as they stand; a script makes the time run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakingClock {
    /// Milliseconds since 1970 (UTC).
    pub since: i64,
    /// Spoken before interruptions, in milliseconds.
    pub spoken: i64,
    pub limit: Option<SpeakingLimit>,
}

/// `Redezeit` of the Geschäftsordnung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakingLimit {
    /// In milliseconds.
    pub millis: i64,
    /// E.g. "Redezeit 5 Minuten, bis 19:17:05 Uhr (§ 14 Geschäftsordnung)".
    pub words: String,
    /// It was over when this was written.
    pub over: bool,
    /// What is told once it is over, to who leads and who speaks; else empty.
    pub tell: String,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub name: String,
    pub about: String,
    /// On procedure: called first.
    pub procedure: bool,
    pub acts: Vec<Act>,
}

/// A guest at the called item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub name: String,
    pub acts: Vec<Act>,
}

/// A form behind its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Unique on the page.
    pub id: String,
    pub title: String,
    pub entry: Entry,
}

/// Part `motions`: motions at the called item, and statements for the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/motions.html")]
pub struct Motions {
    pub hidden: bool,
    pub motions: Vec<Motion>,
    pub entries: Vec<Folded>,
}

/// One motion (`Antrag`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motion {
    /// E.g. "Änderungsantrag".
    pub kind: String,
    /// E.g. "Carla Exempel, Bürgerliste"; may be empty.
    pub mover: String,
    pub wording: String,
    /// E.g. "angenommen, 9 Ja, 2 Nein, 1 Enthaltung", "zurückgezogen"; empty while it waits.
    pub word: String,
    pub acts: Vec<Act>,
    pub reword: Option<Folded>,
}
