//! The five numbers, exactly as the core counts them.

use super::scene::Scene;
use super::{presumption, second, words};
use crate::domain::meeting::{Phase, view};
use crate::web::pages::figures::{Figures, Quorum};

/// Part `figures`. The public does not see how far a running ballot is.
pub fn figures(scene: Scene<'_>) -> Figures {
    let meeting = scene.meeting;
    let counted = view::figures(meeting, scene.rules);
    let finding = view::quorum_now(meeting, scene.rules);
    let in_room = words::number(meeting.seats.keys().filter(|seat| meeting.is_in_room(seat)).count());
    let remote = meeting.seats.keys().filter(|seat| meeting.is_present(seat) && !meeting.is_in_room(seat)).count();
    let remote = words::number(remote);
    let member_count = format!("{} von {} Mitgliedern", counted.entitled, finding.occupied);
    let quorum = match meeting.phase {
        Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => Quorum::Open,
        Phase::Sitting { .. } | Phase::Interrupted { .. } if counted.quorate => Quorum::Met,
        Phase::Sitting { .. } | Phase::Interrupted { .. } => Quorum::Broken,
    };
    let sentence = match meeting.phase {
        Phase::Planned => "Die Sitzung ist noch nicht einberufen.".into(),
        Phase::Closed(_) => "Die Sitzung ist geschlossen.".into(),
        Phase::Convened(_) => {
            format!("Noch nicht festgestellt: {member_count} sind anwesend, nötig sind {}.", counted.needed)
        }
        Phase::Sitting { .. } | Phase::Interrupted { .. } => {
            let word = if counted.quorate { "Beschlussfähig" } else { "Nicht beschlussfähig" };
            format!("{word}: {member_count} anwesend und stimmberechtigt, nötig sind {}.", counted.needed)
        }
    };
    let sentence: String = sentence;
    let sentence = match meeting.phase {
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => {
            sentence + &second::strictly(scene).unwrap_or_default() + &presumption::warning(scene).unwrap_or_default()
        }
        Phase::Planned | Phase::Closed(_) => sentence,
    };
    let public = scene.viewer.is_none();
    Figures {
        present: counted.present,
        in_room,
        remote,
        entitled: counted.entitled,
        needed: counted.needed,
        cast: counted.cast.filter(|_| !public),
        missing: counted.missing.filter(|_| !public),
        quorum,
        sentence,
    }
}
