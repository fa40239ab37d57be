//! Zweite Sitzung: what waits for one, and what is one; or nothing.

use super::before::still;
use super::samples::{Rendered, text};
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::second::{MarkedItem, PlanSecond, WaitingItem};

pub fn pages() -> Vec<Rendered> {
    vec![("zweite-sitzung".to_owned(), text(&second(true))), ("zweite-sitzung-leer".to_owned(), text(&second(false)))]
}

fn second(any: bool) -> PlanSecond {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    let marked = MarkedItem {
        item: "top-1".into(),
        title: "TOP 1  Erweiterung des Kindergartens am Mühlbach".into(),
        first: "erste Sitzung am 22.10.2026".into(),
        command: "k-1".into(),
    };
    let waiting = |number: &str, title: &str| WaitingItem {
        first: format!("gr-2026-06/top-{number}"),
        title: format!("TOP {number}  {title}"),
        why: "am 22.10.2026: 11 anwesend und stimmberechtigt, nötig waren 12".into(),
        command: format!("k-w{number}"),
        items: vec![choice("top-2", &format!("TOP 2  {title}")), choice("neu", "neuer Punkt am Ende der Tagesordnung")],
    };
    PlanSecond {
        frame: still("Planung", "Nora Schreiber · Schriftführung"),
        to: "/sitzung/gr-2026-07/zweite".into(),
        back: "/sitzung/gr-2026-07/vorbereiten".into(),
        law: "In der zweiten Sitzung über denselben Gegenstand genügen 3 anwesende und stimmberechtigte Mitglieder, wenn die \
              Einberufung darauf hinweist. In der E-Mail von hier aus steht der Hinweis. Zugeschaltete zählen für diese Zahl \
              streng nicht mit; das Gesetz lässt es offen."
            .into(),
        paragraph: "§ 37 Abs. 3 Satz 1 GemO".into(),
        marked: if any { vec![marked] } else { Vec::new() },
        waiting: if any {
            vec![waiting("4", "Bebauungsplan „Obere Halde“, Aufstellungsbeschluss"), waiting("6", "Brunnen am Markt")]
        } else {
            Vec::new()
        },
        saved: if any { "Gespeichert.".into() } else { String::new() },
    }
}
