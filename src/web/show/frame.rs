//! The frame around a screen: where the meeting stands, who looks, which other screens there are.

use super::scene::Scene;
use super::{Screen, when, words};
use crate::domain::meeting::doors::Doors;
use crate::domain::meeting::{Business, Phase as Stand};
use crate::web::pages::access::Door;
use crate::web::pages::frame::{Frame, Head, Live, Mood, Phase, View};

/// The frame of one of the four screens.
pub fn frame(scene: Scene<'_>, screen: Screen) -> Frame {
    let meeting = scene.meeting;
    let own = address(scene, screen);
    let mut views: Vec<View> = doors(scene)
        .into_iter()
        .map(|door| View { current: door.href == own, href: door.href, label: door.label })
        .collect();
    let clerk = scene.viewer.is_some_and(|viewer| viewer.actor.clerk);
    if (clerk || scene.chairs()) && !matches!(meeting.phase, Stand::Planned | Stand::Convened(_)) {
        let href = super::minutes::address(scene);
        views.push(View { href, label: "Niederschrift".into(), current: false });
    }
    if scene.viewer.is_some() && matches!(meeting.phase, Stand::Closed(_)) {
        let href = format!("/sitzung/{}/niederschrift.pdf", meeting.id);
        views.push(View { href, label: "Niederschrift (PDF)".into(), current: false });
        let reads = scene.viewer.is_some_and(|viewer| viewer.sees_closed) && scene.own_seat().is_some();
        if reads && !meeting.publicity.parts.is_empty() {
            let href = format!("/sitzung/{}/{}", meeting.id, super::minutes::INSPECTION);
            views.push(View { href, label: "Nichtöffentlicher Teil".into(), current: false });
        }
    }
    Frame {
        title: label(screen).into(),
        town: meeting.municipality.to_string(),
        meeting: Some(format!("{} · {} · {}", meeting.body_name, meeting.title, when::day(meeting.starts_at))),
        person: scene.viewer.map(|viewer| match role(scene) {
            "" => viewer.name.clone(),
            role => format!("{} · {role}", viewer.name),
        }),
        views: if scene.viewer.is_some() { views } else { Vec::new() },
        phase: Some(phase(scene)),
        live: match screen {
            Screen::Public => Live::Events(format!("/oeffentlich/{}/live", meeting.id)),
            Screen::Chair | Screen::Seat | Screen::Clerk | Screen::Hall | Screen::Technician => {
                Live::Socket(format!("/sitzung/{}/live", meeting.id))
            }
        },
        notice: None,
    }
}

/// The frame of a page of this meeting that does not change by itself.
pub fn still(scene: Scene<'_>, title: &str, segment: &str) -> Frame {
    let own = format!("/sitzung/{}/{segment}", scene.meeting.id);
    let mut frame = frame(scene, Screen::Public);
    frame.title = title.into();
    frame.live = Live::Still;
    for view in &mut frame.views {
        view.current = view.href == own;
    }
    frame
}

/// The screens the viewer may open, the main one first.
pub fn doors(scene: Scene<'_>) -> Vec<Door> {
    let actor = scene.viewer.map(|viewer| &viewer.actor);
    let mut screens = Vec::new();
    if scene.chairs() {
        screens.push(Screen::Chair);
    }
    if actor.is_some_and(|actor| actor.clerk) {
        screens.push(Screen::Clerk);
    }
    if !scene.chairs() && scene.own_seat().is_some_and(|seat| scene.meeting.seats.contains_key(seat)) {
        screens.push(Screen::Seat);
    }
    if actor.is_some_and(|actor| actor.hall) {
        screens.push(Screen::Hall);
    }
    if actor.is_some_and(|actor| actor.technician) {
        screens.push(Screen::Technician);
    }
    screens.push(Screen::Public);
    let mut doors: Vec<Door> =
        screens.into_iter().map(|screen| Door { href: address(scene, screen), label: label(screen).into() }).collect();
    let id = &scene.meeting.id;
    if scene.chairs() || actor.is_some_and(|actor| actor.clerk) {
        doors.push(Door { href: format!("/sitzung/{id}/ladung"), label: "Ladung".into() });
    }
    if scene.own_seat().is_some_and(|seat| scene.meeting.seats.contains_key(seat)) {
        doors.push(Door { href: format!("/sitzung/{id}/teilnahme"), label: "Teilnahme".into() });
    }
    doors
}

fn address(scene: Scene<'_>, screen: Screen) -> String {
    let id = &scene.meeting.id;
    match screen {
        Screen::Chair => format!("/sitzung/{id}/leitstand"),
        Screen::Seat => format!("/sitzung/{id}/platz"),
        Screen::Clerk => format!("/sitzung/{id}/schriftfuehrung"),
        Screen::Hall => format!("/sitzung/{id}/saal"),
        Screen::Technician => format!("/sitzung/{id}/technik"),
        Screen::Public => format!("/oeffentlich/{id}"),
    }
}

