//! The results of a meeting for the public. Of a non-public item nothing but its number and that it is one.

use super::scene::Scene;
use super::{election, frame, second, when, words};
use crate::app::sitting::Snapshot;
use crate::domain::id::SeatId;
use crate::domain::majority::Outcome;
use crate::domain::meeting::doors::Announced;
use crate::domain::meeting::event::{Choice, Disposal, Method};
use crate::domain::meeting::{Declared, Item, ItemState, Phase};
use crate::domain::time::Instant;
use crate::web::pages::frame::Live;
use crate::web::pages::results::{ResultItem, ResultRow, ResultsView};

/// `/oeffentlich/{id}/ergebnisse`. `named` is the ground on which the body lets the public see who voted how.
#[must_use]
pub fn results(snapshot: &Snapshot, named: Option<&str>) -> ResultsView {
    let scene = Scene::new(snapshot, None);
    let meeting = scene.meeting;
    let mut frame = frame::frame(scene, super::Screen::Public);
    frame.title = "Ergebnisse".into();
    frame.live = Live::Still;
    ResultsView {
        frame,
        title: format!("{} – {}", meeting.body_name, meeting.title),
        when: format!("{}, {}", when::appointment(meeting.starts_at), frame::place(scene)),
        state: state(&meeting.phase).into(),
        items: meeting.items.iter().map(|item| row(scene, item, named.is_some())).collect(),
        names: match named {
            Some(ground) => format!("Bei namentlichen Abstimmungen stehen die Namen dabei. Grund: {ground}."),
            None => "Veröffentlicht sind die Summen; wer wie gestimmt hat, steht in der Niederschrift.".into(),
        },
        back: format!("/oeffentlich/{}", meeting.id),
    }
}

const fn state(phase: &Phase) -> &'static str {
    match phase {
        Phase::Planned | Phase::Convened(_) => "Die Sitzung hat noch nicht begonnen.",
        Phase::Sitting { .. } | Phase::Interrupted { .. } => {
            "Die Sitzung läuft noch: Hier steht, was bisher festgestellt ist. Laden Sie die Seite neu, um mehr zu sehen."
        }
        Phase::Closed(_) => "Die Sitzung ist geschlossen.",
    }
}

fn row(scene: Scene<'_>, item: &Item, named: bool) -> ResultItem {
    let declared = scene.meeting.results.iter().filter(|declared| item.public && declared.result.item == item.id);
    let told = scene.meeting.publicity.announced.iter().filter(|announced| announced.decision.item == item.id);
    let repealed = scene.meeting.struck.iter().filter(|(struck, _)| item.public && struck.result.item == item.id);
    let mut results: Vec<(Instant, ResultRow)> = declared
        .map(|declared| (declared.at, ballot(scene, declared, named)))
        .chain(repealed.map(|(struck, _)| (struck.at, repealed_result(scene, struck))))
        .chain(told.map(|told| (told.at, announced(told))))
        .collect();
    if item.public {
        results.extend(election::rows(scene, item));
        results.extend(second::decided_row(scene, item));
    }
    results.sort_by_key(|(at, _)| *at);
    let results: Vec<ResultRow> = results.into_iter().map(|(_, row)| row).collect();
    ResultItem {
        number: item.number.clone(),
        title: scene.title(item),
        public: item.public,
        word: if item.public { word(scene, item, results.is_empty()) } else { String::new() },
        results,
    }
}

/// What became of the item, where no result says it.
fn word(scene: Scene<'_>, item: &Item, without_result: bool) -> String {
    match item.state {
        // Decided after the sitting, it was not left open.
        _ if scene.meeting.second.instead.contains_key(&item.id) => String::new(),
        ItemState::Pending if scene.meeting.lacking(&item.id).is_some() => second::not_reached(scene, item),
        ItemState::Settled { disposal: Disposal::Decided, .. } if !without_result => String::new(),
        ItemState::Settled { disposal, .. } => words::sentence(words::disposal(disposal)),
        ItemState::Called { .. } if without_result => "Wird gerade behandelt.".into(),
        ItemState::Called { .. } | ItemState::Pending => String::new(),
    }
}

fn ballot(scene: Scene<'_>, declared: &Declared, named: bool) -> ResultRow {
    let result = &declared.result;
    let by_name = named && declared.method == Method::RollCall;
    ResultRow {
        wording: scene.wording(&result.item, &declared.wording),
        outcome: words::sentence(words::outcome(result.outcome)),
        class: class(result.outcome),
        tally: words::tally(result.yes, result.no, result.abstain),
        method: format!("{}, festgestellt um {}", words::method(declared.method), when::minute(declared.at)),
        voters: if by_name { voters(scene, declared) } else { Vec::new() },
    }
}

/// A result that does not stand: whoever has read it learns that here (why is in the minutes).
fn repealed_result(scene: Scene<'_>, struck: &Declared) -> ResultRow {
    let row = ballot(scene, struck, false);
    ResultRow {
        outcome: "Aufgehoben".into(),
        class: "results__ballot--none",
        tally: format!("zuvor {}: {}", words::outcome(struck.result.outcome), row.tally),
        method: format!("{}; das Ergebnis gilt nicht, es ist neu abzustimmen", row.method),
        ..row
    }
}

/// What was decided in the non-public part, as it was announced: the wording, without figures.
fn announced(announced: &Announced) -> ResultRow {
    ResultRow {
        wording: announced.decision.wording.to_string(),
        outcome: words::sentence(words::outcome(announced.decision.outcome)),
        class: class(announced.decision.outcome),
        tally: String::new(),
        method: format!("nichtöffentlich beschlossen, bekannt gegeben um {}", when::minute(announced.at)),
        voters: Vec::new(),
    }
}

const fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "results__ballot--yes",
        Outcome::Rejected => "results__ballot--no",
        Outcome::NoDecision => "results__ballot--none",
    }
}

fn voters(scene: Scene<'_>, declared: &Declared) -> Vec<(String, String)> {
    [Choice::Yes, Choice::No, Choice::Abstain]
        .into_iter()
        .filter_map(|choice| {
            let seats: Vec<&SeatId> =
                declared.result.by_seat.iter().filter(|(_, given)| **given == choice).map(|(seat, _)| seat).collect();
            let names = scene.names(seats);
            (!names.is_empty()).then(|| (words::choice(choice).to_owned(), names.join(", ")))
        })
        .collect()
}
