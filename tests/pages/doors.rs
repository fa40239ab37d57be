//! The pages before and beside a meeting, with the invented town.

use super::samples::Rendered;
use super::town::{State, frame};
use askama::Template;
use ratssaal::web::pages::access::*;
use ratssaal::web::pages::act::Act;
use ratssaal::web::pages::frame::{Frame, Live};

fn bare(title: &str, person: Option<&str>) -> Frame {
    Frame { meeting: None, phase: None, live: Live::Still, views: vec![], ..frame(title, person, State::Planned, &[]) }
}

pub fn doors() -> Vec<Rendered> {
    let sign_in = |error: Option<&str>| SignIn {
        frame: bare("Anmelden", None),
        email: error.map_or("", |_| "carla.exempel@musterstadt.example").into(),
        forward: "/".into(),
        error: error.map(Into::into),
        waiting: error.map(|_| "/sitzung/gr-7/warteraum".into()),
    };
    let start = EnrolStart {
        frame: bare("Zugang einrichten", None),
        name: "Carla Exempel".into(),
        to: "/einladung".into(),
        token: "t0k3n".into(),
    };
    let keys = |error: Option<&str>| EnrolKeys {
        frame: bare("Zugang einrichten", None),
        name: "Carla Exempel".into(),
        email: "carla.exempel@musterstadt.example".into(),
        length_min: 12,
        length_max: 128,
        qr: QR.into(),
        secret: "MUST ERST ADTA MHAN GJBS WY3D PEHP K3PX".into(),
        error: error.map(Into::into),
    };
    let meeting = |live: bool| MeetingCard {
        body: if live { "Gemeinderat, 7. Sitzung" } else { "Gemeinderat, 8. Sitzung" }.into(),
        when: if live { "Dienstag, 24. November 2026, 19:00 Uhr" } else { "Dienstag, 15. Dezember 2026, 19:00 Uhr" }
            .into(),
        place: "Hybrid: Großer Saal im Rathaus und zugeschaltet".into(),
        word: if live { "läuft seit 19:02 Uhr" } else { "noch nicht einberufen" }.into(),
        live,
        doors: if live {
            vec![
                Door { href: "/sitzung/1/leitstand".into(), label: "Zum Leitstand".into() },
                Door { href: "/sitzung/1/platz".into(), label: "Mein Platz".into() },
            ]
        } else {
            vec![]
        },
        acts: if live {
            vec![]
        } else {
            vec![
                Act::new("home-einberufen-8", "/sitzung/2/tun", "einberufen", "k-8", "Einberufen")
                    .note("Die Ladung geht an alle Mitglieder."),
            ]
        },
    };
    let home = |meetings| Home {
        frame: bare("Meine Sitzungen", Some("Frieda Musterberg · Vorsitz")),
        name: "Frieda Musterberg".into(),
        meetings,
        plan: Some("/planung/neu".into()),
        circulations: true,
        town: Some("/verwaltung".into()),
    };
    let failure = Failure {
        frame: bare("Nicht möglich", Some("Carla Exempel · Ratsmitglied")),
        title: "Das ist für Sie nicht zugänglich".into(),
        text: "Der Leitstand gehört dem Vorsitz. Ihr Platz in dieser Sitzung ist unter „Mein Platz“.".into(),
        paragraph: "§ 36 Abs. 1 GemO".into(),
        reference: "4711-a".into(),
        back: "/".into(),
        back_label: "Zu meinen Sitzungen".into(),
    };
    let text = |name: &str, page: Result<String, askama::Error>| {
        (name.to_owned(), page.expect("a page of plain texts renders"))
    };
    vec![
        text("anmelden", sign_in(None).render()),
        text(
            "anmelden-fehler",
            sign_in(Some("E-Mail-Adresse, Passwort oder Code stimmen nicht. Bitte versuchen Sie es noch einmal."))
                .render(),
        ),
        text("einrichten-beginn", start.render()),
        text("einrichten", keys(None).render()),
        text("einrichten-fehler", keys(Some("Die beiden Passwörter sind verschieden.")).render()),
        text("sitzungen", home(vec![meeting(true), meeting(false)]).render()),
        text("sitzungen-leer", home(vec![]).render()),
        text("fehler", failure.render()),
    ]
}

/// A small picture in the place of a QR code.
const QR: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 7 7'%3E%3Cpath d='M0 0h3v3H0zM4 0h3v3H4zM0 4h3v3H0zM4 4h1v1H4zM6 5h1v2H6zM4 6h1v1H4z'/%3E%3C/svg%3E";
