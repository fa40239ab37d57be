//! A council that exists nowhere, driven through the real core.

use crate::app::record;
use crate::app::sitting::Snapshot;
use crate::domain::council::{Function, Seat};
use crate::domain::id::{BallotId, EndpointId, ItemId, SeatId};
use crate::domain::law::format::{Clause as Kind, MeetingFormat};
use crate::domain::law::overlay::Carried;
use crate::domain::ledger::{Digest, Head};
use crate::domain::meeting::command::{HallChange, PresenceChange, Summons};
use crate::domain::meeting::event::{
    AgendaEntry, Choice, Clause, InterruptionCause, Method, MotionKind, Speaker, Sphere, Turn,
};
use crate::domain::meeting::{Actor, Command, Context, Event, Plan, Recorded, apply, begin, decide, plan};
use crate::domain::presence::{Lack, Observation, Perception, ReceiveSecond, StreamSecond};
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;
use crate::web::show::Viewer;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Stands in the title of the non-public item and nowhere else.
pub const MARKER: &str = "Zwetschgenverkauf";
/// Stands in a complaint and nowhere else.
pub const COMPLAINT: &str = "Kaminknistern";
/// 24 November 2026, 19:00 in Berlin.
pub const BEGINS: Instant = Instant(1_795_543_200_000);

/// A sitting and the moment it stands at.
#[derive(Clone)]
pub struct Council {
    pub snapshot: Snapshot,
    pub now: Instant,
}

pub fn seat(number: usize) -> SeatId {
    format!("sitz-{number:02}").parse().unwrap()
}

pub fn item(number: &str) -> ItemId {
    format!("top-{number}").parse().unwrap()
}

pub fn ballot(name: &str) -> BallotId {
    name.parse().unwrap()
}

pub fn member(number: usize) -> Viewer {
    let actor = Actor { seat: Some(seat(number)), strong: true, ..Actor::default() };
    Viewer { actor, name: name(number), sees_closed: true }
}

pub fn hall_device() -> Viewer {
    let actor = Actor { hall: true, strong: true, ..Actor::default() };
    Viewer { actor, name: "Saalgerät".into(), sees_closed: false }
}

pub fn technician_of_town() -> Viewer {
    let actor = Actor { technician: true, strong: true, ..Actor::default() };
    Viewer { actor, name: "Technikerin Muster".into(), sees_closed: false }
}

pub fn clerk() -> Viewer {
    let actor = Actor { clerk: true, strong: true, ..Actor::default() };
    Viewer { actor, name: "Schreiberin Muster".into(), sees_closed: true }
}

/// Somebody with a screen of the meeting, but without the right to its non-public part.
pub fn technician() -> Viewer {
    let actor = Actor { technician: true, strong: true, ..Actor::default() };
    Viewer { actor, name: "Techniker Muster".into(), sees_closed: false }
}

pub fn name(number: usize) -> String {
    format!("Ratsperson {}", char::from(b'A' + u8::try_from(number).unwrap()))
}

fn entry(number: &str, public: bool, motion: Option<&str>) -> AgendaEntry {
    AgendaEntry {
        id: item(number),
        number: number.into(),
        public,
        title: public.then(|| format!("Gegenstand {number}").parse().unwrap()),
        motion: motion.map(|text| text.parse().unwrap()),
    }
}

