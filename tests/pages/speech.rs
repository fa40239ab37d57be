//! The floor and the motions of the invented town: a debate while the item is discussed, nothing otherwise.

use super::town::{State, act};
use ratssaal::web::pages::act::{Act, Tone};
use ratssaal::web::pages::entry::Entry;
use ratssaal::web::pages::floor::{
    Floor, Folded, Guest, Motion, Motions, Speaking, SpeakingClock, SpeakingLimit, Waiting,
};
use ratssaal::web::pages::next::Choice;
use ratssaal::web::pages::shown::{ShownPaper, ShownSheet};

/// Who looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    Chair,
    Clerk,
    Member,
    Everybody,
}

fn entry(id: &str, verb: &'static str, title: &str, button: &str) -> Entry {
    let choices = |options: &[&str]| {
        options.iter().map(|text| Choice { value: text.to_lowercase(), label: (*text).into() }).collect()
    };
    let entry = Entry::new(id, "/sitzung/gr-2026-07/tun", verb, "k-99", button);
    match verb {
        "antrag_stellen" => entry
            .list("sitz", "Gestellt von", choices(&["Anton Beispielmann", "Carla Exempel"]))
            .list("art", "Art", choices(&["Änderungsantrag", "Antrag zur Geschäftsordnung", "Antrag zur Sache"]))
            .lines("wortlaut", "Wortlaut", "", 8000),
        "gast_rufen" => entry.line("gast", "Name und Funktion", 120).note("Gäste stimmen nicht ab (§ 33 GemO)."),
        "antrag_aendern" => entry.lines("wortlaut", "Wortlaut", "Satz 2 entfällt.", 8000),
        _ => entry.lines("text", title, "", 2000).note("§ 38 Abs. 1 GemO"),
    }
}

fn folded(id: &str, verb: &'static str, title: &str, button: &str) -> Folded {
    Folded { id: format!("{id}-auf"), title: title.into(), entry: entry(id, verb, title, button) }
}

fn quiet(id: &str, verb: &'static str, label: &str, about: &str) -> Act {
    act(id, verb, label).tone(Tone::Quiet).about(about)
}

/// The chair sees that it is over, the others have no limit to see.
fn clock(eyes: Eyes) -> SpeakingClock {
    let limit = SpeakingLimit {
        millis: 300_000,
        words: "Redezeit 5 Minuten, bis 19:19:05 Uhr (§ 14 Abs. 3 Geschäftsordnung)".into(),
        over: eyes == Eyes::Chair,
        tell: if eyes == Eyes::Chair { "Die Redezeit von Carla Exempel ist abgelaufen.".into() } else { String::new() },
    };
    // Since a moment that is still to come: what is shown is what was spoken before.
    let spoken = if eyes == Eyes::Chair { 400_000 } else { 130_000 };
    SpeakingClock { since: 32_503_680_000_000, spoken, limit: (eyes != Eyes::Everybody).then_some(limit) }
}

pub fn floor(state: State, eyes: Eyes) -> Floor {
    let debate = state == State::Recused;
    let leads = matches!(eyes, Eyes::Chair | Eyes::Clerk);
    let waiting = |name: &str, about: &str, procedure: bool, number: u32| Waiting {
        name: name.into(),
        about: about.into(),
        procedure,
        acts: if leads {
            vec![
                quiet(&format!("floor-wort-{number}"), "wort_erteilen", "Wort erteilen", name),
                quiet(&format!("floor-streichen-{number}"), "wortmeldung_zurueck", "Streichen", name),
            ]
        } else {
            Vec::new()
        },
    };
    let rows = vec![
        waiting("Hanno Musterhans", "Unabhängige Liste", true, 1),
        waiting("Ingrid Namenlos-Erfunden", "Grüne Liste", false, 2),
        waiting("Jakob Platzhalter", "", false, 3),
    ];
    let name = "Gunda Gast-Erfunden, Planungsamt";
    let acts = if leads { vec![quiet("floor-gast-0", "gast_entlassen", "Entlassen", name)] } else { Vec::new() };
    let guests = vec![Guest { name: name.into(), acts }];
    let own = match eyes {
        Eyes::Member => vec![
            act("floor-sache", "wortmeldung", "Zu Wort melden").icon("hand"),
            act("floor-go", "wortmeldung", "Zur Geschäftsordnung"),
        ],
        Eyes::Chair => vec![
            act("floor-ende", "rede_beenden", "Rede beenden"),
            act("floor-liste", "redeliste_schliessen", "Redeliste schließen").tone(Tone::Quiet),
        ],
        Eyes::Clerk | Eyes::Everybody => Vec::new(),
    };
    Floor {
        hidden: matches!(state, State::Planned | State::Open | State::Closed),
        speaking: debate.then(|| Speaking {
            name: "Carla Exempel".into(),
            about: "Bürgerliste".into(),
            since: "seit 19:14:05 Uhr".into(),
            clock: Some(clock(eyes)),
        }),
        waiting: if debate { rows } else { Vec::new() },
        closed: debate && eyes == Eyes::Clerk,
        guests: if debate { guests } else { Vec::new() },
        spoken: if debate && leads {
            vec![("Anton Beispielmann".into(), "4:10 min".into()), ("Hanno Musterhans".into(), "0:45 min".into())]
        } else {
            Vec::new()
        },
        acts: if debate { own } else { Vec::new() },
        entries: if debate && leads {
            vec![folded("floor-gast", "gast_rufen", "Gast rufen", "Zu diesem Punkt rufen")]
        } else {
            Vec::new()
        },
    }
}

