//! Readiness and lines of the invented town.

use super::clerks::timeline;
use super::samples::{Rendered, text};
use super::town::{COUNCIL, State, figures, frame, item};
use ratssaal::web::pages::act::{Act, Tone};
use ratssaal::web::pages::frame::{Frame, Live};
use ratssaal::web::pages::rooms::TechnicianDesk;
use ratssaal::web::pages::technics::{Arrival, Check, Line, Lines, Readiness};
use ratssaal::web::pages::waiting::{Call, Waiting, WaitingDoor, WaitingRow, WaitingTalk, WaitingView};

/// While people arrive; hidden afterwards.
pub fn readiness(state: State) -> Readiness {
    let check = |title: &str, ready: bool, word: &str, paragraph: &str| Check {
        title: title.into(),
        ready,
        word: word.into(),
        paragraph: paragraph.into(),
    };
    let arriving = state == State::Planned;
    let checks = vec![
        check("Vorsitz", true, "im Saal bestätigt", ""),
        check(
            "Saal",
            false,
            "Der Saal ist für Zugeschaltete nicht wahrnehmbar: Bild, Ton und Empfang des Saalgeräts müssen ankommen.",
            "§ 37a Abs. 1 Satz 3 GemO",
        ),
        check(
            "Beschlussfähigkeit",
            false,
            "Beschlussfähig erst ab 7 Mitgliedern; anwesend und stimmberechtigt sind 5.",
            "§ 37 Abs. 2 Satz 1 GemO",
        ),
    ];
    Readiness { hidden: !arriving, checks: if arriving { checks } else { Vec::new() } }
}

/// Somebody waits while people arrive; one was recognised before.
fn waiting(state: State) -> Waiting {
    let rows = [("Carla Exempel", "seit 18:52 Uhr"), ("Gustav Beispielmann-Musterhausen", "seit 18:55 Uhr")];
    let row = |(name, since): &(&str, &str)| WaitingRow {
        name: (*name).into(),
        since: (*since).into(),
        href: "/sitzung/gr-7/warteraum/w-1".into(),
    };
    let mut back = Act::new("waiting-back-1", "/sitzung/gr-7/tun", "identitaet_zuruecknehmen", "k-1", "Zurücknehmen");
    back.about = Some("Dora Vorlage, 18:50:12 Uhr".into());
    back.tone = Tone::Quiet;
    match state {
        State::Planned => Waiting { rows: rows.iter().map(row).collect(), recognised: vec![back] },
        State::Closed => Waiting { rows: Vec::new(), recognised: Vec::new() },
        _ => Waiting { rows: Vec::new(), recognised: vec![back] },
    }
}

fn still(title: &str, person: &str) -> Frame {
    Frame { live: Live::Still, views: Vec::new(), ..frame(title, Some(person), State::Planned, &[]) }
}

/// The door, the room behind it, and the technician's side.
pub fn waiting_room() -> Vec<Rendered> {
    let meeting = "Gemeinderat · 7. Sitzung · Dienstag, 24. November 2026, 19:00 Uhr";
    let door = |error: Option<&str>| WaitingDoor {
        frame: Frame { person: None, meeting: None, phase: None, ..still("Warteraum", "") },
        meeting: meeting.into(),
        to: "/sitzung/gr-7/warteraum".into(),
        sign_in: "/anmelden?weiter=/sitzung/gr-7".into(),
        email: error.map_or("", |_| "carla.exempel@musterstadt.example").into(),
        error: error.map(Into::into),
    };
    let call =
        || Call { publish: "/media/gr-7/warteraum/w-1/whip".into(), receive: "/media/gr-7/warteraum/w-1/whep".into() };
    let room = |dismissed| WaitingView {
        frame: still("Warteraum", "Carla Exempel"),
        name: "Carla Exempel".into(),
        call: call(),
        state: "/sitzung/gr-7/warteraum/stand".into(),
        inside: "/sitzung/gr-7".into(),
        dismissed,
    };
    let act = |id: &str, label: &str, tone| {
        let mut act = Act::new(id, "/sitzung/gr-7/tun", "identitaet_feststellen", "k-1", label);
        act.tone = tone;
        act
    };
    let talk = WaitingTalk {
        frame: still("Warteraum", "Otto Obermuster · Technische Moderation"),
        name: "Carla Exempel".into(),
        about: "Mitglied, Bürgerliste".into(),
        since: "wartet seit 18:52 Uhr".into(),
        call: call(),
        acts: vec![
            act("waiting-bild", "Ja, im Bild erkannt: einlassen", Tone::Main),
            act("waiting-vor-ort", "Ja, steht vor mir", Tone::Plain),
        ],
        dismiss: "/sitzung/gr-7/warteraum/w-1".into(),
        back: "/sitzung/gr-7/technik".into(),
    };
    vec![
        ("warteraum-tuer".into(), text(&door(None))),
        ("warteraum-tuer-fehler".into(), text(&door(Some("E-Mail-Adresse oder Passwort stimmen nicht.")))),
        ("warteraum".into(), text(&room(false))),
        ("warteraum-abgewiesen".into(), text(&room(true))),
        ("warteraum-technik".into(), text(&talk)),
    ]
}

pub fn technician(state: State) -> TechnicianDesk {
    let line = |number: usize, name: &str, remote: bool| {
        let lost = state == State::Fault && number == 3;
        let seen = |arrives| {
            if !remote {
                Arrival::Unknown
            } else if arrives {
                Arrival::Yes
            } else {
                Arrival::No
            }
        };
        Line {
            name: name.into(),
            place: if remote { "zugeschaltet" } else { "im Saal" }.into(),
            picture: seen(!lost),
            sound: seen(true),
            reception: seen(true),
            hall: seen(true),
            proven: if remote { "18:31 Uhr".into() } else { String::new() },
            since: "18:52:10 Uhr".into(),
            report: if lost { "meldet eine Störung um 19:40:30 Uhr".into() } else { String::new() },
        }
    };
    let hall = Line { name: "Saal: Großer Saal".into(), hall: Arrival::Unknown, ..line(0, "", true) };
    let members = COUNCIL.iter().enumerate().map(|(number, person)| line(number, person.name, person.remote));
    let closed = state == State::Closed;
    let rows = if closed { Vec::new() } else { std::iter::once(hall).chain(members).collect() };
    let idle = if closed { "Die Sitzung ist geschlossen; es wird nichts mehr gemessen." } else { "" };
    TechnicianDesk {
        frame: frame("Technik", Some("Otto Obermuster · Technische Moderation"), state, &[]),
        figures: figures(state),
        lines: Lines { rows, idle: idle.into() },
        readiness: readiness(state),
        waiting: waiting(state),
        item: item(state),
        timeline: timeline(state),
    }
}