impl Council {
    pub fn planned() -> Self {
        let clause = |kind| Clause {
            kind,
            reference: "§ 4a Hauptsatzung".parse().unwrap(),
            decided_on: "2025-10-14".parse().unwrap(),
            in_force_from: "2025-11-01".parse().unwrap(),
            carried: Some(Carried { yes: 12, members: 13 }),
        };
        let seats = (0..13).map(|number| Seat {
            id: seat(number),
            person: format!("person-{number:02}").parse().unwrap(),
            name: name(number).parse().unwrap(),
            function: if number == 0 { Function::Mayor } else { Function::Councillor },
            faction: (number > 0).then(|| "Muster-Liste".parse().unwrap()),
        });
        let first = plan(&Plan {
            municipality: "Musterstadt".parse().unwrap(),
            land: "bw".into(),
            body: "gemeinderat".parse().unwrap(),
            body_name: "Gemeinderat".parse().unwrap(),
            title: "7. Sitzung".parse().unwrap(),
            place: "Großer Saal".parse().unwrap(),
            day: "2026-11-24".parse().unwrap(),
            starts_at: BEGINS,
            first_after_election: false,
            seats: seats.collect(),
            chair: seat(0),
            clerk: "Schreiberin Muster".parse().unwrap(),
            agenda: vec![
                entry("1", true, None),
                entry("2", true, Some("Der Gemeinderat beschließt die Mustersatzung.")),
                entry("3", false, None),
                entry("4", true, None),
            ],
            closed_titles: Some(BTreeMap::from([(item("3"), MARKER.parse().unwrap())])),
            closed_motions: Some(BTreeMap::from([(item("3"), MARKER.parse().unwrap())])),
            local: None,
            clauses: vec![clause(Kind::Remote), clause(Kind::Digital)],
            summoned_on: Some("2026-11-10".parse().unwrap()),
            deputies: Vec::new(),
            kind: None,
            statutory: None,
        })
        .unwrap();
        let now = BEGINS.plus_millis(-3_600_000);
        let recorded =
            Recorded { number: 1, occurred_at: now, recorded_at: now, classes: BTreeSet::new(), event: first };
        let meeting = begin("muster-7".parse().unwrap(), &recorded).unwrap();
        let rules = Arc::new(record::rules_of(&meeting).unwrap());
        let head = Head { meeting: meeting.id.clone(), number: 1, digest: Digest::of("test", &[b"1"]) };
        Self { snapshot: Snapshot { sequence: 1, meeting, rules, head, heads: vec![], recent: vec![recorded] }, now }
    }

    /// Decides and applies, five seconds later.
    pub fn take(&mut self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        self.now = self.now.plus_millis(5_000);
        let context = Context { actor: actor.clone(), now: self.now };
        for event in decide(&self.snapshot.meeting, &self.snapshot.rules, &context, command)? {
            self.enter(event);
        }
        Ok(())
    }

    fn enter(&mut self, event: Event) {
        let occurred_at = match &event {
            Event::PresenceFound(found) => found.since,
            Event::Interrupted(interrupted) => interrupted.since,
            _ => self.now,
        };
        let snapshot = &mut self.snapshot;
        let number = snapshot.head.number + 1;
        let recorded = Recorded { number, occurred_at, recorded_at: self.now, classes: BTreeSet::new(), event };
        snapshot.meeting = apply(snapshot.meeting.clone(), &recorded);
        snapshot.recent.push(recorded);
        snapshot.head.number = number;
        snapshot.head.digest = Digest::of("test", &[number.to_string().as_bytes()]);
        snapshot.sequence += 1;
    }

    pub fn chair(&mut self, command: &Command) {
        self.take(&member(0).actor, command).unwrap();
    }

    pub fn clerk(&mut self, command: &Command) {
        self.take(&clerk().actor, command).unwrap();
    }

    pub fn convene(&mut self, format: MeetingFormat) {
        let digital = format == MeetingFormat::Digital;
        self.chair(&Command::Convene {
            format,
            ground: digital.then(|| "natural_disaster".into()),
            reason: digital.then(|| "Hochwasser".parse().unwrap()),
            public_room: digital.then(|| "Foyer".parse().unwrap()),
            law: record::law_to_pin("bw").unwrap(),
            summons: Summons::default(),
        });
    }

    pub fn in_room(&mut self, numbers: impl IntoIterator<Item = usize>) {
        for number in numbers {
            self.clerk(&Command::AttestRoom { seat: seat(number), present: true });
        }
    }

    /// The measurement finds the same of several at once.
    pub fn measure(&mut self, numbers: impl IntoIterator<Item = usize>, perception: Perception, lacking: &[Lack]) {
        let since = self.now.plus_millis(3_000);
        let changes = numbers.into_iter().map(|number| PresenceChange {
            seat: seat(number),
            perception,
            since,
            lacking: lacking.to_vec(),
            evidence: Observation {
                endpoint: (&seat(number)).into(),
                sound: StreamSecond::default(),
                picture: StreamSecond::default(),
                receive: ReceiveSecond::default(),
            },
        });
        let changes = changes.collect();
        self.take(&Actor::system(), &Command::ReportPresence { changes, hall: None }).unwrap();
    }

