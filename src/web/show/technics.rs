//! What must still happen before the sitting can begin, and whose line stands how. Words never claim more than is
//! measured or attested.

use super::scene::Scene;
use super::{people, when, words};
use crate::domain::council::Seat;
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::{Check as Asked, Phase, Place, readiness as asked};
use crate::domain::presence::{Lack, Perception};
use crate::domain::time::Instant;
use crate::web::pages::people::Sense;
use crate::web::pages::technics::{Arrival, Check, Line, Lines, Readiness};

/// Part `readiness`: while people arrive.
pub fn readiness(scene: Scene<'_>) -> Readiness {
    let arriving = matches!(scene.meeting.phase, Phase::Convened(_));
    let checks = asked(scene.meeting, scene.rules).into_iter().map(|(what, answer)| {
        let title = match what {
            Asked::Chair => "Vorsitz",
            Asked::Hall => "Saal",
            Asked::PublicRoom => "Öffentlich zugänglicher Raum",
            Asked::Quorum => "Beschlussfähigkeit",
        };
        match answer {
            Ok(()) => Check { title: title.into(), ready: true, word: met(scene, what), paragraph: String::new() },
            Err(why) => {
                Check { title: title.into(), ready: false, word: why.sentence, paragraph: why.norm.unwrap_or_default() }
            }
        }
    });
    Readiness { hidden: !arriving, checks: if arriving { checks.collect() } else { Vec::new() } }
}

fn met(scene: Scene<'_>, what: Asked) -> String {
    match what {
        Asked::Chair => people::presence(scene, &scene.meeting.chair).word,
        Asked::Hall if scene.meeting.hall_is_perceptible() => people::hall(scene).1,
        Asked::Hall => "wird nicht gebraucht oder ist nach Feststellung des Vorsitzes unbeachtlich".into(),
        Asked::PublicRoom => "Bild und Ton kommen an, bestätigt von der Schriftführung".into(),
        Asked::Quorum => {
            let entitled = scene.meeting.entitled(None).len();
            words::count(words::number(entitled), "Mitglied anwesend", "Mitglieder anwesend")
        }
    }
}

/// Part `lines`.
pub fn lines(scene: Scene<'_>) -> Lines {
    let format = scene.meeting.convened().map(|convened| convened.convening.format);
    let idle = match (format, &scene.meeting.phase) {
        (_, Phase::Closed(_)) => "Die Sitzung ist geschlossen; es wird nichts mehr gemessen.",
        (None, _) => "Die Sitzung ist noch nicht einberufen.",
        (Some(MeetingFormat::InPerson), _) if scene.meeting.is_ruled_out() => {
            "Die Zuschaltung ist für diese Sitzung ausgeschlossen; es wird nichts gemessen."
        }
        (Some(MeetingFormat::InPerson), _) => "In der Präsenzsitzung wird niemand zugeschaltet und nichts gemessen.",
        (Some(MeetingFormat::Hybrid | MeetingFormat::Digital), _) => "",
    };
    let rows = if idle.is_empty() {
        hall(scene).into_iter().chain(scene.seats().map(|seat| member(scene, seat))).collect()
    } else {
        Vec::new()
    };
    Lines { rows, idle: idle.into() }
}

fn hall(scene: Scene<'_>) -> Option<Line> {
    if !scene.meeting.hall_takes_part() {
        return None;
    }
    let measured = scene.meeting.convened().and_then(|convened| convened.hall.as_ref());
    let arrives = |lack| measured.map_or(Arrival::Unknown, |hall| arrival(hall.perception, &hall.lacking, lack));
    Some(Line {
        name: format!("Saal: {}", scene.meeting.place),
        place: people::hall(scene).1,
        picture: arrives(Lack::Picture),
        sound: arrives(Lack::Sound),
        reception: arrives(Lack::Reception),
        hall: Arrival::Unknown,
        proven: measured
            .filter(|hall| hall.perception == Perception::Perceptible)
            .map_or_else(String::new, |hall| when::minute(hall.since)),
        since: measured.map_or_else(String::new, |hall| when::second(hall.since)),
        report: String::new(),
    })
}

fn member(scene: Scene<'_>, seat: &Seat) -> Line {
    let presence = people::presence(scene, &seat.id);
    let place = match presence.sense {
        Sense::InRoom => "im Saal",
        Sense::Arrives | Sense::Falters => "zugeschaltet",
        Sense::Lost => "getrennt",
        Sense::Away => "nicht da",
    };
    let arrives = |lack| match scene.meeting.attendance.places.get(&seat.id) {
        Some(Place::Remote { perception, lacking, .. }) => arrival(*perception, lacking, lack),
        Some(Place::Room { .. }) | None => Arrival::Unknown,
    };
    let hall = if scene.meeting.hall_takes_part() { arrives(Lack::Hall) } else { Arrival::Unknown };
    let report = scene.meeting.attendance.complaints.iter().rev().find(|complaint| complaint.seat == seat.id);
    Line {
        name: seat.name.to_string(),
        place: place.into(),
        picture: arrives(Lack::Picture),
        sound: arrives(Lack::Sound),
        reception: arrives(Lack::Reception),
        hall,
        proven: proven(scene, seat).map_or_else(String::new, when::minute),
        since: presence.since.map_or_else(String::new, when::second),
        report: report.map_or_else(String::new, |report| format!("meldet eine Störung um {}", when::second(report.at))),
    }
}

/// When this member was first perceptible from afar and could perceive the others: the line has been tried.
fn proven(scene: Scene<'_>, seat: &Seat) -> Option<Instant> {
    let attendance = &scene.meeting.attendance;
    let past = attendance.past.get(&seat.id).into_iter().flatten().filter(|stretch| stretch.remote);
    let running = match attendance.places.get(&seat.id) {
        Some(Place::Remote { present_since, .. }) => *present_since,
        Some(Place::Room { .. }) | None => None,
    };
    past.map(|stretch| stretch.from).chain(running).min()
}

/// What is listed as lacking does not arrive; where nothing is listed and nothing perceived, nothing was measured.
fn arrival(perception: Perception, lacking: &[Lack], lack: Lack) -> Arrival {
    if perception != Perception::Perceptible && lacking.is_empty() {
        Arrival::Unknown
    } else if lacking.contains(&lack) {
        Arrival::No
    } else {
        Arrival::Yes
    }
}
