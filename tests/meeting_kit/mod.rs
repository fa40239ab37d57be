//! A meeting for the tests of the core: the domain decides, every event goes through the bytes of a ledger, and what is
//! folded from the decided events must be what is folded from those bytes.
#![allow(dead_code, reason = "each test binary uses its part")]

use ratssaal::app::bundle::{CLOSED, bundle};
use ratssaal::app::ports::chance::Entropy;
use ratssaal::app::ports::signer::Signer;
use ratssaal::app::record::{self, Stamp};
use ratssaal::domain::council::{Function, Seat};
use ratssaal::domain::id::{BallotId, EndpointId, ItemId, MeetingId, SeatId};
use ratssaal::domain::law::Rules;
use ratssaal::domain::law::format::Clause as ClauseKind;
use ratssaal::domain::law::overlay::Carried;
use ratssaal::domain::ledger::{Class, Head, Sealed};
use ratssaal::domain::meeting::command::{HallChange, PresenceChange};
use ratssaal::domain::meeting::doors::is_behind_doors;
use ratssaal::domain::meeting::event::{AgendaEntry, Clause};
use ratssaal::domain::meeting::{
    Actor, Command, Context, Effect, Event, Meeting, Plan, Recorded, apply, authority, begin, decide, plan, react,
};
use ratssaal::domain::presence::{Lack, Observation, Perception, ReceiveSecond, StreamSecond};
use ratssaal::domain::refusal::Refusal;
use ratssaal::domain::time::Instant;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// Everybody of the invented council, the mayor first. Nobody of them exists.
pub const NAMES: [&str; 23] = [
    "Blumenfeld",
    "Apfelkern",
    "Birnbaum",
    "Distelfink",
    "Eichhorn",
    "Fliederbusch",
    "Grashalm",
    "Haselnuss",
    "Immergrün",
    "Johannisbeer",
    "Kirschgarten",
    "Lindenblatt",
    "Mohnblum",
    "Nelkenbrech",
    "Obstgarten",
    "Pfirsich",
    "Quittenbaum",
    "Rosmarin",
    "Sauerampfer",
    "Tannenzapf",
    "Ulmenblatt",
    "Veilchen",
    "Walnuss",
];

/// The seat of the councillor with this number; 0 is the chair's.
pub fn seat(number: usize) -> SeatId {
    format!("sitz-{number:02}").parse().unwrap()
}

pub fn item(number: &str) -> ItemId {
    format!("top-{number}").parse().unwrap()
}

pub fn ballot(id: &str) -> BallotId {
    id.parse().unwrap()
}

pub fn member(number: usize) -> Actor {
    Actor { seat: Some(seat(number)), strong: true, ..Actor::default() }
}

pub fn chair() -> Actor {
    member(0)
}

pub fn clerk() -> Actor {
    Actor { clerk: true, strong: true, ..Actor::default() }
}

pub fn administrator() -> Actor {
    Actor { administrator: true, strong: true, ..Actor::default() }
}

/// A plan with so many seats, two public items and one behind closed doors.
pub fn planned(seats: usize) -> Plan {
    Plan {
        municipality: "Musterstadt am Hang".parse().unwrap(),
        land: "bw".into(),
        body: "gemeinderat".parse().unwrap(),
        body_name: "Gemeinderat".parse().unwrap(),
        title: "Sitzung des Gemeinderats".parse().unwrap(),
        place: "Ratssaal am Marktplatz".parse().unwrap(),
        day: "2026-11-26".parse().unwrap(),
        starts_at: Instant(0),
        first_after_election: false,
        seats: (0..seats)
            .map(|number| Seat {
                id: seat(number),
                person: format!("p-{number:02}").parse().unwrap(),
                name: NAMES[number].parse().unwrap(),
                function: if number == 0 { Function::Mayor } else { Function::Councillor },
                faction: None,
            })
            .collect(),
        chair: seat(0),
        clerk: "Nora Nusszweig".parse().unwrap(),
        agenda: Vec::new(),
        closed_titles: None,
        closed_motions: None,
        clauses: Vec::new(),
        local: None,
        summoned_on: Some("2026-11-12".parse().unwrap()),
        deputies: Vec::new(),
        kind: None,
        statutory: None,
    }
}

/// Puts an item on the agenda of a plan.
pub fn add_item(plan: &mut Plan, number: &str, title: &str, public: bool) {
    if !public {
        plan.closed_titles.get_or_insert_default().insert(item(number), title.parse().unwrap());
        plan.closed_motions.get_or_insert_default().insert(item(number), "Der Kauf wird beschlossen.".parse().unwrap());
    }
    plan.agenda.push(AgendaEntry {
        id: item(number),
        number: number.into(),
        public,
        title: public.then(|| title.parse().unwrap()),
        motion: None,
    });
}

/// A clause of the Hauptsatzung, in force since the law that allows it.
pub fn clause(kind: ClauseKind) -> Clause {
    let (decided, since) = match kind {
        ClauseKind::Video2020 => ("2020-06-01", "2020-06-15"),
        _ => ("2025-08-01", "2025-09-01"),
    };
    Clause {
        kind,
        reference: "§ 4a Hauptsatzung".parse().unwrap(),
        decided_on: decided.parse().unwrap(),
        in_force_from: since.parse().unwrap(),
        carried: Some(Carried { yes: 12, members: 13 }),
    }
}

