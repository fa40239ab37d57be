//! The invented town of the samples: Musterstadt am Hang, a mayor and twelve councillors, none of whom exists.

use ratssaal::web::pages::act::{Act, Tone};
use ratssaal::web::pages::agenda::{Agenda, AgendaRow, CurrentItem, Item, ItemState};
use ratssaal::web::pages::chamber::{Chamber, Tile};
use ratssaal::web::pages::figures::{Figures, Quorum};
use ratssaal::web::pages::frame::{Frame, Head, Live, Mood, Notice, Phase, View};
use ratssaal::web::pages::people::{Group, Member, People, Sense};

/// A state of the meeting in which every screen is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Planned,
    Open,
    Ballot,
    Voted,
    Fault,
    Interrupted,
    Recused,
    Disconnected,
    Counted,
    Closed,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Planned,
        Self::Open,
        Self::Ballot,
        Self::Voted,
        Self::Fault,
        Self::Interrupted,
        Self::Recused,
        Self::Disconnected,
        Self::Counted,
        Self::Closed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "geplant",
            Self::Open => "eroeffnet",
            Self::Ballot => "abstimmung",
            Self::Voted => "abgestimmt",
            Self::Fault => "stoerung",
            Self::Interrupted => "unterbrochen",
            Self::Recused => "befangen",
            Self::Disconnected => "getrennt",
            Self::Counted => "ausgezaehlt",
            Self::Closed => "geschlossen",
        }
    }

    pub const fn votes(self) -> bool {
        matches!(self, Self::Ballot | Self::Voted | Self::Recused)
    }
}

pub const TO: &str = "/sitzung/gr-2026-07/tun";
pub const MOTION: &str = "Der Gemeinderat beschließt, den Kindergarten am Mühlbach um eine dritte Gruppe zu erweitern. \
    Die Kosten von 1,42 Millionen Euro werden in den Haushaltsplan 2027 eingestellt.";

pub struct Person {
    pub seat: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    pub remote: bool,
}

const fn person(seat: &'static str, name: &'static str, about: &'static str, remote: bool) -> Person {
    Person { seat, name, about, remote }
}

pub const COUNCIL: [Person; 13] = [
    person("sitz-01", "Frieda Musterberg", "Bürgermeisterin, Vorsitz", false),
    person("sitz-02", "Anton Beispiel", "Bürgerliste", false),
    person("sitz-03", "Berta Probe", "Grüne Mitte", true),
    person("sitz-04", "Carla Exempel", "Grüne Mitte", true),
    person("sitz-05", "David Mustermann-Vorlage", "Bürgerliste", false),
    person("sitz-06", "Emil Platzhalter", "Soziales Forum", true),
    person("sitz-07", "Franziska Fiktiva", "Bürgerliste", false),
    person("sitz-08", "Gustav Attrappe", "Soziales Forum", false),
    person("sitz-09", "Hanna Vordruck", "Grüne Mitte", true),
    person("sitz-10", "Ida Entwurf", "Bürgerliste", false),
    person("sitz-11", "Jonas Modell", "Soziales Forum", true),
    person("sitz-12", "Klara Schablone", "Grüne Mitte", false),
    person("sitz-13", "Ludwig Skizze", "Bürgerliste", false),
];

pub fn act(id: &str, verb: &'static str, label: &str) -> Act {
    Act::new(id, TO, verb, format!("k-{id}"), label)
}

