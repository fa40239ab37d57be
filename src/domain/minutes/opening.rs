//! The head of the minutes and the opening: which meeting, in which form, under which law, and quorate or not.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::{Content, Fact, Section};
use super::{second, words};
use crate::domain::law::format::{Clause, MeetingFormat};
use crate::domain::law::notice::NoticeFinding;
use crate::domain::meeting::event::Convening;
use crate::domain::meeting::{self, Event};

/// Day, place, form, chair.
pub fn head(desk: &Desk<'_>) -> Section {
    let meeting = desk.meeting;
    let mut facts = vec![
        Fact::new("Tag", meeting.day.german()),
        Fact::new("Ort", meeting.place.to_string()),
        Fact::new("Einberufung", convened_on(desk)),
        Fact::new("Beginn", meeting.opened_at.map_or_else(|| "nicht eröffnet".into(), |at| desk.clock.time(at))),
        Fact::new("Ende", meeting.closed_at.map_or_else(|| "noch nicht geschlossen".into(), |at| desk.clock.time(at))),
    ];
    facts.extend(summoned(desk));
    facts.extend(second::facts(desk));
    if let Some(convened) = meeting.convened() {
        facts.extend(form(desk, &convened.convening));
    }
    facts.push(Fact::new("Vorsitz", desk.name(&meeting.leading.office)));
    facts.push(Fact::new("Schriftführung", meeting.clerk.to_string()));
    let mut section = Section::new("kopf", "");
    section.add("angaben", Content::Facts(facts));
    section
}

/// When it was recorded, and for what hour.
fn convened_on(desk: &Desk<'_>) -> String {
    let hour = desk.clock.time(desk.meeting.starts_at);
    match desk.entry(|entry| matches!(entry.event, Event::Convened(_))) {
        Some(entry) => format!("festgehalten am {}, auf {hour}", desk.clock.date(entry.occurred_at)),
        None => format!("noch nicht einberufen, geplant auf {hour}"),
    }
}

/// `Ladung` and what changed between it and the sitting.
fn summoned(desk: &Desk<'_>) -> Vec<Fact> {
    let notice = desk.meeting.convened().and_then(|convened| convened.convening.notice.as_ref());
    let mut facts: Vec<Fact> = notice.map(|finding| Fact::new("Ladung", finding.sentence())).into_iter().collect();
    for entry in desk.entries {
        let at = desk.clock.date(entry.occurred_at);
        match &entry.event {
            Event::Rescheduled(moved) => {
                facts.push(Fact::new("Verlegung", format!("am {at} auf den {}: {}", moved.day.german(), moved.reason)));
            }
            Event::Amended(amended) if !amended.added.is_empty() => {
                let numbers: Vec<&str> = amended.added.iter().map(|item| item.number.as_str()).collect();
                let period = amended.notice.as_ref().map(NoticeFinding::sentence).unwrap_or_default();
                facts.push(Fact::new("Nachtrag", format!("TOP {}. {period}", numbers.join(", "))));
            }
            Event::Cancelled(cancelled) => {
                facts.push(Fact::new("Absage", format!("am {at}: {}", cancelled.reason)));
            }
            _ => {}
        }
    }
    facts
}

fn form(desk: &Desk<'_>, convening: &Convening) -> Vec<Fact> {
    let rules = desk.rules;
    let (name, norm, clause) = match convening.format {
        MeetingFormat::InPerson if convening.ruled_out => {
            ("Präsenzsitzung", rules.format_in_person.norm(), Some(Clause::ExcludeRemote))
        }
        MeetingFormat::InPerson => ("Präsenzsitzung", rules.format_in_person.norm(), None),
        MeetingFormat::Hybrid => {
            ("Hybride Sitzung: Mitglieder zugeschaltet", rules.format_hybrid.norm(), Some(Clause::Remote))
        }
        MeetingFormat::Digital => {
            ("Digitale Sitzung: auch der Vorsitz zugeschaltet", rules.format_digital.norm(), Some(Clause::Digital))
        }
    };
    let mut facts = vec![Fact::new("Sitzungsform", format!("{name} ({norm})"))];
    if convening.ruled_out {
        let norm = rules.remote_exclusion.norm();
        facts.push(Fact::new("Zuschaltung", format!("für diese Sitzung mit der Einberufung ausgeschlossen ({norm})")));
    }
    if let Some(key) = &convening.ground {
        let grounds = rules.format_digital_grounds.value();
        let text = grounds.iter().find(|ground| ground.key == *key).map_or(key.as_str(), |ground| ground.text.as_str());
        facts.push(Fact::new("Schwerwiegender Grund", text));
    }
    if let Some(reason) = &convening.reason {
        facts.push(Fact::new("Begründung", reason.to_string()));
    }
    if let Some(room) = &convening.public_room {
        let norm = rules.format_public_room.norm();
        facts.push(Fact::new("Übertragung", format!("in den öffentlich zugänglichen Raum: {room} ({norm})")));
    }
    let day = desk.meeting.day;
    let found = desk.meeting.clauses.iter().find(|own| Some(own.kind) == clause && own.in_force_from <= day);
    if let Some(found) = found {
        let (from, decided) = (found.in_force_from.german(), found.decided_on.german());
        facts.push(Fact::new(
            "Hauptsatzung",
            format!("{}, beschlossen am {decided}{}, in Kraft seit {from}", found.reference, votes(found)),
        ));
    }
    for local in &rules.local {
        facts.push(Fact::new("Ortsrecht", local.sentence()));
    }
    let (land, digest) = (convening.law.land.to_uppercase(), convening.law.digest.short());
    facts.push(Fact::new("Regelwerk", format!("{land}, bei der Einberufung festgehalten, Prüfsumme {digest}…")));
    facts
}

/// „ mit 12 Ja-Stimmen von 23 Mitgliedern“.
fn votes(clause: &meeting::event::Clause) -> String {
    clause
        .carried
        .map_or_else(String::new, |votes| format!(" mit {} Ja-Stimmen von {} Mitgliedern", votes.yes, votes.members))
}

/// `Eröffnung` with the quorum found.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("eroeffnung", "Eröffnung und Beschlussfähigkeit");
    for entry in desk.entries {
        match &entry.event {
            Event::Opened(opened) => {
                let at = desk.clock.time(entry.occurred_at);
                let late = desk.clock.late(entry);
                section.say("beginn", format!("Der Vorsitz eröffnete die Sitzung um {at}{late}."));
                section.say("beschlussfaehigkeit", words::quorum(&opened.quorum));
                break;
            }
            Event::PublicRoomAttested(attested) => {
                let name = format!("raum-{}", entry.number);
                section.say(name, public_room(desk, attested.receives, &desk.clock.time(entry.occurred_at)));
            }
            _ => {}
        }
    }
    second::questioned(desk, &mut section);
    if desk.meeting.opened_at.is_none() {
        second::whole_sitting(desk, &mut section);
        section.say("beginn", "Die Sitzung wurde nicht eröffnet.");
    }
    section
}

/// What was attested about the public room: never more than that.
pub fn public_room(desk: &Desk<'_>, receives: bool, at: &str) -> String {
    let convening = desk.meeting.convened().map(|convened| &convened.convening);
    let room = convening.and_then(|convening| convening.public_room.as_ref());
    let room = room.map_or_else(String::new, |room| format!(" ({room})"));
    if receives {
        format!("Um {at} wurde bestätigt, dass Bild und Ton im öffentlich zugänglichen Raum{room} ankommen.")
    } else {
        format!("Um {at} wurde vermerkt, dass Bild und Ton im öffentlich zugänglichen Raum{room} nicht ankommen.")
    }
}
