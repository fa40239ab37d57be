//! What came from the floor at one item: motions with their fate, guests, who spoke, statements for the record, and what
//! happened to the item itself.

use super::build::Desk;
use super::model::{Content, Section};
use crate::domain::id::MotionId;
use crate::domain::meeting::event::{MotionKind, Speaker};
use crate::domain::meeting::floor::Motion;
use crate::domain::meeting::{Event, Item};
use std::collections::BTreeSet;

/// Why the item stands where it does: added in the sitting, taken up again.
#[expect(clippy::wildcard_enum_match_arm, reason = "two events of many")]
pub fn history(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    for entry in desk.entries {
        match &entry.event {
            Event::ItemAdded(added) if added.item == item.id => {
                let norm = desk.rules.agenda_urgent.norm();
                let at = desk.clock.time(entry.occurred_at);
                let sentence =
                    format!("In der Sitzung um {at} auf die Tagesordnung gesetzt ({norm}): {}", added.ground);
                section.say("ergaenzt", sentence);
            }
            Event::ItemReopened(reopened) if reopened.item == item.id => {
                let at = desk.clock.time(entry.occurred_at);
                let sentence = format!("Um {at} wieder aufgenommen: {}", reopened.reason);
                section.say(format!("wieder-{}", entry.number), sentence);
            }
            _ => {}
        }
    }
}

/// Who took part without being a member, and who spoke.
pub fn voices(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    for (place, guest) in desk.meeting.guests.iter().enumerate().filter(|(_, guest)| guest.item == item.id) {
        let when = match guest.until {
            Some(until) => desk.clock.span(guest.since, until),
            None => format!("ab {}", desk.clock.time(guest.since)),
        };
        section.say(format!("gast-{place}"), format!("Zu diesem Punkt nahm teil: {} ({when}).", guest.name));
    }
    let spoke = speakers(desk, item);
    if !spoke.is_empty() {
        section.say("redner", format!("Das Wort hatten: {}.", spoke.join(", ")));
    }
}

/// Everybody who had the floor at the item, once, in the order they first spoke.
#[expect(clippy::wildcard_enum_match_arm, reason = "three events of many")]
fn speakers(desk: &Desk<'_>, item: &Item) -> Vec<String> {
    let (mut called, mut known, mut names) = (false, BTreeSet::new(), Vec::new());
    for entry in desk.entries {
        match &entry.event {
            Event::ItemCalled(now) => called = now.item == item.id,
            Event::ItemSettled(_) | Event::Closed(_) => called = false,
            Event::FloorGiven(given) if called => {
                let name = match &given.to {
                    Speaker::Member { seat } => desk.name(seat),
                    Speaker::Guest { name } => name.to_string(),
                };
                if known.insert(name.clone()) {
                    names.push(name);
                }
            }
            _ => {}
        }
    }
    names
}

/// Motions that were not put to the vote: withdrawn, or overtaken. The others stand with their ballots.
pub fn unvoted(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let voted = |motion: &MotionId| desk.course.ballots.iter().any(|ballot| ballot.motion.as_ref() == Some(motion));
    for motion in desk.meeting.motions.iter().filter(|motion| motion.item == item.id && !voted(&motion.id)) {
        let part = |name: &str| format!("antrag-{}.{name}", motion.id);
        section.add(part("titel"), Content::Heading(heading(desk, motion)));
        section.add(part("wortlaut"), Content::Wording(motion.wording.to_string()));
        let fate = if motion.withdrawn {
            "Der Antrag wurde zurückgezogen."
        } else {
            "Über den Antrag wurde nicht abgestimmt."
        };
        section.add(part("ende"), Content::Finding(fate.to_owned()));
    }
}

/// „Abstimmung über den Änderungsantrag von …“, for the heading of a ballot on a motion from the floor.
pub fn ballot_heading(desk: &Desk<'_>, motion: &MotionId) -> Option<String> {
    desk.meeting.motion(motion).map(|motion| format!("Abstimmung: {}", heading(desk, motion)))
}

fn heading(desk: &Desk<'_>, motion: &Motion) -> String {
    let kind = match motion.kind {
        _ if desk.meeting.doubt_of(&motion.id).is_some() => "Zweifel an der Befangenheit",
        MotionKind::Procedural => "Antrag zur Geschäftsordnung",
        MotionKind::Amendment => "Änderungsantrag",
        MotionKind::Main => "Antrag",
    };
    match &motion.mover {
        Some(mover) if desk.meeting.doubt_of(&motion.id).is_none() => format!("{kind} von {}", desk.name(mover)),
        Some(_) | None => kind.to_owned(),
    }
}

/// Statements for the minutes (§ 38 (1) GemO BW).
pub fn statements(desk: &Desk<'_>, item: Option<&Item>, section: &mut Section) {
    let of = item.map(|item| &item.id);
    let here = desk.meeting.statements.iter().enumerate().filter(|(_, said)| said.item.as_ref() == of);
    for (place, said) in here {
        let name = desk.name(&said.seat);
        let sentence =
            format!("Erklärung zur Niederschrift von {name} um {}: „{}“", desk.clock.time(said.at), said.text);
        section.add(format!("erklaerung-{place}"), Content::Paragraph(sentence));
    }
}
