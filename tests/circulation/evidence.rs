//! The evidence of a circulation: every forgery is named, and what was released reads back for ever.

use super::bench::{Bench, clerk, member, seat};
use ratssaal::audit::{Outside, verify};
use ratssaal::domain::circulation::{Answer, Command, Event, wire};
use ratssaal::domain::ledger::{Class, Digest, canonical};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/circulation-v1.jsonl");

/// One with everything in it that can be in one.
async fn whole() -> Bench {
    let bench = Bench::open(6, "2026-11-24").await;
    bench.deliver([0, 1, 2]).await;
    let reason = Some("550 unbekannt".parse().unwrap());
    bench
        .act(
            &ratssaal::domain::meeting::Actor::system(),
            &Command::ReportDelivery { seat: seat(3), sent: false, reason },
        )
        .await
        .unwrap();
    let how = "Am Telefon vorgelesen.".parse().unwrap();
    bench.act(&clerk(), &Command::AttestAsked { seat: seat(3), how }).await.unwrap();
    let reason = Some("Gern.".parse().unwrap());
    bench.act(&member(4), &Command::Answer { answer: Answer::Agrees, reason }).await.unwrap();
    bench.act(&member(5), &Command::Recuse { seat: None }).await.unwrap();
    bench.act(&clerk(), &Command::LiftRecusal { seat: seat(5) }).await.unwrap();
    bench.act(&clerk(), &Command::Recuse { seat: Some(seat(5)) }).await.unwrap();
    bench.pass_days(9);
    bench.find().await.unwrap();
    let on = bench.today();
    bench.act(&clerk(), &Command::Announce { on, sitting: "8. Sitzung".parse().unwrap() }).await.unwrap();
    bench
}

/// A bundle in which the payload of the `n`th entry of a name is changed and everything is chained anew, by somebody who
/// holds neither key nor scruple; signatures are left out, so that only the recount can tell.
fn forged(bundle: &str, name: &str, n: usize, change: impl Fn(&mut Value, &mut Value)) -> String {
    let mut lines: Vec<Value> = bundle.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.pop();
    lines.retain(|line| line.get("head").is_none());
    let place =
        lines.iter().enumerate().filter(|(_, line)| line["entry"]["name"] == name).map(|(i, _)| i).nth(n).unwrap();
    let line = &mut lines[place];
    let text = line["parts"]["finding"]["payload"].as_str().unwrap().to_owned();
    let mut payload: Value = serde_json::from_str(&text).unwrap();
    change(&mut payload, &mut line["entry"]);
    line["parts"]["finding"]["payload"] = canonical(&payload).unwrap().into();
    let mut previous = Digest::NONE.to_string();
    for line in &mut lines {
        let Value::Object(parts) = line["parts"].clone() else { continue };
        for (class, part) in &parts {
            let text = format!("{class}\n{}\n{}", part["salt"].as_str().unwrap(), part["payload"].as_str().unwrap());
            line["entry"]["parts"][class] = Digest::of("ratssaal part v1", &[text.as_bytes()]).to_string().into();
        }
        line["entry"]["previous"] = previous.into();
        previous = Digest::of("ratssaal entry v1", &[canonical(&line["entry"]).unwrap().as_bytes()]).to_string();
        line["digest"] = previous.clone().into();
    }
    let text: String = lines.iter().map(|line| canonical(line).unwrap() + "\n").collect();
    let end = json!({"end": {"lines": lines.len(), "sha256": Digest::sha256(text.as_bytes())}});
    format!("{text}{}\n", canonical(&end).unwrap())
}

