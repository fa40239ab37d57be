//! A past meeting once more: its agenda and its official minutes are led through the very same decisions a sitting of
//! today meets, under the law of its day, and what our minutes say of it is laid beside the official text.
//!
//! Nothing is made up for it. Who sat where is not in such texts, so seats have numbers; how many were present follows from
//! the votes where the texts do not say; what the texts leave out is left out here and named.

mod agenda;
mod cells;
mod compare;
mod ours;
mod print;
mod reason;
mod rehearsal;
mod roll;
mod run;

pub use compare::{Comparison, Pair, Row, Slip, Verdict};
pub use reason::Reason;

use crate::app::ports::chance::Entropy;
use crate::app::ports::import::ForeignMeeting;
use crate::app::ports::official::OfficialText;
use crate::app::record;
use crate::domain::ledger::{Head, Sealed};
use crate::domain::meeting::Meeting;
use crate::domain::minutes::{self, Minutes};
use crate::domain::text::Name;
use crate::domain::time::{Instant, LocalTime};

/// What is led through once more.
pub struct Past<'a> {
    /// The meeting with its agenda.
    pub meeting: &'a ForeignMeeting,
    /// Its official minutes, in any order.
    pub texts: &'a [OfficialText],
    pub municipality: Name,
    /// Short name of the Land whose law applies.
    pub land: &'a str,
    /// Members of the body with the mayor, if known; otherwise as many as were ever seen at once.
    pub seats: Option<usize>,
    /// The time on the wall of the town hall.
    pub local: &'a dyn Fn(Instant) -> LocalTime,
}

/// What came of it.
pub struct Replayed {
    pub meeting: Meeting,
    pub entries: Vec<Sealed>,
    /// The ledger's heads that an instance would have signed.
    pub heads: Vec<Head>,
    /// Our minutes.
    pub minutes: Minutes,
    /// They beside the official ones.
    pub comparison: Comparison,
}

/// Leads the meeting through.
///
/// # Errors
/// A German sentence if texts and meeting do not belong together, or the meeting cannot even be opened.
pub fn replay(past: &Past<'_>, entropy: &dyn Entropy) -> Result<Replayed, String> {
    let agenda = agenda::Agenda::of(past)?;
    let roll = roll::Roll::of(past, &agenda)?;
    let seats = roll.seats();
    let done = run::run(past, &agenda, roll, entropy)?;
    // Read back from the ledger, as minutes always are.
    let (meeting, events) = record::replay(&done.meeting.id, &done.entries)
        .map_err(|why| format!("Die Aufzeichnung ist nicht lesbar: {why}"))?;
    if meeting != done.meeting {
        return Err("Die Aufzeichnung ergibt eine andere Sitzung, als entschieden wurde.".to_owned());
    }
    let last = done.entries.last().ok_or("Es wurde nichts aufgezeichnet.")?;
    let head = Head { meeting: meeting.id.clone(), number: last.envelope.number, digest: last.digest };
    let rules = record::rules_of(&meeting)?;
    let minutes = minutes::build(minutes::Part::Public, &events, &meeting, &rules, &head, past.local);
    let comparison = compare::compare(past, &agenda, &done.outcomes, seats, &minutes);
    Ok(Replayed { meeting, entries: done.entries, heads: done.heads, minutes, comparison })
}
