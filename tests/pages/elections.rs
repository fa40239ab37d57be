//! An election on every screen: before it, while papers are collected, with its lot, and with its result.

use super::clerks::clerk;
use super::samples::{Rendered, chair, hall, public, seat, text};
use super::town::{State, TO, act};
use ratssaal::web::pages::act::Tone;
use ratssaal::web::pages::ballot::{BallotBoard, Candidate, Election};
use ratssaal::web::pages::clerk::{HallCount, Heard};
use ratssaal::web::pages::entry::Entry;
use ratssaal::web::pages::next::{Choice, NextStep};
use ratssaal::web::pages::vote::{Vote, VoteCard};

const RULE: &str = "Gewählt wird im Saal; zugeschaltete Mitglieder sind nicht stimmberechtigt (§ 37a Abs. 1 Satz 2 GemO). Gewählt ist, \
                    wer mehr als die Hälfte der Stimmen der anwesenden Stimmberechtigten hat (§ 37 Abs. 7 Satz 3 GemO), sonst folgt bei \
                    mehreren die Stichwahl (§ 37 Abs. 7 Satz 4 und 5 GemO).";

pub fn pages() -> Vec<Rendered> {
    let mut before = chair(State::Open);
    before.next = next(
        "Wahl vorbereiten",
        "Sammeln Sie Vorschläge und benennen Sie zwei Mitglieder, die auszählen. Tragen Sie die Namen unten ein. 7 Stimmzettel \
         werden gebraucht.",
        "Wir kommen zur Wahl. Wen schlagen Sie vor, und wer zählt aus?",
    );
    before.ballot = board(Moment::Before, vec![opening()]);
    let mut running = chair(State::Open);
    running.next = next(
        "Stimmzettel einsammeln und auszählen",
        "7 Stimmzettel sind im Saal ausgegeben. Es zählen aus: Ida Entwurf und Klara Schablone. Die Zahlen tragen Sie oder die \
         Schriftführung unten ein.",
        "Zur Wahl steht: David Mustermann-Vorlage und Gustav Attrappe. Bitte füllen Sie den Stimmzettel verdeckt aus und werfen \
         Sie ihn ein.",
    );
    running.ballot = board(Moment::Running, vec![count(), void()]);
    running.vote = own(false);
    let mut lot = chair(State::Open);
    lot.next = next(
        "Los ziehen",
        "Gleiche Stimmenzahl: David Mustermann-Vorlage und Gustav Attrappe. Jemand stellt die Lose her, ein anderes Mitglied im \
         Saal zieht ein Los; tragen Sie unten ein, wer gezogen wurde (§ 37 Abs. 7 Satz 4 und 5 GemO).",
        "Es entscheidet das Los zwischen David Mustermann-Vorlage und Gustav Attrappe. Wer zieht?",
    );
    lot.ballot = board(Moment::Tied, vec![drawing()]);
    let mut remote = seat(State::Open);
    (remote.vote, remote.ballot) = (own(true), board(Moment::Running, vec![]));
    let mut office = clerk(State::Open);
    office.ballot = board(Moment::Running, vec![count()]);
    let mut open = public(State::Open);
    open.ballot = board(Moment::Elected, vec![]);
    let mut pages = vec![
        ("leitstand-wahl-beginn".to_owned(), text(&before)),
        ("leitstand-wahl-laeuft".to_owned(), text(&running)),
        ("leitstand-wahl-los".to_owned(), text(&lot)),
        ("platz-wahl".to_owned(), text(&remote)),
        ("schrift-wahl".to_owned(), text(&office)),
        ("oeffentlich-wahl".to_owned(), text(&open)),
    ];
    let mut secret = clerk(State::Ballot);
    secret.count = HallCount {
        papers: Some(
            Entry::new("count-papers", TO, "stimmzettel_zaehlung", "k-count-papers", "Auszählung eintragen")
                .with("abstimmung", "a-3")
                .number("ja", "Ja", 7)
                .number("nein", "Nein", 7)
                .number("leer", "Enthaltungen (leere Stimmzettel)", 7)
                .number("ungueltig", "Ungültig", 7)
                .number("nicht_abgegeben", "Nicht abgegeben", 7)
                .note("Zusammen müssen es 7 sein: so viele Stimmberechtigte sind im Saal."),
        ),
        form: None,
        idle: String::new(),
        entered: Some("Eingetragen: 4 Ja, 2 Nein, 0 Enthaltungen, 1 ungültig, 0 nicht abgegeben.".into()),
    };
    secret.heard = Heard { rows: vec![], idle: String::new() };
    pages.push(("schrift-geheim".to_owned(), text(&secret)));
    if let Some(mut screen) = hall(State::Open) {
        screen.ballot = board(Moment::Running, vec![]);
        pages.push(("saal-wahl".to_owned(), text(&screen)));
    }
    pages
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Before,
    Running,
    Tied,
    Elected,
}

