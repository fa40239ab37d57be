//! The diagrams of the phases (`legal/phasen.md`) and the machine say the same: every way a scenario goes is drawn, and every
//! way that is drawn some scenario goes.

use super::words::{event, phase};
use super::{files, script};
use ratssaal::app::record;
use ratssaal::domain::meeting::doors::Doors;
use ratssaal::domain::meeting::{Event, Meeting, Recorded, apply, begin};
use std::collections::BTreeSet;

const DRAWN: &str = include_str!("../../legal/phasen.md");

const fn doors(meeting: &Meeting) -> &'static str {
    match meeting.publicity.doors {
        Doors::Open => "öffentlich",
        Doors::Clearing(_) => "Ausschluss angeordnet",
        Doors::Closed { .. } => "nichtöffentlich",
        Doors::Opening(_) => "Wiederherstellung angeordnet",
    }
}

/// „einberufen --> eröffnet: eröffnet“; names and numbers in the words of an event are left out.
fn ways(entries: &[Recorded]) -> BTreeSet<String> {
    let mut now = begin("weg".parse().unwrap(), &entries[0]).unwrap();
    let mut ways = BTreeSet::new();
    for entry in &entries[1..] {
        let next = apply(now.clone(), entry);
        for look in [phase as fn(&Meeting) -> &'static str, doors] {
            if look(&now) != look(&next) {
                let told = match &entry.event {
                    Event::ItemSettled(_) => "abgeschlossen".to_owned(),
                    Event::QuorumLacking(_) => "Beschlussunfähigkeit festgestellt".to_owned(),
                    other => event(other),
                };
                let words = told
                    .split(' ')
                    .filter(|word| *word != "TOP" && word.parse::<u32>().is_err() && !word.starts_with("frage-"));
                let words: Vec<&str> = words.collect();
                ways.insert(format!("{} --> {}: {}", look(&now), look(&next), words.join(" ")));
            }
        }
        now = next;
    }
    ways
}

#[test]
fn the_drawn_phases_are_those_of_the_machine() {
    let mut gone = BTreeSet::new();
    for (name, text) in files() {
        let stage = script::play(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let (_, entries) = record::replay(&stage.id, &stage.entries).unwrap();
        gone.extend(ways(&entries));
    }
    let drawn: BTreeSet<String> = DRAWN
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(": ") && line.contains(" --> "))
        .map(|line| line.replace('_', " "))
        .collect();
    let (undrawn, ungone): (Vec<_>, Vec<_>) = (gone.difference(&drawn).collect(), drawn.difference(&gone).collect());
    assert!(undrawn.is_empty() && ungone.is_empty(), "not drawn: {undrawn:#?}\nno scenario goes: {ungone:#?}");
}
