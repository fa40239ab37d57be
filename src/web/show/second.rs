//! A lacking quorum and the second sitting on the same matter (§ 37 (3), (4) GemO BW), on the screens.

use super::scene::{Forms, Scene};
use crate::domain::id::SeatId;
use crate::domain::meeting::event::Consequence;
use crate::domain::meeting::{Command, Item, second, view};
use crate::web::pages::act::Act;
use crate::web::pages::entry::Entry;
use crate::web::pages::form::{Input, Kind};
use crate::web::pages::next::Choice;

/// The chair may find that the quorum is lacking; not shown while it is not.
pub fn find_act(forms: &mut Forms<'_, '_>) -> Option<Act> {
    let command = Command::FindNoQuorum;
    forms.scene.may(&command).ok()?;
    let act = forms.act("next-beschlussunfaehig", "beschlussunfaehig", "Beschlussunfähigkeit feststellen", &command);
    let called = forms.scene.called().is_some();
    Some(act.note(if called {
        "Der Punkt wird nicht entschieden; was daraus folgt, wird mit der Vorschrift festgehalten."
    } else {
        "Die Sitzung ist damit zu Ende, ohne eröffnet zu sein. Alle Punkte können in einer zweiten Sitzung behandelt werden."
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
    if meeting.lacking(&item.id).is_none_or(|found| found.follows != Consequence::MayorDecides) {
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
    let heard: Vec<SeatId> = meeting.to_be_heard(&item.id).into_iter().cloned().collect();
    let names = scene.names(&heard);
    let Ok(wording) = "Entscheidung".parse() else { return entries };
    if scene.may(&Command::DecideInstead { heard: heard.clone(), wording }).is_ok() {
        let list: Vec<String> = heard.iter().map(ToString::to_string).collect();
        let norm = scene.rules.quorum_fallback.norm();
        let before = if names.is_empty() {
            "Alle anderen sind befangen; es ist niemand zu hören.".to_owned()
        } else {
            format!("Mit dem Eintrag bestätigen Sie, dass vorher gehört wurden: {}.", names.join(", "))
        };
        let entry = Entry::new("more-stattdessen", scene.to(), "stattdessen", forms.id(), "Entscheidung eintragen")
            .with("gehoert", list.join(" "))
            .line("wortlaut", "Entscheidung an Stelle des Gemeinderats, im Wortlaut", 2000)
            .note(format!("{before} Danach schließt der Vorsitz den Punkt ab ({norm})."));
        entries.push(entry);
    }
    entries
}

/// What follows where the quorum is lacking at the called item, and was found so.
pub fn falls_to(scene: Scene<'_>, item: &Item) -> Option<String> {
    let found = scene.meeting.lacking(&item.id)?;
    let where_to = match found.follows {
        Consequence::MayorDecides => " Das Formular steht unter „Weitere Schritte“.",
        Consequence::SecondSession | Consequence::CouncilDecides | Consequence::Open => "",
    };
    Some(format!("{}{where_to}", second::sentence(scene.rules, found.follows)))
}
