//! Every event that was ever released, as it lies in the ledger: it is read, folded and written again to the same bytes,
//! for ever. A line is never changed; a new event gets a new line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod meeting_kit;

use meeting_kit::{Stage, add_item, administrator, ballot, chair, change, clause, clerk, item, member, planned, seat};
use ratssaal::domain::law::format::{Clause, MeetingFormat};
use ratssaal::domain::ledger::{Class, Digest, canonical};
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::meeting::event::{Choice, InterruptionCause, Method, PinnedLaw, Sphere};
use ratssaal::domain::meeting::{Command, Event, Meeting, Phase, Recorded, apply, begin, wire};
use ratssaal::domain::presence::Perception;
use ratssaal::domain::time::Instant;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/events-v1.jsonl");

struct Line {
    name: String,
    version: u16,
    parts: BTreeMap<Class, String>,
}

fn lines(text: &str) -> Vec<Line> {
    let line = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let parts = value["parts"].as_object().unwrap().iter();
        Line {
            name: value["name"].as_str().unwrap().to_owned(),
            version: u16::try_from(value["version"].as_u64().unwrap()).unwrap(),
            parts: parts
                .map(|(class, part)| (Class::from_wire(class).unwrap(), part.as_str().unwrap().to_owned()))
                .collect(),
        }
    };
    text.lines().map(line).collect()
}

#[test]
fn every_event_ever_released_reads_back_byte_for_byte() {
    let lines = lines(&std::fs::read_to_string(GOLDEN).unwrap());
    let there: BTreeSet<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let without: Vec<_> = Event::WIRE_NAMES.iter().filter(|name| !there.contains(**name)).collect();
    assert!(without.is_empty(), "no golden line of {without:?}");
    let mut meeting: Option<Meeting> = None;
    for (number, line) in (1_u64..).zip(&lines) {
        let parts = line.parts.iter().map(|(class, text)| (*class, text.as_str()));
        let event =
            wire::from_parts(&line.name, line.version, parts).unwrap_or_else(|why| panic!("line {number}: {why}"));
        assert_eq!(event.wire_name(), line.name);
        let again: BTreeMap<Class, String> = wire::parts(&event, line.parts.contains_key(&Class::ClosedFinding))
            .unwrap()
            .into_iter()
            .map(|(class, value)| (class, canonical(&value).unwrap()))
            .collect();
        assert_eq!(again, line.parts, "line {number}: {} is written otherwise today", line.name);
        let at = Instant(i64::try_from(number).unwrap() * 1000);
        let classes = line.parts.keys().copied().collect();
        let recorded = Recorded { number, occurred_at: at, recorded_at: at, classes, event };
        meeting = Some(match meeting {
            None => begin("golden".parse().unwrap(), &recorded).unwrap(),
            Some(meeting) => apply(meeting, &recorded),
        });
    }
    let meeting = meeting.unwrap();
    assert!(matches!(meeting.phase, Phase::Closed(_)), "folded to its end");
    let tally: Vec<_> = meeting.results.iter().map(|declared| (declared.result.yes, declared.result.no)).collect();
    assert_eq!(tally, [(4, 0)]);
}

