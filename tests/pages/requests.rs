//! Verlangen: open ones, answered ones, and the form of a new one.

use super::before::still;
use super::samples::{Rendered, text};
use ratssaal::web::pages::frame::Frame;
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::requests::{AnswerForm, Asking, RequestCard, RequestNew, RequestsPage};

pub fn pages() -> Vec<Rendered> {
    vec![("verlangen".to_owned(), text(&requests())), ("verlangen-neu".to_owned(), text(&new()))]
}

fn frame(title: &str) -> Frame {
    Frame { phase: None, meeting: None, ..still(title, "Nora Nusszweig · Schriftführung") }
}

/// One that is lawful, one that is not, whose answer was just refused, and one that is answered.
fn requests() -> RequestsPage {
    let card = |id: &str, subject: &str, wants: &str, finding: &str, paragraph: &str| RequestCard {
        id: id.into(),
        subject: subject.into(),
        wants: format!("{wants} · Gemeinderat"),
        received: "Eingegangen am Freitag, 20. November 2026".into(),
        who: "Anton Apfelkern, Berta Birnbaum, Fraktion Obstwiese".into(),
        admissible: true,
        finding: finding.into(),
        paragraph: paragraph.into(),
        due: String::new(),
        late: false,
        answer: None,
        outcome: String::new(),
        meeting: None,
    };
    let answer = |may_decline, outcome: &str, remark: &str| AnswerForm {
        to: "/verlangen/v-1/erledigt".into(),
        meetings: vec![Choice { value: "gr-2026-07".into(), label: "Dienstag, 24. November 2026".into() }],
        may_decline,
        outcome: outcome.into(),
        meeting: "gr-2026-07".into(),
        remark: remark.into(),
    };
    let counted = "Zulässig: 2 verlangen es, nötig sind 2.";
    RequestsPage {
        frame: frame("Verlangen"),
        saved: "Das Verlangen ist aufgenommen.".into(),
        error: "Bitte dazu schreiben, warum; höchstens 2000 Zeichen.".into(),
        open: vec![
            RequestCard {
                due: "Spätestens auf die Tagesordnung der Sitzung am Dienstag, 15. Dezember 2026, in 22 Tagen.".into(),
                answer: Some(answer(false, "", "")),
                ..card(
                    "v-1",
                    "Sanierung des Brunnens am Marktplatz",
                    "Verhandlungsgegenstand",
                    counted,
                    "§ 34 Abs. 1 Satz 4 GemO",
                )
            },
            RequestCard {
                admissible: false,
                answer: Some(answer(true, "zurueckgenommen", "Frau Birnbaum hat es sich anders überlegt.")),
                ..card(
                    "v-2",
                    "Linde an der Kirche",
                    "Sitzung",
                    "Das verlangen 2 von 12; nötig sind 3.",
                    "§ 34 Abs. 1 Satz 3 GemO",
                )
            },
        ],
        done: vec![RequestCard {
            outcome: "Angesetzt am Montag, 2. November 2026: Punkt 4".into(),
            meeting: Some(("/sitzung/gr-2026-07".into(), "Sitzung am Dienstag, 24. November 2026".into())),
            ..card("v-3", "Radweg nach Süden", "Verhandlungsgegenstand", counted, "§ 34 Abs. 1 Satz 4 GemO")
        }],
    }
}

/// The form after somebody forgot to say who asks.
fn new() -> RequestNew {
    let asking = |seat: &str, name: &str, about: &str, ticked| Asking {
        seat: seat.into(),
        name: name.into(),
        about: about.into(),
        ticked,
    };
    RequestNew {
        frame: frame("Verlangen aufnehmen"),
        id: "verlangen-1".into(),
        error: Some("Bitte ankreuzen, wer es verlangt, oder die Fraktion wählen.".into()),
        others: vec![("/verlangen/neu?gremium=atu".into(), "Ausschuss für Technik und Umwelt".into())],
        body: "gr".into(),
        body_name: "Gemeinderat".into(),
        wants: "punkt".into(),
        subject: "Sanierung des Brunnens am Marktplatz".into(),
        received_on: "2026-11-20".into(),
        people: vec![
            asking("s-1", "Anton Apfelkern", "Obstwiese", true),
            asking("s-2", "Berta Birnbaum", "Obstwiese", false),
            asking("s-3", "Cäcilie von der Quitte-Zwetschgenhain", "", false),
        ],
        faction: "Obstwiese".into(),
        factions: vec!["Feldrain".into(), "Obstwiese".into()],
        foreign: false,
        handwritten: true,
        dealt_with: String::new(),
        law: vec![
            ("Eine Sitzung verlangen mindestens 3 von 12.".into(), "§ 34 Abs. 1 Satz 3 GemO".into()),
            (
                "Einen Verhandlungsgegenstand verlangen mindestens 2 von 12 oder eine Fraktion.".into(),
                "§ 34 Abs. 1 Satz 4 GemO".into(),
            ),
            (
                "Kein Anspruch, wenn derselbe Gegenstand in den letzten 6 Monaten behandelt wurde.".into(),
                "§ 34 Abs. 1 Satz 6 GemO".into(),
            ),
        ],
    }
}
