//! `Beschlussunfähigkeit` and the second sitting, as the minutes tell of them (§ 37 (3), (4) GemO BW).
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::{Content, Fact, Section};
use super::words;
use crate::domain::meeting::event::{MayorDecided, QuorumLacking};
use crate::domain::meeting::{Event, Item, Recorded, second};

/// Whether the summons said that the smaller number suffices.
pub fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    if !desk.meeting.is_second(None) || desk.meeting.convened().is_none() {
        return Vec::new();
    }
    let norm = desk.rules.quorum_second_session_notice.norm();
    let said = match second::notice(desk.meeting, desk.rules).filter(|_| desk.meeting.second.noticed) {
        Some(notice) => format!("in der Ladung hingewiesen: {notice}"),
        None => format!("in der Ladung fehlte der Hinweis auf die geringere Zahl; es gilt die gewöhnliche ({norm})"),
    };
    vec![Fact::new("Zweite Sitzung", said)]
}

/// That the whole sitting lacked its quorum: told where the minutes say how it opened, or how it ended.
pub fn whole_sitting(desk: &Desk<'_>, section: &mut Section) {
    for entry in desk.entries {
        match &entry.event {
            Event::QuorumLacking(lacking) if lacking.item.is_none() => tell(desk, entry, lacking, section),
            _ => {}
        }
    }
}

/// That the item was dealt with a second time, and what was found lacking at it.
pub fn at_item(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    if let Some(first) = desk.meeting.second.of.get(&item.id) {
        let norm = desk.rules.quorum_second_session_min.norm();
        let day = first.day.german();
        section.say(
            "zweite-sitzung",
            format!(
                "Zweite Sitzung zu diesem Gegenstand ({norm}); in der ersten am {day} fehlte die Beschlussfähigkeit."
            ),
        );
    }
    for entry in desk.entries {
        match &entry.event {
            Event::QuorumLacking(lacking) if lacking.item.as_ref() == Some(&item.id) => {
                tell(desk, entry, lacking, section);
            }
            Event::StandInAppointed(appointed) if appointed.item == item.id => {
                let (at, late) = (desk.clock.time(entry.occurred_at), desk.clock.late(entry));
                let (name, norm) = (desk.name(&appointed.seat), desk.rules.quorum_fallback_biased.norm());
                section.say(
                    format!("stellvertretung-{}", entry.number),
                    format!(
                        "Auch der Bürgermeister war befangen. Um {at}{late} wurde festgehalten, dass der Gemeinderat {name} für \
                         diese Entscheidung zur Stellvertretung bestellt hat ({norm})."
                    ),
                );
            }
            Event::QuorumLacking(lacking) if lacking.item.is_none() => not_reached(desk, item, section),
            Event::MayorDecided(decided) if decided.item == item.id => instead(desk, entry, decided, section),
            _ => {}
        }
    }
}

/// The sitting ended for want of a quorum before this item was dealt with: what becomes of it.
fn not_reached(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let of_the_sitting = desk.meeting.lacking(&item.id).is_some_and(|found| found.item.is_none());
    if let Some(follows) = desk.meeting.follows(&item.id).filter(|_| of_the_sitting) {
        let follows = second::sentence(desk.rules, follows);
        let sentence = format!("Für diesen Punkt fehlte der Sitzung die Beschlussfähigkeit. {follows}");
        section.add("nicht-erreicht", Content::Finding(sentence));
    }
}

/// The motions against a presumed quorum, and the answers that it was there (§ 53 (1) s. 2 HGO).
pub fn questioned(desk: &Desk<'_>, section: &mut Section) {
    let norm = desk.rules.quorum_presumption.norm();
    for entry in desk.entries {
        let (at, late) = (desk.clock.time(entry.occurred_at), desk.clock.late(entry));
        match &entry.event {
            Event::QuorumQuestioned(questioned) => section.say(
                format!("bezweifelt-{}", entry.number),
                format!(
                    "{} beantragte um {at}{late}, die Beschlussunfähigkeit festzustellen ({norm}).",
                    desk.name(&questioned.mover)
                ),
            ),
            Event::QuorumFound(found) => section.add(
                format!("beschlussfaehig-{}", entry.number),
                Content::Finding(format!(
                    "Darauf stellte der Vorsitz um {at}{late} fest: {}.",
                    words::quorum(&found.quorum)
                )),
            ),
            _ => {}
        }
    }
}

fn tell(desk: &Desk<'_>, entry: &Recorded, lacking: &QuorumLacking, section: &mut Section) {
    let (at, late) = (desk.clock.time(entry.occurred_at), desk.clock.late(entry));
    let follows = second::sentence(desk.rules, lacking.follows);
    let sentence = format!("Der Vorsitz stellte um {at}{late} fest, dass die Beschlussfähigkeit fehlt. {follows}");
    section.add(format!("beschlussunfaehig-{}", entry.number), Content::Finding(sentence));
    section.say(format!("beschlussunfaehig-{}-zahlen", entry.number), words::quorum(&lacking.quorum));
}

/// The decision in the council's place, with who was heard.
fn instead(desk: &Desk<'_>, entry: &Recorded, decided: &MayorDecided, section: &mut Section) {
    let (at, late) = (desk.clock.time(entry.occurred_at), desk.clock.late(entry));
    let (by, norm) = (desk.name(&decided.by), desk.rules.quorum_fallback.norm());
    let heard: Vec<String> = decided.heard.iter().map(|seat| desk.name(seat)).collect();
    let heard = if heard.is_empty() { "niemand, alle anderen waren befangen".to_owned() } else { heard.join(", ") };
    section.add("stattdessen-titel", Content::Heading("Entscheidung an Stelle des Gemeinderats".into()));
    section.say("stattdessen-gehoert", format!("Gehört wurden: {heard}."));
    section.add("stattdessen-wortlaut", Content::Wording(decided.wording.to_string()));
    let sentence = format!("So entschied um {at}{late} an Stelle des Gemeinderats: {by} ({norm}).");
    section.add("stattdessen", Content::Finding(sentence));
}
