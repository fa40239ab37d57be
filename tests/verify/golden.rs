//! A released bundle verifies for ever, and today's meeting still folds from it.

use super::passes;
use super::scripts::whole;
use super::sitting::key;
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::audit::{Outside, verify};
use ratssaal::domain::ledger::Class;
use ratssaal::domain::meeting::{Meeting, Recorded, apply, begin, wire};
use ratssaal::domain::time::Instant;
use serde_json::Value;
use std::fs;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/bundle-v1.jsonl");

#[test]
fn a_released_bundle_verifies_for_ever_and_still_folds() {
    let golden = fs::read_to_string(GOLDEN).unwrap();
    let outside = Outside { key: Some(key().public_key()), ..Outside::default() };
    let report = verify(golden.as_bytes(), &outside);
    passes(&report);
    assert_eq!(report.results.len(), 4);
    let mut meeting: Option<Meeting> = None;
    for line in golden.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(recorded) = recorded(&line) else { continue };
        meeting = Some(match meeting {
            None => begin(line["entry"]["meeting"].as_str().unwrap().parse().unwrap(), &recorded).unwrap(),
            Some(meeting) => apply(meeting, &recorded),
        });
    }
    let meeting = meeting.unwrap();
    assert!(meeting.closed_at.is_some());
    let outcomes: Vec<Value> =
        meeting.results.iter().map(|declared| serde_json::to_value(declared.result.outcome).unwrap()).collect();
    assert_eq!(outcomes, ["adopted", "rejected", "no_decision", "rejected"]);
}

fn recorded(line: &Value) -> Option<Recorded> {
    let entry = line.get("entry")?;
    let parts: Vec<(Class, &str)> = line["parts"]
        .as_object()?
        .iter()
        .filter_map(|(class, part)| Some((Class::from_wire(class)?, part["payload"].as_str()?)))
        .collect();
    let version = u16::try_from(entry["version"].as_u64()?).ok()?;
    Some(Recorded {
        number: entry["number"].as_u64()?,
        occurred_at: Instant(entry["occurred_at"].as_i64()?),
        recorded_at: Instant(entry["recorded_at"].as_i64()?),
        classes: parts.iter().map(|(class, _)| *class).collect(),
        event: wire::from_parts(entry["name"].as_str()?, version, parts).unwrap(),
    })
}

/// Writes the golden bundle once; an existing one is never replaced.
#[test]
#[ignore = "only when a new format is released"]
fn release_the_golden_bundle() {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(GOLDEN).unwrap();
    std::io::Write::write_all(&mut file, whole("golden-1").bundle(&[]).as_bytes()).unwrap();
}
