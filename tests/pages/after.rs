//! The pages after the meeting, with the invented town.

use super::samples::Rendered;
use super::town::{State, frame};
use ratssaal::web::pages::frame::{Live, Notice};
use ratssaal::web::pages::minutes::*;
use ratssaal::web::pages::notes::*;
use ratssaal::web::pages::results::*;

const MINUTES: &str = "/sitzung/gr-2026-07/niederschrift";

/// What stands in the minutes on the called item.
pub fn current(state: State) -> CurrentText {
    match state {
        State::Planned => CurrentText {
            href: String::new(),
            item: String::new(),
            text: String::new(),
            idle: "Ab der Eröffnung schreiben Sie hier zu jedem Punkt.".into(),
        },
        State::Counted => CurrentText {
            href: format!("{MINUTES}#top-top-2"),
            item: "TOP 2".into(),
            text: "Die Verwaltung trägt vor.\nAus der Mitte des Rates wird nach den Kosten gefragt.".into(),
            idle: String::new(),
        },
        _ => CurrentText {
            href: MINUTES.into(),
            item: String::new(),
            text: String::new(),
            idle: "Zu diesem Punkt ist noch kein Text eingetragen.".into(),
        },
    }
}

fn note(number: &str, title: &str, text: &str) -> NoteForm {
    NoteForm {
        to: "/sitzung/gr-2026-07/notizen".into(),
        item: format!("top-{number}"),
        number: format!("TOP {number}"),
        title: title.into(),
        text: text.into(),
        state: match text {
            "" => "Wird gesichert, während Sie schreiben.".into(),
            _ => "Gesichert um 19:31:05 Uhr.".into(),
        },
        chars_max: 20_000,
    }
}

/// What the chair noted: something while a ballot runs, nothing otherwise, no item after the last one.
pub fn notes(state: State) -> Notes {
    let text =
        if state == State::Ballot { "Erst Herrn Beispielmann danken.\nDann nach der Förderung fragen." } else { "" };
    let note = note("3", "Erweiterung des Kindergartens am Mühlbach", text);
    Notes {
        note: (state != State::Closed).then_some(note),
        all: "/sitzung/gr-2026-07/notizen".into(),
        open: matches!(state, State::Ballot | State::Closed),
    }
}

fn every_note() -> NotesPage {
    let notes = vec![
        note("1", "Begrüßung und Feststellung der Beschlussfähigkeit", ""),
        note("2", "Bürgerfragestunde", "Frist: 30 Minuten."),
        note("3", "Erweiterung des Kindergartens am Mühlbach", "Erst Herrn Beispielmann danken."),
    ];
    NotesPage { frame: frame("Meine Notizen", Some("Frieda Musterberg · Vorsitz"), State::Open, &[]), notes }
}

pub fn pages() -> Vec<Rendered> {
    let text = |page: &dyn askama::DynTemplate| page.dyn_render().expect("a page of plain texts renders");
    let mut whole = minutes();
    whole.missing.clear();
    for sheet in &mut whole.sheets {
        if let Some(form) = &mut sheet.form {
            form.open = false;
            form.other = None;
        }
    }
    let mut refused = minutes();
    refused.frame.notice = Some(Notice {
        refused: true,
        text: "Zu diesem Punkt wurde inzwischen ein anderer Text eingetragen. Ihr Text ist nicht verloren.".into(),
        paragraph: String::new(),
    });
    let mut named = results();
    named.names = "Bei namentlichen Abstimmungen stehen die Namen dabei. Grund: § 24 Abs. 3 Geschäftsordnung.".into();
    named.items[0].results[0].voters = vec![
        ("Ja".into(), "Frieda Musterberg, Carla Exempel, Ida Entwurf, Paul Platzhalter".into()),
        ("Nein".into(), "Otto Beispiel".into()),
    ];
    let mut early = results();
    early.state = "Die Sitzung hat noch nicht begonnen.".into();
    for item in &mut early.items {
        item.results.clear();
        item.word.clear();
    }
    let mut closed = minutes();
    let book = |href: &str, label: &str, current| Book { href: href.into(), label: label.into(), current };
    closed.books = vec![
        book(MINUTES, "Öffentlicher Teil", false),
        book("/sitzung/gr-2026-07/niederschrift?buch=nichtoeffentlich", "Nichtöffentlicher Teil", true),
    ];
    closed.title_lines[1] = "Niederschrift, nichtöffentlich".into();
    closed.title_lines[2] = "über den nichtöffentlichen Teil der Sitzung am 24.11.2026".into();
    vec![
        ("niederschrift-nichtoeffentlich".into(), text(&closed)),
        ("einsicht".into(), text(&inspection(&closed))),
        ("niederschrift".into(), text(&minutes())),
        ("notizen".into(), text(&every_note())),
        ("niederschrift-fertig".into(), text(&whole)),
        ("niederschrift-ueberholt".into(), text(&refused)),
        ("ergebnisse".into(), text(&results())),
        ("ergebnisse-namentlich".into(), text(&named)),
        ("ergebnisse-vorher".into(), text(&early)),
    ]
}

