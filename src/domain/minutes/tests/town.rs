//! A plainly invented town and one evening of its council, driven through `plan`, `decide` and `apply`.

mod evening;

pub use evening::{deleted, evening, long};

use crate::domain::council::{Function, Seat};
use crate::domain::id::{BallotId, ItemId, MeetingId, SeatId};
use crate::domain::law::format::{Clause as ClauseKind, MeetingFormat};
use crate::domain::law::overlay::Carried;
use crate::domain::law::{RulePack, Rules, packs};
use crate::domain::ledger::{Digest, Head};
use crate::domain::meeting::command::{PresenceChange, Summons};
use crate::domain::meeting::event::{AgendaEntry, Choice, Clause, Method, PinnedLaw};
use crate::domain::meeting::{self, Actor, Command, Context, Event, Meeting, Plan, Recorded, wire};
use crate::domain::minutes::{Minutes, Part, build};
use crate::domain::presence::{Lack, Observation, Perception, ReceiveSecond, StreamSecond};
use crate::domain::time::{Date, Instant, LocalTime};
use std::collections::BTreeMap;

/// Midnight of 26 November 2026 in the town hall, in the time of its winter: one hour before UTC.
const MIDNIGHT: Instant = Instant(1_795_647_600_000);
const DAY_MS: i64 = 86_400_000;

/// The clock on the wall.
pub fn winter(at: Instant) -> LocalTime {
    let millis = at.millis_since(MIDNIGHT.plus_millis(-25 * DAY_MS));
    let mut date: Date = "2026-11-01".parse().unwrap();
    for _ in 0..millis.div_euclid(DAY_MS) {
        date = date.next_day().unwrap();
    }
    let seconds = millis.rem_euclid(DAY_MS) / 1000;
    let part = |value: i64| u8::try_from(value).unwrap();
    LocalTime { date, hour: part(seconds / 3600), minute: part(seconds / 60 % 60), second: part(seconds % 60) }
}

/// „19:05:07“ of the evening.
pub fn clock(text: &str) -> Instant {
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().unwrap()).collect();
    MIDNIGHT.plus_millis((parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000)
}

pub fn seat(number: usize) -> SeatId {
    format!("s{number:02}").parse().unwrap()
}

pub fn item(number: usize) -> ItemId {
    format!("i{number}").parse().unwrap()
}

pub fn ballot(name: &str) -> BallotId {
    name.parse().unwrap()
}

const NAMES: [&str; 13] = [
    "Malwine Probst-Erfunden",
    "Ayşe Beispielgül",
    "Łukasz Musterski",
    "Anka Čehová-Übung",
    "Jörg Platzhalter",
    "Käthe Fiktiv",
    "Günther Niemandsfreund",
    "Sören Ångström-Attrappe",
    "Đorđe Vorlagić",
    "Zoë Probelauf",
    "Břetislav Vzorný",
    "Ludwig Strohmann",
    "Íris Dæmisdóttir",
];
const FACTIONS: [&str; 3] = ["Fraktion Blau", "Fraktion Grün-Weiß", "Liste Hangkante"];

pub fn seats(count: usize) -> Vec<Seat> {
    (1..=count)
        .map(|number| Seat {
            id: seat(number),
            person: format!("p{number:02}").parse().unwrap(),
            name: NAMES
                .get(number - 1)
                .map_or_else(|| format!("Musterperson Nummer {number}").parse().unwrap(), |name| name.parse().unwrap()),
            function: if number == 1 { Function::Mayor } else { Function::Councillor },
            faction: (number > 1).then(|| FACTIONS[number % 3].parse().unwrap()),
        })
        .collect()
}

pub fn public(number: usize, title: &str, motion: Option<&str>) -> AgendaEntry {
    AgendaEntry {
        id: item(number),
        number: number.to_string(),
        public: true,
        title: Some(title.parse().unwrap()),
        motion: motion.map(|text| text.parse().unwrap()),
    }
}

pub const CLOSED_TITLE: &str = "Geheimer Grundstückskauf Markierung-4711";

pub fn planned(seats: Vec<Seat>, agenda: Vec<AgendaEntry>) -> Plan {
    let closed = agenda.iter().filter(|entry| !entry.public);
    let closed_titles =
        closed.map(|entry| (entry.id.clone(), CLOSED_TITLE.parse().unwrap())).collect::<BTreeMap<_, _>>();
    Plan {
        municipality: "Stadt Musterstadt am Hang".parse().unwrap(),
        land: "bw".into(),
        body: "gemeinderat".parse().unwrap(),
        body_name: "Gemeinderat".parse().unwrap(),
        title: "11. Sitzung des Jahres 2026".parse().unwrap(),
        place: "Rathaus, Sitzungssaal".parse().unwrap(),
        day: "2026-11-26".parse().unwrap(),
        starts_at: clock("19:00:00"),
        first_after_election: false,
        chair: seat(1),
        seats,
        clerk: "Frida Federführend".parse().unwrap(),
        agenda,
        closed_titles: Some(closed_titles),
        closed_motions: None,
        local: None,
        clauses: vec![Clause {
            kind: ClauseKind::Digital,
            reference: "§ 3c Hauptsatzung".parse().unwrap(),
            decided_on: "2025-10-16".parse().unwrap(),
            in_force_from: "2025-11-01".parse().unwrap(),
            carried: Some(Carried { yes: 12, members: 13 }),
        }],
        summoned_on: Some("2026-11-12".parse().unwrap()),
        deputies: Vec::new(),
        kind: None,
        statutory: None,
    }
}

