//! The pages of the time before a meeting, with the invented town.

use super::convening::{convene, period};
use super::samples::Rendered;
use super::town::{COUNCIL, State, TO, act, agenda, frame};
use askama::Template;
use ratssaal::web::pages::act::{Blocked, Field, Tone};
use ratssaal::web::pages::before::*;
use ratssaal::web::pages::form::{Form, Input, Kind};
use ratssaal::web::pages::frame::{Frame, Live};
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::papers::{PaperGroup, PaperLink, PaperList, Upload};
use ratssaal::web::pages::plan::{PlanEditor, PlanNew, PlanRow, Seating, Theirs};
use ratssaal::web::pages::print::{PrintItem, PrintedAgenda, PublicNotice, RollRow, RollSheet};

pub fn still(title: &str, who: &str) -> Frame {
    let views = [("Leitstand", "/sitzung/gr-2026-07/leitstand"), ("Ladung", "/sitzung/gr-2026-07/ladung")];
    Frame { live: Live::Still, ..frame(title, Some(who), State::Planned, &views) }
}

pub fn way(value: &str, label: &str) -> Choice {
    Choice { value: value.into(), label: label.into() }
}

pub fn form(id: &str, verb: &'static str, button: &str, inputs: Vec<Input>) -> Form {
    Form {
        id: id.into(),
        to: TO.into(),
        verb,
        command: format!("k-{id}"),
        fields: vec![],
        inputs,
        button: button.into(),
        tone: Tone::Plain,
        note: "Alle Mitglieder bekommen eine neue Mitteilung.".into(),
        blocked: None,
    }
}

fn rows() -> Vec<LetterRow> {
    let row = |(number, person): (usize, &super::town::Person)| {
        let (letter, word, detail) = match number {
            1 => (
                Letter::Open,
                "vom Mailserver abgelehnt, 18.11. 09:02 Uhr",
                "550 5.1.1 Unbekanntes Postfach a***@example.org",
            ),
            2 => (
                Letter::Open,
                "nicht zustellbar, auf anderem Weg laden, 18.11. 09:02 Uhr",
                "Die Person hat keine Adresse.",
            ),
            3 => (Letter::Waits, "im Postausgang seit 18.11. 09:01 Uhr", ""),
            4 => (Letter::Arrived, "auf anderem Weg übergeben am 18.11.2026", ""),
            _ => (Letter::Arrived, "verschickt, 18.11. 09:01 Uhr", ""),
        };
        let reply = match number % 4 {
            0 => "vor Ort, 19.11. 20:14 Uhr",
            1 => "",
            2 => "zugeschaltet, 18.11. 11:00 Uhr",
            _ => "verhindert, 20.11. 07:30 Uhr",
        };
        let about = |id: &str, verb, label: &str| {
            act(&format!("{id}-{}", person.seat), verb, label).about(person.name).tone(Tone::Quiet)
        };
        let mut hand_over = form(
            &format!("uebergeben-{}", person.seat),
            "uebergeben",
            "Vermerken",
            vec![Input::new("tag", "Auf anderem Weg übergeben am", Kind::Day).value("2026-11-19").required()],
        );
        hand_over.fields.push(Field { name: "sitz", value: person.seat.into() });
        LetterRow {
            name: person.name.into(),
            about: person.about.into(),
            letter,
            letter_word: word.into(),
            detail: detail.into(),
            reply: reply.into(),
            reason: if number == 7 { "Dienstreise".into() } else { String::new() },
            acts: vec![about("ruecklauf", "ruecklauf", "Ist zurückgekommen")],
            hand_over: Some(hand_over),
        }
    };
    COUNCIL.iter().enumerate().map(row).collect()
}

