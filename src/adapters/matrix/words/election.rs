//! Elections in German, for the meeting's room.

use super::both;
use crate::domain::meeting::effect::Announcement;
use crate::domain::meeting::event::{ElectionMode, ElectionOutcome, ElectionRound};

/// Plain text and HTML of an announcement of an election; empty for any other.
#[expect(clippy::wildcard_enum_match_arm, reason = "only elections come here")]
pub fn words(announcement: &Announcement) -> (String, String) {
    match announcement {
        Announcement::ElectionOpened { number, which, mode, candidates } => {
            let how = match mode {
                ElectionMode::Papers => "geheim mit Stimmzetteln im Saal",
                ElectionMode::Open => "offen im Saal",
            };
            let round = match which {
                ElectionRound::First => "Wahl zu TOP ",
                ElectionRound::Second => "Zweiter Wahlgang zu TOP ",
                ElectionRound::RunOff => "Stichwahl zu TOP ",
            };
            let names = candidates.join(", ");
            both(&[(round, false), (number, true), (", ", false), (how, false), (": ", false), (&names, true)])
        }
        Announcement::ElectionObjected { number } => both(&[
            ("Der offenen Wahl zu TOP ", false),
            (number, true),
            (" wurde widersprochen: Es wird geheim mit Stimmzetteln gewählt.", false),
        ]),
        Announcement::ElectionResult { number, votes, no, blank, invalid, outcome } => {
            let mut counts: Vec<String> = votes.iter().map(|(name, votes)| format!("{name} {votes}")).collect();
            if votes.len() == 1 {
                counts.push(format!("Nein {no}"));
            }
            let counts = format!(" ({}, Enthaltungen {blank}, ungültig {invalid})", counts.join(", "));
            both(&[("TOP ", false), (number, true), (" – ", false), (&self::outcome(outcome), true), (&counts, false)])
        }
        Announcement::LotDrawn { number, drawn } => {
            let drawn = drawn.join(" und ");
            both(&[("TOP ", false), (number, true), (" – Losentscheid: gezogen ist ", false), (&drawn, true)])
        }
        Announcement::ElectionVoided { number } => {
            both(&[("Der Wahlgang zu TOP ", false), (number, true), (" ist verworfen; kein Stimmzettel zählt.", false)])
        }
        Announcement::ElectionStruck { number } => {
            both(&[("Das Wahlergebnis zu TOP ", false), (number, true), (" gilt nicht; es wird neu gewählt.", false)])
        }
        _ => (String::new(), String::new()),
    }
}

fn outcome(outcome: &ElectionOutcome) -> String {
    let list =
        |names: &[crate::domain::text::Name]| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" und ");
    match outcome {
        ElectionOutcome::Elected { candidate } => format!("gewählt ist {candidate}"),
        ElectionOutcome::RunOff { candidates } => format!("Stichwahl zwischen {}", list(candidates)),
        ElectionOutcome::PlacesTied { tied, .. } => format!("Los um die Stichwahl zwischen {}", list(tied)),
        ElectionOutcome::Lot { candidates } => {
            format!("Stimmengleichheit, das Los entscheidet zwischen {}", list(candidates))
        }
        ElectionOutcome::SecondRound => "keine Mehrheit, ein zweiter Wahlgang folgt".into(),
        ElectionOutcome::NotElected => "niemand ist gewählt".into(),
        ElectionOutcome::NoDecision => "im Saal nicht beschlussfähig, niemand ist gewählt".into(),
    }
}
