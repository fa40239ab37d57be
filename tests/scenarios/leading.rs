//! The lines about the chair: handed over, taken over, and who is the oldest member.

use super::meeting_kit::{item, seat};
use super::people::people;
use super::words::name;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::event::Event;

/// `gibt den Vorsitz ab`, `gibt den Vorsitz ab für TOP 2`, `übernimmt den Vorsitz`, `benennt Apfelkern als ältestes Mitglied`
pub fn command(what: &str, all: usize) -> Option<Command> {
    if let Some(rest) = what.strip_prefix("gibt den Vorsitz ab") {
        let item = match rest.strip_prefix(" für TOP ") {
            Some(number) => Some(item(number)),
            None if rest.is_empty() => None,
            None => return None,
        };
        return Some(Command::HandOverChair { item });
    }
    if let Some(rest) = what.strip_prefix("benennt ") {
        let who = people(rest.strip_suffix(" als ältestes Mitglied")?, all).ok()?;
        return Some(Command::NameEldest { seat: seat(*who.first()?) });
    }
    if let Some(rest) = what.strip_prefix("lässt ") {
        let again = rest.strip_suffix(" nicht mehr zugeschaltet zu");
        let name = again.or_else(|| rest.strip_suffix(" zugeschaltet zu"))?;
        let who = people(name, all).ok()?;
        return Some(Command::AdmitAdviser { seat: seat(*who.first()?), admitted: again.is_none() });
    }
    if let Some(rest) = what.strip_prefix("vermerkt ") {
        let again = rest.strip_suffix(" als nicht mehr verhindert");
        let name = again.or_else(|| rest.strip_suffix(" als verhindert"))?;
        let who = people(name, all).ok()?;
        return Some(Command::NoteHindrance { seat: seat(*who.first()?), hindered: again.is_none() });
    }
    (what == "übernimmt den Vorsitz").then_some(Command::TakeChair)
}

/// What happened to the chair, as a scenario says it behind its arrow.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other words stand elsewhere")]
pub fn event(event: &Event) -> String {
    match event {
        Event::ChairHandedOver(over) => format!("{} gibt den Vorsitz ab", name(&over.seat)),
        Event::ChairHindered(noted) if noted.hindered => format!("{} ist verhindert", name(&noted.seat)),
        Event::ChairHindered(noted) => format!("{} ist nicht mehr verhindert", name(&noted.seat)),
        Event::AdviserAdmitted(one) if one.admitted => format!("{} darf zugeschaltet sein", name(&one.seat)),
        Event::AdviserAdmitted(one) => format!("{} darf nicht mehr zugeschaltet sein", name(&one.seat)),
        Event::EldestNamed(named) => format!("{} ist das älteste Mitglied", name(&named.seat)),
        Event::ChairTaken(taken) => format!("{} leitet", name(&taken.seat)),
        Event::ChairReturned(returned) => format!("{} leitet wieder", name(&returned.seat)),
        _ => "?".into(),
    }
}
