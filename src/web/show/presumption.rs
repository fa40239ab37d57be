//! The presumed quorum (§ 53 (1) s. 2 HGO) on the screens: what is presumed, the motion against it, and the answer.

use super::scene::{Forms, Scene};
use super::words;
use crate::domain::meeting::{Command, view};
use crate::domain::quorum::QuorumFinding;
use crate::web::pages::act::Act;
use crate::web::pages::entry::Entry;
use crate::web::pages::next::Choice;

/// Fewer are there than the law asks for, and the quorum counts as given all the same.
fn only_presumed(finding: &QuorumFinding) -> bool {
    finding.met && finding.entitled < finding.needed
}

/// Said wherever the number is shown.
pub fn warning(scene: Scene<'_>) -> Option<String> {
    if let Some(mover) = &scene.meeting.presumption.questioned {
        return Some(format!(" {} hat beantragt, die Beschlussunfähigkeit festzustellen.", scene.name(mover)));
    }
    let finding = view::quorum_now(scene.meeting, scene.rules);
    only_presumed(&finding).then(|| {
        format!(
            " Anwesend sind noch {} von {}. Die Beschlussfähigkeit gilt als vorhanden, bis auf Antrag das Gegenteil festgestellt \
             wird ({}).",
            finding.entitled, finding.occupied, finding.norm
        )
    })
}

/// The motion, entered by chair or clerk; not shown where nothing is presumed.
pub fn question(forms: &mut Forms<'_, '_>) -> Option<Entry> {
    let scene = forms.scene;
    let can = |seat: &&crate::domain::council::Seat| scene.may(&Command::QuestionQuorum(seat.id.clone())).is_ok();
    let seats: Vec<Choice> = scene
        .seats()
        .filter(can)
        .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
        .collect();
    if seats.is_empty() {
        return None;
    }
    let norm = scene.rules.quorum_presumption.norm();
    let entry = Entry::new("more-bezweifeln", scene.to(), "bezweifeln", forms.id(), "Antrag vermerken");
    Some(entry.list("sitz", "Beschlussunfähigkeit feststellen: Antrag von", seats).note(format!(
        "Bis dahin gilt die zu Beginn festgestellte Beschlussfähigkeit als vorhanden ({norm}). Nach dem Antrag stellt der Vorsitz \
         fest, was gilt; vorher wird nicht abgestimmt."
    )))
}

/// The answer that the quorum is there.
pub fn answer(forms: &mut Forms<'_, '_>) -> Option<Act> {
    let command = Command::FindQuorum;
    forms.scene.may(&command).ok()?;
    let finding = view::quorum_now(forms.scene.meeting, forms.scene.rules);
    let act = forms.act("next-beschlussfaehig", "beschlussfaehig", "Beschlussfähigkeit feststellen", &command);
    Some(act.note(format!(
        "Anwesend sind {}, nötig sind {}.",
        words::count(finding.entitled, "Mitglied", "Mitglieder"),
        finding.needed
    )))
}
