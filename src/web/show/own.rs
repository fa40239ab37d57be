//! A member's own place: what is measured of this member, and the way to complain.

use super::people::presence;
use super::scene::Forms;
use super::{doors, doubt, filming, leading, order, when};
use crate::domain::id::SeatId;
use crate::domain::meeting::{Command, Phase, Place};
use crate::domain::presence::{Lack, Perception};
use crate::web::pages::act::Blocked;
use crate::web::pages::next::Choice;
use crate::web::pages::people::Sense;
use crate::web::pages::vote::{Complaint, OwnPlace};

/// What may be wrong, as `art` in a complaint.
const KINDS: [(&str, &str); 4] = [
    ("bild", "Ich sehe die anderen nicht"),
    ("ton", "Ich höre die anderen nicht"),
    ("beides", "Ich sehe und höre die anderen nicht"),
    ("anderes", "Etwas anderes"),
];

/// Part `own`.
pub fn place(forms: &mut Forms<'_, '_>) -> OwnPlace {
    let scene = forms.scene;
    let Some(seat) = scene.own_seat().cloned() else {
        return OwnPlace {
            sense: Sense::Away,
            word: "Sie haben in diesem Gremium keinen Sitz".into(),
            since: String::new(),
            detail: String::new(),
            recused: None,
            alone: None,
            filming: None,
            leads: None,
            complaint: None,
        };
    };
    let presence = presence(scene, &seat);
    let place = scene.meeting.attendance.places.get(&seat);
    let over = matches!(scene.meeting.phase, Phase::Closed(_));
    let (word, detail) = if over {
        ("Die Sitzung ist geschlossen".to_owned(), String::new())
    } else {
        (word(place), detail(place).to_owned())
    };
    let recused = scene.called().filter(|item| scene.meeting.is_recused(&item.id, &seat)).map(|item| Blocked {
        reason: match scene.meeting.open_doubt(&item.id).filter(|doubt| doubt.seat == seat) {
            Some(_) => doubt::told(&item.number),
            None => format!(
                "Sie sind zu TOP {} befangen: Sie wirken an Beratung und Entscheidung nicht mit und stimmen nicht ab, bis der Punkt abgeschlossen ist.",
                item.number
            ),
        },
        paragraph: scene.rules.recusal_leaves.norm().into(),
    });
    let recused = order::told(scene).or(recused);
    OwnPlace {
        sense: presence.sense,
        word,
        since: presence.since(),
        detail,
        recused,
        alone: doors::alone(forms),
        filming: filming::own(forms),
        leads: leading::own(forms),
        complaint: complaint(forms, &seat),
    }
}

fn word(place: Option<&Place>) -> String {
    match place {
        None => "Von Ihnen trifft noch nichts ein".into(),
        Some(Place::Room { .. }) => "Ihre Anwesenheit im Saal ist bestätigt".into(),
        Some(Place::Remote { perception: Perception::Perceptible, .. }) => "Ihr Bild und Ihr Ton treffen ein".into(),
        Some(Place::Remote { lacking, .. }) => match lacking.as_slice() {
            [Lack::Picture] => "Ihr Bild trifft nicht ein".into(),
            [Lack::Sound] => "Ihr Ton trifft nicht ein".into(),
            [Lack::Reception] => "Die anderen kommen bei Ihnen nicht an".into(),
            [Lack::Picture, Lack::Reception] => {
                "Ihr Bild trifft nicht ein, die anderen kommen bei Ihnen nicht an".into()
            }
            [Lack::Sound, Lack::Reception] => "Ihr Ton trifft nicht ein, die anderen kommen bei Ihnen nicht an".into(),
            _ => "Ihr Bild und Ihr Ton treffen nicht ein".into(),
        },
    }
}

const fn detail(place: Option<&Place>) -> &'static str {
    match place {
        None => {
            "Geben Sie Kamera und Mikrofon frei, oder lassen Sie Ihre Anwesenheit im Saal durch die Schriftführung vermerken."
        }
        Some(Place::Room { .. } | Place::Remote { perception: Perception::Perceptible, .. }) => "",
        Some(Place::Remote { perception: Perception::Disturbed, .. }) => {
            "Solange etwas fehlt, werden Sie nicht gezählt und können nicht abstimmen. Die Verbindung wird neu aufgebaut."
        }
        Some(Place::Remote { perception: Perception::Absent, .. }) => {
            "Sie gelten zurzeit als nicht anwesend. Prüfen Sie Kamera, Mikrofon und Netz; Sie können jederzeit zurückkehren."
        }
    }
}

fn complaint(forms: &mut Forms<'_, '_>, seat: &SeatId) -> Option<Complaint> {
    let scene = forms.scene;
    let text = "Störung".parse().ok()?;
    scene.may(&Command::Complain { text, heard: None }).ok()?;
    let last = scene.meeting.attendance.complaints.iter().rev().find(|complaint| complaint.seat == *seat);
    Some(Complaint {
        to: scene.to(),
        command: forms.id(),
        kinds: KINDS.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into(),
        sent: last.map_or_else(String::new, |last| {
            format!("Ihre Meldung von {} liegt dem Vorsitz vor.", when::second(last.at))
        }),
        paragraph: scene.rules.fault_objection_timing.norm().to_owned(),
    })
}
