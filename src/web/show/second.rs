//! A lacking quorum and the second sitting on the same matter (§ 37 (3), (4) GemO BW), on the screens.

use super::scene::{Forms, Scene};
use crate::domain::id::SeatId;
use crate::domain::meeting::event::Consequence;
use crate::domain::meeting::{Command, Item, Phase, second, view};
use crate::domain::time::Instant;
use crate::web::pages::act::Act;
use crate::web::pages::entry::Entry;
use crate::web::pages::form::{Input, Kind};
use crate::web::pages::next::Choice;
use crate::web::pages::results::ResultRow;
use crate::web::show::when;

/// The chair may find that the quorum is lacking; not shown while it is not.
pub fn find_act(forms: &mut Forms<'_, '_>) -> Option<Act> {
    let command = Command::FindNoQuorum;
    forms.scene.may(&command).ok()?;
    let act = forms.act("next-beschlussunfaehig", "beschlussunfaehig", "Beschlussunfähigkeit feststellen", &command);
    Some(act.note(match forms.scene.meeting.phase {
        Phase::Sitting { .. } => {
            "Der Punkt wird nicht entschieden; was daraus folgt, wird mit der Vorschrift festgehalten."
        }
        Phase::Interrupted { .. } => {
            "Die Sitzung ist damit zu Ende. Die offenen Punkte können in einer zweiten Sitzung behandelt werden."
        }
        Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => {
            "Die Sitzung ist damit zu Ende, ohne eröffnet zu sein. Alle Punkte können in einer zweiten Sitzung behandelt werden."
        }
    }))
}

/// Who is connected is strictly not one of the three (open question O1): said wherever the number is shown.
pub fn strictly(scene: Scene<'_>) -> Option<String> {
    let finding = view::quorum_now(scene.meeting, scene.rules);
    let norm = scene.rules.presence_remote_counts_second_session.norm();
    finding.counted.map(|counted| {
        format!(
            " Zweite Sitzung: Dafür zählen nur die {counted} im Saal; ob Zugeschaltete mitzählen, lässt das Gesetz offen, die \
             Einstellung ist streng ({norm})."
        )
    })
}

/// What an item of a second sitting is called on the agenda.
pub fn mark(scene: Scene<'_>, item: &Item) -> String {
    match scene.meeting.second.of.get(&item.id) {
        Some(first) => {
            let norm = scene.rules.quorum_second_session_min.norm();
            format!("zweite Sitzung nach dem {} ({norm})", first.day.german())
        }
        None => String::new(),
    }
}

/// Where an item is dealt with a second time and the summons goes another way: whether it says so is asked.
pub fn notice_input(scene: Scene<'_>) -> Option<Input> {
    let notice = second::notice(scene.meeting, scene.rules)?;
    let label = format!("Auch die Ladung auf anderem Weg weist darauf hin: „{notice}“");
    let hint = "Fehlt der Hinweis, gilt die gewöhnliche Zahl. In den E-Mails von hier aus steht er immer.";
    Some(Input::new("hinweis", label, Kind::Tick).hint(hint))
}

/// Where somebody decides in the council's place: the decision, and before it who stands in for a recused mayor.
pub fn entries(forms: &mut Forms<'_, '_>, item: &Item) -> Vec<Entry> {
    let scene = forms.scene;
    let meeting = scene.meeting;
    if meeting.follows(&item.id) != Some(Consequence::MayorDecides) {
        return Vec::new();
    }
    let entitled = meeting.entitled(Some(&item.id));
    let can = |seat: &SeatId| scene.may(&Command::AppointStandIn { seat: seat.clone() }).is_ok();
    let seats: Vec<Choice> = scene
        .seats()
        .filter(|seat| entitled.contains(&seat.id) && can(&seat.id))
        .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
        .collect();
    let mut entries = Vec::new();
    if !seats.is_empty() {
        let norm = scene.rules.quorum_fallback_biased.norm();
        let entry =
            Entry::new("more-stellvertretung", scene.to(), "stellvertretung", forms.id(), "Bestellung festhalten");
        entries.push(entry.list("sitz", "Für diese Entscheidung zur Stellvertretung bestellt", seats).note(format!(
            "Auch der Bürgermeister ist befangen. Bestellt der Gemeinderat niemanden, entscheidet ein Beauftragter ({norm}); \
             vertagen Sie dann den Punkt."
        )));
    }
    entries.extend(decision(forms, item, "more-stattdessen".into()));
    entries
}