    /// The measurement finds this of the hall.
    pub fn hall(&mut self, perception: Perception, lacking: &[Lack]) {
        let (since, lacking) = (self.now.plus_millis(3_000), lacking.to_vec());
        let hall = HallChange { perception, since, lacking, evidence: Observation::nothing(EndpointId::hall()) };
        self.take(&Actor::system(), &Command::ReportPresence { changes: vec![], hall: Some(hall) }).unwrap();
    }

    pub fn connect(&mut self, numbers: impl IntoIterator<Item = usize>) {
        self.measure(numbers, Perception::Perceptible, &[]);
    }

    pub fn motion(&mut self, id: &str, mover: Option<usize>, kind: MotionKind, wording: &str) {
        let (motion, wording) = (id.parse().unwrap(), wording.parse().unwrap());
        self.clerk(&Command::MoveMotion { motion, mover: mover.map(seat), kind, wording });
    }

    pub fn call(&mut self, number: &str) {
        self.chair(&Command::CallItem { item: item(number) });
    }

    pub fn vote(&mut self, name: &str, method: Method) {
        let wording = "Der Gemeinderat beschließt die Mustersatzung.".parse().unwrap();
        self.chair(&Command::OpenBallot {
            ballot: ballot(name),
            method,
            wording,
            motion: None,
            terms: Default::default(),
        });
    }

    pub fn cast(&mut self, name: &str, number: usize, choice: Choice) {
        self.take(&member(number).actor, &Command::Cast { ballot: ballot(name), choice }).unwrap();
    }

    pub fn hear(&mut self, name: &str, number: usize, choice: Choice) {
        self.clerk(&Command::EnterHeard { ballot: ballot(name), seat: seat(number), choice });
    }

    /// A hybrid sitting with seven in the room and five connected; the last member is away.
    pub fn opened() -> Self {
        let mut council = Self::planned();
        council.convene(MeetingFormat::Hybrid);
        council.in_room(0..7);
        council.hall(Perception::Perceptible, &[]);
        council.connect(7..12);
        council.chair(&Command::Open);
        council
    }
}