pub fn frame(title: &str, who: Option<&str>, state: State, views: &[(&str, &str)]) -> Frame {
    let (mood, word, since) = match state {
        State::Planned => (Mood::Waiting, "Einberufen", "Beginn 19:00 Uhr"),
        State::Interrupted => (Mood::Interrupted, "Unterbrochen", "seit 19:41 Uhr"),
        State::Closed => (Mood::Closed, "Geschlossen", "um 20:58 Uhr"),
        state if state.votes() => (Mood::Voting, "Abstimmung läuft", "seit 19:22 Uhr"),
        _ => (Mood::Running, "Öffentliche Sitzung", "seit 19:02 Uhr"),
    };
    let public = who.is_none();
    let address = if state == State::Disconnected { "/nirgends/live" } else { "/sitzung/gr-2026-07/live" };
    Frame {
        title: title.into(),
        town: "Musterstadt am Hang".into(),
        meeting: Some("Gemeinderat, 7. Sitzung · 24. November 2026".into()),
        person: who.map(Into::into),
        views: views
            .iter()
            .map(|(label, href)| View { href: (*href).into(), label: (*label).into(), current: *label == title })
            .collect(),
        phase: Some(Phase {
            mood,
            word: word.into(),
            since: Some(since.into()),
            head: (state != State::Planned).then(|| Head { number: 118, short: "7f3a 9c21".into() }),
            filming: (state == State::Ballot).then(|| "Es wird aufgezeichnet oder übertragen, seit 19:02 Uhr".into()),
        }),
        live: if public { Live::Events("/oeffentlich/gr-2026-07/live".into()) } else { Live::Socket(address.into()) },
        notice: (state == State::Open).then(|| Notice {
            refused: false,
            text: "TOP 2 ist abgeschlossen.".into(),
            paragraph: String::new(),
        }),
    }
}

pub fn figures(state: State) -> Figures {
    let (present, in_room, remote) = match state {
        State::Planned => (9, 5, 4),
        State::Fault => (11, 7, 4),
        State::Interrupted => (6, 6, 0),
        _ => (12, 7, 5),
    };
    let entitled = if state == State::Recused { present - 1 } else { present };
    let cast = match state {
        State::Ballot => Some(8),
        State::Voted => Some(12),
        State::Recused => Some(9),
        _ => None,
    };
    let (quorum, sentence) = match state {
        State::Planned => (Quorum::Open, "Noch nicht festgestellt. 9 von 13 Mitgliedern sind da.".into()),
        State::Interrupted => {
            (Quorum::Broken, "Nicht beschlussfähig: nur 6 von 13 Mitgliedern anwesend, nötig sind 7.".into())
        }
        _ => (Quorum::Met, format!("Beschlussfähig: {present} von 13 Mitgliedern anwesend, nötig sind 7.")),
    };
    Figures {
        present,
        in_room,
        remote,
        entitled,
        needed: 7,
        cast,
        missing: cast.map(|cast| entitled - cast),
        quorum,
        sentence,
    }
}

pub fn people(state: State, detailed: bool) -> People {
    let row = |person: &Person| {
        let lost = state == State::Interrupted || (state == State::Fault && person.seat == "sitz-04");
        let falters = state == State::Fault && person.seat == "sitz-09";
        let (sense, word, since) = match (person.seat, person.remote) {
            ("sitz-13", _) => (Sense::Away, "entschuldigt", ""),
            (_, false) => (Sense::InRoom, "im Saal", "seit 18:55 Uhr"),
            _ if lost => (Sense::Lost, "kein Bild, zählt nicht mit", "seit 19:40:12 Uhr"),
            _ if falters => (Sense::Falters, "Ton setzt aus", "seit 19:40:21 Uhr"),
            _ if detailed => (Sense::Arrives, "Bild und Ton treffen ein", "seit 18:52 Uhr"),
            _ => (Sense::Arrives, "zugeschaltet", ""),
        };
        Member {
            seat: person.seat.into(),
            name: person.name.into(),
            about: person.about.into(),
            sense,
            word: word.into(),
            since: if detailed { since.into() } else { String::new() },
            recused: state == State::Recused && person.seat == "sitz-06",
        }
    };
    let group = |title: &str, keep: fn(&Person) -> bool| Group {
        title: title.into(),
        rows: COUNCIL.iter().filter(|person| keep(person)).map(row).collect(),
    };
    People {
        groups: vec![
            group("Zugeschaltet", |p| p.remote),
            group("Vor Ort", |p| !p.remote && p.seat != "sitz-13"),
            group("Abwesend", |p| p.seat == "sitz-13"),
        ],
    }
}

