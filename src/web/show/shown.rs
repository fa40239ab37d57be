//! The paper that is shown, as each screen may see and lead it.

use super::room::Beside;
use super::scene::{Forms, Scene};
use super::{Ids, Viewer, floor};
use crate::app::showing::{Shown, may_show};
use crate::app::sitting::Snapshot;
use crate::domain::meeting::before::Paper;
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::floor::Folded;
use crate::web::pages::next::Choice;
use crate::web::pages::shown::{ShownPaper, ShownSheet};

/// Digits of a page number.
const PAGE_CHARS_MAX: usize = 4;

/// Part `shown`; without a viewer as the public and the hall see it.
#[must_use]
pub fn shown_paper(snapshot: &Snapshot, beside: Beside<'_>, viewer: Option<&Viewer>, ids: Ids<'_>) -> ShownPaper {
    let scene = Scene::new(snapshot, viewer);
    let actor = viewer.map(|viewer| &viewer.actor);
    let shown = beside.shown.filter(|shown| shown.stands(scene.meeting));
    let sheet = shown.filter(|shown| shown.is_for(scene.meeting, actor)).and_then(|shown| sheet(scene, shown));
    let papers = actor.and_then(|actor| may_show(scene.meeting, actor).ok()).unwrap_or_default();
    if papers.is_empty() {
        return ShownPaper { sheet, acts: Vec::new(), choose: None };
    }
    let mut forms = Forms::new(scene, ids);
    let acts = match shown {
        Some(shown) if sheet.is_some() => acts(&mut forms, shown),
        Some(_) | None => Vec::new(),
    };
    ShownPaper { acts, choose: Some(choose(&mut forms, &papers, sheet.is_some())), sheet }
}

fn paper<'a>(scene: Scene<'a>, shown: &Shown) -> Option<&'a Paper> {
    scene.meeting.before.papers.iter().find(|paper| paper.id == shown.paper && paper.digest == shown.digest)
}

fn sheet(scene: Scene<'_>, shown: &Shown) -> Option<ShownSheet> {
    let paper = paper(scene, shown)?;
    let id = &scene.meeting.id;
    let by =
        shown.speech.as_ref().map_or_else(|| "vom Vorsitz".into(), |s| format!("von {}", floor::name(scene, &s.who)));
    Some(ShownSheet {
        href: match scene.viewer {
            Some(_) => format!("/sitzung/{id}/unterlage/{}", shown.digest),
            None => format!("/oeffentlich/{id}/gezeigt/{}", shown.digest),
        },
        name: name(paper),
        page: shown.page,
        word: format!("Seite {} von {}, gezeigt {by}", shown.page, paper.pages),
    })
}

fn name(paper: &Paper) -> String {
    paper.name.as_ref().map_or_else(|| "Unterlage".to_owned(), ToString::to_string)
}

fn to(scene: Scene<'_>) -> String {
    format!("/sitzung/{}/zeigen", scene.meeting.id)
}

fn acts(forms: &mut Forms<'_, '_>, shown: &Shown) -> Vec<Act> {
    let scene = forms.scene;
    let pages = paper(scene, shown).map_or(1, |paper| paper.pages);
    let mut acts = Vec::new();
    for (id, label, page) in [
        ("shown-zurueck", "Seite zurück", shown.page.saturating_sub(1)),
        ("shown-weiter", "Seite weiter", shown.page.saturating_add(1)),
    ] {
        let mut act = Act::new(id, to(scene), "zeigen", forms.id(), label)
            .with("unterlage", shown.digest.to_string())
            .with("seite", page.to_string());
        if !(1..=pages).contains(&page) {
            act = act.blocked(if page == 0 { "Das ist die erste Seite." } else { "Das ist die letzte Seite." }, "");
        }
        acts.push(act);
    }
    acts.push(Act::new("shown-ende", to(scene), "zeigen_beenden", forms.id(), "Nicht mehr zeigen").tone(Tone::Quiet));
    acts
}

fn choose(forms: &mut Forms<'_, '_>, papers: &[&Paper], other: bool) -> Folded {
    let scene = forms.scene;
    let public = scene.called().is_some_and(|item| item.public);
    let id = "shown-waehlen";
    let options = papers.iter().map(|paper| Choice { value: paper.digest.to_string(), label: name(paper) }).collect();
    let mut entry = Entry::new(id, to(scene), "zeigen", forms.id(), "Allen zeigen")
        .list("unterlage", "Unterlage", options)
        .line("seite", "Seite (leer: die erste)", PAGE_CHARS_MAX);
    if public {
        entry =
            entry.note("Saal und Öffentlichkeit sehen sie auch und können sie ganz lesen, solange sie gezeigt wird.");
    }
    let title = if other { "Andere Unterlage oder Seite zeigen" } else { "Unterlage zeigen" };
    Folded { id: format!("{id}-auf"), title: title.into(), entry }
}
