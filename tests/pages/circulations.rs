//! Umlaufverfahren: the list, a new one, one in the eyes of members and office, and what the public reads.

use super::before::still;
use super::samples::{Rendered, text};
use ratssaal::web::pages::act::{Act, Blocked, Field, Tone};
use ratssaal::web::pages::circulation::{
    AskedMember, CirculationCard, CirculationDecision, CirculationList, CirculationNew, CirculationPage,
    CirculationResults, OwnAnswer,
};
use ratssaal::web::pages::form::{Form, Input, Kind};
use ratssaal::web::pages::frame::Frame;
use ratssaal::web::pages::next::Choice;

const LAW: &str = "§ 37 Abs. 1 Satz 2 GemO";
const WORDING: &str =
    "Der Vereinsraum im Bürgerhaus wird dem Musikverein am 5. Dezember 2026 unentgeltlich überlassen.";
const TO: &str = "/umlauf/umlauf-0a1b2c3d/tun";

pub fn pages() -> Vec<Rendered> {
    vec![
        ("umlauf-liste".to_owned(), text(&list(true))),
        ("umlauf-liste-leer".to_owned(), text(&list(false))),
        ("umlauf-neu".to_owned(), text(&new(None))),
        (
            "umlauf-neu-fehler".to_owned(),
            text(&new(Some(format!(
                "Für einen Widerspruch müssen mindestens 7 ganze Tage bleiben; letzter Tag kann frühestens der 30.11.2026 sein. ({LAW})"
            )))),
        ),
        ("umlauf-mitglied".to_owned(), text(&member())),
        ("umlauf-befangen".to_owned(), text(&recused())),
        ("umlauf-vorsitz".to_owned(), text(&chair())),
        ("umlauf-beschlossen".to_owned(), text(&decided())),
        ("umlauf-oeffentlich".to_owned(), text(&public(true))),
        ("umlauf-oeffentlich-leer".to_owned(), text(&public(false))),
    ]
}

fn frame(title: &str, person: &str) -> Frame {
    Frame { phase: None, meeting: None, ..still(title, person) }
}

fn list(any: bool) -> CirculationList {
    let card = |subject: &str, word: &str, calls| CirculationCard {
        href: "/umlauf/umlauf-0a1b2c3d".into(),
        subject: subject.into(),
        body: "Gemeinderat".into(),
        word: word.into(),
        when: "Widerspruch bis Dienstag, 1. Dezember 2026".into(),
        calls,
    };
    let cards = vec![
        card("Überlassung des Vereinsraums", "Ihre Antwort fehlt noch", true),
        card("Spende für den Kindergarten annehmen", "Im Umlauf", false),
        card("Name der neuen Brücke", "Nicht beschlossen", false),
    ];
    CirculationList {
        frame: frame("Umlaufverfahren", "Nora Nusszweig · Schriftführung"),
        may_open: any,
        cards: if any { cards } else { Vec::new() },
    }
}

fn form(verb: &'static str, button: &str, tone: Tone, inputs: Vec<Input>, note: &str) -> Form {
    Form {
        id: format!("umlauf-{verb}"),
        to: TO.into(),
        verb,
        command: "k-1".into(),
        fields: Vec::new(),
        inputs,
        button: button.into(),
        tone,
        note: note.into(),
        blocked: None,
    }
}

