//! `Ausschluss der Öffentlichkeit` (§ 35 (1) GemO BW) in both books: when, who was connected, what was announced.

use super::build::{Desk, Part};
use super::model::{Content, Section};
use super::words;
use crate::domain::id::{BallotId, ItemId};
use crate::domain::majority::Outcome;
use crate::domain::meeting::Event;
use crate::domain::meeting::event::Withheld;

/// When the public was shut out, and what it was told afterwards. Empty where it never was.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("oeffentlichkeit", "Öffentlichkeit");
    let norm = desk.rules.agenda_closed_doors.norm();
    for (place, part) in desk.meeting.publicity.parts.iter().enumerate() {
        let when = match part.until {
            Some(until) => format!("von {} bis {}", desk.clock.time(part.from), desk.clock.time(until)),
            None => format!("ab {}", desk.clock.time(part.from)),
        };
        let sentence = format!("Die Öffentlichkeit war {when} ausgeschlossen ({norm}).");
        section.say(format!("ausschluss-{place}"), sentence);
    }
    if desk.part == Part::Closed {
        alone(desk, &mut section);
    }
    switches(desk, &mut section);
    announced(desk, &mut section);
    section
}

/// What was moved from one part into the other (§ 35 (1) s. 3 GemO BW).
fn switches(desk: &Desk<'_>, section: &mut Section) {
    let norm = desk.rules.public_switch_decided_in.norm();
    let top = |item: &ItemId| desk.meeting.item(item).map_or("", |item| item.number.as_str());
    for entry in desk.entries {
        let at = desk.clock.time(entry.occurred_at);
        if let Event::SwitchMoved(moved) = &entry.event {
            let who = match &moved.mover {
                Some(seat) => format!("{} beantragte", desk.name(seat)),
                None => "Beantragt wurde".to_owned(),
            };
            let sentence =
                format!("{who} um {at}: „{}“ Darüber wird nichtöffentlich entschieden ({norm}).", moved.wording);
            section.say(format!("antrag-{}", moved.question), sentence);
        }
        if let Event::ItemSwitched(switched) = &entry.event {
            let word = if switched.public { "öffentlich" } else { "nichtöffentlich" };
            let sentence = format!(
                "Nach Beschluss in nichtöffentlicher Sitzung wird TOP {} {word} verhandelt ({norm}).",
                top(&switched.item)
            );
            section.say(format!("verlegt-{}", switched.question), sentence);
        }
    }
}

/// Who was connected to the non-public part, each with the declaration.
fn alone(desk: &Desk<'_>, section: &mut Section) {
    for entry in desk.entries {
        if let Event::AloneDeclared(declared) = &entry.event {
            let (name, at) = (desk.name(&declared.seat), desk.clock.time(entry.occurred_at));
            let sentence = format!("{name} war zugeschaltet und erklärte um {at}: „{}“", declared.words);
            section.say(format!("allein-{}", entry.number), sentence);
        }
    }
}

/// `Bekanntgabe` (§ 35 (1) s. 4 GemO BW), word for word; in the non-public book also what was not announced.
fn announced(desk: &Desk<'_>, section: &mut Section) {
    let publicity = &desk.meeting.publicity;
    let norm = desk.rules.public_announce_nonpublic.norm();
    let top = |item: &ItemId| desk.meeting.item(item).map_or("", |item| item.number.as_str());
    for announced in &publicity.announced {
        let decision = &announced.decision;
        let part = |name: &str| format!("bekanntgabe-{}.{name}", decision.ballot);
        let outcome = match decision.outcome {
            Outcome::Adopted => "angenommen",
            Outcome::Rejected => "abgelehnt",
            Outcome::NoDecision => "ohne Beschluss",
        };
        section.add(part("titel"), Content::Heading("Bekanntgabe eines nichtöffentlich gefassten Beschlusses".into()));
        section.add(part("wortlaut"), Content::Wording(decision.wording.to_string()));
        let at = desk.clock.time(announced.at);
        let sentence = format!("Zu TOP {} {outcome}; bekannt gegeben um {at} ({norm}).", top(&decision.item));
        section.add(part("wann"), Content::Finding(sentence));
    }
    if desk.part == Part::Public {
        return;
    }
    for (ballot, until) in &publicity.withheld {
        let why = match until {
            Withheld::NextSitting => "wird in der nächsten öffentlichen Sitzung bekannt gegeben",
            Withheld::Interests => {
                "wird nicht bekannt gegeben: Das öffentliche Wohl oder berechtigte Interessen Einzelner stehen entgegen"
            }
        };
        section.say(format!("zurueck-{ballot}"), format!("Der Beschluss {} {why} ({norm}).", of(desk, ballot)));
    }
}

fn of(desk: &Desk<'_>, ballot: &BallotId) -> String {
    let declared = desk.meeting.results.iter().find(|declared| declared.result.ballot == *ballot);
    let item = declared.and_then(|declared| desk.meeting.item(&declared.result.item));
    words::list(&item.map(|item| format!("zu TOP {}", item.number)).into_iter().collect::<Vec<_>>())
}