/// What the measurement says of one seat.
pub fn change(seat: SeatId, perception: Perception, since: Instant) -> PresenceChange {
    let good = perception == Perception::Perceptible;
    PresenceChange {
        perception,
        since,
        lacking: if good { vec![] } else { vec![Lack::Picture] },
        evidence: Observation {
            endpoint: (&seat).into(),
            sound: StreamSecond { packets: 50, ..StreamSecond::default() },
            picture: StreamSecond { packets: u32::from(good) * 90, ..StreamSecond::default() },
            receive: ReceiveSecond { connected: true, ..ReceiveSecond::default() },
        },
        seat,
    }
}

/// What the measurement says of the hall.
pub fn hall_change(perception: Perception, since: Instant) -> HallChange {
    let good = perception == Perception::Perceptible;
    let lacking = if good { vec![] } else { vec![Lack::Sound] };
    HallChange { perception, since, lacking, evidence: Observation::nothing(EndpointId::hall()) }
}

/// Salts that are never the same and always the same again.
#[derive(Default)]
struct Counter(AtomicU64);

impl Entropy for Counter {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes
    }
}

/// A meeting with its ledger.
pub struct Stage {
    pub id: MeetingId,
    pub meeting: Meeting,
    pub rules: Rules,
    pub now: Instant,
    pub entries: Vec<Sealed>,
    /// The ledger's heads that a signature was ordered for.
    pub heads: Vec<Head>,
    /// What was refused, and why.
    pub refused: Vec<Refusal>,
    commands: u64,
    replayed: Meeting,
    salts: Counter,
}

impl Stage {
    /// Plans the meeting.
    pub fn plan(wanted: &Plan, now: Instant) -> Result<Self, String> {
        let id: MeetingId = "sitzung-1".parse().unwrap();
        let event = plan(wanted).map_err(|refusal| refusal.to_string())?;
        let salts = Counter::default();
        let stamp = Stamp { command: &"k-0".parse().unwrap(), actor: "administrator", epoch: 1, recorded_at: now };
        let sealed = record::write(&Head::start(id.clone()), &stamp, &event, false, &salts).unwrap();
        let meeting = begin(id.clone(), &record::read(&sealed).unwrap()).unwrap();
        let rules = record::rules_of(&meeting)?;
        let replayed = meeting.clone();
        Ok(Self {
            id,
            meeting,
            rules,
            now,
            entries: vec![sealed],
            heads: vec![],
            refused: vec![],
            commands: 0,
            replayed,
            salts,
        })
    }

    /// Carries out a command: decided, sealed, folded twice.
    pub fn act(&mut self, actor: &Actor, command: &Command) -> Result<Vec<Event>, Refusal> {
        let context = Context { actor: actor.clone(), now: self.now };
        let decided = decide(&self.meeting, &self.rules, &context, command);
        self.refused.extend(decided.as_ref().err().cloned());
        let events = decided?;
        let who = authority(&self.meeting, actor, command);
        self.commands += 1;
        let id = format!("k-{}", self.commands).parse().unwrap();
        for event in &events {
            self.append(&Stamp { command: &id, actor: &who, epoch: 1, recorded_at: self.now }, event);
        }
        assert_eq!(self.meeting, self.replayed, "folding the decided events is not replaying the ledger: {command:?}");
        Ok(events)
    }

    fn append(&mut self, stamp: &Stamp<'_>, event: &Event) {
        let last = self.entries.last().unwrap();
        let before = Head { meeting: self.id.clone(), number: last.envelope.number, digest: last.digest };
        let sealed = record::write(&before, stamp, event, is_behind_doors(&self.meeting, event), &self.salts).unwrap();
        let head = Head { meeting: self.id.clone(), number: sealed.envelope.number, digest: sealed.digest };
        let decided = Recorded {
            number: head.number,
            occurred_at: sealed.envelope.occurred_at,
            recorded_at: stamp.recorded_at,
            classes: sealed.parts.keys().copied().collect(),
            event: event.clone(),
        };
        self.meeting = apply(self.meeting.clone(), &decided);
        self.replayed = apply(self.replayed.clone(), &record::read(&sealed).unwrap());
        if react(&self.meeting, event).contains(&Effect::SignHead) {
            self.heads.push(head);
        }
        self.entries.push(sealed);
        if let Event::DataDeleted(deleted) = event {
            for number in &deleted.entries {
                let place = usize::try_from(*number).unwrap() - 1;
                self.entries[place].parts.insert(deleted.class, None);
            }
        }
    }

    /// The evidence, signed with this key.
    pub fn bundle(&self, key: &dyn Signer) -> String {
        self.bundled(key, &BTreeSet::new())
    }

    /// What everybody may check.
    pub fn public_bundle(&self, key: &dyn Signer) -> String {
        self.bundled(key, &BTreeSet::from(CLOSED))
    }

    fn bundled(&self, key: &dyn Signer, withheld: &BTreeSet<Class>) -> String {
        let heads: Vec<_> = self.heads.iter().map(|head| key.sign(head).unwrap()).collect();
        bundle(&self.id, &key.public_key(), &self.entries, &heads, &[], withheld).unwrap()
    }
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
