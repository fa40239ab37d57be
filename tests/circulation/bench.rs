//! A matter sent round in a real store, with a clock that is moved by hand.

use crate::ledger_kit::{TempDir, serial};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use ratssaal::adapters::matrix::RoomEvents;
use ratssaal::adapters::store::{Db, LedgerDb};
use ratssaal::app::bundle::bundle;
use ratssaal::app::circulation::{Circulations, Dossier};
use ratssaal::app::ports::chance::Entropy;
use ratssaal::app::ports::clock::Clock;
use ratssaal::app::ports::ledger::{LedgerStore as _, Receipt};
use ratssaal::app::ports::media::MediaEngine;
use ratssaal::app::ports::signer::{Signer, SignerFault};
use ratssaal::app::record::law_to_pin;
use ratssaal::app::sitting::{Denied, Outside};
use ratssaal::audit::{Outside as Known, Report, verify};
use ratssaal::domain::circulation::{Answer, Command, Opened, Opening};
use ratssaal::domain::council::{Function, Seat};
use ratssaal::domain::id::{MeetingId, SeatId};
use ratssaal::domain::ledger::{Head, SignedHead};
use ratssaal::domain::meeting::Actor;
use ratssaal::domain::time::{Date, Instant, LocalTime};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// 16 November 2026, 12:00 UTC.
const BEGUN: i64 = 1_794_830_400_000;
const DAY: i64 = 86_400_000;
pub const WORDING: &str = "Der Vereinsraum wird dem Musikverein für den 5. Dezember überlassen.";

#[derive(Debug)]
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

struct Counter(AtomicU64);

impl Entropy for Counter {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [7; 16];
        bytes[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    }
}

struct Key(SigningKey);

impl Signer for Key {
    fn sign(&self, head: &Head) -> Result<SignedHead, SignerFault> {
        let signature: Signature = self.0.sign(head.signed_text().as_bytes());
        let signature = signature.to_bytes().iter().map(|b| format!("{b:02x}")).collect();
        Ok(SignedHead { head: head.clone(), signature })
    }

    fn public_key(&self) -> String {
        self.0.verifying_key().to_sec1_point(true).as_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }
}

fn utc(at: Instant) -> LocalTime {
    let days = at.0.div_euclid(DAY);
    let date = "1970-01-01".parse::<Date>().unwrap().plus_days(days).unwrap();
    LocalTime { date, hour: 12, minute: 0, second: 0 }
}

pub struct Bench {
    _dir: TempDir,
    store: LedgerDb,
    clock: Arc<HandClock>,
    key: Arc<Key>,
    pub circulations: Circulations,
    pub id: MeetingId,
    pub seats: Vec<Seat>,
}

pub fn seat(number: usize) -> SeatId {
    format!("sitz-{number:02}").parse().unwrap()
}

/// Member with this number; 0 is the chair.
pub fn member(number: usize) -> Actor {
    Actor { seat: Some(seat(number)), strong: true, ..Actor::default() }
}

pub fn clerk() -> Actor {
    Actor { clerk: true, strong: true, ..Actor::default() }
}

pub fn body(seats: usize) -> Vec<Seat> {
    let seat = |number: usize| Seat {
        id: seat(number),
        person: format!("p-{number:02}").parse().unwrap(),
        name: format!("Mitglied {number}").parse().unwrap(),
        function: if number == 0 { Function::Mayor } else { Function::Councillor },
        faction: None,
    };
    (0..seats).map(seat).collect()
}

pub fn opening(seats: usize, last_day: &str) -> Opening {
    let opened = Opened {
        municipality: "Musterstadt am Hang".parse().unwrap(),
        land: "bw".into(),
        body: "gemeinderat".parse().unwrap(),
        body_name: "Gemeinderat".parse().unwrap(),
        subject: "Überlassung des Vereinsraums".parse().unwrap(),
        wording: WORDING.parse().unwrap(),
        simple_because: "Ein einzelner Abend, nach den Regeln des Rates.".parse().unwrap(),
        sent_on: utc(Instant(BEGUN)).date,
        last_day: last_day.parse().unwrap(),
        seats: body(seats),
        chair: seat(0),
        clerk: "Nora Nusszweig".parse().unwrap(),
        law: law_to_pin("bw").unwrap(),
    };
    Opening { opened, simple: true }
}

