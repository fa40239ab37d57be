//! Every page in every state, with the invented town.

use super::town::{COUNCIL, MOTION, State, TO, act, agenda, chamber, figures, frame, item, people};
use askama::Template;
use ratssaal::web::pages::act::{Act, Blocked, Tone};
use ratssaal::web::pages::ballot::{Ballot, BallotBoard, NamedVote, Progress, Stage, Tally};
use ratssaal::web::pages::clerk::*;
use ratssaal::web::pages::next::{Choice, ChoiceForm, Fault, Faults, MoreActs, NextStep, Recused};
use ratssaal::web::pages::people::Sense;
use ratssaal::web::pages::rooms::{ChairDesk, ClerkDesk, PublicView, SeatRoom};
use ratssaal::web::pages::vote::{Complaint, OpenVote, OwnPlace, Receipt, Vote, VoteCard, VoteChoice};

/// Name of a page and its document.
pub type Rendered = (String, String);

/// The four rooms in every state.
pub fn rooms() -> Vec<Rendered> {
    let mut pages = Vec::new();
    for state in State::ALL {
        pages.push((format!("leitstand-{}", state.name()), text(&chair(state))));
        pages.push((format!("platz-{}", state.name()), text(&seat(state))));
        pages.push((format!("schrift-{}", state.name()), text(&clerk(state))));
        if state != State::Disconnected {
            pages.push((format!("oeffentlich-{}", state.name()), text(&public(state))));
        }
    }
    pages
}

fn text(page: &impl Template) -> String {
    page.render().expect("a page of plain texts renders")
}

pub fn chair(state: State) -> ChairDesk {
    let views = [("Leitstand", "/sitzung/gr-2026-07/leitstand"), ("Mein Platz", "/sitzung/gr-2026-07/platz")];
    ChairDesk {
        frame: frame("Leitstand", Some("Frieda Musterberg · Vorsitz"), state, &views),
        figures: figures(state),
        next: next(state),
        faults: faults(state),
        ballot: board(state, true),
        vote: vote(state, "sitz-01"),
        more: more(state),
        people: people(state, true),
        agenda: agenda(state, true, true),
        chamber: chamber("sitz-01", state),
    }
}

pub fn seat(state: State) -> SeatRoom {
    let own = if state == State::Recused { "sitz-06" } else { "sitz-04" };
    let name = COUNCIL.iter().find(|person| person.seat == own).map_or("", |person| person.name);
    SeatRoom {
        frame: frame("Mein Platz", Some(&format!("{name} · Ratsmitglied")), state, &[]),
        figures: figures(state),
        own: own_place(state),
        item: item(state),
        vote: vote(state, own),
        ballot: board(state, false),
        agenda: agenda(state, false, true),
        people: people(state, true),
        chamber: chamber(own, state),
    }
}

pub fn public(state: State) -> PublicView {
    let mut numbers = figures(state);
    numbers.cast = None;
    numbers.missing = None;
    PublicView {
        frame: frame("Öffentlichkeit", None, state, &[]),
        figures: numbers,
        item: item(state),
        ballot: if state.votes() { running(Stage::Hidden) } else { board(state, false) },
        agenda: agenda(state, false, false),
        people: people(state, false),
    }
}

