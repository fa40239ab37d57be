//! Disturbances before the chair (§ 37a (2) GemO BW): what was lost, what it changes, what the chair may find. The text
//! of a complaint is for the chair and the clerk only.

use super::people::presence;
use super::scene::{Forms, Scene};
use super::{when, words};
use crate::domain::id::SeatId;
use crate::domain::law::FaultEffect;
use crate::domain::meeting::event::{InterruptionCause, Sphere};
use crate::domain::meeting::{Command, Complaint, OpenFault, Phase, Place, fault_effect};
use crate::domain::presence::Perception;
use crate::domain::time::Instant;
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::next::{Fault, Faults};
use crate::web::pages::people::Sense;

/// How long a single loss or a complaint stays before the chair, in milliseconds of the record.
const FRESH_MS: i64 = 180_000;
/// Single losses and complaints shown at once; more would bury the chair.
const SINGLE_MAX: usize = 6;

/// Where a fault may lie: the word of a form, and what people read. The strict one first.
pub const PLACES: [(&str, &str, Sphere); 4] = [
    ("gemeinde", "Bereich der Gemeinde", Sphere::Municipality),
    ("mitglied", "Bereich der Mitglieder", Sphere::Member),
    ("ungeklaert", "Nicht nachweisbar", Sphere::Unknown),
    ("dritte", "Bereich Dritter", Sphere::Third),
];

/// The chair's findings about the open fault of several members, the strict one first.
pub fn findings(forms: &mut Forms<'_, '_>, part: &str) -> Vec<Act> {
    let mut one = |(key, place, sphere): (&'static str, &str, Sphere)| {
        let (label, note) = match fault_effect(forms.scene.rules, sphere) {
            (FaultEffect::Interrupt, norm) => {
                (format!("{place}: unterbrechen"), format!("Die Sitzung wird sofort unterbrochen ({norm})."))
            }
            (FaultEffect::Irrelevant, norm) => {
                let unimportant = format!("Die Störung ist unbeachtlich; wer fehlt, wird nicht gezählt ({norm}).");
                (format!("{place}: weiter"), unimportant)
            }
        };
        forms
            .act(format!("{part}-befund-{key}"), "stoerung_befund", &label, &Command::FindFault { sphere })
            .with("bereich", key)
            .note(note)
    };
    PLACES.map(&mut one).into()
}

/// Part `faults`.
pub fn faults(forms: &mut Forms<'_, '_>) -> Faults {
    let scene = forms.scene;
    let running = matches!(scene.meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. });
    if !running {
        return Faults { faults: Vec::new() };
    }
    let open = scene.meeting.convened().and_then(|convened| convened.open_fault.as_ref());
    let together = open.map(|fault| fault.seats.as_slice()).unwrap_or_default();
    let mut faults = Vec::new();
    if let Some(fault) = open {
        faults.push(several(forms, fault));
    }
    let single: Vec<&SeatId> = scene
        .seats()
        .map(|seat| &seat.id)
        .filter(|seat| !together.contains(seat) && lost_lately(scene, seat))
        .take(SINGLE_MAX)
        .collect();
    for seat in single {
        faults.push(alone(forms, seat));
    }
    let complaints = &scene.meeting.attendance.complaints;
    let fresh = complaints.iter().enumerate().rev().filter(|(_, complaint)| is_fresh(scene, complaint.at));
    for (index, complaint) in fresh.take(SINGLE_MAX) {
        faults.push(complained(forms, index, complaint));
    }
    Faults { faults }
}

fn is_fresh(scene: Scene<'_>, at: Instant) -> bool {
    scene.now().millis_since(at) <= FRESH_MS
}

fn lost_lately(scene: Scene<'_>, seat: &SeatId) -> bool {
    match scene.meeting.attendance.places.get(seat) {
        Some(Place::Remote { perception: Perception::Disturbed, .. }) => true,
        Some(Place::Remote { perception: Perception::Absent, since, .. }) => is_fresh(scene, *since),
        Some(Place::Remote { perception: Perception::Perceptible, .. } | Place::Room { .. }) | None => false,
    }
}