/// After a sitting that lacked its quorum altogether: a form for each item that falls to the mayor.
pub fn afterwards(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let meeting = forms.scene.meeting;
    if !matches!(meeting.phase, Phase::Closed(_)) {
        return Vec::new();
    }
    let entry = |item| decision(forms, item, format!("more-stattdessen-{}", item.id));
    meeting.items.iter().filter_map(entry).collect()
}

/// Which items of a sitting that is over wait for the mayor; may be empty.
pub fn left(scene: Scene<'_>) -> String {
    let meeting = scene.meeting;
    let waits = |item: &&Item| {
        meeting.follows(&item.id) == Some(Consequence::MayorDecides) && !meeting.second.instead.contains_key(&item.id)
    };
    let numbers: Vec<&str> = meeting.items.iter().filter(waits).map(|item| item.number.as_str()).collect();
    if numbers.is_empty() {
        return String::new();
    }
    let norm = scene.rules.quorum_fallback.norm();
    format!(
        "Über TOP {} entscheidet der Bürgermeister, nachdem er die nicht Befangenen gehört hat ({norm}); eingetragen wird das \
         unter „Außerdem“. ",
        numbers.join(" und ")
    )
}

/// The decision in the council's place; nothing where the core refuses it.
fn decision(forms: &mut Forms<'_, '_>, item: &Item, id: String) -> Option<Entry> {
    let scene = forms.scene;
    let heard: Vec<SeatId> = scene.meeting.to_be_heard(&item.id).into_iter().cloned().collect();
    let names = scene.names(&heard);
    let wording = "Entscheidung".parse().ok()?;
    scene.may(&Command::DecideInstead { item: Some(item.id.clone()), heard: heard.clone(), wording }).ok()?;
    let list: Vec<String> = heard.iter().map(ToString::to_string).collect();
    let norm = scene.rules.quorum_fallback.norm();
    let before = if names.is_empty() {
        "Alle anderen sind befangen; es ist niemand zu hören.".to_owned()
    } else {
        format!("Mit dem Eintrag bestätigen Sie, dass vorher gehört wurden: {}.", names.join(", "))
    };
    let over = matches!(scene.meeting.phase, Phase::Closed(_));
    let then = if over {
        "Die Entscheidung steht dann in der Niederschrift"
    } else {
        "Danach schließt der Vorsitz den Punkt ab"
    };
    let button = format!("Entscheidung zu TOP {} eintragen", item.number);
    let entry = Entry::new(id, scene.to(), "stattdessen", forms.id(), button)
        .with("punkt", item.id.to_string())
        .with("gehoert", list.join(" "))
        .line("wortlaut", "Entscheidung an Stelle des Gemeinderats, im Wortlaut", 2000);
    Some(entry.note(format!("{before} {then} ({norm}).")))
}

/// What was decided in the council's place, for the public.
pub fn decided_row(scene: Scene<'_>, item: &Item) -> Option<(Instant, ResultRow)> {
    let (decided, at) = scene.meeting.second.instead.get(&item.id)?;
    let norm = scene.rules.quorum_fallback.norm();
    let row = ResultRow {
        wording: scene.wording(&item.id, &decided.wording),
        outcome: "An Stelle des Gemeinderats entschieden".into(),
        class: "results__ballot--yes",
        tally: String::new(),
        method: format!(
            "durch {} nach Anhörung der nicht Befangenen ({norm}), festgehalten am {} um {}",
            scene.name(&decided.by),
            when::day(*at),
            when::minute(*at)
        ),
        voters: Vec::new(),
    };
    Some((*at, row))
}

/// What becomes of an item the sitting did not reach, because its quorum was lacking.
pub fn not_reached(scene: Scene<'_>, item: &Item) -> String {
    let follows = scene.meeting.follows(&item.id).map(|follows| second::sentence(scene.rules, follows));
    format!("Nicht behandelt, die Beschlussfähigkeit fehlte. {}", follows.unwrap_or_default())
}

/// What follows where the quorum is lacking at the called item, and was found so.
pub fn falls_to(scene: Scene<'_>, item: &Item) -> Option<String> {
    let found = scene.meeting.lacking(&item.id)?;
    let where_to = match found.follows {
        Consequence::MayorDecides => " Das Formular steht unter „Außerdem“.",
        Consequence::SecondSession | Consequence::CouncilDecides | Consequence::Open => "",
    };
    Some(format!("{}{where_to}", second::sentence(scene.rules, found.follows)))
}