fn next(state: State) -> NextStep {
    let step = |title: &str, context: &str, say: Option<&str>, act: Option<Act>, others: Vec<Act>| NextStep {
        title: title.into(),
        context: context.into(),
        say: say.map(Into::into),
        act,
        others,
    };
    match state {
        State::Planned => step(
            "Sitzung eröffnen",
            "Geladen wurde am 16. November 2026 form- und fristgerecht.",
            Some("Ich eröffne die 7. Sitzung des Gemeinderats. Es ist form- und fristgerecht geladen worden. Von 13 Mitgliedern sind 9 anwesend, davon 4 zugeschaltet. Der Gemeinderat ist beschlussfähig."),
            Some(act("next-eroeffnen", "eroeffnen", "Sitzung eröffnen").tone(Tone::Main).blocked(
                "Die Schriftführung hat noch nicht bestätigt, dass die Öffentlichkeit im Saal die Zugeschalteten sieht und hört.",
                "§ 37a Abs. 1 Satz 4 GemO",
            )),
            vec![],
        ),
        State::Open => step(
            "TOP 3 aufrufen",
            "Erweiterung des Kindergartens am Mühlbach",
            Some("Ich rufe Tagesordnungspunkt 3 auf: Erweiterung des Kindergartens am Mühlbach."),
            Some(act("next-aufrufen", "aufrufen", "TOP 3 aufrufen").tone(Tone::Main).with("punkt", "3")),
            vec![],
        ),
        State::Ballot | State::Recused => step(
            "Abstimmung schließen",
            if state == State::Ballot { "Es fehlen noch 4 Stimmen. Wer nicht abstimmt, wird als „nicht abgestimmt“ aufgenommen." } else { "Es fehlen noch 2 Stimmen." },
            Some("Hat noch jemand seine Stimme nicht abgegeben? Dann schließe ich die Abstimmung."),
            Some(act("next-schliessen", "abstimmung_schliessen", "Abstimmung schließen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![act("next-verwerfen", "abstimmung_verwerfen", "Abstimmung verwerfen").with("abstimmung", "a-3")],
        ),
        State::Voted => step(
            "Abstimmung schließen",
            "Alle 12 Stimmberechtigten haben abgestimmt.",
            Some("Alle haben abgestimmt. Ich schließe die Abstimmung."),
            Some(act("next-schliessen", "abstimmung_schliessen", "Abstimmung schließen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![],
        ),
        State::Fault => step(
            "Abstimmung öffnen",
            "Namentliche Abstimmung über TOP 3",
            Some("Wir stimmen über den Beschlussvorschlag ab. Ich bitte um Ihre Stimme."),
            Some(act("next-oeffnen", "abstimmung_oeffnen", "Abstimmung öffnen").tone(Tone::Main).blocked(
                "Erst ist über die Störung bei Carla Exempel zu befinden.",
                "§ 37a Abs. 2 GemO",
            )),
            vec![],
        ),
        State::Disconnected => step(
            "Abstimmung öffnen",
            "Namentliche Abstimmung über TOP 3",
            Some("Wir stimmen über den Beschlussvorschlag ab. Ich bitte um Ihre Stimme."),
            Some(act("next-oeffnen", "abstimmung_oeffnen", "Abstimmung öffnen").tone(Tone::Main).icon("ballot").with("art", "namentlich")),
            vec![act("next-hand", "abstimmung_oeffnen", "Handzeichen statt Namen").with("art", "offen"), act("next-ende", "punkt_abschliessen", "Ohne Abstimmung abschließen")],
        ),
        State::Interrupted => step(
            "Sitzung fortsetzen",
            "Unterbrochen, weil Bild und Ton aller Zugeschalteten zugleich ausgefallen sind.",
            Some("Die Sitzung wird fortgesetzt. Bild und Ton aller Zugeschalteten treffen wieder ein; der Gemeinderat ist beschlussfähig."),
            Some(act("next-fortsetzen", "fortsetzen", "Sitzung fortsetzen").tone(Tone::Main).blocked(
                "Es sind 6 Mitglieder anwesend, nötig sind 7. Sobald das siebte wieder zu sehen und zu hören ist, geht es weiter.",
                "§ 37 Abs. 2 GemO",
            )),
            vec![],
        ),
        State::Counted => step(
            "Ergebnis feststellen",
            "9 Ja, 2 Nein, 1 Enthaltung",
            Some("Der Beschlussvorschlag ist mit 9 Ja-Stimmen gegen 2 Nein-Stimmen bei 1 Enthaltung angenommen."),
            Some(act("next-ergebnis", "ergebnis", "Ergebnis feststellen").tone(Tone::Main).with("abstimmung", "a-3")),
            vec![],
        ),
        State::Closed => step("Die Sitzung ist geschlossen", "Der Entwurf der Niederschrift liegt bei der Schriftführung bereit.", None, None, vec![]),
    }
}

fn faults(state: State) -> Faults {
    if state != State::Fault {
        return Faults { faults: vec![] };
    }
    let choice = |id: &str, befund: &str, label: &str, tone: Tone, note: &str| {
        act(id, "stoerung_befund", label).tone(tone).with("stoerung", "s-1").with("befund", befund).note(note)
    };
    Faults {
        faults: vec![Fault {
            id: "s-1".into(),
            who: "Carla Exempel".into(),
            what: "kein Bild".into(),
            since: "seit 19:40:12 Uhr, Frist von 10 Sekunden abgelaufen".into(),
            effect: "Sie zählt nicht als anwesend, bis Bild und Ton wieder eintreffen. Der Gemeinderat bleibt beschlussfähig.".into(),
            sphere: "Bereich des Mitglieds".into(),
            evidence: "Alle anderen Zugeschalteten und der Saal sind ungestört.".into(),
            choices: vec![
                choice("fault-s-1-mitglied", "mitglied", "Weiter ohne sie", Tone::Plain, "Die Störung ist unbeachtlich, § 37a Abs. 2 Satz 4."),
                choice("fault-s-1-gemeinde", "gemeinde", "Unterbrechen", Tone::Grave, "Nachweislich Bereich der Gemeinde, § 37a Abs. 2 Satz 2."),
                choice("fault-s-1-warten", "abwarten", "Kurz warten", Tone::Plain, "Es wird nichts aufgerufen und nicht abgestimmt."),
            ],
        }],
    }
}

fn more(state: State) -> MoreActs {
    if matches!(state, State::Planned | State::Closed) {
        return MoreActs { recusal: None, recused: vec![], interrupt: None, acts: vec![] };
    }
    let form = |id: &str, verb, name, label: &str, options, button: &str, note: &str| ChoiceForm {
        id: id.into(),
        to: TO.into(),
        verb,
        command: format!("k-{id}"),
        name,
        label: label.into(),
        options,
        button: button.into(),
        note: note.into(),
        blocked: None,
    };
    let seats = COUNCIL.iter().skip(1).map(|p| Choice { value: p.seat.into(), label: p.name.into() }).collect();
    let causes = [("pause", "Pause"), ("gemeinde", "Störung im Bereich der Gemeinde"), ("unruhe", "Ordnung im Saal")];
    let causes = causes.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into();
    let mut recusal = form(
        "more-befangen",
        "befangen",
        "sitz",
        "Mitglied",
        seats,
        "Befangenheit feststellen",
        "Es verlässt Bild, Ton und Abstimmung, bis der Punkt abgeschlossen ist.",
    );
    if state == State::Open {
        recusal.blocked = Some(Blocked {
            reason: "Befangenheit gilt für einen Punkt. Rufen Sie ihn zuerst auf.".into(),
            paragraph: "§ 18 GemO".into(),
        });
    }
    MoreActs {
        recusal: Some(recusal),
        recused: if state == State::Recused {
            vec![Recused {
                name: "Emil Platzhalter".into(),
                since: "zu TOP 3, seit 19:20 Uhr".into(),
                lift: act("more-aufheben-06", "befangen_aufheben", "Aufheben")
                    .about("Befangenheit von Emil Platzhalter")
                    .tone(Tone::Quiet)
                    .with("sitz", "sitz-06"),
            }]
        } else {
            vec![]
        },
        interrupt: (state != State::Interrupted).then(|| {
            form(
                "more-unterbrechen",
                "unterbrechen",
                "grund",
                "Grund",
                causes,
                "Sitzung unterbrechen",
                "Eine laufende Abstimmung ruht; abgegebene Stimmen bleiben.",
            )
        }),
        acts: vec![
            act("more-schliessen", "schliessen", "Sitzung schließen")
                .tone(Tone::Grave)
                .blocked("Es sind noch Punkte offen.", "§ 34 Abs. 1 GemO"),
        ],
    }
}

fn running(stage: Stage) -> BallotBoard {
    BallotBoard {
        ballot: Some(Ballot {
            kind: "Namentliche Abstimmung".into(),
            context: "zu TOP 3, geöffnet um 19:22:41 Uhr".into(),
            motion: MOTION.into(),
            rule: "Es entscheidet die Mehrheit der Stimmen; Enthaltungen zählen nicht mit. Bei Stimmengleichheit ist abgelehnt (§ 37 Abs. 6 GemO).".into(),
            stage,
        }),
    }
}

fn board(state: State, _chair: bool) -> BallotBoard {
    match state {
        State::Ballot => running(Stage::Open(Progress {
            cast: 8,
            entitled: 12,
            waiting: ["Carla Exempel", "Franziska Fiktiva", "Hanna Vordruck", "Jonas Modell"].map(Into::into).into(),
            barred: vec![],
        })),
        State::Recused => running(Stage::Open(Progress {
            cast: 9,
            entitled: 11,
            waiting: ["Carla Exempel", "Jonas Modell"].map(Into::into).into(),
            barred: vec!["Emil Platzhalter (befangen, § 18 GemO)".into()],
        })),
        State::Voted => running(Stage::Open(Progress { cast: 12, entitled: 12, waiting: vec![], barred: vec![] })),
        State::Counted | State::Closed => running(Stage::Counted(Tally {
            yes: 9,
            no: 2,
            abstain: 1,
            accepted: true,
            word: "Angenommen".into(),
            status: if state == State::Counted {
                "noch nicht festgestellt".into()
            } else {
                "festgestellt um 19:24:10 Uhr".into()
            },
            votes: COUNCIL
                .iter()
                .map(|person| NamedVote {
                    name: person.name.into(),
                    about: person.about.into(),
                    choice: match person.seat {
                        "sitz-05" | "sitz-11" => "Nein",
                        "sitz-08" => "Enthaltung",
                        "sitz-13" => "abwesend",
                        _ => "Ja",
                    }
                    .into(),
                    how: if person.seat == "sitz-07" { "zu Protokoll gehört".into() } else { String::new() },
                })
                .collect(),
        })),
        State::Interrupted => running(Stage::Void(
            "Bei Schluss der Abstimmung war der Gemeinderat nicht beschlussfähig (§ 37 Abs. 2 GemO).".into(),
        )),
        _ => BallotBoard { ballot: None },
    }
}

fn vote(state: State, own: &str) -> VoteCard {
    let kind = String::from("Namentliche Abstimmung zu TOP 3");
    let receipt =
        Receipt { choice: "Ja".into(), at: "19:23:05 Uhr".into(), number: "116".into(), head: "c04e 77d1".into() };
    let choices = |chosen: bool| {
        [("ja", "Ja", "yes"), ("nein", "Nein", "no"), ("enthaltung", "Enthaltung", "abstain")]
            .map(|(value, label, icon)| VoteChoice {
                act: act(&format!("vote-{value}"), "stimme", label)
                    .icon(icon)
                    .with("abstimmung", "a-3")
                    .with("wahl", value),
                chosen: chosen && value == "ja",
            })
            .into()
    };
    let open = |receipt: Option<Receipt>| {
        Vote::Open(OpenVote {
            kind: kind.clone(),
            motion: MOTION.into(),
            choices: choices(receipt.is_some()),
            receipt,
            openness: "Ihre Stimme erscheint mit Ihrem Namen in der Niederschrift.".into(),
        })
    };
    let state = match state {
        State::Ballot => open(None),
        State::Voted => open(Some(receipt)),
        State::Recused if own == "sitz-06" => Vote::Barred {
            kind: kind.clone(),
            motion: MOTION.into(),
            why: Blocked {
                reason: "Sie sind zu diesem Punkt befangen und wirken an Beratung und Entscheidung nicht mit.".into(),
                paragraph: "§ 18 Abs. 1 und 5 GemO".into(),
            },
        },
        State::Recused => open(Some(receipt)),
        State::Counted if own != "sitz-01" => Vote::Closed { kind, motion: MOTION.into(), receipt: Some(receipt) },
        _ => Vote::None,
    };
    VoteCard { state }
}

fn own_place(state: State) -> OwnPlace {
    let kinds = [
        ("bild", "Ich sehe die anderen nicht"),
        ("ton", "Ich höre die anderen nicht"),
        ("beides", "Beides"),
        ("anderes", "Etwas anderes"),
    ];
    let complaint = Complaint {
        to: TO.into(),
        command: "k-melden".into(),
        kinds: kinds.map(|(value, label)| Choice { value: value.into(), label: label.into() }).into(),
        sent: if state == State::Fault {
            "Ihre Meldung von 19:40:31 Uhr liegt dem Vorsitz vor.".into()
        } else {
            String::new()
        },
    };
    let (sense, word, since, detail) = match state {
        State::Planned => (
            Sense::Arrives,
            "Ihr Bild und Ihr Ton treffen ein",
            "seit 18:52:40 Uhr",
            "Alles bereit. Die Sitzung beginnt um 19:00 Uhr.",
        ),
        State::Fault => (
            Sense::Lost,
            "Ihr Bild trifft nicht ein",
            "seit 19:40:12 Uhr",
            "Sie zählen zurzeit nicht als anwesend. Prüfen Sie Ihre Kamera. Technische Moderation: Telefon 07000 0000.",
        ),
        State::Interrupted => (
            Sense::Lost,
            "Ihr Bild und Ihr Ton treffen nicht ein",
            "seit 19:40:12 Uhr",
            "Die Sitzung ist unterbrochen. Sie versäumen nichts. Die Verbindung wird neu aufgebaut.",
        ),
        State::Disconnected => {
            (Sense::Falters, "Ihr Ton setzt aus", "seit 19:40:21 Uhr", "Noch zählen Sie als anwesend.")
        }
        State::Closed => (Sense::Away, "Kamera und Mikrofon sind aus", "", "Die Sitzung ist geschlossen. Vielen Dank."),
        _ => (Sense::Arrives, "Ihr Bild und Ihr Ton treffen ein", "seit 18:52:40 Uhr", ""),
    };
    OwnPlace {
        sense,
        word: word.into(),
        since: since.into(),
        detail: detail.into(),
        recused: (state == State::Recused).then(|| Blocked {
            reason: "Sie sind zu TOP 3 befangen. Bild und Ton sind getrennt, bis der Punkt abgeschlossen ist. Dem öffentlichen Teil können Sie als Zuhörer folgen.".into(),
            paragraph: "§ 18 Abs. 5 GemO".into(),
        }),
        complaint: (!matches!(state, State::Planned | State::Closed)).then_some(complaint),
    }
}

pub fn clerk(state: State) -> ClerkDesk {
    let by_hand = state == State::Disconnected;
    let open = matches!(state, State::Ballot | State::Voted | State::Recused);
    ClerkDesk {
        frame: frame("Schriftführung", Some("Martha Mitschrift · Schriftführung"), state, &[]),
        figures: figures(state),
        item: item(state),
        attendance: attendance(state),
        count: HallCount {
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
        ballot: board(state, false),
        agenda: agenda(state, false, true),
        timeline: timeline(state),
        downloads: Downloads {
            files: if state == State::Closed {
                vec![
                    File {
                        href: "/sitzung/gr-2026-07/niederschrift.pdf".into(),
                        label: "Niederschrift, Entwurf".into(),
                        detail: "PDF, 84 kB".into(),
                    },
                    File {
                        href: "/sitzung/gr-2026-07/beweis.zip".into(),
                        label: "Beweisbündel".into(),
                        detail: "prüfbar mit „ratssaal verify“, 312 kB".into(),
                    },
                ]
            } else {
                vec![]
            },
            idle: "Beides steht hier bereit, sobald die Sitzung geschlossen ist.".into(),
        },
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

fn timeline(state: State) -> Timeline {
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
