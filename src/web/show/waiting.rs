//! Who waits to be recognised, and who was.

use super::scene::{Forms, Scene};
use super::{Ids, when};
use crate::app::waiting::Waiter;
use crate::domain::meeting::Command;
use crate::domain::meeting::event::IdentityWay;
use crate::domain::time::Instant;
use crate::web::pages::act::{Act, Field, Tone};
use crate::web::pages::waiting::{Waiting, WaitingRow};

/// Part `waiting`.
pub fn waiting(scene: Scene<'_>, waiters: &[Waiter], ids: Ids<'_>) -> Waiting {
    let meeting = scene.meeting;
    let waits = |waiter: &&Waiter| !waiter.dismissed && !meeting.is_recognised(&waiter.seat, &waiter.ticket);
    let row = |waiter: &Waiter| WaitingRow {
        name: waiter.name.clone(),
        since: since(waiter.since),
        href: format!("/sitzung/{}/warteraum/{}", meeting.id, waiter.ticket),
    };
    let mut forms = Forms::new(scene, ids);
    let recognised = meeting.attendance.identities.iter().map(|(seat, identity)| {
        let about = format!("{}, {}", scene.name(seat), when::second(identity.at));
        let (ticket, way) = (identity.ticket.clone(), IdentityWay::Picture);
        let command = Command::AttestIdentity { seat: seat.clone(), ticket, way, confirmed: false };
        let id = format!("waiting-back-{seat}");
        let mut act = forms.act(id, "identitaet_zuruecknehmen", "Zurücknehmen", &command);
        act.about = Some(about);
        act.tone = Tone::Quiet;
        let field = |name, value: &str| Field { name, value: value.to_owned() };
        act.fields = vec![field("sitz", seat.as_str()), field("marke", identity.ticket.as_str()), field("weg", "bild")];
        act
    });
    let recognised: Vec<Act> = recognised.collect();
    Waiting { rows: waiters.iter().filter(waits).map(row).collect(), recognised }
}

/// „seit 18:52 Uhr“
pub fn since(at: Instant) -> String {
    format!("seit {}", when::minute(at))
}