/// The papers in a state of the meeting.
pub fn papers(state: State) -> PaperList {
    let paper = |name: &str, late: bool| PaperLink {
        href: "/sitzung/gr-2026-07/unterlage/0b0b".into(),
        name: name.into(),
        detail: "PDF, 4 Seiten, 81 kB".into(),
        late: if late { "Nachgereicht am 20.11. 08:00 Uhr".into() } else { String::new() },
        earlier: if late {
            vec![("/sitzung/gr-2026-07/unterlage/0a0a".into(), "Frühere Fassung 1 vom 16.11. 09:00 Uhr".into())]
        } else {
            vec![]
        },
    };
    let group = |number: &str, title: &str, current, papers| PaperGroup {
        number: number.into(),
        title: title.into(),
        current,
        papers,
    };
    if state == State::Closed {
        return PaperList { groups: vec![] };
    }
    let called = !matches!(state, State::Planned | State::Open);
    PaperList {
        groups: vec![
            group(
                "TOP 3",
                "Erweiterung des Kindergartens am Mühlbach",
                called,
                vec![paper("Vorlage 117/2026: Erweiterung des Kindergartens", false), paper("Kostenschätzung", true)],
            ),
            group("TOP 4", "Bebauungsplan „Obere Halde“, Aufstellungsbeschluss", false, vec![paper("Lageplan", false)]),
        ],
    }
}

fn upload() -> Upload {
    Upload {
        to: "/sitzung/gr-2026-07/unterlage".into(),
        command: "k-upload".into(),
        items: vec![way("top-3", "TOP 3: Erweiterung des Kindergartens am Mühlbach")],
        papers: vec![way("vorlage-1", "TOP 3: Kostenschätzung")],
        bytes_max: 52_428_800,
        hint: "PDF, höchstens 53 MB.".into(),
    }
}

fn links() -> Vec<Link> {
    vec![
        Link { href: "/oeffentlich/gr-2026-07/bekanntmachung".into(), label: "Bekanntmachung".into() },
        Link { href: "/sitzung/gr-2026-07/tagesordnung".into(), label: "Tagesordnung zum Drucken".into() },
    ]
}

const IN_TIME: &str = "Geladen am 16.11.2026; 7 Tage zwischen Ladung und Sitzung, die Frist von 7 Tagen ist gewahrt.";
const TOO_LATE: &str = "Die Frist ist am 16.11.2026 abgelaufen. Es bleibt: verschieben oder im Notfall laden.";

fn desk(convened: bool) -> SummonsDesk {
    let mut cancel = form(
        "absagen",
        "absagen",
        "Sitzung absagen",
        vec![Input::new("begruendung", "Grund", Kind::Text(2000)).required()],
    );
    cancel.blocked = Some(Blocked { reason: "Absagen geht nur vor der Sitzung.".into(), paragraph: String::new() });
    SummonsDesk {
        frame: still("Ladung", "Nora Schreiber · Schriftführung"),
        period: period(convened, if convened { IN_TIME } else { TOO_LATE }, true),
        convene: (!convened).then(convene),
        tally: if convened {
            vec![
                Count { number: 6, label: "vor Ort" },
                Count { number: 4, label: "zugeschaltet" },
                Count { number: 1, label: "verhindert" },
                Count { number: 2, label: "ohne Antwort" },
            ]
        } else {
            vec![]
        },
        tally_word: "10 von 13 Mitgliedern haben zugesagt. Das genügt für die Beschlussfähigkeit: nötig sind 7.".into(),
        letters: "Ladung: 9 von 13 zugestellt, 1 im Postausgang, 2 auf anderem Weg zu laden.".into(),
        rows: if convened { rows() } else { vec![] },
        changes: if convened { vec![Change { title: "Absagen", form: cancel }] } else { vec![] },
        agenda: agenda(State::Planned, false, true).items,
        papers: papers(if convened { State::Ballot } else { State::Planned }),
        upload: Some(upload()),
        links: links(),
        seating: (!convened).then(|| OtherBody {
            changes: vec!["Dora Dorn ist neu dabei.".into()],
            word: "Übernehmen Sie sie in der Planung, bevor Sie einberufen; danach steht die Besetzung fest.".into(),
            href: "/sitzung/gr-2026-07/vorbereiten".into(),
        }),
    }
}