/// The same book for a member, who takes no copy and was recused once.
fn inspection(book: &MinutesDesk) -> Inspection {
    let views =
        [("Mein Platz", "/sitzung/gr-2026-07/platz"), ("Nichtöffentlicher Teil", "/sitzung/gr-2026-07/einsicht")];
    let mut frame = frame("Nichtöffentlicher Teil", Some("Carla Exempel · Ratsmitglied"), State::Closed, &views);
    frame.live = Live::Still;
    let mut sheets = book.sheets.clone();
    sheets.iter_mut().for_each(|sheet| sheet.form = None);
    Inspection {
        frame,
        title_lines: book.title_lines.clone(),
        sheets,
        why: "Nichtöffentliche Niederschriften werden nicht ausgehändigt (§ 38 Abs. 2 Satz 2 GemO). Darum gibt es hier keine Datei, und aus dem Drucker kommt nur dieser Satz.".into(),
        withheld: vec![
            "TOP 6: Sie waren befangen und lesen nicht, was dort verhandelt wurde (§ 18 Abs. 5 GemO).".into(),
        ],
    }
}

fn minutes() -> MinutesDesk {
    let views = [
        ("Schriftführung", "/sitzung/gr-2026-07/schriftfuehrung"),
        ("Öffentlichkeit", "/oeffentlich/gr-2026-07"),
        ("Niederschrift", MINUTES),
    ];
    let mut frame = frame("Niederschrift", Some("Nora Nusszweig · Schriftführung"), State::Closed, &views);
    frame.live = Live::Still;
    let paragraph = |text: &str| Block::Paragraph(text.into());
    let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(one, two)| ((*one).into(), (*two).into())).collect();
    MinutesDesk {
        frame,
        title_lines: [
            "Stadt Musterstadt am Hang",
            "Niederschrift",
            "über den öffentlichen Teil der Sitzung am 24.11.2026",
            "Gemeinderat – 7. Sitzung",
        ]
        .map(str::to_owned)
        .into(),
        books: Vec::new(),
        missing: vec![
            MissingPoint {
                sentence: "TOP 4 wurde nicht aufgerufen, und nichts sagt, was aus ihm wurde.".into(),
                paragraph: "§ 38 Abs. 1 GemO".into(),
                places: vec![("top-top-4".into(), "zu TOP 4".into())],
            },
            MissingPoint {
                sentence: "Ohne Text zum Gang der Beratung: TOP 1.".into(),
                paragraph: String::new(),
                places: vec![("top-top-1".into(), "zu TOP 1".into())],
            },
            MissingPoint {
                sentence: "Bei den Abwesenden steht nicht, ob sie entschuldigt waren: Otto Beispiel, \
                           Wilhelmine Vorlagensammlerin-Mustermann."
                    .into(),
                paragraph: String::new(),
                places: vec![],
            },
        ],
        dates: vec![
            DateLine {
                what: "Beschlüsse auf der Internetseite der Gemeinde".into(),
                until: "bis 01.12.2026".into(),
                paragraph: "§ 41b Abs. 5 GemO".into(),
            },
            DateLine {
                what: "Niederschrift dem Gremium zur Kenntnis".into(),
                until: "bis 24.12.2026".into(),
                paragraph: "§ 38 Abs. 2 Satz 2 GemO".into(),
            },
        ],
        sheets: vec![
            Sheet {
                id: "kopf".into(),
                heading: String::new(),
                blocks: vec![Block::Facts(pairs(&[
                    ("Ort", "Großer Saal im Rathaus und zugeschaltet"),
                    ("Beginn", "19:02 Uhr"),
                    ("Vorsitz", "Frieda Musterberg"),
                ]))],
                form: None,
            },
            Sheet {
                id: "anwesenheit".into(),
                heading: "Anwesenheit".into(),
                blocks: vec![
                    paragraph(
                        "Von 12 Gemeinderätinnen und Gemeinderäten waren 10 anwesend: 6 vor Ort, 4 zugeschaltet.",
                    ),
                    Block::Table {
                        label: "Tabelle: Anwesenheit".into(),
                        columns: ["Name", "Funktion", "Anwesend"].map(str::to_owned).into(),
                        rows: vec![
                            ["Frieda Musterberg", "Bürgermeisterin, Vorsitz", "19:02:11 – 21:40:03, vor Ort"]
                                .map(str::to_owned)
                                .into(),
                            ["Carla Exempel", "Gemeinderat", "19:02:11 – 19:55:30, zugeschaltet\n20:05:00 – 21:40:03"]
                                .map(str::to_owned)
                                .into(),
                        ],
                    },
                ],
                form: None,
            },
            item("1", "Sanierung der Hangstraße", "", None, false),
            item(
                "2",
                "Neugestaltung des Spielplatzes an der unteren Hangwiese",
                "Die Verwaltung trägt vor.\nAus der Mitte des Rates wird nach den Kosten gefragt. Die Verw",
                Some(OtherText {
                    when: "Eintrag 41, 19:40:12 Uhr".into(),
                    text: "Die Verwaltung erläutert die Vorlage.\nFragen werden beantwortet.".into(),
                }),
                true,
            ),
            Sheet {
                id: "top-top-3".into(),
                heading: "TOP 3".into(),
                blocks: vec![paragraph("nichtöffentlich – in gesonderter Niederschrift")],
                form: None,
            },
            item("4", "Verschiedenes", "", None, false),
            Sheet {
                id: "unterschriften".into(),
                heading: "Unterschriften".into(),
                blocks: vec![
                    Block::Signatures(pairs(&[
                        ("Vorsitz", "Frieda Musterberg"),
                        ("Mitglied des Gemeinderats, das an der Verhandlung teilgenommen hat", ""),
                        ("Schriftführung", "Nora Nusszweig"),
                    ])),
                    Block::Note(
                        "Als Datei trägt diese Niederschrift das elektronische Siegel der Gemeinde (PAdES). Das Siegel \
                         ist eine zusätzliche Sicherung und ersetzt nicht das von Hand unterzeichnete Original (§ 38 \
                         Abs. 1 Satz 1 GemO)."
                            .into(),
                    ),
                    Block::Note("Prüfsumme 27626149f77eea7d6b2687a2969552330cc5b24f2e65041005a662a9ca8e7297".into()),
                ],
                form: None,
            },
        ],
        file: (format!("{MINUTES}.pdf"), "Niederschrift mit Siegel (PDF)".into()),
    }
}

