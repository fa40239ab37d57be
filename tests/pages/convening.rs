//! What is asked when a meeting is convened, with the invented town.

use super::before::{form, way};
use ratssaal::web::pages::before::Period;
use ratssaal::web::pages::form::{Form, Input, Kind};

/// Every way to convene.
pub fn convene() -> Form {
    let ways = [
        ("hybrid", "Hybrid: Mitglieder können zugeschaltet sein (§ 37a Abs. 1 Satz 1 GemO)"),
        ("in_person", "In Präsenz (§ 37 Abs. 1 Satz 1 GemO)"),
        (
            "ausgeschlossen",
            "In Präsenz, weil die Zuschaltung im Einzelfall ausgeschlossen ist (§ 37a Abs. 3 Satz 2 GemO)",
        ),
        ("digital", "Digital: alle sind zugeschaltet (§ 37a Abs. 4 Satz 1 GemO)"),
    ];
    let ways = ways.map(|(value, label)| way(value, label)).to_vec();
    let grounds = vec![way("", "keiner"), way("natural_disaster", "Naturkatastrophe")];
    form(
        "einberufen",
        "einberufen",
        "Einberufen",
        vec![
            Input::new("format", "Sitzungsform", Kind::Ways(ways)).value("hybrid").required(),
            Input::new("grund", "Schwerwiegender Grund", Kind::List(grounds)).hint("Nur für die digitale Sitzung."),
            Input::new("begruendung", "Begründung der Sitzungsform", Kind::Text(2000)).hint("Steht in der Ladung."),
            Input::new("raum", "Öffentlich zugänglicher Raum der Übertragung", Kind::Line(120)),
            Input::new("geladen_am", "Schon auf anderem Weg geladen am", Kind::Day),
        ],
    )
}

/// How the period stands, with law of the body's own and a doubt where `local`.
pub fn period(good: bool, word: &str, local: bool) -> Period {
    let rule = "Ladungsfrist: 10 (das Gesetz sagt 7), § 9 Geschäftsordnung (§ 34 Abs. 1 Satz 1 GemO)".to_owned();
    let doubt = "Ob dann in Präsenz einberufen werden darf, ist zweifelhaft. (§ 37a Abs. 1 Satz 1 GemO)";
    Period {
        good,
        word: word.into(),
        paragraph: "§ 34 Abs. 1 Satz 1 GemO".into(),
        local: local.then_some(rule).into_iter().collect(),
        doubt: if local { doubt.into() } else { String::new() },
    }
}
