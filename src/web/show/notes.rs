//! The private notes of whoever leads, as they alone see them.

use super::scene::Scene;
use super::{Viewer, frame, when};
use crate::app::ports::drafts::Draft;
use crate::app::sitting::Snapshot;
use crate::domain::id::ItemId;
use crate::domain::meeting::Item;
use crate::web::pages::notes::{NoteForm, Notes, NotesPage};

/// Longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 20_000;

/// Whether this viewer has notes: in the chair, signed in with two factors.
#[must_use]
pub fn has_notes(snapshot: &Snapshot, viewer: &Viewer) -> bool {
    viewer.actor.strong && Scene::new(snapshot, Some(viewer)).chairs()
}

/// The item whose note lies before the chair: the called one, between two items the next.
#[must_use]
pub fn noted(snapshot: &Snapshot) -> Option<&ItemId> {
    let scene = Scene::new(snapshot, None);
    scene.called().or_else(|| scene.upcoming()).map(|item| &item.id)
}

/// Part `notes`, with what the viewer noted; `None` for everybody who does not lead.
#[must_use]
pub fn notes(snapshot: &Snapshot, viewer: &Viewer, drafts: &[Draft]) -> Option<Notes> {
    if !has_notes(snapshot, viewer) {
        return None;
    }
    let scene = Scene::new(snapshot, Some(viewer));
    let note = noted(snapshot).and_then(|item| scene.meeting.item(item)).map(|item| form(scene, item, drafts));
    Some(Notes { open: note.as_ref().is_some_and(|note| !note.text.is_empty()), note, all: address(scene) })
}

/// `/sitzung/{id}/notizen`.
#[must_use]
pub fn notes_page(snapshot: &Snapshot, viewer: &Viewer, drafts: &[Draft]) -> NotesPage {
    let scene = Scene::new(snapshot, Some(viewer));
    NotesPage {
        frame: frame::still(scene, "Meine Notizen", "notizen"),
        notes: scene.meeting.items.iter().map(|item| form(scene, item, drafts)).collect(),
    }
}

fn address(scene: Scene<'_>) -> String {
    format!("/sitzung/{}/notizen", scene.meeting.id)
}

fn form(scene: Scene<'_>, item: &Item, drafts: &[Draft]) -> NoteForm {
    let draft = drafts.iter().find(|draft| draft.item == item.id);
    NoteForm {
        to: address(scene),
        item: item.id.to_string(),
        number: format!("TOP {}", item.number),
        title: scene.title(item),
        text: draft.map_or_else(String::new, |draft| draft.text.clone()),
        state: draft.map_or_else(
            || "Wird gesichert, während Sie schreiben.".into(),
            |draft| format!("Gesichert um {}.", when::second(draft.saved_at)),
        ),
        chars_max: NOTE_CHARS_MAX,
    }
}
