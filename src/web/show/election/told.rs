//! The events of an election in words: for the record's newest entries, and to be said aloud.

use super::super::scene::Scene;
use super::super::words;
use super::{kind, list, outcome, which};
use crate::domain::meeting::event::{ElectionMode, Event};

/// The entry of an event of an election; empty for any other event.
#[expect(clippy::wildcard_enum_match_arm, reason = "only elections come here")]
pub fn entry(scene: Scene<'_>, event: &Event) -> String {
    let top = |item| format!("TOP {}", scene.number(item));
    match event {
        Event::ElectionMarked(marked) => match marked.kind {
            Some(of) => format!("{} ist eine Wahl: {}.", top(&marked.item), kind(of)),
            None => format!("{} ist keine Wahl.", top(&marked.item)),
        },
        Event::ElectionObjected(objected) => {
            let who = objected.seat.as_ref().map_or_else(|| "Ein Mitglied".to_owned(), |seat| scene.name(seat));
            format!("{who} widerspricht der offenen Wahl zu {}; es wird geheim gewählt.", top(&objected.item))
        }
        Event::ElectionOpened(opened) => {
            let how = match opened.mode {
                ElectionMode::Papers => "geheim mit Stimmzetteln",
                ElectionMode::Open => "offen",
            };
            let (entitled, needed) = (opened.quorum.entitled, opened.quorum.needed);
            format!(
                "{} zu {} eröffnet, {how}: {}. Im Saal {entitled} Stimmberechtigte, nötig sind {needed}.",
                which(opened.which),
                top(&opened.item),
                list(&opened.candidates)
            )
        }
        Event::ElectionCounted(counted) => {
            format!("Ausgezählt: {}.", words::count(counted.papers, "Stimmzettel", "Stimmzettel"))
        }
        Event::ElectionDeclared(declared) => {
            format!("Wahlergebnis zu {} festgestellt: {}.", top(&declared.item), outcome(&declared.outcome))
        }
        Event::LotDrawn(lot) => {
            format!("Los zu {} gezogen von {}: {}.", top(&lot.item), scene.name(&lot.drawer), list(&lot.drawn))
        }
        Event::ElectionVoided(voided) => format!("Wahlgang verworfen, kein Stimmzettel zählt: {}", voided.reason),
        Event::ElectionStruck(struck) => format!("Wahlergebnis aufgehoben, es wird neu gewählt: {}", struck.reason),
        _ => String::new(),
    }
}

/// What is said aloud of it.
#[expect(clippy::wildcard_enum_match_arm, reason = "only elections come here")]
pub fn said(scene: Scene<'_>, event: &Event) -> String {
    match event {
        Event::ElectionOpened(opened) => {
            format!("{} zu Tagesordnungspunkt {} ist eröffnet.", which(opened.which), scene.number(&opened.item))
        }
        Event::ElectionObjected(_) => "Der offenen Wahl wurde widersprochen. Es wird geheim gewählt.".into(),
        Event::ElectionDeclared(declared) => format!("Wahlergebnis: {}.", outcome(&declared.outcome)),
        Event::LotDrawn(lot) => format!("Das Los ist gezogen: {}.", list(&lot.drawn)),
        Event::ElectionVoided(_) => "Der Wahlgang ist verworfen.".into(),
        Event::ElectionStruck(_) => "Das Wahlergebnis gilt nicht. Es wird neu gewählt.".into(),
        _ => String::new(),
    }
}
