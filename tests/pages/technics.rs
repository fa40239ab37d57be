//! Readiness and lines of the invented town.

use super::clerks::timeline;
use super::town::{COUNCIL, State, figures, frame, item};
use ratssaal::web::pages::rooms::TechnicianDesk;
use ratssaal::web::pages::technics::{Arrival, Check, Line, Lines, Readiness};

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
        item: item(state),
        timeline: timeline(state),
    }
}
