//! What the clerk is shown in each state.

use super::beside::{chat, room};
use super::speech::{Eyes, floor, motions};
use super::town::{COUNCIL, MOTION, State, TO, act, agenda, figures, frame, item, people};
use super::votes::board;
use ratssaal::web::pages::act::{Blocked, Tone};
use ratssaal::web::pages::clerk::*;
use ratssaal::web::pages::people::Sense;
use ratssaal::web::pages::rooms::ClerkDesk;

pub fn clerk(state: State) -> ClerkDesk {
    let by_hand = state == State::Disconnected;
    let open = matches!(state, State::Ballot | State::Voted | State::Recused);
    ClerkDesk {
        frame: frame("Schriftführung", Some("Martha Mitschrift · Schriftführung"), state, &[]),
        figures: figures(state),
        item: item(state),
        attendance: attendance(state),
        floor: floor(state, Eyes::Clerk),
        shown: super::speech::shown(state, Eyes::Clerk),
        motions: motions(state, Eyes::Clerk),
        count: HallCount {
            papers: None,
            form: (by_hand || state == State::Fault).then(|| CountForm {
                to: TO.into(),
                command: "k-count".into(),
                ballot: "a-3".into(),
                motion: MOTION.into(),
                entitled_in_room: 7,
                unanimous: act("count-einstimmig", "saal_zaehlung", "Einstimmig im Saal")
                    .tone(Tone::Main)
                    .with("abstimmung", "a-3")
                    .with("gegenstimmen", "0")
                    .with("enthaltungen", "0")
                    .note("Alle 7 Stimmberechtigten im Saal zählen als Ja."),
                blocked: (state == State::Fault).then(|| Blocked {
                    reason: "Erst ist über die Störung zu befinden.".into(),
                    paragraph: "§ 37a Abs. 2 GemO".into(),
                }),
            }),
            idle: if open || matches!(state, State::Planned | State::Closed) {
                String::new()
            } else {
                "Bei einem Handzeichen tragen Sie hier Gegenstimmen und Enthaltungen ein.".into()
            },
            entered: (state == State::Counted)
                .then(|| "Eingetragen um 19:31:20 Uhr: 0 Gegenstimmen, 1 Enthaltung, 6 dafür.".into()),
        },
        heard: heard(state, open),
        ballot: board(state),
        agenda: agenda(state, false, true),
        timeline: timeline(state),
        texts: super::after::current(state),
        papers: super::before::papers(state),
        downloads: Downloads {
            files: if state == State::Closed {
                vec![
                    File {
                        href: "/sitzung/gr-2026-07/niederschrift.pdf".into(),
                        label: "Niederschrift".into(),
                        detail: "PDF mit Siegel, zum Ausdrucken und Unterschreiben".into(),
                        made: true,
                    },
                    File {
                        href: "/sitzung/gr-2026-07/beweis.jsonl".into(),
                        label: "Beweisbündel".into(),
                        detail: "prüfbar mit „ratssaal verify“".into(),
                        made: true,
                    },
                    File {
                        href: "/siegel.pem".into(),
                        label: "Zertifikat des Siegels".into(),
                        detail: "PEM, zum Prüfen der Niederschrift".into(),
                        made: false,
                    },
                ]
            } else {
                vec![]
            },
            note: if state == State::Closed {
                "Das elektronische Siegel der Gemeinde macht jede Änderung an der Datei erkennbar. Es ist eine \
                 zusätzliche Sicherung und ersetzt nicht das von Hand unterzeichnete Original (§ 38 Abs. 1 GemO)."
                    .into()
            } else {
                String::new()
            },
            idle: "Beides steht hier bereit, sobald die Sitzung geschlossen ist.".into(),
        },
        room: room(state),
        chat: chat(state, Eyes::Clerk),
    }
}