pub fn agenda(state: State, chair: bool, entitled_to_hidden: bool) -> Agenda {
    let began = state != State::Planned;
    let third = match state {
        State::Planned | State::Open => (ItemState::Waiting, ""),
        State::Closed => (ItemState::Done, "angenommen, 9 Ja, 2 Nein, 1 Enthaltung"),
        State::Counted => (ItemState::Current, "Ergebnis liegt vor"),
        state if state.votes() => (ItemState::Current, "Abstimmung läuft"),
        _ => (ItemState::Current, "aufgerufen"),
    };
    let row = |number: &str, title: &str, public: bool, (item, word): (ItemState, &str)| AgendaRow {
        number: number.into(),
        title: title.into(),
        public,
        state: item,
        word: word.into(),
        acts: Vec::new(),
    };
    let done = |word| if began { (ItemState::Done, word) } else { (ItemState::Waiting, "") };
    let mut items = vec![
        row("1", "Begrüßung und Feststellung der Beschlussfähigkeit", true, done("zur Kenntnis genommen")),
        row("2", "Bürgerfragestunde", true, done("ohne Abstimmung")),
        row("3", "Erweiterung des Kindergartens am Mühlbach", true, third),
        row("4", "Bebauungsplan „Obere Halde“, Aufstellungsbeschluss", true, (ItemState::Waiting, "")),
        row("5", "Verschiedenes und Anfragen", true, (ItemState::Waiting, "")),
        row(
            "6",
            if entitled_to_hidden { "Grundstücksangelegenheit Mühlbachstraße" } else { "Nichtöffentlicher Punkt" },
            false,
            (ItemState::Waiting, ""),
        ),
    ];
    if state == State::Closed {
        items[3] = row("4", "Bebauungsplan „Obere Halde“, Aufstellungsbeschluss", true, (ItemState::Done, "vertagt"));
        items[4].state = ItemState::Done;
        items[5].state = ItemState::Done;
        items[5].word = "abgesetzt".into();
    } else if chair && state == State::Open {
        for item in &mut items[3..5] {
            let id = format!("agenda-aufrufen-{}", item.number);
            item.acts.push(
                act(&id, "aufrufen", "Vorziehen und aufrufen")
                    .about(format!("TOP {}", item.number))
                    .tone(Tone::Quiet)
                    .with("punkt", item.number.clone()),
            );
        }
    }
    Agenda { items, entries: Vec::new() }
}

pub fn item(state: State) -> CurrentItem {
    let idle = match state {
        State::Planned => "Die Sitzung beginnt um 19:00 Uhr.",
        State::Closed => "Die Sitzung ist geschlossen.",
        _ => "Es ist kein Punkt aufgerufen.",
    };
    let called = !matches!(state, State::Planned | State::Open | State::Closed);
    CurrentItem {
        item: called.then(|| Item {
            number: "3".into(),
            title: "Erweiterung des Kindergartens am Mühlbach".into(),
            public: true,
            since: "aufgerufen um 19:12 Uhr".into(),
            motion: (!state.votes() && state != State::Counted).then(|| MOTION.into()),
        }),
        idle: idle.into(),
    }
}

pub fn chamber(own: &str, state: State) -> Option<Chamber> {
    if state == State::Closed {
        return None;
    }
    let me = COUNCIL.iter().find(|person| person.seat == own)?;
    let hall = Tile {
        seat: "saal".into(),
        name: "Großer Saal".into(),
        about: "Rathaus".into(),
        sense: Sense::Arrives,
        word: "Bild und Ton treffen ein".into(),
        hall: true,
    };
    let others = people(state, true).groups.remove(0).rows.into_iter().filter(|row| row.seat != own).map(|row| Tile {
        seat: row.seat,
        name: row.name,
        about: row.about,
        sense: row.sense,
        word: row.word,
        hall: false,
    });
    Some(Chamber {
        publish: me.remote.then(|| "/media/gr-2026-07/whip".into()),
        receive: "/media/gr-2026-07/whep".into(),
        slots: 6,
        own_seat: own.into(),
        own_name: me.name.into(),
        is_hall: false,
        silent: !me.remote,
        paragraph: "§ 37a Abs. 1 Satz 3 GemO".into(),
        consent: None,
        tiles: std::iter::once(hall).chain(others).collect(),
    })
}
