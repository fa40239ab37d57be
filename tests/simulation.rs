//! Whole meetings by chance: everybody does plausible things and wrong ones, members come and go, the system crashes. What
//! must always hold is asked after every command; at the end the independent checker audits the evidence.
//!
//! `RATSSAAL_SEEDS=5000` makes the long run, `RATSSAAL_SEED=17` plays one meeting again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "simulation/before.rs"]
mod before;
#[path = "simulation/checks.rs"]
mod checks;
#[path = "simulation/council.rs"]
mod council;
#[path = "simulation/dice.rs"]
mod dice;
#[path = "simulation/doors.rs"]
mod doors;
#[path = "simulation/elections.rs"]
mod elections;
#[path = "simulation/filming.rs"]
mod filming;
#[path = "simulation/floor.rs"]
mod floor;
#[path = "simulation/land.rs"]
mod land;
#[path = "simulation/leading.rs"]
mod leading;
mod meeting_kit;
#[path = "simulation/order.rs"]
mod order;
#[path = "simulation/properties.rs"]
mod properties;

use checks::{after_step, can_be_led_to_its_end};
use council::Council;
use dice::Dice;
use meeting_kit::{Folder, administrator};
use ratssaal::adapters::sign::InstanceKey;
use ratssaal::app::record;
use ratssaal::audit::{Outside, verify};
use ratssaal::domain::ledger::Class;
use ratssaal::domain::meeting::event::Event;
use ratssaal::domain::meeting::{Command, Phase};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

const MEETINGS: u64 = 1200;
const STEPS: u64 = 140;
/// How often the way out is tried: it costs more than a step.
const WAY_OUT_EVERY: u64 = 6;

/// Plays one meeting to its end; answers the names of the events that happened.
fn whole_meeting(seed: u64, key: &InstanceKey) -> BTreeSet<String> {
    let mut dice = Dice::new(seed);
    let mut council = Council::plan(&mut dice);
    for step in 0..STEPS {
        council.stage.now = council.stage.now.plus_millis(dice.between(1, 8000));
        let (actor, command) = council.next(&mut dice);
        let before = council.stage.meeting.clone();
        let outcome = council.stage.act(&actor, &command);
        after_step(&before, &council.stage, &command, &outcome);
        if step % WAY_OUT_EVERY == 0 {
            can_be_led_to_its_end(&council.stage);
        }
    }
    council.lead_to_its_end();
    let stage = &mut council.stage;
    let (replayed, events) = record::replay(&stage.id, &stage.entries).unwrap();
    assert!(replayed == stage.meeting, "replaying the whole ledger");
    assert!(matches!(stage.meeting.phase, Phase::Closed(_)));
    for class in [Class::Choice, Class::Measurement, Class::PersonalText, Class::NonPublic] {
        let command = Command::Delete { class, ground: "Löschfrist abgelaufen".parse().unwrap() };
        let results = stage.meeting.results.clone();
        let _ = stage.act(&administrator(), &command);
        assert_eq!(results, stage.meeting.results, "a deletion changes no finding");
    }
    let (after, _) = record::replay(&stage.id, &stage.entries).unwrap();
    assert!(after == stage.meeting, "what was deleted is gone from the running meeting and from the replayed one");

    for bundle in [stage.bundle(key), stage.public_bundle(key)] {
        let report = verify(bundle.as_bytes(), &Outside::default());
        assert!(report.is_ok(), "the auditor says:\n{report}");
    }
    events.iter().map(|recorded| recorded.event.wire_name().to_owned()).collect()
}

fn number(name: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "how long the test runs is the caller's choice")]
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn whole_meetings_by_chance_hold_together() {
    let folder = Folder::new("simulation");
    let key = InstanceKey::open_or_create(&folder.0.join("key.pem")).unwrap();
    let seeds = match number("RATSSAAL_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("RATSSAAL_SEEDS").unwrap_or(MEETINGS),
    };
    let whole_run = seeds.end - seeds.start >= MEETINGS;
    let mut seen = BTreeSet::new();
    for seed in seeds {
        match catch_unwind(AssertUnwindSafe(|| whole_meeting(seed, &key))) {
            Ok(names) => seen.extend(names),
            Err(_) => panic!("seed {seed}: play it again with RATSSAAL_SEED={seed}"),
        }
    }
    // A run in which something never happened would prove nothing about it; deletions come after the replay.
    let missing: Vec<_> =
        Event::WIRE_NAMES.iter().filter(|name| **name != "data.deleted" && !seen.contains(**name)).collect();
    assert!(!whole_run || missing.is_empty(), "never happened: {missing:?}");
}