fn next(title: &str, context: &str, say: &str) -> NextStep {
    NextStep { title: title.into(), context: context.into(), say: Some(say.into()), act: None, others: vec![] }
}

fn board(moment: Moment, entries: Vec<Entry>) -> BallotBoard {
    let votes = |votes: u32| (moment == Moment::Tied || moment == Moment::Elected).then_some(votes);
    let (kind, context, verdict) = match moment {
        Moment::Before => ("Wahl zu einer ehrenamtlichen Tätigkeit", "zu TOP 4", "Noch kein Wahlgang"),
        Moment::Running => (
            "Erster Wahlgang",
            "zu TOP 4, geheim mit Stimmzetteln, eröffnet um 19:31:02 Uhr",
            "Der Wahlgang läuft im Saal",
        ),
        Moment::Tied => (
            "Stichwahl",
            "zu TOP 4, geheim mit Stimmzetteln, festgestellt um 19:44:10 Uhr",
            "Stimmengleichheit: Das Los entscheidet zwischen David Mustermann-Vorlage und Gustav Attrappe",
        ),
        Moment::Elected => (
            "Erster Wahlgang",
            "zu TOP 4, geheim mit Stimmzetteln, festgestellt um 19:38:40 Uhr",
            "Gewählt ist David Mustermann-Vorlage",
        ),
    };
    let (first, second) = if moment == Moment::Tied { (3, 3) } else { (4, 2) };
    let names = [("David Mustermann-Vorlage", first), ("Gustav Attrappe", second)];
    let facts: &[(&str, &str)] = match moment {
        Moment::Before => &[],
        Moment::Running => &[("Stimmberechtigt im Saal", "7"), ("Es zählen aus", "Ida Entwurf und Klara Schablone")],
        Moment::Tied | Moment::Elected => &[
            ("Enthaltungen", "1"),
            ("Ungültig", "0"),
            ("Nicht abgegeben", "0"),
            ("Stimmberechtigt im Saal", "7"),
            ("Nötig", "4 Stimmen"),
            ("Es zählten aus", "Ida Entwurf und Klara Schablone"),
        ],
    };
    let election = Election {
        kind: kind.into(),
        context: context.into(),
        verdict: verdict.into(),
        elected: moment == Moment::Elected,
        candidates: names
            .iter()
            .filter(|_| moment != Moment::Before)
            .map(|(name, count)| Candidate { name: (*name).into(), votes: votes(*count) })
            .collect(),
        facts: facts.iter().map(|(label, value)| ((*label).into(), (*value).into())).collect(),
        rule: RULE.into(),
        before: if moment == Moment::Tied {
            vec!["Erster Wahlgang: David Mustermann-Vorlage 3, Gustav Attrappe 3. Stichwahl zwischen David Mustermann-Vorlage und Gustav Attrappe.".into()]
        } else {
            vec![]
        },
        entries,
    };
    BallotBoard { ballot: None, election: Some(election) }
}

fn choices(options: &[(&str, &str)]) -> Vec<Choice> {
    options.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into() }).collect()
}