fn several(forms: &mut Forms<'_, '_>, fault: &OpenFault) -> Fault {
    let (scene, seats) = (forms.scene, &fault.seats);
    let at = scene
        .meeting
        .attendance
        .faults
        .last()
        .map_or_else(String::new, |fault| format!("seit {}", when::second(fault.at)));
    Fault {
        id: "mehrere".into(),
        who: if fault.hall { "Saal".into() } else { words::names(&scene.names(seats), 6) },
        what: if fault.hall { "für die Zugeschalteten nicht wahrnehmbar" } else { "gleichzeitig gestört" }.into(),
        since: at,
        effect: "Sie zählen nicht als anwesend, bis Bild und Ton wieder eintreffen. Bis zu Ihrer Feststellung wird nicht abgestimmt.".into(),
        sphere: words::sphere(Sphere::Municipality).into(),
        evidence: if fault.hall {
            format!("Mit dem Saal fielen aus: {}.", words::names(&scene.names(seats), 6))
        } else {
            format!("{} Mitglieder fielen im selben Augenblick aus. {}", seats.len(), rest(scene, seats))
        },
        choices: findings(forms, "fault-mehrere"),
    }
}

/// What is measured of the other remote members.
fn rest(scene: Scene<'_>, without: &[SeatId]) -> String {
    let others = scene.meeting.attendance.places.iter().filter(|(seat, _)| !without.contains(seat));
    let arriving =
        others.filter(|(_, place)| matches!(place, Place::Remote { perception: Perception::Perceptible, .. })).count();
    match words::number(arriving) {
        0 => "Von niemandem sonst treffen Bild und Ton ein.".into(),
        1 => "Von einem anderen Mitglied treffen Bild und Ton ein.".into(),
        arriving => format!("Von {arriving} anderen Mitgliedern treffen Bild und Ton ein."),
    }
}

fn alone(forms: &mut Forms<'_, '_>, seat: &SeatId) -> Fault {
    let scene = forms.scene;
    let presence = presence(scene, seat);
    Fault {
        id: seat.to_string(),
        who: scene.name(seat),
        since: presence.since(),
        effect: if presence.sense == Sense::Falters {
            "Zählt nicht mit und kann nicht abstimmen, bis wieder alles ankommt. Die Karenz läuft.".into()
        } else {
            "Gilt als nicht anwesend, bis Bild und Ton wieder eintreffen.".into()
        },
        what: presence.word,
        sphere: words::sphere(Sphere::Unknown).into(),
        evidence: rest(scene, std::slice::from_ref(seat)),
        choices: interrupting(forms, seat.as_str()),
    }
}

fn complained(forms: &mut Forms<'_, '_>, index: usize, complaint: &Complaint) -> Fault {
    let scene = forms.scene;
    let id = format!("meldung-{index}");
    let text = complaint.text.as_deref();
    let (way, at) = match &complaint.heard {
        Some(heard) => (format!("{} gemeldet", heard.channel.word()), heard.said_at),
        None => ("gemeldet".to_owned(), complaint.at),
    };
    Fault {
        who: scene.name(&complaint.seat),
        what: text.map_or_else(|| "gemeldete Störung".into(), |text| format!("{way}: „{text}“")),
        since: format!("um {}", when::second(at)),
        effect: "Die Meldung allein ändert nichts daran, wer zählt.".into(),
        sphere: words::sphere(Sphere::Unknown).into(),
        evidence: format!("Vermerkt ist: {}.", presence(scene, &complaint.seat).word),
        choices: interrupting(forms, &id),
        id,
    }
}

/// The way out if the chair finds the fault with the municipality; only while the sitting is not yet interrupted.
fn interrupting(forms: &mut Forms<'_, '_>, id: &str) -> Vec<Act> {
    if !matches!(forms.scene.meeting.phase, Phase::Sitting { .. }) {
        return Vec::new();
    }
    let note = format!(
        "Wenn der Fehler nachweislich im Bereich der Gemeinde liegt ({}).",
        forms.scene.rules.fault_municipal.norm()
    );
    let command = Command::Interrupt { cause: InterruptionCause::Municipality };
    let act = forms.act(format!("fault-{id}-unterbrechen"), "unterbrechen", "Sitzung unterbrechen", &command);
    vec![act.with("grund", "gemeinde").tone(Tone::Grave).note(note)]
}