pub fn motions(state: State, eyes: Eyes) -> Motions {
    let debate = state == State::Recused;
    let motion = |kind: &str, mover: &str, wording: &str, word: &str, number: u32| {
        let open = eyes == Eyes::Chair && word.is_empty();
        let id = |verb: &str| format!("motion-{verb}-{number}");
        Motion {
            kind: kind.into(),
            mover: mover.into(),
            wording: wording.into(),
            word: word.into(),
            acts: if open {
                vec![
                    quiet(&id("hand"), "abstimmung_oeffnen", "Abstimmen durch Handzeichen", "zu TOP 3"),
                    quiet(&id("weg"), "antrag_zurueckziehen", "Zurückziehen", mover),
                ]
            } else {
                Vec::new()
            },
            reword: open.then(|| folded(&id("wort"), "antrag_aendern", "Wortlaut ändern", "Wortlaut übernehmen")),
        }
    };
    let rows = vec![
        motion(
            "Antrag zur Geschäftsordnung",
            "Hanno Musterhans",
            "Schluss der Redeliste",
            "abgelehnt, 4 Ja, 8 Nein",
            1,
        ),
        motion(
            "Änderungsantrag",
            "Carla Exempel, Bürgerliste",
            "Satz 2 erhält folgende Fassung:\nDer Anbau wird in Holz ausgeführt.",
            "",
            2,
        ),
    ];
    let entries = match eyes {
        Eyes::Everybody => Vec::new(),
        _ => vec![
            folded("motion-neu", "antrag_stellen", "Antrag stellen", "Antrag aufnehmen"),
            folded("motion-erklaerung", "erklaerung", "Erklärung zur Niederschrift", "Zur Niederschrift nehmen"),
        ],
    };
    Motions {
        hidden: !debate,
        motions: if debate { rows } else { Vec::new() },
        entries: if debate { entries } else { Vec::new() },
    }
}

/// A page is shown in the debate, but not to who is recused; one that cannot be read while the line was lost; nothing
/// otherwise.
pub fn shown(state: State, eyes: Eyes) -> ShownPaper {
    let way = |digest: &str| match eyes {
        Eyes::Everybody => format!("/oeffentlich/gr-2026-07/gezeigt/{digest}"),
        Eyes::Chair | Eyes::Clerk | Eyes::Member => format!("/sitzung/gr-2026-07/unterlage/{digest}"),
    };
    let sheet = |digest: &str| ShownSheet {
        href: way(digest),
        name: "Vorlage 2026/117: Erweiterung des Kindergartens".into(),
        page: 2,
        word: "Seite 2 von 2, gezeigt von Carla Exempel".into(),
    };
    let sheet = match state {
        State::Recused if eyes == Eyes::Member => None,
        State::Recused | State::Fault => Some(sheet("0b0b")),
        State::Disconnected => Some(sheet("0a0a")),
        _ => None,
    };
    let leads = matches!(eyes, Eyes::Chair | Eyes::Clerk) && matches!(state, State::Recused | State::Fault);
    let to = "/sitzung/gr-2026-07/zeigen";
    let papers = vec![Choice { value: "0b0b".into(), label: "Vorlage 2026/117".into() }];
    let entry = Entry::new("shown-waehlen", to, "zeigen", "k-55", "Allen zeigen")
        .list("unterlage", "Unterlage", papers)
        .line("seite", "Seite (leer: die erste)", 4)
        .note("Saal und Öffentlichkeit sehen sie auch und können sie ganz lesen, solange sie gezeigt wird.");
    let title = if sheet.is_some() { "Andere Unterlage oder Seite zeigen" } else { "Unterlage zeigen" };
    let button = |id: &str, label: &str| Act::new(id, to, "zeigen", "k-56", label).with("unterlage", "0b0b");
    ShownPaper {
        acts: if leads && sheet.is_some() {
            vec![
                button("shown-zurueck", "Seite zurück").with("seite", "1"),
                button("shown-weiter", "Seite weiter").blocked("Das ist die letzte Seite.", ""),
                button("shown-ende", "Nicht mehr zeigen").tone(Tone::Quiet),
            ]
        } else {
            Vec::new()
        },
        choose: leads.then(|| Folded { id: "shown-waehlen-auf".into(), title: title.into(), entry }),
        sheet,
    }
}
