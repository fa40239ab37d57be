//! A meeting in the list „Meine Sitzungen“.

use super::scene::{Forms, Scene};
use super::{Ids, Viewer, convening, frame, when};
use crate::app::sitting::Snapshot;
use crate::domain::meeting::Phase;
use crate::web::pages::access::MeetingCard;

/// The card, with the ways in and, while it is only planned, the ways to convene it.
#[must_use]
pub fn card(snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> MeetingCard {
    let scene = Scene::new(snapshot, Some(viewer));
    let meeting = scene.meeting;
    let opened = || meeting.opened_at.map_or_else(String::new, |at| format!(" seit {}", when::minute(at)));
    let (word, live) = match &meeting.phase {
        Phase::Planned => ("geplant, noch nicht einberufen".into(), false),
        Phase::Convened(_) => ("einberufen".into(), true),
        Phase::Sitting { .. } => (format!("läuft{}", opened()), true),
        Phase::Interrupted { since, .. } => (format!("unterbrochen seit {}", when::minute(*since)), true),
        Phase::Closed(_) if meeting.before.cancelled.is_some() => ("abgesagt".into(), false),
        Phase::Closed(_) => {
            let at = meeting.closed_at.map_or_else(String::new, |at| format!(" um {}", when::minute(at)));
            (format!("geschlossen{at}"), false)
        }
    };
    let convenes = scene.chairs() || viewer.actor.clerk;
    let part = format!("card-{}", meeting.id);
    let acts = if matches!(meeting.phase, Phase::Planned) && convenes {
        convening::plain(&mut Forms::new(scene, ids), &part)
    } else {
        Vec::new()
    };
    MeetingCard {
        body: meeting.body_name.to_string(),
        when: when::appointment(meeting.starts_at),
        place: frame::place(scene),
        word,
        live,
        doors: frame::doors(scene),
        acts,
    }
}