fn opening() -> Entry {
    Entry::new("election-open", TO, "wahlgang_oeffnen", "k-election-open", "Wahlgang eröffnen")
        .with("wahlgang", "w-1")
        .lines("kandidaten", "Zur Wahl stehen (ein Name je Zeile)", "", 1500)
        .list(
            "zweiter",
            "Wahlgang",
            choices(&[("nein", "erster Wahlgang"), ("ja", "zweiter Wahlgang; der erste war in einer früheren Sitzung")]),
        )
        .lines("zaehler", "Es zählen aus (zwei Namen, einer je Zeile)", "", 1500)
        .list(
            "art",
            "Gewählt wird",
            choices(&[
                ("geheim", "geheim mit Stimmzetteln"),
                ("offen", "offen durch Handzeichen, wenn niemand widerspricht"),
            ]),
        )
        .note("Stimmzettel erhalten die Stimmberechtigten im Saal; zugeschaltete Mitglieder wählen nicht mit (§ 37a Abs. 1 Satz 2 GemO).")
}

fn count() -> Entry {
    Entry::new("election-count", TO, "wahl_auszaehlung", "k-election-count", "Auszählung eintragen")
        .with("wahlgang", "w-1")
        .number("stimmen_1", "Stimmen für David Mustermann-Vorlage", 7)
        .number("stimmen_2", "Stimmen für Gustav Attrappe", 7)
        .number("leer", "Enthaltungen (leere Stimmzettel)", 7)
        .number("ungueltig", "Ungültig", 7)
        .number("nicht_abgegeben", "Nicht abgegeben", 7)
        .note("Zusammen müssen es 7 sein: so viele Stimmberechtigte waren im Saal.")
}

fn void() -> Entry {
    Entry::new("election-void", TO, "wahlgang_verwerfen", "k-election-void", "Wahlgang verwerfen")
        .with("wahlgang", "w-1")
        .line("begruendung", "Warum, falls der Wahlgang wiederholt werden muss", 300)
        .note("Erster Wahlgang: Kein Stimmzettel zählt; der Punkt bleibt aufgerufen.")
}

fn drawing() -> Entry {
    let names = [("David Mustermann-Vorlage", "David Mustermann-Vorlage"), ("Gustav Attrappe", "Gustav Attrappe")];
    Entry::new("election-lot", TO, "los", "k-election-lot", "Losentscheid festhalten")
        .line("lose_von", "Die Lose hat hergestellt", 120)
        .list("zieht", "Das Los zieht", choices(&[("sitz-02", "Anton Beispiel"), ("sitz-10", "Ida Entwurf")]))
        .list("gezogen_1", "Gezogen wurde", choices(&names))
        .note("Wer zieht, stellt die Lose nicht selbst her. Beide Namen stehen in der Niederschrift.")
}

/// What a member has before him: connected, with the objection to an open election, or in the hall.
fn own(remote: bool) -> VoteCard {
    let acts = vec![
        act("vote-widerspruch", "wahl_widersprechen", "Offener Wahl widersprechen").note(
            "Dann wird geheim mit Stimmzetteln gewählt (§ 37 Abs. 7 Satz 1 GemO). Festgehalten wird nur, dass ein Mitglied widerspricht.",
        ),
        act("vote-widerspruch-name", "wahl_widersprechen", "Widersprechen, mit meinem Namen")
            .tone(Tone::Quiet)
            .with("namentlich", "ja"),
    ];
    VoteCard {
        state: Vote::Hall {
            kind: "Erster Wahlgang zu TOP 4".into(),
            title: "Wahl im Saal".into(),
            names: vec!["David Mustermann-Vorlage".into(), "Gustav Attrappe".into()],
            note: if remote {
                "Zugeschaltete Mitglieder sind bei Wahlen nicht stimmberechtigt."
            } else {
                "Sie erhalten einen Stimmzettel aus Papier. An diesem Gerät wird nicht gewählt."
            }
            .into(),
            paragraph: if remote { "§ 37a Abs. 1 Satz 2 GemO" } else { "" }.into(),
            acts: if remote { acts } else { vec![] },
        },
    }
}
