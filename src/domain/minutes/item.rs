//! One `Tagesordnungspunkt`: when it was called, who did not take part, what was decided, how it ended.

use super::build::Desk;
use super::model::{Content, Section};
use super::{doubt, election, floor, second, vote, words};
use crate::domain::meeting::event::{Disposal, ItemSettled};
use crate::domain::meeting::{Event, Item, ItemState, Recorded};

/// The section of an item. In the public book nothing but its number is said of a non-public one, whatever the meeting knows.
pub fn section(desk: &Desk<'_>, item: &Item) -> Section {
    let id = format!("top-{}", item.id);
    let told = desk.part.holds(item);
    let title = item.title.as_ref().filter(|_| told);
    let heading = title.map_or_else(|| format!("TOP {}", item.number), |title| format!("TOP {}  {title}", item.number));
    let mut section = Section::new(&id, &heading);
    if !told {
        section.say("nichtoeffentlich", "nichtöffentlich – in gesonderter Niederschrift");
        return section;
    }
    floor::history(desk, item, &mut section);
    called(desk, item, &mut section);
    second::at_item(desk, item, &mut section);
    doubt::write(desk, item, &mut section);
    recusals(desk, item, &mut section);
    if let Some(text) = desk.meeting.texts.get(&item.id).and_then(|written| written.text.as_ref()) {
        for (place, passage) in text.as_str().split("\n\n").map(str::trim).filter(|one| !one.is_empty()).enumerate() {
            section.say(format!("text-{place}"), passage);
        }
    }
    floor::voices(desk, item, &mut section);
    let ballots: Vec<_> = desk.course.ballots.iter().filter(|ballot| ballot.item == item.id).collect();
    if let Some(motion) = &item.motion
        && !ballots.iter().any(|ballot| ballot.wording == *motion)
    {
        section.add("antrag-titel", Content::Heading("Antrag".into()));
        section.add("antrag", Content::Wording(motion.to_string()));
    }
    for (place, ballot) in ballots.iter().enumerate() {
        let on_motion = ballot.motion.as_ref().and_then(|motion| floor::ballot_heading(desk, motion));
        let heading = on_motion.unwrap_or_else(|| match ballots.len() {
            1 => "Abstimmung".to_owned(),
            _ => format!("{}. Abstimmung", place.saturating_add(1)),
        });
        vote::write(desk, ballot, &heading, &mut section);
    }
    election::write(desk, item, &mut section);
    floor::unvoted(desk, item, &mut section);
    floor::statements(desk, Some(item), &mut section);
    ended(desk, item, &mut section);
    section
}

fn called(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let call = desk.entry(|entry| matches!(&entry.event, Event::ItemCalled(called) if called.item == item.id));
    match call {
        Some(entry) => {
            section.say(
                "aufruf",
                format!("Aufgerufen um {}{}.", desk.clock.time(entry.occurred_at), desk.clock.late(entry)),
            );
        }
        None => section.say("aufruf", "Dieser Punkt wurde nicht aufgerufen."),
    }
    for (place, stretch) in
        desk.course.standstills.iter().enumerate().filter(|(_, one)| one.item.as_ref() == Some(&item.id))
    {
        let when = match stretch.until {
            Some(until) => format!("von {} bis {}", desk.clock.exact(stretch.from), desk.clock.exact(until)),
            None => format!("ab {}", desk.clock.exact(stretch.from)),
        };
        let sentence = format!(
            "Während dieses Punktes war die Sitzung {when} unterbrochen (siehe Unterbrechungen und Störungen)."
        );
        section.say(format!("unterbrechung-{place}"), sentence);
    }
}

/// The reason is never recorded, and therefore never printed.
fn recusals(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    for recusal in desk.course.recusals.iter().filter(|recusal| recusal.item == item.id) {
        let (name, late) = (desk.name(&recusal.seat), desk.clock.late(&recusal.recorded));
        let norm = desk.rules.recusal_leaves.norm();
        let sentence = match recusal.lifted {
            None => format!("{name} hat bei diesem Punkt nicht mitgewirkt ({norm}){late}."),
            Some(at) => format!(
                "{name} hat bei diesem Punkt zunächst nicht mitgewirkt ({norm}){late}; der Vermerk wurde um {} aufgehoben.",
                desk.clock.time(at)
            ),
        };
        section.say(format!("befangen-{}-{}", recusal.seat, recusal.recorded.number), sentence);
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "two events end an item")]
fn ended(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let ItemState::Settled { disposal, at, .. } = item.state else {
        if matches!(item.state, ItemState::Called { .. }) {
            section.say("ende", "Die Behandlung dieses Punktes ist noch nicht abgeschlossen.");
        }
        return;
    };
    let is_end = |entry: &&Recorded| match &entry.event {
        Event::ItemSettled(settled) => settled.item == item.id,
        Event::ItemDropped(dropped) => dropped.item == item.id,
        _ => false,
    };
    // An item that was taken up again ended more than once.
    let end = desk.entries.iter().rev().find(is_end);
    let late = end.map_or_else(String::new, |entry| desk.clock.late(entry));
    if let Some(Event::ItemSettled(ItemSettled { wording: Some(wording), .. })) = end.map(|entry| &entry.event) {
        section.add("beschluss-titel", Content::Heading("Ohne Abstimmung".into()));
        section.add("beschluss", Content::Wording(wording.to_string()));
    }
    let time = desk.clock.time(at);
    let sentence = if disposal == Disposal::Decided && desk.meeting.second.instead.contains_key(&item.id) {
        format!("Die Behandlung des Punktes endete um {time} mit dieser Entscheidung{late}.")
    } else {
        format!("{}{late}.", words::disposal(disposal, &time))
    };
    let content = match disposal {
        Disposal::Decided | Disposal::WithoutVote => Content::Paragraph(sentence),
        Disposal::Noted
        | Disposal::Postponed
        | Disposal::Referred
        | Disposal::Removed
        | Disposal::Withdrawn
        | Disposal::Moot => Content::Finding(sentence),
    };
    section.add("ende", content);
}