fn new(error: Option<String>) -> CirculationNew {
    let bodies = vec![Choice { value: "gemeinderat".into(), label: "Gemeinderat".into() }];
    let inputs = vec![
        Input::new("gremium", "Gremium", Kind::List(bodies)).required(),
        Input::new("titel", "Gegenstand", Kind::Line(500)).value("Überlassung des Vereinsraums").required(),
        Input::new("wortlaut", "Beschlussvorschlag im Wortlaut", Kind::Text(8000)).value(WORDING).required(),
        Input::new("begruendung", "Warum einfacher Art?", Kind::Text(2000))
            .hint("Satzungen, Haushalt und alles, worüber zu beraten ist, gehören in eine Sitzung.")
            .required(),
        Input::new("tag", "Letzter Tag für einen Widerspruch", Kind::Day)
            .hint("Mindestens 7 ganze Tage nach heute.")
            .value("2026-12-01")
            .required(),
        Input::new("einfach", format!("Es ist ein Gegenstand einfacher Art ({LAW}). Dafür stehe ich ein."), Kind::Tick),
    ];
    CirculationNew {
        frame: frame("Neues Umlaufverfahren", "Nora Nusszweig · Schriftführung"),
        error,
        law: (
            "Ohne Sitzung beschlossen werden können nur Gegenstände einfacher Art, und nur wenn kein Mitglied widerspricht."
                .into(),
            LAW.into(),
        ),
        form: form(
            "umlauf",
            "In Umlauf geben",
            Tone::Main,
            inputs,
            "Alle Mitglieder bekommen eine Mail; ohne Antwort gilt der Vorschlag als angenommen.",
        ),
    }
}

fn member() -> CirculationPage {
    let reason = Input::new("begruendung", "Grund (freiwillig)", Kind::Line(2000)).hint("Ein Grund ist nicht nötig.");
    CirculationPage {
        frame: frame("Umlaufverfahren", "Carla Exempel · Ratsmitglied"),
        subject: "Überlassung des Vereinsraums".into(),
        state: (
            "Bis Dienstag, 1. Dezember 2026 kann jedes Mitglied widersprechen. Wer nicht antwortet, stimmt zu.".into(),
            LAW.into(),
        ),
        good: false,
        facts: vec![
            ("Gremium".into(), "Gemeinderat".into()),
            ("Versandt".into(), "Montag, 23. November 2026".into()),
            ("Widerspruch bis".into(), "Dienstag, 1. Dezember 2026".into()),
            ("Einfacher Art, weil".into(), format!("Ein einzelner Abend, nach den Regeln des Rates. ({LAW})")),
        ],
        wording: WORDING.into(),
        own: Some(OwnAnswer {
            said: None,
            forms: vec![
                form(
                    "zustimmen",
                    "Ich stimme zu",
                    Tone::Main,
                    vec![],
                    "Bis zur Feststellung können Sie noch widersprechen.",
                ),
                form(
                    "widersprechen",
                    "Ich widerspreche",
                    Tone::Grave,
                    vec![reason],
                    "Damit ist der Umlauf zu Ende, und die Sache kommt in eine Sitzung. Zurücknehmen lässt sich das nicht.",
                ),
                form(
                    "befangen",
                    "Ich bin befangen",
                    Tone::Quiet,
                    vec![],
                    "Sie nehmen dann nicht teil (§ 18 Abs. 5 GemO). Einen Grund schreibt niemand auf.",
                ),
            ],
            idle: String::new(),
        }),
        sums: [("stimmen zu", 4), ("ohne Antwort", 7), ("widersprechen", 0), ("befangen", 1)]
            .map(|(label, number)| (label.to_owned(), number))
            .into(),
        members: Vec::new(),
        office: Vec::new(),
        files: vec![
            ("/umlauf/umlauf-0a1b2c3d/niederschrift.pdf".into(), "Niederschrift (PDF)".into()),
            ("/umlauf/umlauf-0a1b2c3d/beweis.jsonl".into(), "Beweisbündel".into()),
        ],
        head: "Eintrag 17 · 7f3a9c21".into(),
    }
}

fn recused() -> CirculationPage {
    let page = member();
    CirculationPage {
        subject: "Umlaufverfahren".into(),
        state: (
            "Sie sind als befangen vermerkt und nehmen an diesem Verfahren nicht teil.".into(),
            "§ 18 Abs. 5 GemO".into(),
        ),
        facts: page.facts.iter().take(3).cloned().collect(),
        wording: String::new(),
        own: None,
        sums: Vec::new(),
        files: Vec::new(),
        ..page
    }
}