/// The place, with nothing in it yet.
pub async fn place() -> (TempDir, LedgerDb, Circulations, Arc<dyn Clock>) {
    let (dir, store, circulations, clock, _) = furnished().await;
    (dir, store, circulations, clock)
}

async fn furnished() -> (TempDir, LedgerDb, Circulations, Arc<HandClock>, Arc<Key>) {
    let dir = TempDir::new();
    let store = LedgerDb::new(Db::sqlite(&dir.file()).await.unwrap());
    let clock = Arc::new(HandClock(AtomicI64::new(BEGUN)));
    let key = Arc::new(Key(SigningKey::from_slice(&[9; 32]).unwrap()));
    let (calls, _) = tokio::sync::mpsc::channel(1);
    let outside = Outside {
        store: Arc::new(store.clone()),
        signer: key.clone(),
        announcer: Arc::new(RoomEvents),
        clock: clock.clone(),
        entropy: Arc::new(Counter(AtomicU64::new(u64::from(serial()) << 32))),
        media: MediaEngine::new(calls),
        local: Arc::new(utc),
        node: "node-a".into(),
    };
    (dir, store, Circulations::new(outside), clock, key)
}

impl Bench {
    /// Sent round on 16 November 2026 to so many members.
    pub async fn open(seats: usize, last_day: &str) -> Self {
        let (dir, store, circulations, clock, key) = furnished().await;
        let command = "umlauf-1".parse().unwrap();
        let id = circulations.open(&command, "chair:sitz-00", &opening(seats, last_day)).await.unwrap();
        Self { _dir: dir, store, clock, key, circulations, id, seats: body(seats) }
    }

    pub fn today(&self) -> Date {
        utc(self.clock.now()).date
    }

    pub fn pass_days(&self, days: i64) {
        self.clock.0.fetch_add(days * DAY, Ordering::SeqCst);
    }

    pub async fn act(&self, actor: &Actor, command: &Command) -> Result<Receipt, Denied> {
        let id = format!("k-{}", serial()).parse().unwrap();
        self.circulations.act(&self.id, &id, actor, &self.seats, command).await
    }

    /// Everybody gets the letter.
    pub async fn deliver(&self, to: impl IntoIterator<Item = usize>) {
        for number in to {
            let report = Command::ReportDelivery { seat: seat(number), sent: true, reason: None };
            self.act(&Actor::system(), &report).await.unwrap();
        }
    }

    pub async fn says(&self, number: usize, answer: Answer) -> Result<Receipt, Denied> {
        self.act(&member(number), &Command::Answer { answer, reason: None }).await
    }

    /// Why the chair cannot find the result, or what it is.
    pub async fn find(&self) -> Result<Receipt, String> {
        self.act(&member(0), &Command::Find).await.map_err(|why| refusal(&why))
    }

    pub async fn dossier(&self) -> Arc<Dossier> {
        self.circulations.get(&self.id).await.unwrap()
    }

    /// The evidence as it would be handed out.
    pub async fn bundle(&self) -> String {
        let (ledger, heads) = (self.store.load(&self.id).await.unwrap(), self.store.heads(&self.id).await.unwrap());
        bundle(&self.id, &self.key.public_key(), &ledger, &heads, &[], &BTreeSet::new()).unwrap()
    }

    pub async fn audited(&self) -> Report {
        verify(self.bundle().await.as_bytes(), &Known::default())
    }
}

/// Code and paragraph of a refusal.
#[track_caller]
pub fn refusal(denied: &Denied) -> String {
    match denied {
        Denied::Refused(refusal) => {
            format!("{} {}", refusal.code, refusal.norm.as_deref().unwrap_or("ohne Vorschrift"))
        }
        other => panic!("{other}"),
    }
}
