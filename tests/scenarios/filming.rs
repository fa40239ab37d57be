//! The lines about film and sound recordings: who consents, what begins, and what ends it.

use super::meeting_kit::seat;
use super::people::people;
use super::words::{meaning, name};
use ratssaal::domain::law::recording::Purpose;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::FilmingStep;
use ratssaal::domain::meeting::event::{Event, FilmingBasis, FilmingEnd, Speaker};

const PURPOSES: [(&str, Purpose); 3] = [
    ("zur Veröffentlichung", Purpose::Publish),
    ("für die Niederschrift", Purpose::Minutes),
    ("durch die Presse", Purpose::Others),
];

/// `willigt in Aufnahmen ein`, `willigt in Aufnahmen nicht ein`, `vermerkt die Einwilligung von Birnbaum` (or of somebody who is
/// no member), `vermerkt das Nein von …`, `nimmt auf zur Veröffentlichung`, `beendet die Aufnahme`
pub fn command(what: &str, all: usize) -> Option<Command> {
    let noted = |who: &str, consents| {
        let member = people(who, all).ok().and_then(|numbers| numbers.first().copied());
        let of = match member {
            Some(number) => Speaker::Member { seat: seat(number) },
            None => Speaker::Guest { name: who.parse().unwrap() },
        };
        FilmingStep::Answer { of: Some(of), consents }
    };
    let step = if let Some(who) = what.strip_prefix("vermerkt die Einwilligung von ") {
        noted(who, true)
    } else if let Some(who) = what.strip_prefix("vermerkt das Nein von ") {
        noted(who, false)
    } else if let Some(purpose) = what.strip_prefix("nimmt auf ") {
        FilmingStep::Start { purpose: meaning(&PURPOSES, purpose)? }
    } else {
        match what {
            "willigt in Aufnahmen ein" => FilmingStep::Answer { of: None, consents: true },
            "willigt in Aufnahmen nicht ein" => FilmingStep::Answer { of: None, consents: false },
            "beendet die Aufnahme" => FilmingStep::Stop,
            _ => return None,
        }
    };
    Some(Command::Film(step))
}

/// What happened, as a scenario says it behind its arrow.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other words stand elsewhere")]
pub fn event(event: &Event) -> String {
    match event {
        Event::FilmingAnswered(answered) => {
            let who = match &answered.of {
                Speaker::Member { seat } => name(seat).to_owned(),
                Speaker::Guest { name } => name.to_string(),
            };
            format!("{who} willigt {}ein", if answered.consents { "" } else { "nicht " })
        }
        Event::FilmingStarted(started) => match started.basis {
            FilmingBasis::Clause => "Aufnahme nach der Hauptsatzung",
            FilmingBasis::Consent => "Aufnahme mit Einwilligung aller",
        }
        .into(),
        Event::FilmingStopped(stopped) => match stopped.why {
            FilmingEnd::Ordered => "Aufnahme beendet",
            FilmingEnd::Withdrawn => "Aufnahme beendet, Einwilligung zurückgenommen",
            FilmingEnd::Joined => "Aufnahme beendet, jemand ohne Einwilligung",
            FilmingEnd::Doors => "Aufnahme beendet, Türen",
            FilmingEnd::Interruption => "Aufnahme beendet, Unterbrechung",
            FilmingEnd::Closing => "Aufnahme beendet, Schluss",
        }
        .into(),
        _ => "?".into(),
    }
}
