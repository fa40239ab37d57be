//! Zweite Sitzung: what waits for one, and what is one; or nothing. And what the mayor decides when it fails as well.

use super::after::results;
use super::before::still;
use super::samples::{Rendered, chair, text};
use super::town::State;
use ratssaal::web::pages::entry::Entry;
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::results::{ResultRow, ResultsView};
use ratssaal::web::pages::rooms::ChairDesk;
use ratssaal::web::pages::second::{MarkedItem, PlanSecond, WaitingItem};

pub fn pages() -> Vec<Rendered> {
    vec![
        ("zweite-sitzung".to_owned(), text(&second(true))),
        ("zweite-sitzung-leer".to_owned(), text(&second(false))),
        ("leitstand-stattdessen".to_owned(), text(&left_to_the_mayor())),
        ("ergebnisse-stattdessen".to_owned(), text(&decided_instead())),
    ]
}

/// The second sitting was never opened: two of its items are the mayor's to decide.
fn left_to_the_mayor() -> ChairDesk {
    let mut desk = chair(State::Closed);
    desk.next.context = "Über TOP 1 und 3 entscheidet der Bürgermeister, nachdem er die nicht Befangenen gehört hat (§ 37 Abs. 4 \
                         Satz 1 GemO); eingetragen wird das unter „Außerdem“. Niederschrift und Beweisbündel stehen bereit."
        .into();
    desk.more.instead = ["1", "3"]
        .map(|number| {
            let button = format!("Entscheidung zu TOP {number} eintragen");
            let (id, command) = (format!("more-stattdessen-top-{number}"), format!("k-stattdessen-{number}"));
            Entry::new(id, super::town::TO, "stattdessen", command, button)
                .with("punkt", format!("top-{number}"))
                .with("gehoert", "sitz-02 sitz-03")
                .line("wortlaut", "Entscheidung an Stelle des Gemeinderats, im Wortlaut", 2000)
                .note(
                    "Mit dem Eintrag bestätigen Sie, dass vorher gehört wurden: Otto Beispiel, Carla Exempel, Wilhelmine \
                     Vorlagensammlerin-Mustermann. Die Entscheidung steht dann in der Niederschrift (§ 37 Abs. 4 Satz 1 GemO).",
                )
        })
        .into();
    desk
}

/// What the mayor decided, and what the sitting did not reach.
fn decided_instead() -> ResultsView {
    let mut view = results();
    let decided = ResultRow {
        wording: "Die Hangstraße wird zwischen Marktplatz und Oberer Hangkante saniert.".into(),
        outcome: "An Stelle des Gemeinderats entschieden".into(),
        class: "results__ballot--yes",
        tally: String::new(),
        method:
            "durch Frieda Musterberg nach Anhörung der nicht Befangenen (§ 37 Abs. 4 Satz 1 GemO), festgehalten am 26. \
                 November 2026 um 09:15 Uhr"
                .into(),
        voters: Vec::new(),
    };
    for (place, item) in view.items.iter_mut().enumerate() {
        item.results = if place == 0 { vec![decided.clone()] } else { Vec::new() };
        item.word = if place == 0 || !item.public {
            String::new()
        } else {
            "Nicht behandelt, die Beschlussfähigkeit fehlte. Darüber wird in einer zweiten Sitzung entschieden (§ 37 Abs. 3 \
             Satz 1 GemO)."
                .into()
        };
    }
    view
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