/// A hybrid sitting from planned to closed, one snapshot a state.
pub fn evening() -> Vec<(&'static str, Snapshot)> {
    let mut states = Vec::new();
    let mut council = Council::planned();
    let mut note = |name: &'static str, council: &Council| states.push((name, council.snapshot.clone()));
    note("planned", &council);
    council.convene(MeetingFormat::Hybrid);
    note("convened, nobody there", &council);
    council.in_room(0..3);
    note("convened, without the hall", &council);
    council.hall(Perception::Perceptible, &[]);
    note("convened, too few", &council);
    council.in_room(3..7);
    council.connect(7..12);
    note("convened, quorate", &council);
    council.chair(&Command::Open);
    note("opened", &council);
    council.call("1");
    note("item without motion", &council);
    council.call("2");
    note("item with motion", &council);
    let asks = |seat| Command::RequestFloor { seat, turn: Turn::Speech };
    council.take(&member(7).actor, &asks(None)).unwrap();
    council.clerk(&asks(Some(seat(3))));
    council.take(&member(8).actor, &Command::RequestFloor { seat: None, turn: Turn::Procedure }).unwrap();
    council.clerk(&Command::CallGuest { name: "Gunda Gast-Erfunden, Fachamt".parse().unwrap() });
    council.chair(&Command::GiveFloor { to: Speaker::Member { seat: seat(8) } });
    note("speakers", &council);
    council.motion("m-1", Some(8), MotionKind::Procedural, "Schluss der Redeliste");
    council.motion("m-2", Some(3), MotionKind::Amendment, "Satz 2 entfällt.");
    note("motions", &council);
    council.chair(&Command::CloseList { closed: true });
    council.clerk(&Command::WithdrawMotion { motion: "m-1".parse().unwrap() });
    council.clerk(&Command::WithdrawMotion { motion: "m-2".parse().unwrap() });
    note("motions withdrawn", &council);
    council.chair(&Command::Recuse { item: item("2"), seat: seat(5) });
    council.chair(&Command::Recuse { item: item("2"), seat: seat(11) });
    note("recused", &council);
    council.vote("namen-1", Method::RollCall);
    note("roll call opened", &council);
    council.cast("namen-1", 7, Choice::No);
    council.cast("namen-1", 0, Choice::Yes);
    council.hear("namen-1", 8, Choice::Abstain);
    note("roll call, some have voted", &council);
    council.take(&member(9).actor, &Command::Complain { text: COMPLAINT.parse().unwrap(), heard: None }).unwrap();
    note("complaint", &council);
    council.measure([9], Perception::Disturbed, &[Lack::Picture]);
    note("one disturbed in a ballot", &council);
    council.measure([7, 8], Perception::Disturbed, &[Lack::Sound, Lack::Reception]);
    note("fault of several proposed", &council);
    council.chair(&Command::FindFault { sphere: Sphere::Municipality });
    note("interrupted with an open ballot", &council);
    council.measure([9], Perception::Absent, &[]);
    council.connect([7, 8]);
    note("interrupted, measured anew", &council);
    council.chair(&Command::Resume { ballot_goes_on: Some(true) });
    for number in (1..5).chain([6, 10]) {
        council.cast("namen-1", number, Choice::Yes);
    }
    note("roll call complete", &council);
    council.chair(&Command::CloseBallot { ballot: ballot("namen-1") });
    note("roll call counted", &council);
    council.chair(&Command::Interrupt { cause: InterruptionCause::Chair });
    note("interrupted while counting", &council);
    council.chair(&Command::Resume { ballot_goes_on: None });
    council.chair(&Command::DeclareResult { ballot: ballot("namen-1") });
    note("declared", &council);
    council.call("4");
    council.vote("hand-1", Method::ShowOfHands);
    note("show of hands opened", &council);
    council.cast("hand-1", 7, Choice::No);
    council.clerk(&Command::CountHands { ballot: ballot("hand-1"), yes: 6, no: 1, abstain: 0, none: 0 });
    note("hands counted", &council);
    council.chair(&Command::VoidBallot { ballot: ballot("hand-1") });
    note("voided", &council);
    council.vote("hand-2", Method::ShowOfHands);
    for number in 2..7 {
        council.clerk(&Command::AttestRoom { seat: seat(number), present: false });
    }
    council.measure([7], Perception::Absent, &[]);
    council.clerk(&Command::CountHands { ballot: ballot("hand-2"), yes: 2, no: 0, abstain: 0, none: 0 });
    note("below the quorum in a ballot", &council);
    council.chair(&Command::CloseBallot { ballot: ballot("hand-2") });
    note("counted without quorum", &council);
    council.chair(&Command::DeclareResult { ballot: ballot("hand-2") });
    note("no decision declared", &council);
    council.chair(&Command::Close);
    note("closed", &council);
    states
}

/// A digital sitting, whose public room has to be attested.
pub fn emergency() -> Vec<(&'static str, Snapshot)> {
    let mut states = Vec::new();
    let mut council = Council::planned();
    council.convene(MeetingFormat::Digital);
    council.connect(0..13);
    states.push(("digital, room not attested", council.snapshot.clone()));
    council.clerk(&Command::AttestPublicRoom { receives: true });
    states.push(("digital, ready", council.snapshot.clone()));
    council.chair(&Command::Open);
    council.call("2");
    states.push(("digital, item", council.snapshot.clone()));
    council.vote("hand-1", Method::ShowOfHands);
    states.push(("digital, show of hands with an empty room", council.snapshot.clone()));
    council.take(&Actor::system(), &Command::Recover { last_alive: council.now.plus_millis(-60_000) }).unwrap();
    states.push(("digital, after a crash", council.snapshot));
    states
}