fn reply(answered: bool) -> ReplyPage {
    let ways = vec![
        way("vor_ort", "Ich komme vor Ort"),
        way("zugeschaltet", "Ich nehme zugeschaltet teil"),
        way("verhindert", "Ich bin verhindert"),
    ];
    let consent = "Ich stimme zu, an dieser Sitzung durch Zuschaltung mittels Ton- und Bildübertragung teilzunehmen \
        (§ 37a Abs. 1 Satz 1 GemO).";
    let fact = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    ReplyPage {
        frame: still("Teilnahme", "Carla Exempel · Ratsmitglied"),
        title: "Gemeinderat: 7. Sitzung".into(),
        facts: vec![
            fact("Zeit", "Dienstag, 24. November 2026, 19:00 Uhr"),
            fact("Ort", "Großer Saal im Rathaus"),
            fact(
                "Sitzungsform",
                "Hybrid: im Sitzungsraum, Mitglieder können zugeschaltet sein (§ 37a Abs. 1 Satz 1 GemO)",
            ),
        ],
        answered: answered
            .then(|| "Ihre Antwort: zugeschaltet (19.11. 20:14 Uhr). Sie haben der Zuschaltung zugestimmt.".into()),
        form: Some(form(
            "antworten",
            "antworten",
            "Antworten",
            vec![
                Input::new("antwort", "Wie nehmen Sie teil?", Kind::Ways(ways)).required(),
                Input::new("zustimmung", consent, Kind::Tick),
                Input::new("begruendung", "Grund (freiwillig)", Kind::Line(300)).hint("Den Grund sehen nur wenige."),
            ],
        )),
        idle: String::new(),
        agenda: agenda(State::Planned, false, true).items,
        papers: papers(State::Ballot),
    }
}

fn facts() -> Vec<(String, String)> {
    let fact = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    vec![
        fact("Zeit", "Dienstag, 24. November 2026, 19:00 Uhr"),
        fact("Ort", "Großer Saal im Rathaus"),
        fact("Sitzungsform", "Hybrid: im Sitzungsraum, Mitglieder können zugeschaltet sein (§ 37a Abs. 1 Satz 1 GemO)"),
        fact("Öffentlichkeit", "Im Sitzungsraum: Großer Saal im Rathaus"),
    ]
}

fn items() -> Vec<PrintItem> {
    let item = |number: &str, title: &str| PrintItem {
        number: number.into(),
        title: title.into(),
        depth: number.matches('.').count(),
        papers: if number == "5.1" { vec!["Unterlage: Vorlage 117/2026".into()] } else { vec![] },
    };
    vec![
        item("1", "Begrüßung und Feststellung der Beschlussfähigkeit"),
        item("2", "Bürgerfragestunde"),
        item("5", "Erweiterung des Kindergartens am Mühlbach"),
        item("5.1", "Vorstellung des Entwurfs durch das Planungsbüro"),
        item("5.2", "Kostenberechnung und Zeitplan"),
    ]
}

fn notice(cancelled: Option<String>) -> PublicNotice {
    PublicNotice {
        frame: Frame { live: Live::Still, ..frame("Bekanntmachung", None, State::Planned, &[]) },
        title: "Gemeinderat: 7. Sitzung".into(),
        cancelled,
        facts: facts(),
        items: items(),
        closed_part: true,
        live: "/oeffentlich/gr-2026-07".into(),
    }
}

fn printed() -> PrintedAgenda {
    PrintedAgenda {
        town: "Musterstadt am Hang".into(),
        title: "Gemeinderat: 7. Sitzung".into(),
        facts: facts(),
        public: items(),
        closed: vec![PrintItem {
            number: "6".into(),
            title: "Grundstücksangelegenheit Mühlbachstraße".into(),
            depth: 0,
            papers: vec![],
        }],
        closed_ground:
            "Nichtöffentlich wird verhandelt, wenn es das öffentliche Wohl erfordert (§ 35 Abs. 1 Satz 2 GemO)".into(),
        signed: "Frieda Musterberg".into(),
    }
}