fn item(number: &str, title: &str, text: &str, other: Option<OtherText>, open: bool) -> Sheet {
    let decided = number != "4";
    let mut blocks = vec![Block::Paragraph(
        if decided { "Aufgerufen um 19:05 Uhr." } else { "Dieser Punkt wurde nicht aufgerufen." }.into(),
    )];
    if decided {
        blocks.push(Block::Heading("Abstimmung".into()));
        blocks.push(Block::Wording(format!("Der Gemeinderat stimmt der Vorlage „{title}“ zu.")));
        blocks.push(Block::Finding("Angenommen mit 9 Ja, 2 Nein, 1 Enthaltung. Festgestellt um 19:31 Uhr.".into()));
    }
    Sheet {
        id: format!("top-top-{number}"),
        heading: format!("TOP {number}  {title}"),
        blocks,
        form: Some(TextForm {
            to: MINUTES.into(),
            item: format!("top-{number}"),
            number: number.into(),
            command: format!("k-{number}"),
            replaces: if other.is_some() { 41 } else { 0 },
            text: text.into(),
            state: if text.is_empty() {
                "Noch kein Text.".into()
            } else {
                "Entwurf gesichert um 19:41:07 Uhr, noch nicht eingetragen.".into()
            },
            entered: other.is_some(),
            other,
            open,
            blocked: String::new(),
            chars_max: 20_000,
        }),
    }
}

