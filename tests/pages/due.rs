//! Fristen, and a day without one.

use super::before::still;
use super::samples::{Rendered, text};
use ratssaal::web::pages::due::{Deadlines, DueGroup, DueRow};
use ratssaal::web::pages::frame::Frame;

pub fn pages() -> Vec<Rendered> {
    vec![("fristen".to_owned(), text(&deadlines(true))), ("fristen-leer".to_owned(), text(&deadlines(false)))]
}

/// What has to happen until when; or nothing.
fn deadlines(any: bool) -> Deadlines {
    let row = |day: &str, left: &str, what: &str, note: &str, paragraph: &str| DueRow {
        day: day.into(),
        left: left.into(),
        what: what.into(),
        note: note.into(),
        paragraph: paragraph.into(),
        meeting: "Gemeinderat, Sitzung am Dienstag, 24. November 2026".into(),
        href: "/sitzung/gr-2026-07/niederschrift".into(),
    };
    let group = |title: &str, class, rows| DueGroup { title: title.into(), class, rows };
    let groups = vec![
        group(
            "Verstrichen",
            "due--past",
            vec![row(
                "Dienstag, 1. Dezember 2026",
                "gestern",
                "Beschlüsse auf der Internetseite veröffentlichen",
                "",
                "§ 41b Abs. 5 GemO",
            )],
        ),
        group(
            "In den nächsten sieben Tagen",
            "due--near",
            vec![row(
                "Montag, 7. Dezember 2026",
                "in 5 Tagen",
                "Ladung hinausgeben",
                "Letzter Tag, an dem die Frist noch gewahrt ist.",
                "§ 34 Abs. 1 Satz 1 GemO",
            )],
        ),
        group(
            "Später",
            "",
            vec![row(
                "Donnerstag, 24. Dezember 2026",
                "in 22 Tagen",
                "Niederschrift dem Gremium zur Kenntnis bringen",
                "",
                "§ 38 Abs. 2 Satz 2 GemO",
            )],
        ),
    ];
    Deadlines {
        frame: Frame { phase: None, meeting: None, ..still("Fristen", "Nora Nusszweig · Schriftführung") },
        today: "Mittwoch, 2. Dezember 2026".into(),
        groups: if any { groups } else { Vec::new() },
    }
}
