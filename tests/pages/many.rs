//! A large council on a long evening: sixty members, thirty items, a roll call. Invented by counting, the same every time.

use super::clerks::clerk;
use super::samples::{Rendered, chair, public, seat};
use super::speech::{Eyes, floor};
use super::town::{State, act};
use super::votes::running;
use ratssaal::web::pages::act::Tone;
use ratssaal::web::pages::agenda::{Agenda, AgendaRow, ItemState};
use ratssaal::web::pages::ballot::{Progress, Stage};
use ratssaal::web::pages::chamber::{Chamber, Tile};
use ratssaal::web::pages::clerk::{AttendanceRow, HeardRow};
use ratssaal::web::pages::floor::{Floor, Waiting};
use ratssaal::web::pages::people::{Group, Member, People, Sense};
use ratssaal::web::pages::rooms::HallView;

const MEMBERS: usize = 60;
/// In the hall; the others are connected, but for the last four.
const IN_ROOM: usize = 28;
const AWAY: usize = 4;
const FIRST: [&str; 10] =
    ["Anna", "Bertram", "Cornelia", "Dagobert", "Elvira", "Ferdinand", "Gisela", "Hubertus", "Irmgard", "Justus"];
const LAST: [&str; 6] = ["Muster", "Beispielhaft", "Platzhalter-Erfunden", "Entwurf", "Vorlage", "Attrappe"];
const FACTIONS: [&str; 4] = ["Bürgerliste", "Soziales Forum", "Grüne Mitte", "Unabhängige Wählervereinigung"];

fn name(number: usize) -> String {
    format!("{} {}", FIRST[number % 10], LAST[number / 10])
}

fn member(number: usize) -> Member {
    let (sense, word) = match number {
        n if n < IN_ROOM => (Sense::InRoom, "im Saal bestätigt"),
        n if n >= MEMBERS - AWAY => (Sense::Away, "nicht anwesend"),
        n if n % 11 == 9 => (Sense::Lost, "kein Bild"),
        _ => (Sense::Arrives, "Bild und Ton treffen ein"),
    };
    Member {
        seat: format!("sitz-{number:02}"),
        name: name(number),
        about: if number == 0 { "Vorsitz".into() } else { FACTIONS[number % 4].into() },
        sense,
        word: word.into(),
        since: if sense == Sense::Away { String::new() } else { "seit 18:55:10 Uhr".into() },
        recused: number == 31,
    }
}

fn people() -> People {
    let group = |title: &str, keep: fn(&Member) -> bool| Group {
        title: title.into(),
        rows: (0..MEMBERS).map(member).filter(keep).collect(),
    };
    People {
        groups: vec![
            group("Zugeschaltet", |one| !matches!(one.sense, Sense::InRoom | Sense::Away)),
            group("Vor Ort", |one| one.sense == Sense::InRoom),
            group("Abwesend", |one| one.sense == Sense::Away),
        ],
    }
}

fn agenda(leads: bool) -> Agenda {
    let titles = [
        "Bürgerfragestunde",
        "Erweiterung des Kindergartens am Mühlbach einschließlich der Außenanlagen und der Förderanträge des Landes",
        "Bebauungsplan „Obere Halde“, Aufstellungsbeschluss und Beschluss über die frühzeitige Beteiligung",
        "Kenntnisnahme",
        "Annahme von Spenden",
    ];
    let row = |place: usize| {
        let state = match place {
            0..=10 => ItemState::Done,
            11 => ItemState::Current,
            _ => ItemState::Waiting,
        };
        let number = if (5..9).contains(&place) { format!("5.{}", place - 4) } else { place.to_string() };
        let acts = if leads && state == ItemState::Waiting {
            let quiet = |verb: &'static str, label: &str| {
                act(&format!("agenda-{verb}-{place}"), verb, label).tone(Tone::Quiet).about(format!("TOP {number}"))
            };
            vec![quiet("punkt_verschieben", "Vorziehen"), quiet("punkt_streichen", "Absetzen")]
        } else {
            Vec::new()
        };
        AgendaRow {
            title: titles[place % titles.len()].into(),
            public: place < 28,
            word: match state {
                ItemState::Done => "angenommen, 51 Ja, 3 Nein, 2 Enthaltungen".into(),
                ItemState::Current => "Abstimmung läuft".into(),
                ItemState::Waiting => String::new(),
            },
            number,
            state,
            acts,
        }
    };
    Agenda { items: (1..=30).map(row).collect(), entries: Vec::new() }
}

fn list(eyes: Eyes) -> Floor {
    let mut floor = floor(State::Recused, eyes);
    let waiting = |number: usize| Waiting {
        name: name(number),
        about: FACTIONS[number % 4].into(),
        procedure: number < 9,
        acts: match eyes {
            Eyes::Chair => vec![
                act(&format!("floor-wort-{number}"), "wort_erteilen", "Wort erteilen").tone(Tone::Quiet),
                act(&format!("floor-streichen-{number}"), "wortmeldung_zurueck", "Streichen").tone(Tone::Quiet),
            ],
            Eyes::Clerk | Eyes::Member | Eyes::Everybody => Vec::new(),
        },
    };
    floor.waiting = (8..22).map(waiting).collect();
    floor
}