fn roll() -> RollSheet {
    let row = |(number, person): (usize, &super::town::Person)| RollRow {
        number: number + 1,
        name: person.name.into(),
        about: person.about.into(),
        reply: if person.remote { "zugeschaltet".into() } else { String::new() },
    };
    RollSheet {
        town: "Musterstadt am Hang".into(),
        title: "Gemeinderat: 7. Sitzung".into(),
        when: "Dienstag, 24. November 2026, 19:00 Uhr · Großer Saal im Rathaus".into(),
        rows: COUNCIL.iter().enumerate().map(row).collect(),
        votes: (1..=8).map(|number| format!("TOP {number}")).collect(),
        quorum: "Beschlussfähig ab 7 anwesenden Stimmberechtigten von 13 (§ 37 Abs. 2 Satz 1 GemO).".into(),
    }
}

fn plan(conflict: bool) -> PlanEditor {
    let row = |number: &str, title: &str, public, motion: &str| PlanRow {
        id: format!("top-{}", number.replace('.', "-")),
        number: number.into(),
        title: title.into(),
        public,
        motion: motion.into(),
    };
    let rows = vec![
        row("1", "Begrüßung und Feststellung der Beschlussfähigkeit", true, ""),
        row("5", "Erweiterung des Kindergartens am Mühlbach", true, super::town::MOTION),
        row("5.1", "Vorstellung des Entwurfs", true, ""),
        row("6", "Grundstücksangelegenheit Mühlbachstraße", false, ""),
    ];
    PlanEditor {
        frame: still("Planung", "Nora Schreiber · Schriftführung"),
        to: "/sitzung/gr-2026-07/vorbereiten".into(),
        command: "k-plan".into(),
        revision: 3,
        period: period(true, "Die Ladung muss bis zum 16.11.2026 hinaus: noch 3 Tage.", false),
        title: "7. Sitzung".into(),
        place: "Großer Saal im Rathaus".into(),
        day: "2026-11-24".into(),
        time: "19:00".into(),
        theirs: conflict.then(|| Theirs {
            when: "Dienstag, 24. November 2026, 19:30 Uhr · Aula".into(),
            rows: rows.clone(),
            href: "/sitzung/gr-2026-07/vorbereiten".into(),
        }),
        rows,
        error: conflict
            .then(|| "Jemand anders hat die Planung geändert. Ihre Fassung ist noch nicht gespeichert.".into()),
        saved: if conflict { String::new() } else { "Gespeichert.".into() },
        seating: (!conflict).then(|| Seating {
            to: "/sitzung/gr-2026-07/besetzung".into(),
            command: "k-besetzung".into(),
            changes: vec![
                "Moritz Mohnblum gehört an diesem Tag nicht mehr dazu.".into(),
                "Dora Dorn ist neu dabei.".into(),
            ],
            blocked: String::new(),
        }),
        second: "/sitzung/gr-2026-07/zweite".into(),
    }
}

fn plan_new() -> PlanNew {
    PlanNew {
        frame: Frame { meeting: None, phase: None, views: vec![], ..still("Neue Sitzung", "Nora Schreiber") },
        to: "/planung/neu".into(),
        bodies: vec![way("gemeinderat", "Gemeinderat"), way("bauausschuss", "Bau- und Umweltausschuss")],
        title: String::new(),
        place: String::new(),
        day: String::new(),
        time: "19:00".into(),
        first_norm: "§ 37a Abs. 3 Satz 1 GemO".into(),
        error: Some("Tag: „“ ist kein Datum der Form JJJJ-MM-TT".into()),
    }
}

pub fn before() -> Vec<Rendered> {
    let text = |name: &str, page: Result<String, askama::Error>| {
        (name.to_owned(), page.expect("a page of plain texts renders"))
    };
    vec![
        text("ladung-geplant", desk(false).render()),
        text("ladung-einberufen", desk(true).render()),
        text("teilnahme", reply(false).render()),
        text("teilnahme-beantwortet", reply(true).render()),
        text("bekanntmachung", notice(None).render()),
        text("bekanntmachung-abgesagt", notice(Some("Grippe im ganzen Haus.".into())).render()),
        text("planung", plan(false).render()),
        text("planung-konflikt", plan(true).render()),
        text("planung-neu", plan_new().render()),
        text("druck-tagesordnung", printed().render()),
        text("druck-anwesenheitsliste", roll().render()),
    ]
}
