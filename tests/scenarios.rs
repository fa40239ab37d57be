//! Scenarios a jurist can read and write: `tests/scenarios/*.meeting`, one step a line, played through the real decisions
//! under the real rules of the Land. How a line is written: `tests/scenarios/README.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "scenarios/before.rs"]
mod before;
#[path = "scenarios/complaints.rs"]
mod complaints;
#[path = "scenarios/doors.rs"]
mod doors;
#[path = "scenarios/elections.rs"]
mod elections;
#[path = "scenarios/filming.rs"]
mod filming;
#[path = "scenarios/floor.rs"]
mod floor;
#[path = "scenarios/land.rs"]
mod land;
#[path = "scenarios/leading.rs"]
mod leading;
mod meeting_kit;
#[path = "scenarios/order.rs"]
mod order;
#[path = "scenarios/people.rs"]
mod people;
#[path = "scenarios/phases.rs"]
mod phases;
#[path = "scenarios/prefixes.rs"]
mod prefixes;
#[path = "scenarios/refusals.rs"]
mod refusals;
#[path = "scenarios/script.rs"]
mod script;
#[path = "scenarios/second.rs"]
mod second;
#[path = "scenarios/words.rs"]
mod words;
#[path = "scenarios/written.rs"]
mod written;

use meeting_kit::{Folder, Stage};
use ratssaal::adapters::sign::InstanceKey;
use ratssaal::audit::{Outside, verify};
use ratssaal::domain::meeting::Phase;
use std::path::PathBuf;

const SCENARIOS_MIN: usize = 14;

fn files() -> Vec<(String, String)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios"));
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "meeting"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    found
}

/// The evidence of a sitting that was played to its end passes the independent checker.
fn audited(stage: &Stage, key: &InstanceKey) -> Result<(), String> {
    if !matches!(stage.meeting.phase, Phase::Closed(_)) {
        return Ok(());
    }
    // The whole one, and the one for the public, which knows nothing of what happened behind closed doors.
    for bundle in [stage.bundle(key), stage.public_bundle(key)] {
        let report = verify(bundle.as_bytes(), &Outside::default());
        if !report.is_ok() {
            return Err(format!("die Prüfung des Beweisbündels sagt:\n{report}"));
        }
    }
    Ok(())
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let folder = Folder::new("scenarios");
    let key = InstanceKey::open_or_create(&folder.0.join("key.pem")).unwrap();
    let files = files();
    assert!(files.len() >= SCENARIOS_MIN, "only {} scenarios", files.len());
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|(name, text)| {
            let played = script::play(text).and_then(|stage| audited(&stage, &key));
            played.err().map(|why| format!("{name}: {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A runner that believes everything would hold nothing.
#[test]
fn a_scenario_that_lies_is_found() {
    const HEAD: &str = "Gremium: 3 Sitze\nTOP 1: Brücke\nSchriftführung: einberufen in Präsenz\n";
    for (lie, why) in [
        ("Vorsitz: eröffnen", "verweigert"),
        ("Vorsitz: eröffnen → verweigert § 37 Abs. 3 GemO", "§ 37 Abs. 1 Satz 1 GemO"),
        ("Vorsitz: eröffnen → verweigert: Mond", "noch nicht vermerkt"),
        ("Schriftführung: im Saal alle → verweigert", "geschah"),
        ("Schriftführung: im Saal Apfelkern → eröffnet", "im Saal vermerkt"),
        ("Lage: geschlossen", "einberufen"),
        ("Stand: 1 anwesend, 1 stimmberechtigt, 2 nötig, nicht beschlussfähig", "0 anwesend"),
        ("Ergebnis: angenommen 2:0:0", "kein Ergebnis"),
        ("Vorsitz: tanzen", "versteht niemand"),
        ("Schriftführung: im Saal Niemand", "Niemand"),
        ("Unsinn", "Doppelpunkt"),
    ] {
        let said = script::play(&format!("{HEAD}{lie}\n")).err().unwrap_or_else(|| panic!("believed: {lie}"));
        assert!(said.contains(why) && said.contains("Zeile 4"), "{lie}: {said}");
    }
}
