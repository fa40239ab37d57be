//! The agenda and the called item. A non-public title is only for those who may see it.

use super::scene::{Forms, Scene};
use super::{doors, election, floor, second, when, words};
use crate::domain::meeting::event::Disposal;
use crate::domain::meeting::{Business, Command, Item, ItemState, Phase};
use crate::web::pages::act::Tone;
use crate::web::pages::agenda::{Agenda, AgendaRow, CurrentItem, Item as Called, ItemState as Stand};

/// Part `agenda` without acts.
pub fn agenda(scene: Scene<'_>) -> Agenda {
    Agenda { items: scene.meeting.items.iter().map(|item| row(scene, item)).collect(), entries: Vec::new() }
}

/// Part `agenda` on the chair's screen: other items than the next can be called out of turn.
pub fn agenda_of_chair(forms: &mut Forms<'_, '_>) -> Agenda {
    let scene = forms.scene;
    let callable = matches!(scene.meeting.business(), Some(Business::Between | Business::Item(_)))
        && matches!(scene.meeting.phase, Phase::Sitting { .. });
    let next = scene.upcoming().map(|item| &item.id);
    let mut agenda = agenda(scene);
    for (index, (row, item)) in agenda.items.iter_mut().zip(&scene.meeting.items).enumerate() {
        let here = scene.meeting.is_public_next(item) != scene.meeting.publicity.doors.is_closed();
        if callable && here && item.state == ItemState::Pending && Some(&item.id) != next {
            let command = Command::CallItem { item: item.id.clone() };
            let act = forms.act(format!("agenda-aufrufen-{index}"), "aufrufen", "Aufrufen", &command);
            row.acts
                .push(act.about(format!("TOP {}", item.number)).tone(Tone::Quiet).with("punkt", item.id.to_string()));
        }
        if callable && item.state == ItemState::Pending {
            row.acts.extend(floor::agenda_acts(forms, index, item));
        }
    }
    agenda.entries = floor::agenda_entries(forms);
    agenda
}

fn row(scene: Scene<'_>, item: &Item) -> AgendaRow {
    let (state, word) = match &item.state {
        ItemState::Pending => {
            let election = scene.meeting.election(&item.id).filter(|_| scene.sees(item));
            let election = election.map(|election| election::kind(election.kind).to_owned());
            (Stand::Waiting, election.unwrap_or_else(|| second::mark(scene, item)))
        }
        ItemState::Called { since } => (Stand::Current, current_word(scene, item, &when::minute(*since))),
        ItemState::Settled { disposal, .. } => (Stand::Done, settled_word(scene, item, *disposal)),
    };
    AgendaRow {
        number: item.number.clone(),
        title: scene.title(item),
        public: item.public,
        state,
        word,
        acts: Vec::new(),
    }
}

fn current_word(scene: Scene<'_>, item: &Item, since: &str) -> String {
    match scene.meeting.business() {
        Some(Business::Ballot(_)) => "Abstimmung läuft".into(),
        Some(Business::Election(_)) => "Wahlgang läuft".into(),
        Some(Business::Counting(_)) => "Abstimmung geschlossen, Ergebnis noch nicht festgestellt".into(),
        Some(Business::Between | Business::Item(_)) | None => {
            result_word(scene, item).unwrap_or_else(|| format!("aufgerufen um {since}"))
        }
    }
}

fn settled_word(scene: Scene<'_>, item: &Item, disposal: Disposal) -> String {
    match disposal {
        Disposal::Decided => result_word(scene, item).unwrap_or_else(|| words::disposal(disposal).into()),
        Disposal::Noted
        | Disposal::Postponed
        | Disposal::Referred
        | Disposal::Removed
        | Disposal::Withdrawn
        | Disposal::WithoutVote
        | Disposal::Moot => words::disposal(disposal).into(),
    }
}

/// „angenommen, 9 Ja, 2 Nein, 1 Enthaltung“: the last result of an item.
fn result_word(scene: Scene<'_>, item: &Item) -> Option<String> {
    if let Some(word) = scene.meeting.election(&item.id).and_then(election::word) {
        return Some(word);
    }
    let result = &scene.meeting.results.iter().rev().find(|declared| declared.result.item == item.id)?.result;
    Some(format!("{}, {}", words::outcome(result.outcome), words::tally(result.yes, result.no, result.abstain)))
}

/// Part `item`.
pub fn current(scene: Scene<'_>) -> CurrentItem {
    let meeting = scene.meeting;
    let item = scene.called().map(|item| Called {
        number: item.number.clone(),
        title: scene.title(item),
        public: item.public,
        since: match &item.state {
            ItemState::Called { since } => format!("aufgerufen um {}", when::minute(*since)),
            ItemState::Pending | ItemState::Settled { .. } => String::new(),
        },
        motion: item.motion.as_ref().filter(|_| scene.sees(item)).map(ToString::to_string),
    });
    let idle = match &meeting.phase {
        Phase::Planned => format!("Die Sitzung ist für {} geplant.", when::minute(meeting.starts_at)),
        Phase::Convened(_) => format!("Die Sitzung beginnt um {}.", when::minute(meeting.starts_at)),
        Phase::Sitting { .. } => doors::idle(scene).unwrap_or_else(|| "Es ist kein Punkt aufgerufen.".into()),
        Phase::Interrupted { .. } => "Die Sitzung ist unterbrochen.".into(),
        Phase::Closed(_) => "Die Sitzung ist geschlossen.".into(),
    };
    CurrentItem { item, idle }
}