const fn label(screen: Screen) -> &'static str {
    match screen {
        Screen::Chair => "Leitstand",
        Screen::Seat => "Mein Platz",
        Screen::Clerk => "Schriftführung",
        Screen::Hall => "Saal",
        Screen::Technician => "Technik",
        Screen::Public => "Öffentlichkeit",
    }
}

fn role(scene: Scene<'_>) -> &'static str {
    let Some(viewer) = scene.viewer else { return "" };
    match &viewer.actor {
        _ if scene.chairs() => "Vorsitz",
        actor if actor.clerk => "Schriftführung",
        actor if actor.seat.is_some() => "Ratsmitglied",
        actor if actor.hall => "Saalgerät",
        actor if actor.technician => "Technische Moderation",
        actor if actor.administrator => "Verwaltung",
        _ => "",
    }
}

/// Part `phase`.
pub fn phase(scene: Scene<'_>) -> Phase {
    let meeting = scene.meeting;
    let opened = || meeting.opened_at.map(|at| format!("seit {}", when::minute(at)));
    let (mood, word, since) = match &meeting.phase {
        Stand::Planned => (Mood::Waiting, "Geplant", Some(format!("für {}", when::minute(meeting.starts_at)))),
        Stand::Convened(_) => {
            (Mood::Waiting, "Einberufen", Some(format!("Beginn {}", when::minute(meeting.starts_at))))
        }
        Stand::Sitting { business: Business::Ballot(ballot), .. } => {
            (Mood::Voting, "Abstimmung läuft", Some(format!("seit {}", when::second(ballot.opened_at))))
        }
        Stand::Sitting { business: Business::Counting(ballot), .. } => {
            (Mood::Voting, "Abstimmung geschlossen", Some(format!("um {}", when::second(ballot.closed_at))))
        }
        Stand::Sitting { business: Business::Election(round), .. } => {
            (Mood::Voting, "Wahl im Saal", Some(format!("seit {}", when::second(round.opened_at))))
        }
        Stand::Sitting { business: Business::Between | Business::Item(_), .. } => match &meeting.publicity.doors {
            Doors::Open => (Mood::Running, "Öffentliche Sitzung", opened()),
            Doors::Clearing(_) => (Mood::Private, "Öffentlichkeit wird ausgeschlossen", None),
            Doors::Closed { since } => {
                (Mood::Private, "Nichtöffentlicher Teil", Some(format!("seit {}", when::minute(*since))))
            }
            Doors::Opening(_) => (Mood::Private, "Öffentlichkeit wird wiederhergestellt", None),
        },
        Stand::Interrupted { since, .. } => {
            (Mood::Interrupted, "Unterbrochen", Some(format!("seit {}", when::second(*since))))
        }
        Stand::Closed(_) if meeting.before.cancelled.is_some() => (Mood::Closed, "Abgesagt", None),
        Stand::Closed(_) => {
            (Mood::Closed, "Geschlossen", meeting.closed_at.map(|at| format!("um {}", when::minute(at))))
        }
    };
    Phase { mood, word: word.into(), since, head: head(scene), filming: super::filming::mark(scene) }
}

fn head(scene: Scene<'_>) -> Option<Head> {
    let head = &scene.snapshot.head;
    (head.number > 0).then(|| Head { number: head.number, short: short(&head.digest) })
}

/// The first digits of a digest in two groups, to compare by eye.
pub fn short(digest: &crate::domain::ledger::Digest) -> String {
    let digits = digest.short();
    match digits.split_at_checked(4) {
        Some((left, right)) => format!("{left} {right}"),
        None => digits,
    }
}

/// „Hybrid: Großer Saal und zugeschaltet“.
pub fn place(scene: Scene<'_>) -> String {
    use crate::domain::law::format::MeetingFormat;
    let place = &scene.meeting.place;
    match scene.meeting.convened().map(|convened| &convened.convening) {
        None => place.to_string(),
        Some(convening) => match (convening.format, &convening.public_room) {
            (MeetingFormat::InPerson, _) if convening.ruled_out => {
                format!("In Präsenz, Zuschaltung ausgeschlossen: {place}")
            }
            (MeetingFormat::InPerson, _) => format!("In Präsenz: {place}"),
            (MeetingFormat::Hybrid, _) => format!("{}: {place} und zugeschaltet", words::sentence("hybrid")),
            (MeetingFormat::Digital, Some(room)) => format!("Digital; öffentliche Übertragung: {room}"),
            (MeetingFormat::Digital, None) => "Digital".into(),
        },
    }
}
