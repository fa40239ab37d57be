//! What the store's tests share: a place for a database, drafts of appends, and a check of the chain.
#![allow(dead_code, reason = "each test binary uses its part")]

use ratssaal::adapters::store::{Db, LedgerDb};
use ratssaal::app::ports::ledger::{Append, Appended, Lane, LedgerStore, Notice, Owner, Receipt};
use ratssaal::domain::id::{CommandId, MeetingId};
use ratssaal::domain::ledger::{Class, Digest, Envelope, Head, Salt, Sealed, seal};
use ratssaal::domain::time::Instant;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// When the tests happen; one claim lives for a minute.
pub const NOW: Instant = Instant(1_790_000_000_000);
pub const MINUTE: i64 = 60_000;

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// A number no other test of this run has.
pub fn serial() -> u32 {
    SERIAL.fetch_add(1, Ordering::Relaxed)
}

/// A directory that goes with its owner.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-{}-{}", std::process::id(), serial()));
        std::fs::create_dir_all(&path).expect("a temporary directory");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("ratssaal.sqlite")
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Says past the test harness, which would keep it to itself, that something was not tested; under `CI=true` it has to be.
pub fn skipped(why: &str) {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "not tested: {why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

pub fn meeting(name: &str) -> MeetingId {
    name.parse().expect("an identifier")
}

pub fn command(name: &str) -> CommandId {
    name.parse().expect("an identifier")
}

pub async fn sqlite(file: &Path) -> LedgerDb {
    LedgerDb::new(Db::sqlite(file).await.expect("SQLite opens"))
}

/// The writer of one meeting, as the running meeting will be: it knows its claim and its head.
#[derive(Clone)]
pub struct Writer {
    pub owner: Owner,
    pub head: Head,
}

impl Writer {
    /// Claims a meeting that nobody else runs.
    pub async fn claim(store: &LedgerDb, meeting: &MeetingId, node: &str) -> Self {
        let claim = store.claim(meeting, node, None, NOW, NOW.plus_millis(MINUTE)).await.expect("the meeting is free");
        let ledger = store.load(meeting).await.expect("the ledger is readable");
        let head = ledger.last().map_or_else(|| Head::start(meeting.clone()), head_of);
        Self { owner: claim.owner, head }
    }

    /// An append of one entry for each list of parts.
    pub fn draft(&self, id: &str, entries: &[&[(Class, Value)]]) -> Append {
        let mut previous = self.head.clone();
        let sealed = entries.iter().map(|parts| {
            let sealed = entry(&self.owner, id, &previous, parts);
            previous = head_of(&sealed);
            sealed
        });
        let entries = sealed.collect();
        Append {
            owner: self.owner.clone(),
            now: NOW,
            expected: self.head.clone(),
            command: command(id),
            fingerprint: Digest::of("test command", &[id.as_bytes()]),
            entries,
            heads: Vec::new(),
            redact: Vec::new(),
            outbox: Vec::new(),
        }
    }

    /// One entry with a finding and a measurement.
    pub fn simple(&self, id: &str) -> Append {
        self.draft(id, &[&[(Class::Finding, json!({"text": id})), (Class::Measurement, json!({"gaps": 3}))]])
    }

    /// Appends and moves the head.
    pub async fn append(&mut self, store: &LedgerDb, append: Append) -> Receipt {
        match store.append(append).await {
            Ok(Appended::Now(receipt)) => {
                self.head.number = receipt.last;
                self.head.digest = receipt.head;
                receipt
            }
            other => panic!("not appended: {other:?}"),
        }
    }
}

pub fn head_of(sealed: &Sealed) -> Head {
    Head { meeting: sealed.envelope.meeting.clone(), number: sealed.envelope.number, digest: sealed.digest }
}

fn entry(owner: &Owner, id: &str, previous: &Head, parts: &[(Class, Value)]) -> Sealed {
    let number = previous.number + 1;
    let envelope = Envelope {
        meeting: owner.meeting.clone(),
        number,
        previous: previous.digest,
        command: command(id),
        actor: "system".to_owned(),
        epoch: owner.epoch,
        occurred_at: NOW,
        recorded_at: NOW,
        name: "test_happened".to_owned(),
        version: 1,
        parts: BTreeMap::new(),
    };
    let salted = parts.iter().zip(0_u8..).map(|((class, value), at)| {
        let mut salt = [at; 16];
        salt[..8].copy_from_slice(&number.to_be_bytes());
        (*class, (Salt::from_bytes(salt), value.clone()))
    });
    seal(envelope, salted.collect()).expect("integers only")
}

pub fn notice(lane: Lane, text: &str, not_before: Instant) -> Notice {
    Notice { lane, content: json!({"text": text}).to_string(), not_before }
}

/// Numbers, predecessors, digests, and the digests of the parts that still exist.
pub fn assert_chain(ledger: &[Sealed]) {
    let mut previous = Digest::NONE;
    for (sealed, number) in ledger.iter().zip(1..) {
        assert_eq!(sealed.envelope.number, number);
        assert_eq!(sealed.envelope.previous, previous, "predecessor of {number}");
        assert_eq!(sealed.envelope.digest().as_ref(), Ok(&sealed.digest), "digest of {number}");
        assert!(sealed.parts.keys().eq(sealed.envelope.parts.keys()), "parts of {number}");
        for (class, part) in &sealed.parts {
            if let Some(part) = part {
                assert_eq!(part.digest(*class), sealed.envelope.parts[class], "{class:?} of {number}");
            }
        }
        previous = sealed.digest;
    }
}