fn chair() -> CirculationPage {
    let asked = |name: &str, asked: &str, open, answer: &str| {
        let seat = name.to_lowercase().replace(' ', "-");
        let recuse = Act::new(format!("umlauf-befangen-{seat}"), TO, "befangen", "k-2", "Als befangen vermerken");
        let how = Input::new("text", "Wie wurde das Mitglied gefragt?", Kind::Line(2000))
            .hint("Zum Beispiel: Vorlage mit Brief am 2. Dezember zugestellt.")
            .required();
        AskedMember {
            name: name.into(),
            asked: asked.into(),
            open,
            answer: answer.into(),
            acts: vec![recuse.about(name).tone(Tone::Quiet)],
            form: open.then(|| Form {
                id: format!("umlauf-gefragt-{seat}"),
                fields: vec![Field { name: "sitz", value: seat.clone() }],
                ..form("gefragt", "Auf anderem Weg gefragt", Tone::Plain, vec![how], "")
            }),
        }
    };
    let find = Form {
        blocked: Some(Blocked {
            reason: "Bis zum 01.12.2026 kann noch jedes Mitglied widersprechen.".into(),
            paragraph: LAW.into(),
        }),
        ..form("feststellen", "Ergebnis feststellen", Tone::Main, vec![], "")
    };
    let reason = Input::new("begruendung", "Warum?", Kind::Text(2000)).required();
    let note = "Ohne Beschluss: zurückgezogen, oder die Sache kommt in eine Sitzung.";
    let page = member();
    CirculationPage {
        frame: frame("Umlaufverfahren", "Frieda Musterberg · Vorsitz"),
        own: Some(OwnAnswer {
            said: Some("Sie stimmen zu.".into()),
            forms: page.own.map(|own| own.forms.into_iter().skip(1).collect()).unwrap_or_default(),
            idle: String::new(),
        }),
        members: vec![
            asked("Frieda Musterberg", "mit Mail gefragt", false, "stimmt zu"),
            asked("Carla Exempel", "mit Mail gefragt", false, ""),
            asked("Dora Beispiel-Langenscheid", "nicht erreicht", true, ""),
            asked("Emil Niemand", "auf anderem Weg gefragt", false, "befangen"),
        ],
        office: vec![
            ("Ergebnis".into(), find),
            ("Ohne Ergebnis beenden".into(), form("beenden", "Umlauf beenden", Tone::Grave, vec![reason], note)),
        ],
        ..page
    }
}

fn decided() -> CirculationPage {
    let inputs = vec![
        Input::new("tag", "Tag der Sitzung", Kind::Day).value("2026-12-08").required(),
        Input::new("sitzung", "Sitzung", Kind::Line(120)).hint("Zum Beispiel: 8. Sitzung des Gemeinderats").required(),
    ];
    let note = "Im Wortlaut, in öffentlicher Sitzung (§ 35 Abs. 1 Satz 4 GemO entsprechend). Von da an steht der Beschluss auf der öffentlichen Seite.";
    CirculationPage {
        state: (
            "Angenommen: Kein Mitglied hat widersprochen, festgestellt am Mittwoch, 2. Dezember 2026.".into(),
            LAW.into(),
        ),
        good: true,
        own: Some(OwnAnswer { said: Some("Sie stimmen zu.".into()), forms: Vec::new(), idle: String::new() }),
        office: vec![
            ("Bekanntgabe".into(), form("bekanntgeben", "Bekanntgabe vermerken", Tone::Main, inputs, note)),
            (
                "Keine Bekanntgabe".into(),
                form(
                    "nicht_bekanntgeben",
                    "Nicht bekannt geben",
                    Tone::Grave,
                    vec![],
                    "Nur wenn das öffentliche Wohl oder berechtigte Interessen Einzelner entgegenstehen.",
                ),
            ),
        ],
        ..member()
    }
}

fn public(any: bool) -> CirculationResults {
    let decision = CirculationDecision {
        subject: "Überlassung des Vereinsraums".into(),
        body: "Gemeinderat".into(),
        wording: WORDING.into(),
        when: "Festgestellt am Mittwoch, 2. Dezember 2026, bekannt gegeben am Dienstag, 8. Dezember 2026 (8. Sitzung)."
            .into(),
    };
    CirculationResults {
        frame: Frame { person: None, ..frame("Beschlüsse ohne Sitzung", "") },
        decisions: if any { vec![decision] } else { Vec::new() },
    }
}
