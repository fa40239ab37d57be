//! A lacking quorum and the second sitting on the same matter (§ 37 (3), (4) GemO BW), on the screens.

use super::scene::{Forms, Scene};
use crate::domain::meeting::{Command, Item, second, view};
use crate::web::pages::act::Act;
use crate::web::pages::form::{Input, Kind};

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