#[test]
fn a_line_of_another_event_or_version_is_refused() {
    for (name, version, text) in [
        ("meeting.closed", 2, "{}"),
        ("meeting.shut", 1, "{}"),
        ("meeting.closed", 1, r#"{"extra":1}"#),
        ("item.called", 1, "{}"),
    ] {
        assert!(wire::from_parts(name, version, [(Class::Finding, text)]).is_err(), "{name} {version} {text}");
    }
    let misplaced = [(Class::Finding, r#"{"ballot":"a1","choice":"yes","seat":"sitz-01","way":"pressed"}"#)];
    assert!(wire::from_parts("choice.cast", 1, misplaced).is_err(), "a choice among the permanent findings");
}

/// Writes the golden lines once; an existing file is never replaced.
#[test]
#[ignore = "only when the first events are released"]
fn release_the_golden_events() {
    let stage = everything();
    let text: String = stage
        .entries
        .iter()
        .map(|sealed| {
            let parts: BTreeMap<&str, &str> = sealed
                .parts
                .iter()
                .map(|(class, part)| (class.wire_name(), part.as_ref().unwrap().payload.as_str()))
                .collect();
            let line = json!({"name": sealed.envelope.name, "version": sealed.envelope.version, "parts": parts});
            canonical(&line).unwrap() + "\n"
        })
        .collect();
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(GOLDEN).unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
}

/// A meeting in which every event happens.
fn everything() -> Stage {
    let mut plan = planned(7);
    add_item(&mut plan, "1", "Brücke", true);
    plan.agenda[0].motion = Some("Die Brücke wird gebaut.".parse().unwrap());
    add_item(&mut plan, "2", "Grundstück", false);
    plan.clauses = vec![clause(Clause::Remote), clause(Clause::Digital)];
    let mut stage = Stage::plan(&plan, Instant(0)).unwrap();
    let text = "land = \"bw\"\n".to_owned();
    let law = PinnedLaw { land: "bw".into(), digest: Digest::sha256(text.as_bytes()), text };
    let mut act = |actor, command| {
        stage.now = stage.now.plus_millis(1000);
        stage.act(&actor, &command).unwrap();
    };
    let system = ratssaal::domain::meeting::Actor::system;
    let report = |perception, numbers: std::ops::Range<usize>, since| Command::ReportPresence {
        changes: numbers.map(|number| change(seat(number), perception, Instant(since))).collect(),
        hall: None,
    };
    act(
        chair(),
        Command::Convene {
            format: MeetingFormat::Digital,
            ground: Some("natural_disaster".into()),
            reason: Some("Hochwasser".parse().unwrap()),
            public_room: Some("Turnhalle".parse().unwrap()),
            law,
            summons: Summons::default(),
        },
    );
    act(clerk(), Command::AttestRoom { seat: seat(0), present: true });
    act(system(), report(Perception::Perceptible, 1..7, 1000));
    act(clerk(), Command::AttestPublicRoom { receives: true });
    act(chair(), Command::Open);
    act(clerk(), Command::Recuse { item: item("1"), seat: seat(1) });
    act(clerk(), Command::LiftRecusal { item: item("1"), seat: seat(1) });
    act(chair(), Command::CallItem { item: item("1") });
    let open = |id, method| Command::OpenBallot {
        ballot: ballot(id),
        method,
        wording: "Die Brücke wird gebaut.".parse().unwrap(),
        motion: None,
        terms: Default::default(),
    };
    act(chair(), open("a1", Method::ShowOfHands));
    act(clerk(), Command::CountHands { ballot: ballot("a1"), yes: 1, no: 0, abstain: 0, none: 0 });
    for number in 1..5 {
        act(member(number), Command::Cast { ballot: ballot("a1"), choice: Choice::Yes });
    }
    act(system(), report(Perception::Disturbed, 4..7, 13_500));
    act(chair(), Command::FindFault { sphere: Sphere::Third });
    act(system(), report(Perception::Absent, 4..5, 13_500));
    act(chair(), Command::CloseBallot { ballot: ballot("a1") });
    act(chair(), Command::DeclareResult { ballot: ballot("a1") });
    act(member(2), Command::Complain { text: "Es war kein Bild da.".parse().unwrap(), heard: None });
    act(chair(), open("a2", Method::RollCall));
    act(chair(), Command::Interrupt { cause: InterruptionCause::Chair });
    act(chair(), Command::Resume { ballot_goes_on: Some(false) });
    act(chair(), Command::Close);
    act(
        clerk(),
        Command::WriteItemText {
            item: item("1"),
            text: Some("Die Brücke war gesperrt.".parse().unwrap()),
            replaces: 0,
        },
    );
    act(administrator(), Command::Delete { class: Class::NonPublic, ground: "Löschfrist abgelaufen".parse().unwrap() });
    stage.entries[0].parts.insert(
        Class::NonPublic,
        Some(ratssaal::domain::ledger::Part {
            salt: ratssaal::domain::ledger::Salt::from_bytes([0; 16]),
            payload: "{\"closed_titles\":{\"top-2\":\"Grundstück\"}}".into(),
        }),
    );
    stage
}