fn gallery(chamber: &mut Chamber) {
    let hall = chamber.tiles.iter().filter(|tile| tile.hall).cloned().collect::<Vec<_>>();
    let tile = |one: Member| Tile {
        seat: one.seat,
        name: one.name,
        about: one.about,
        sense: one.sense,
        word: one.word,
        hall: false,
    };
    let remote = (IN_ROOM..MEMBERS - AWAY).map(member).map(tile);
    chamber.tiles = hall.into_iter().chain(remote).collect();
    chamber.slots = u32::try_from(chamber.tiles.len()).expect("few");
}

fn roll_call() -> Stage {
    Stage::Open(Progress {
        cast: 27,
        entitled: 55,
        waiting: (0..MEMBERS).filter(|number| number % 2 == 1).map(name).take(28).collect(),
        barred: vec!["Bertram Entwurf (befangen, § 18 GemO)".into()],
    })
}

/// Leitstand, Mein Platz, Schriftführung and Saal; the public's page, too.
pub fn sixty_members() -> Vec<Rendered> {
    let (mut desk, mut place, mut office, mut open) =
        (chair(State::Ballot), seat(State::Ballot), clerk(State::Ballot), public(State::Ballot));
    for figures in [&mut desk.figures, &mut place.figures, &mut office.figures, &mut open.figures] {
        (figures.present, figures.in_room, figures.remote, figures.entitled, figures.needed) = (56, 28, 28, 55, 30);
        figures.sentence = "Beschlussfähig: 56 von 60 Mitgliedern anwesend, nötig sind 30.".into();
        if figures.cast.is_some() {
            (figures.cast, figures.missing) = (Some(27), Some(28));
        }
    }
    for people in [&mut desk.people, &mut place.people, &mut open.people] {
        *people = self::people();
    }
    for agenda in [&mut place.agenda, &mut office.agenda, &mut open.agenda] {
        *agenda = self::agenda(false);
    }
    desk.agenda = agenda(true);
    for board in [&mut desk.ballot, &mut place.ballot, &mut office.ballot] {
        *board = running(roll_call());
    }
    (desk.floor, place.floor) = (list(Eyes::Chair), list(Eyes::Member));
    (office.floor, open.floor) = (list(Eyes::Clerk), list(Eyes::Everybody));
    office.attendance.rows = (0..MEMBERS).map(member).map(row).collect();
    office.heard.rows = (0..MEMBERS - AWAY).map(heard).collect();
    for chamber in [desk.chamber.as_mut(), place.chamber.as_mut()].into_iter().flatten() {
        gallery(chamber);
    }
    let mut chamber = place.chamber.clone().expect("a gallery");
    (chamber.is_hall, chamber.own_seat, chamber.own_name) = (true, "saal".into(), "Großer Saal".into());
    chamber.paragraph = "§ 37a Abs. 2 Satz 2 GemO".into();
    chamber.tiles.remove(0);
    let mut frame = open.frame.clone();
    frame.title = "Saal".into();
    let hall = HallView {
        frame,
        figures: open.figures.clone(),
        item: open.item.clone(),
        ballot: open.ballot.clone(),
        floor: open.floor.clone(),
        shown: open.shown.clone(),
        chamber: Some(chamber),
    };
    let text = |page: &dyn askama::DynTemplate| page.dyn_render().expect("a page of plain texts renders");
    vec![
        ("leitstand-sechzig".into(), text(&desk)),
        ("platz-sechzig".into(), text(&place)),
        ("schrift-sechzig".into(), text(&office)),
        ("saal-sechzig".into(), text(&hall)),
        ("oeffentlich-sechzig".into(), text(&open)),
    ]
}

fn row(one: Member) -> AttendanceRow {
    let verb = match one.sense {
        Sense::InRoom => Some(("ab", "saal_abwesend", "Geht")),
        Sense::Away => Some(("an", "saal_anwesend", "Ist im Saal")),
        _ => None,
    };
    AttendanceRow {
        act: verb.map(|(id, verb, label)| {
            act(&format!("attendance-{id}-{}", one.seat), verb, label)
                .about(one.name.clone())
                .tone(Tone::Quiet)
                .with("sitz", one.seat.clone())
        }),
        name: one.name,
        about: one.about,
        sense: one.sense,
        word: one.word,
        since: one.since,
    }
}

fn heard(number: usize) -> HeardRow {
    let one = member(number);
    HeardRow {
        turn: false,
        acts: [("ja", "Ja"), ("nein", "Nein"), ("enthaltung", "Enth.")]
            .map(|(value, label)| {
                act(&format!("heard-{}-{value}", one.seat), "gehoert", label)
                    .tone(Tone::Quiet)
                    .with("abstimmung", "a-3")
                    .with("sitz", one.seat.clone())
                    .with("wahl", value)
            })
            .into(),
        name: one.name,
        about: one.about,
        cast: number.is_multiple_of(2).then(|| "Ja, 19:23:05 Uhr".into()),
    }
}