fn attendance(state: State) -> Attendance {
    let confirmed = state != State::Planned;
    let rows = people(state, true).groups.into_iter().flat_map(|group| group.rows);
    Attendance {
        rows: rows
            .map(|row| AttendanceRow {
                act: match row.sense {
                    _ if state == State::Closed => None,
                    Sense::InRoom => Some(
                        act(&format!("attendance-ab-{}", row.seat), "saal_abwesend", "Geht")
                            .about(row.name.clone())
                            .tone(Tone::Quiet)
                            .with("sitz", row.seat.clone()),
                    ),
                    Sense::Away => Some(
                        act(&format!("attendance-an-{}", row.seat), "saal_anwesend", "Ist im Saal")
                            .about(row.name.clone())
                            .tone(Tone::Quiet)
                            .with("sitz", row.seat.clone()),
                    ),
                    _ => None,
                },
                name: row.name,
                about: row.about,
                sense: row.sense,
                word: row.word,
                since: row.since,
            })
            .collect(),
        complaint: (state != State::Planned && state != State::Closed).then(|| super::lead::complaint("attendance-ruege")),
        eldest: (state == State::Interrupted).then(|| {
            ratssaal::web::pages::entry::Entry::new("attendance-aeltestes", TO, "aeltestes_benennen", "k-aeltestes", "Benennen")
                .list(
                    "sitz",
                    "Ältestes nicht verhindertes Mitglied",
                    vec![ratssaal::web::pages::next::Choice { value: "sitz-04".into(), label: "Dora Muster".into() }],
                )
                .note("Alle Stellvertretungen sind verhindert (§ 48 Abs. 1 GemO). Das Mitglied übernimmt den Vorsitz dann selbst.")
        }),
        hindrances: if state == State::Interrupted { super::lead::hindrances() } else { Vec::new() },
        doors: Vec::new(),
        public_room: PublicRoom {
            confirmed,
            word: if confirmed {
                "Bestätigt um 18:58 Uhr: Im Saal sind die Zugeschalteten zu sehen und zu hören.".into()
            } else {
                "Sieht und hört man im Saal alle Zugeschalteten?".into()
            },
            act: (!confirmed).then(|| {
                act("attendance-oeffentlich", "oeffentlichkeit_bestaetigen", "Ja, bestätigen")
                    .note("§ 37a Abs. 1 Satz 4 GemO")
            }),
        },
    }
}

fn heard(state: State, open: bool) -> Heard {
    let waiting: &[&str] = match state {
        State::Ballot => &["sitz-04", "sitz-07", "sitz-09", "sitz-11"],
        State::Recused => &["sitz-04", "sitz-11"],
        _ => &[],
    };
    let entitled = COUNCIL.iter().filter(|p| p.seat != "sitz-13" && !(state == State::Recused && p.seat == "sitz-06"));
    Heard {
        rows: if open {
            entitled
                .map(|person| HeardRow {
                    name: person.name.into(),
                    about: person.about.into(),
                    turn: person.seat == "sitz-04",
                    cast: (!waiting.contains(&person.seat)).then(|| "Ja, 19:23:05 Uhr".into()),
                    acts: [("ja", "Ja"), ("nein", "Nein"), ("enthaltung", "Enth.")]
                        .map(|(value, label)| {
                            act(&format!("heard-{}-{value}", person.seat), "gehoert", label)
                                .tone(Tone::Quiet)
                                .with("abstimmung", "a-3")
                                .with("sitz", person.seat)
                                .with("wahl", value)
                        })
                        .into(),
                })
                .collect()
        } else {
            vec![]
        },
        idle: String::new(),
    }
}

pub fn timeline(state: State) -> Timeline {
    if state == State::Planned {
        return Timeline {
            entries: vec![Entry {
                number: 1,
                at: "16.11. 10:14:00".into(),
                text: "Sitzung einberufen: hybrid, Großer Saal, Regeln Baden-Württemberg, Stand 1. September 2025."
                    .into(),
                later: String::new(),
            }],
        };
    }
    let entries = [
        (118, "19:24:10", "Ergebnis zu TOP 3 festgestellt: angenommen, 9 Ja, 2 Nein, 1 Enthaltung.", ""),
        (117, "19:23:58", "Abstimmung geschlossen. Beschlussfähig: 12 von 13.", ""),
        (116, "19:23:05", "Carla Exempel stimmt mit Ja.", ""),
        (115, "19:22:41", "Namentliche Abstimmung zu TOP 3 geöffnet. Beschlussfähig: 12 von 13.", ""),
        (114, "19:20:02", "Emil Platzhalter ist wieder zu sehen und zu hören.", ""),
        (113, "19:19:31", "Stromausfall im Nebenraum, Saalton kurz unterbrochen.", "nachgetragen um 19:21:44 Uhr"),
        (112, "19:12:00", "TOP 3 aufgerufen.", ""),
    ];
    Timeline {
        entries: entries
            .map(|(number, at, text, later)| Entry { number, at: at.into(), text: text.into(), later: later.into() })
            .into(),
    }
}
