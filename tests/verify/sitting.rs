//! A ledger made by the domain itself: an invented council, its commands, and the seals, heads and receipts of a store.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use ratssaal::app::bundle::{BundledFile, bundle};
use ratssaal::app::ports::ledger::Receipt;
use ratssaal::app::ports::signer::{Signer, SignerFault};
use ratssaal::domain::council::{Function, Seat};
use ratssaal::domain::id::{BallotId, MeetingId, SeatId};
use ratssaal::domain::law::format::{Clause as ClauseKind, MeetingFormat};
use ratssaal::domain::law::overlay::Carried;
use ratssaal::domain::law::{RulePack, Rules, packs};
use ratssaal::domain::ledger::{Digest, Envelope, Head, Salt, Sealed, SignedHead, seal};
use ratssaal::domain::meeting::command::{PresenceChange, Summons};
use ratssaal::domain::meeting::event::{AgendaEntry, Choice, Clause, Method, PinnedLaw};
use ratssaal::domain::meeting::{
    Actor, Command, Context, Effect, Event, Meeting, Plan, Recorded, apply, authority, begin, decide, plan, react, wire,
};
use ratssaal::domain::presence::{Lack, Observation, Perception, ReceiveSecond, StreamSecond};
use ratssaal::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// A key known to the test.
pub struct TestKey(SigningKey);

impl TestKey {
    pub fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub fn pem(&self) -> String {
        use p256::pkcs8::{EncodePublicKey as _, LineEnding};
        self.0.verifying_key().to_public_key_pem(LineEnding::LF).unwrap()
    }
}

impl Signer for TestKey {
    fn sign(&self, head: &Head) -> Result<SignedHead, SignerFault> {
        let signature: Signature = self.0.sign(head.signed_text().as_bytes());
        let signature = signature.to_bytes().iter().map(|b| format!("{b:02x}")).collect();
        Ok(SignedHead { head: head.clone(), signature })
    }