#[tokio::test]
async fn every_forgery_of_a_circulation_is_named() {
    let bundle = whole().await.bundle().await;
    let genuine = verify(bundle.as_bytes(), &Outside::default());
    assert!(genuine.is_ok(), "{genuine}");
    assert!(genuine.meeting.starts_with("Umlaufverfahren: Überlassung des Vereinsraums · Gemeinderat"), "{genuine}");
    let set =
        |field: &'static str, value: Value| move |payload: &mut Value, _: &mut Value| payload[field] = value.clone();
    type Change = Box<dyn Fn(&mut Value, &mut Value)>;
    let forgeries: Vec<(&str, usize, Change, &str)> = vec![
        ("circulation.answered", 0, Box::new(set("answer", json!("objects"))), "Danach konnte niemand mehr antworten"),
        ("circulation.found", 0, Box::new(set("agreed", json!(2))), "falsch gezählt"),
        ("circulation.found", 0, Box::new(set("outcome", json!("rejected"))), "folgt nicht aus den Antworten"),
        ("circulation.found", 0, Box::new(set("norm", json!("§ 1"))), "nicht die des festgehaltenen Rechts"),
        ("circulation.found", 0, Box::new(set("on", json!("2026-12-01"))), "passt nicht zur Zeit"),
        ("circulation.found", 0, Box::new(set("on", json!("2026-11-24"))), "vor dem Ende der Zeit"),
        ("circulation.opened", 0, Box::new(set("last_day", json!("2026-11-20"))), "kürzer, als das Recht"),
        ("circulation.opened", 0, Box::new(set("last_day", json!("2026-11-25"))), "vor dem Ende der Zeit"),
        ("circulation.delivered", 1, Box::new(set("way", json!("failed"))), "Nicht alle, die schwiegen"),
        ("circulation.delivered", 4, Box::new(set("way", json!("mail"))), "nicht bezeugen"),
        ("circulation.recused", 1, Box::new(set("seat", json!("sitz-00"))), "Wer befangen ist, stellt"),
        ("circulation.announced", 0, Box::new(set("wording", json!("Etwas anderes."))), "ein anderer Wortlaut"),
        ("circulation.announced", 0, Box::new(set("on", json!("2026-11-01"))), "vor der Feststellung"),
        (
            "circulation.answered",
            0,
            Box::new(|_: &mut Value, entry: &mut Value| entry["actor"] = json!("clerk")),
            "Geantwortet hat ein anderer",
        ),
        (
            "circulation.found",
            0,
            Box::new(|_: &mut Value, entry: &mut Value| entry["actor"] = json!("clerk")),
            "stellt der Vorsitz fest",
        ),
    ];
    for (name, n, change, what) in forgeries {
        let report = verify(forged(&bundle, name, n, change).as_bytes(), &Outside::default());
        let failure = report.first_failure().unwrap_or_else(|| panic!("accepted: {name} {what}\n{report}"));
        assert!(failure.what.contains(what), "{name}: „{what}“ expected\n{report}");
    }
}

#[tokio::test]
async fn every_event_of_a_circulation_ever_released_reads_back_byte_for_byte() {
    let text = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    let mut named = BTreeSet::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let parts: BTreeMap<Class, String> = line["parts"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(class, text)| (Class::from_wire(class).unwrap(), text.as_str().unwrap().to_owned()))
            .collect();
        let name = line["name"].as_str().unwrap();
        let version = u16::try_from(line["version"].as_u64().unwrap()).unwrap();
        let event = wire::from_parts(name, version, parts.iter().map(|(class, text)| (*class, text.as_str()))).unwrap();
        let again: BTreeMap<Class, String> = wire::parts(&event)
            .unwrap()
            .into_iter()
            .map(|(class, value)| (class, canonical(&value).unwrap()))
            .collect();
        assert_eq!(again, parts, "{name} is written otherwise today");
        named.insert(name.to_owned());
    }
    let missing: Vec<_> = Event::WIRE_NAMES.iter().filter(|name| !named.contains(**name)).collect();
    assert!(missing.is_empty(), "no golden line of {missing:?}; a new one would be\n{}", offered().await);
}

/// A line for each event, of a real course.
async fn offered() -> String {
    let (bench, ended) = (whole().await, Bench::open(3, "2026-11-24").await);
    ended.act(&clerk(), &Command::End { reason: "Zurückgezogen.".parse().unwrap() }).await.unwrap();
    let kept = Bench::open(3, "2026-11-24").await;
    kept.deliver(0..3).await;
    kept.pass_days(9);
    kept.find().await.unwrap();
    kept.act(&member(0), &Command::Withhold).await.unwrap();
    let mut events = Vec::new();
    for bench in [&bench, &ended, &kept] {
        events.extend(bench.dossier().await.entries.iter().map(|entry| entry.event.clone()));
    }
    let mut seen = BTreeSet::new();
    events.retain(|event| seen.insert(event.wire_name()));
    let line = |event: &Event| {
        let mut event = event.clone();
        if let Event::Opened(opened) = &mut event {
            opened.law.text = "# Recht\n".into();
        }
        let parts: serde_json::Map<String, Value> = wire::parts(&event)
            .unwrap()
            .into_iter()
            .map(|(class, value)| (class.wire_name().to_owned(), canonical(&value).unwrap().into()))
            .collect();
        canonical(&json!({"name": event.wire_name(), "version": wire::VERSION, "parts": parts})).unwrap()
    };
    events.iter().map(|event| line(event) + "\n").collect()
}