pub fn results() -> ResultsView {
    let mut frame = frame("Ergebnisse", None, State::Closed, &[]);
    frame.live = Live::Still;
    let ballot = |wording: &str, outcome: &str, class, tally: &str| ResultRow {
        wording: wording.into(),
        outcome: outcome.into(),
        class,
        tally: tally.into(),
        method: "Namentliche Abstimmung, festgestellt um 19:31 Uhr".into(),
        voters: vec![],
    };
    let item = |number: &str, title: &str, word: &str, results| ResultItem {
        number: number.into(),
        title: title.into(),
        public: title != "Nichtöffentlich",
        word: word.into(),
        results,
    };
    ResultsView {
        frame,
        title: "Gemeinderat – 7. Sitzung".into(),
        when: "Dienstag, 24. November 2026, 19:00 Uhr, Hybrid: Großer Saal im Rathaus und zugeschaltet".into(),
        state: "Die Sitzung ist geschlossen.".into(),
        items: vec![
            item(
                "1",
                "Sanierung der Hangstraße",
                "",
                vec![ballot(
                    "Die Hangstraße wird zwischen Marktplatz und Oberer Hangkante saniert.\nDie Kosten von 1.234.567,89 € \
                     werden im Haushalt 2027 bereitgestellt.",
                    "Angenommen",
                    "results__ballot--yes",
                    "9 Ja, 2 Nein, 1 Enthaltung",
                )],
            ),
            item(
                "2",
                "Neugestaltung des Spielplatzes an der unteren Hangwiese",
                "",
                vec![ballot(
                    "Der Spielplatz wird umgestaltet.",
                    "Abgelehnt",
                    "results__ballot--no",
                    "5 Ja, 7 Nein, 0 Enthaltungen",
                )],
            ),
            item("3", "Nichtöffentlich", "", vec![]),
            item(
                "4",
                "Haushalt 2027",
                "Vertagt",
                vec![ballot(
                    "Der Haushalt wird beschlossen.",
                    "Kein Beschluss",
                    "results__ballot--none",
                    "6 Ja, 0 Nein, 0 Enthaltungen",
                )],
            ),
            item(
                "5",
                "Stellvertretung des Bürgermeisters",
                "",
                vec![
                    ballot(
                        "Wahl zu einer ehrenamtlichen Tätigkeit: Erster Wahlgang",
                        "Stichwahl zwischen Anton Apfelkern und Berta Birnbaum",
                        "results__ballot--none",
                        "Anton Apfelkern 5, Berta Birnbaum 5, Carla von der Quitte-Zwetschgenhain 2, Enthaltungen 1, ungültig 0",
                    ),
                    ballot(
                        "Wahl zu einer ehrenamtlichen Tätigkeit: Stichwahl",
                        "Gewählt durch Los ist Berta Birnbaum",
                        "results__ballot--yes",
                        "Anton Apfelkern 6, Berta Birnbaum 6, Enthaltungen 0, ungültig 1",
                    ),
                ],
            ),
            item("6", "Bekanntgaben", "Zur Kenntnis genommen", vec![]),
        ],
        names: "Veröffentlicht sind die Summen; wer wie gestimmt hat, steht in der Niederschrift.".into(),
        back: "/oeffentlich/gr-2026-07".into(),
    }
}
