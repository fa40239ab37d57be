//! Who waits to be recognised, and who was.

use super::scene::{Forms, Scene};
use super::{Ids, when};
use crate::app::waiting::Waiter;
use crate::domain::meeting::Command;
use crate::domain::meeting::event::IdentityWay;
use crate::web::pages::act::Tone;
use crate::web::pages::waiting::{Waiting, WaitingRow};

/// Part `waiting`.
pub fn waiting(scene: Scene<'_>, waiters: &[Waiter], ids: Ids<'_>) -> Waiting {
    let meeting = scene.meeting;
    let waits = |waiter: &&Waiter| !waiter.dismissed && !meeting.is_recognised(&waiter.seat, &waiter.ticket);
    let row = |waiter: &Waiter| WaitingRow {
        name: waiter.name.clone(),
        since: format!("seit {}", when::minute(waiter.since)),
        href: format!("/sitzung/{}/warteraum/{}", meeting.id, waiter.ticket),
    };
    let mut forms = Forms::new(scene, ids);
    let recognised = meeting.attendance.identities.iter().map(|(seat, identity)| {
        let (ticket, way) = (identity.ticket.clone(), IdentityWay::Picture);
        let command = Command::AttestIdentity { seat: seat.clone(), ticket, way, confirmed: false };
        forms
            .act(format!("waiting-back-{seat}"), "identitaet_zuruecknehmen", "Zurücknehmen", &command)
            .about(format!("{}, {}", scene.name(seat), when::second(identity.at)))
            .tone(Tone::Quiet)
            .with("sitz", seat.as_str())
            .with("marke", identity.ticket.as_str())
            .with("weg", "bild")
    });
    let recognised = recognised.collect();
    Waiting { rows: waiters.iter().filter(waits).map(row).collect(), recognised }
}