    fn public_key(&self) -> String {
        self.0.verifying_key().to_sec1_point(true).as_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// A meeting and its ledger.
pub struct Sitting {
    pub id: MeetingId,
    rules: Rules,
    law: PinnedLaw,
    pub meeting: Option<Meeting>,
    pub entries: Vec<Sealed>,
    pub heads: Vec<SignedHead>,
    pub receipts: Vec<Receipt>,
    pub now: Instant,
    seed: u8,
}

pub fn seat(number: usize) -> SeatId {
    if number == 0 { "bm".parse().unwrap() } else { format!("gr-{number:02}").parse().unwrap() }
}

pub fn ballot(id: &str) -> BallotId {
    id.parse().unwrap()
}

impl Sitting {
    /// Planned with `seats` seats and the law of this text. 26 November 2026, 18:00 in Germany.
    pub fn plan(id: &str, seats: usize, law: &str) -> Self {
        Self::plan_with(id, seats, law, Vec::new())
    }

    /// With deputies of the chair, in their order.
    pub fn plan_with(id: &str, seats: usize, law: &str, deputies: Vec<SeatId>) -> Self {
        // A law too small for the whole program is decided by the whole one.
        let pack = RulePack::parse(law).unwrap_or_else(|_| RulePack::parse(packs::bundled("bw").unwrap()).unwrap());
        let rules = pack.on("2026-11-26".parse().unwrap()).unwrap();
        let law = PinnedLaw { land: "bw".into(), digest: Digest::sha256(law.as_bytes()), text: law.into() };
        let id: MeetingId = id.parse().unwrap();
        let seed = id.as_str().bytes().fold(7, |sum: u8, b| sum.wrapping_add(b));
        let mut sitting = Self {
            id,
            rules,
            law,
            meeting: None,
            entries: Vec::new(),
            heads: Vec::new(),
            receipts: Vec::new(),
            now: Instant(1_795_708_800_000),
            seed,
        };
        let planned = plan(&Plan { deputies, ..invented(seats) }).unwrap();
        sitting.record("administrator", vec![planned]);
        sitting
    }

    pub fn convene(&mut self, format: MeetingFormat) {
        self.convene_with(format, Summons::default());
    }

    pub fn convene_with(&mut self, format: MeetingFormat, summons: Summons) {
        let digital = format == MeetingFormat::Digital;
        let law = self.law.clone();
        self.chair(Command::Convene {
            format,
            ground: digital.then(|| "natural_disaster".into()),
            reason: digital.then(|| "Hochwasser, das Rathaus ist nicht erreichbar.".parse().unwrap()),
            public_room: digital.then(|| "Foyer der Turnhalle".parse().unwrap()),
            law,
            summons,
        });
    }

    pub fn chair(&mut self, command: Command) {
        self.act(&Actor { seat: Some(seat(0)), strong: true, ..Actor::default() }, command);
    }

    pub fn clerk(&mut self, command: Command) {
        self.act(&Actor { clerk: true, strong: true, ..Actor::default() }, command);
    }

    pub fn member(&mut self, number: usize, command: Command) {
        self.act(&Actor { seat: Some(seat(number)), strong: true, ..Actor::default() }, command);
    }

    pub fn system(&mut self, command: Command) {
        self.act(&Actor::system(), command);
    }

    pub fn administrator(&mut self, command: Command) {
        self.act(&Actor { administrator: true, strong: true, ..Actor::default() }, command);
    }

    pub fn attest(&mut self, number: usize) {
        self.clerk(Command::AttestRoom { seat: seat(number), present: true });
    }

    /// The measurement finds something of some seats, since so many milliseconds ago.
    pub fn measure(&mut self, numbers: impl IntoIterator<Item = usize>, perception: Perception, ago: i64) {
        let good = perception == Perception::Perceptible;
        let since = self.now.plus_millis(1000 - ago);
        let changes = numbers
            .into_iter()
            .map(|number| PresenceChange {
                seat: seat(number),
                perception,
                since,
                lacking: if good { vec![] } else { vec![Lack::Picture] },
                evidence: Observation {
                    endpoint: (&seat(number)).into(),
                    sound: StreamSecond { packets: 50, ..StreamSecond::default() },
                    picture: StreamSecond { packets: u32::from(good) * 90, ..StreamSecond::default() },
                    receive: ReceiveSecond { connected: true, ..ReceiveSecond::default() },
                },
            })
            .collect();
        self.system(Command::ReportPresence { changes, hall: None });
    }

    pub fn cast(&mut self, number: usize, id: &str, choice: Choice) {
        self.member(number, Command::Cast { ballot: ballot(id), choice });
    }

    pub fn open_ballot(&mut self, id: &str, method: Method) {
        let wording = "Der Rat stimmt der Vorlage zu.".parse().unwrap();
        self.chair(Command::OpenBallot {
            ballot: ballot(id),
            method,
            wording,
            motion: None,
            terms: Default::default(),
        });
    }

    pub fn close_and_declare(&mut self, id: &str) {
        self.chair(Command::CloseBallot { ballot: ballot(id) });
        self.chair(Command::DeclareResult { ballot: ballot(id) });
    }

    pub fn call(&mut self, item: &str) {
        self.chair(Command::CallItem { item: item.parse().unwrap() });
    }

    fn act(&mut self, actor: &Actor, command: Command) {
        self.now = self.now.plus_millis(1000);
        let meeting = self.meeting.as_ref().unwrap();
        let context = Context { actor: actor.clone(), now: self.now };
        let events = decide(meeting, &self.rules, &context, &command).unwrap_or_else(|refusal| {
            panic!("{command:?}: {refusal:?}");
        });
        let authority = authority(meeting, actor, &command);
        self.record(&authority, events);
    }

    fn record(&mut self, actor: &str, events: Vec<Event>) {
        let command = format!("c-{:04}", self.receipts.len() + 1);
        let first = self.entries.len() as u64 + 1;
        for event in events {
            self.append(actor, &command, event);
        }
        let last = self.entries.last().unwrap();
        self.receipts.push(Receipt {
            meeting: self.id.clone(),
            command: command.parse().unwrap(),
            first,
            last: last.envelope.number,
            head: last.digest,
            recorded_at: self.now,
        });
    }

    fn append(&mut self, actor: &str, command: &str, event: Event) {
        let number = self.entries.len() as u64 + 1;
        let envelope = Envelope {
            meeting: self.id.clone(),
            number,
            previous: self.entries.last().map_or(Digest::NONE, |entry| entry.digest),
            command: command.parse().unwrap(),
            actor: actor.into(),
            epoch: 1,
            occurred_at: self.now,
            recorded_at: self.now,
            name: event.wire_name().into(),
            version: wire::VERSION,
            parts: BTreeMap::new(),
        };
        let seed = self.seed;
        let salted = wire::parts(&event, false).unwrap().into_iter().map(|(class, value)| {
            let mut salt = [seed; 16];
            salt[..8].copy_from_slice(&number.to_be_bytes());
            salt[8] = class as u8;
            (class, (Salt::from_bytes(salt), value))
        });
        let sealed = seal(envelope, salted.collect()).unwrap();
        let recorded = Recorded {
            number,
            occurred_at: self.now,
            recorded_at: self.now,
            classes: sealed.parts.keys().copied().collect(),
            event: event.clone(),
        };
        let digest = sealed.digest;
        self.entries.push(sealed);
        let meeting = match self.meeting.take() {
            None => begin(self.id.clone(), &recorded).unwrap(),
            Some(meeting) => apply(meeting, &recorded),
        };
        if react(&meeting, &event).contains(&Effect::SignHead) {
            self.heads.push(key().sign(&Head { meeting: self.id.clone(), number, digest }).unwrap());
        }
        if let Event::DataDeleted(deleted) = &event {
            for number in &deleted.entries {
                self.entries[usize::try_from(*number).unwrap() - 1].parts.insert(deleted.class, None);
            }
        }
        self.meeting = Some(meeting);
    }

    pub fn bundle(&self, files: &[BundledFile]) -> String {
        bundle(&self.id, &key().public_key(), &self.entries, &self.heads, files, &BTreeSet::new()).unwrap()
    }
}

/// The key of the invented town.
pub fn key() -> TestKey {
    TestKey::new(0x11)
}

fn invented(seats: usize) -> Plan {
    let item = |number: &str, title: Option<&str>| AgendaEntry {
        id: format!("top-{number}").parse().unwrap(),
        number: number.into(),
        public: title.is_some(),
        title: title.map(|title| title.parse().unwrap()),
        motion: None,
    };
    let clause = |kind| Clause {
        kind,
        reference: "§ 3b Hauptsatzung".parse().unwrap(),
        decided_on: "2025-10-01".parse().unwrap(),
        in_force_from: "2025-11-01".parse().unwrap(),
        carried: Some(Carried { yes: 12, members: 13 }),
    };
    Plan {
        municipality: "Musterhausen".parse().unwrap(),
        land: "bw".into(),
        kind: None,
        statutory: None,
        body: "gemeinderat".parse().unwrap(),
        body_name: "Gemeinderat".parse().unwrap(),
        title: "Sitzung des Gemeinderats".parse().unwrap(),
        place: "Rathaus, Sitzungssaal".parse().unwrap(),
        day: "2026-11-26".parse().unwrap(),
        starts_at: Instant(1_795_712_400_000),
        first_after_election: false,
        seats: (0..seats)
            .map(|number| Seat {
                id: seat(number),
                person: format!("p-{number:02}").parse().unwrap(),
                name: format!("Mitglied {number}").parse().unwrap(),
                function: if number == 0 { Function::Mayor } else { Function::Councillor },
                faction: None,
            })
            .collect(),
        chair: seat(0),
        clerk: "Schriftführung".parse().unwrap(),
        agenda: vec![
            item("1", Some("Brücke")),
            item("2", Some("Bauplatz")),
            item("3", Some("Haushalt")),
            item("4", Some("Kindergarten")),
            item("5", Some("Bekanntgaben")),
            item("6", None),
        ],
        closed_titles: Some(BTreeMap::from([("top-6".parse().unwrap(), "Grundstücksangelegenheit".parse().unwrap())])),
        closed_motions: None,
        local: None,
        clauses: vec![clause(ClauseKind::Remote), clause(ClauseKind::Digital)],
        summoned_on: Some("2026-11-12".parse().unwrap()),
        deputies: Vec::new(),
    }
}