/// A meeting being played, with its ledger.
pub struct Stage {
    pub entries: Vec<Recorded>,
    pub meeting: Meeting,
    pub rules: Rules,
    pub now: Instant,
}

impl Stage {
    pub fn new(plan: &Plan) -> Self {
        let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
        let planned = meeting::plan(plan).unwrap();
        let now = clock("09:00:00").plus_millis(-10 * DAY_MS);
        let first = recorded(1, now, now, planned);
        let id: MeetingId = "musterstadt-2026-11".parse().unwrap();
        let meeting = meeting::begin(id, &first).unwrap();
        Self { entries: vec![first], meeting, rules: pack.on(plan.day).unwrap(), now }
    }

    pub fn at(&mut self, time: &str) -> &mut Self {
        self.now = clock(time);
        self
    }

    /// Does what `actor` wants; the evening is written so that nothing is refused.
    pub fn act(&mut self, actor: Actor, command: Command) -> &mut Self {
        let recorded_at = self.now;
        self.act_recorded(actor, command, recorded_at)
    }

    pub fn act_recorded(&mut self, actor: Actor, command: Command, recorded_at: Instant) -> &mut Self {
        let context = Context { actor, now: self.now };
        let events = meeting::decide(&self.meeting, &self.rules, &context, &command)
            .unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        for event in events {
            let entry = recorded(self.meeting.height + 1, self.now, recorded_at, event);
            self.meeting = meeting::apply(self.meeting.clone(), &entry);
            self.entries.push(entry);
        }
        self
    }

    pub fn chair(&mut self, command: Command) -> &mut Self {
        self.act(member(1), command)
    }

    pub fn clerk(&mut self, command: Command) -> &mut Self {
        self.act(Actor { clerk: true, strong: true, ..Actor::default() }, command)
    }

    pub fn press(&mut self, number: usize, name: &str, choice: Choice) -> &mut Self {
        self.act(member(number), Command::Cast { ballot: ballot(name), choice })
    }

    pub fn perceive(&mut self, numbers: &[usize], perception: Perception, since: &str, lacking: &[Lack]) -> &mut Self {
        let changes = numbers
            .iter()
            .map(|number| PresenceChange {
                seat: seat(*number),
                perception,
                since: clock(since),
                lacking: lacking.to_vec(),
                evidence: Observation {
                    endpoint: (&seat(*number)).into(),
                    sound: StreamSecond::default(),
                    picture: StreamSecond::default(),
                    receive: ReceiveSecond::default(),
                },
            })
            .collect();
        self.act(Actor::system(), Command::ReportPresence { changes, hall: None })
    }

    /// Convened as a digital meeting, 1 and 4 to `last` remote, 2 and 3 in the room, opened.
    pub fn opened(&mut self, last: usize) -> &mut Self {
        self.chair(Command::Convene {
            format: MeetingFormat::Digital,
            ground: Some("natural_disaster".into()),
            reason: Some("Der Hang oberhalb der Altstadt ist nach Starkregen gesperrt, das Rathaus nur eingeschränkt erreichbar.".parse().unwrap()),
            public_room: Some("Foyer der Hangschule".parse().unwrap()),
            law: pinned(), summons: Summons::default() });
        self.at("18:50:00").clerk(Command::AttestRoom { seat: seat(2), present: true });
        self.clerk(Command::AttestRoom { seat: seat(3), present: true });
        let remote: Vec<usize> = std::iter::once(1).chain(4..=last).collect();
        self.at("18:55:00").perceive(&remote, Perception::Perceptible, "18:54:57", &[]);
        self.at("18:58:00").clerk(Command::AttestPublicRoom { receives: true });
        self.at("19:02:11").chair(Command::Open)
    }

    /// Convened in person, the first `count` seats in the room, opened.
    pub fn in_person(&mut self, count: usize) -> &mut Self {
        let law = pinned();
        self.chair(Command::Convene {
            format: MeetingFormat::InPerson,
            ground: None,
            reason: None,
            public_room: None,
            law,
            summons: Summons::default(),
        });
        self.at("18:55:00");
        for number in 1..=count {
            self.clerk(Command::AttestRoom { seat: seat(number), present: true });
        }
        self.at("19:00:30").chair(Command::Open)
    }

    pub fn vote(&mut self, name: &str, method: Method, wording: &str) -> &mut Self {
        self.chair(Command::OpenBallot {
            ballot: ballot(name),
            method,
            wording: wording.parse().unwrap(),
            motion: None,
            terms: Default::default(),
        })
    }

    pub fn close_and_declare(&mut self, name: &str) -> &mut Self {
        self.chair(Command::CloseBallot { ballot: ballot(name) });
        self.now = self.now.plus_millis(20_000);
        self.chair(Command::DeclareResult { ballot: ballot(name) })
    }

    pub fn head(&self) -> Head {
        let digest = Digest::of("golden", &[&self.meeting.height.to_be_bytes()]);
        Head { meeting: self.meeting.id.clone(), number: self.meeting.height, digest }
    }

    pub fn minutes(&self) -> Minutes {
        build(Part::Public, &self.entries, &self.meeting, &self.rules, &self.head(), &winter)
    }
}

fn pinned() -> PinnedLaw {
    let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
    PinnedLaw { land: "bw".into(), digest: pack.digest().parse().unwrap(), text: pack.text().to_owned() }
}

fn recorded(number: u64, occurred_at: Instant, recorded_at: Instant, event: Event) -> Recorded {
    let classes = wire::parts(&event, false).unwrap().into_keys().collect();
    Recorded { number, occurred_at, recorded_at, classes, event }
}

pub fn member(number: usize) -> Actor {
    Actor { seat: Some(seat(number)), strong: true, ..Actor::default() }
}
