//! `Film- und Tonaufnahmen` (§ 35 (3) GemO BW): on what ground, from when to when, and what everybody answered.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::Section;
use crate::domain::law::recording::Purpose;
use crate::domain::meeting::Event;
use crate::domain::meeting::event::{AnswerWay, FilmingBasis, FilmingEnd, Speaker};

/// Nothing where nobody was asked and nothing was recorded.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("aufnahmen", "Film- und Tonaufnahmen");
    for entry in desk.entries {
        let at = desk.clock.time(entry.occurred_at);
        let sentence = match &entry.event {
            Event::FilmingAnswered(answered) => {
                let who = match &answered.of {
                    Speaker::Member { seat } => desk.name(seat),
                    Speaker::Guest { name } => name.to_string(),
                };
                let noted = if answered.way == AnswerWay::Noted { ", mündlich" } else { "" };
                let word = if answered.consents { "willigt ein" } else { "willigt nicht (mehr) ein" };
                format!("{who} {word} ({at}{noted}).")
            }
            Event::FilmingStarted(started) => {
                let what = match started.purpose {
                    Purpose::Publish => "Aufnahme oder Übertragung durch die Gemeinde zur Veröffentlichung",
                    Purpose::Minutes => "Tonaufnahme für die Niederschrift",
                    Purpose::Others => "Aufnahme durch Presse oder Zuhörer",
                };
                let ground = match started.basis {
                    FilmingBasis::Clause => {
                        format!("nach der Hauptsatzung ({})", desk.rules.recording_publish_basis.norm())
                    }
                    FilmingBasis::Consent => {
                        format!("mit Einwilligung aller anwesenden Mitglieder ({})", desk.rules.recording_other.norm())
                    }
                };
                format!("{what} ab {at}, {ground}.")
            }
            Event::FilmingStopped(stopped) => {
                let why = match stopped.why {
                    FilmingEnd::Ordered => "",
                    FilmingEnd::Withdrawn => ", weil eine Einwilligung zurückgenommen wurde",
                    FilmingEnd::Joined => ", weil jemand ohne Einwilligung dazukam",
                    FilmingEnd::Doors => ", mit dem Wechsel der Öffentlichkeit",
                    FilmingEnd::Interruption => ", mit der Unterbrechung der Sitzung",
                    FilmingEnd::Closing => ", mit dem Schluss der Sitzung",
                };
                format!("Ende der Aufnahme um {at}{why}.")
            }
            _ => continue,
        };
        section.say(format!("aufnahme-{}", entry.number), sentence);
    }
    section
}
