//! The evidence bundle and its independent checker: a real ledger passes, every forgery of it is named.

#[path = "verify/forge.rs"]
mod forge;
#[path = "verify/sitting.rs"]
mod sitting;

use forge::{Forged, end};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use ratssaal::app::bundle::{BundleError, BundledFile, FILE_NAME, bundle};
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::audit::{self, Outside, Paths, Receipt, Report, verify};
use ratssaal::domain::ledger::{Class, Sealed};
use ratssaal::domain::meeting::{Meeting, Recorded, apply, begin, wire};
use ratssaal::domain::time::Instant;
use serde_json::{Value, json};
use sitting::{Sitting, TestKey, key, small, whole};
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/bundle-v1.jsonl");
const UNBOUND: &str = "In sich stimmig. Ob es das echte Protokoll ist, zeigt erst ein Vergleich mit";

static WHOLE: LazyLock<Sitting> = LazyLock::new(|| whole("sitzung-1"));
static SMALL: LazyLock<String> = LazyLock::new(|| small("sitzung-2").bundle(&[]));

fn check(bundle: &str) -> Report {
    verify(bundle.as_bytes(), &Outside::default())
}

/// The first failure must be of this entry and say this.
#[track_caller]
fn fails(report: &Report, number: Option<u64>, what: &str) {
    let failure = report.first_failure().unwrap_or_else(|| panic!("accepted:\n{report}"));
    assert!(!report.is_ok() && failure.number == number && failure.what.contains(what), "{report}");
}

#[track_caller]
fn passes(report: &Report) {
    assert!(report.is_ok() && report.first_failure().is_none(), "{report}");
}

fn number(line: &Value) -> Option<u64> {
    line["entry"]["number"].as_u64()
}

fn receipt(sitting: &Sitting, index: usize) -> Receipt {
    serde_json::from_value(serde_json::to_value(&sitting.receipts[index]).unwrap()).unwrap()
}

#[test]
fn a_whole_meeting_is_counted_again_and_fits() {
    let report = check(&WHOLE.bundle(&[]));
    passes(&report);
    assert_eq!(
        report.results,
        [
            "TOP 1, Abstimmung a1: 8 Ja, 4 Nein, 0 Enthaltung, 0 ohne Stimme: angenommen",
            "TOP 2, Abstimmung a2: 5 Ja, 5 Nein, 1 Enthaltung, 0 ohne Stimme: abgelehnt",
            "TOP 3, Abstimmung a3: 6 Ja, 0 Nein, 0 Enthaltung, 0 ohne Stimme: kein Beschluss",
            "TOP 4, Abstimmung a4: 0 Ja, 10 Nein, 0 Enthaltung, 1 ohne Stimme: abgelehnt",
        ]
    );
    let text = report.to_string();
    assert!(text.contains(UNBOUND), "{text}");
    assert!(text.contains("Beschlussfähigkeit 12 mal und 4 Ergebnisse nachgezählt"), "{text}");
    assert!(text.contains("Sitzung des Gemeinderats · Gemeinderat, Musterhausen, 2026-11-26"), "{text}");
}

#[test]
fn deletions_are_reported_with_class_and_time_and_the_rest_still_verifies() {
    let report = check(&WHOLE.bundle(&[]));
    passes(&report);
    let deleted: Vec<_> = report.notes.iter().filter(|note| note.starts_with("Gelöscht:")).collect();
    // Two corrected choices, one struck, one voided, and the complaint's text.
    assert!(deleted.iter().any(|note| note.contains("Einzelstimme in Eintrag")), "{report}");
    assert!(deleted.iter().any(|note| note.contains("Text über Personen in Eintrag")), "{report}");
    assert!(deleted[0].contains("am 26.11.2026,") && deleted[0].contains("durch Eintrag"), "{report}");
}

#[test]
fn a_public_bundle_withholds_the_non_public_part_and_nothing_else() {
    let sitting = &*WHOLE;
    let write = |withhold: &[Class]| {
        let withhold: BTreeSet<Class> = withhold.iter().copied().collect();
        bundle(&sitting.id, &key().public_key(), &sitting.entries, &sitting.heads, &[], &withhold)
    };
    let public = write(&[Class::NonPublic]).unwrap();
    assert!(sitting.bundle(&[]).contains("Grundstücksangelegenheit") && !public.contains("Grundstücksangelegenheit"));
    let report = check(&public);
    passes(&report);
    assert!(report.notes.iter().any(|note| note == "Vorenthalten: nichtöffentlich in Eintrag 1."), "{report}");
    for class in [Class::Finding, Class::Choice, Class::Measurement, Class::PersonalText] {
        assert_eq!(write(&[class]), Err(BundleError::NotWithholdable(class.wire_name())));
    }
}

#[test]
fn a_part_that_vanished_without_a_deletion_is_named() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("presence.found", 2);
    forged.0[line]["parts"]["measurement"] = Value::Null;
    fails(&check(&forged.text()), number(&forged.0[line]), "Ein Teil fehlt (Klasse Messwerte)");
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("ballot.closed", 0);
    forged.0[line]["parts"]["finding"] = Value::Null;
    fails(&check(&forged.text()), number(&forged.0[line]), "Ein Teil fehlt (Klasse Feststellung)");
}

#[test]
fn any_single_changed_byte_is_named_even_if_the_end_line_is_repaired() {
    let good = SMALL.as_bytes();
    passes(&check(&SMALL));
    let end_line = SMALL.trim_end().rfind('\n').unwrap() + 1;
    let flip = |from: usize, step: usize| {
        for position in (from..good.len()).step_by(step) {
            let mut bytes = good.to_vec();
            bytes[position] ^= [0x01, 0x20, 0x80][position % 3];
            let report = verify(&bytes, &Outside::default());
            let failure = report.first_failure().unwrap_or_else(|| panic!("byte {position}: accepted"));
            // The broken line itself is named, or the entry that it belongs to; for the header, the first signature.
            let broken = 1 + good[..position].iter().filter(|b| **b == b'\n').count();
            let named = failure.line.unwrap();
            assert!(broken == 1 || named.abs_diff(broken) <= 1, "byte {position} in line {broken}: {failure}");
            bytes[position] = good[position] ^ 0x01;
            let before = std::str::from_utf8(&bytes[..end_line]).map(end);
            if position < end_line && before.is_ok_and(|text| check(&text).is_ok()) {
                panic!("byte {position}: accepted with a repaired end");
            }
        }
    };
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || flip(half, 2));
        }
    });
}

#[test]
fn a_changed_tally_with_all_digests_recomputed_breaks_the_signature() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("result.declared", 1);
    forged.payload(line, "finding", |result| {
        result["yes"] = json!(6);
        result["no"] = json!(4);
        result["outcome"] = json!("adopted");
    });
    let entry = number(&forged.0[line]);
    let naive = check(&forged.text());
    fails(&naive, entry, "passt nicht zu seiner Prüfsumme");
    let mut forged = forged.reseal();
    fails(&check(&forged.text()), entry, "nachgezählt 5");
    // The heads adjusted, too: now the signatures are wrong as well.
    let digest = forged.0[line]["digest"].clone();
    forged.0[line + 1]["head"]["digest"] = digest;
    let text = check(&forged.text()).to_string();
    assert!(text.contains("[FALSCH]  Unterschriften: Eintrag"), "{text}");
    // With the right key only the recount tells, and it does.
    let resigned = check(&forged.resign(&key()).text());
    fails(&resigned, entry, "Ergebnis falsch festgestellt: Ja: festgehalten 6, nachgezählt 5");
}

#[test]
fn a_rewritten_and_resigned_bundle_fails_against_anything_from_outside() {
    let sitting = &*WHOLE;
    let genuine = sitting.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    // Everybody says no to the first item, consistently.
    let choices: Vec<usize> = (0..13).map(|n| forged.find("choice.cast", n)).collect();
    for line in choices.into_iter().filter(|line| !forged.0[*line]["parts"]["choice"].is_null()).collect::<Vec<_>>() {
        forged.payload(line, "choice", |choice| choice["choice"] = json!("no"));
    }
    let line = forged.find("result.declared", 0);
    forged.payload(line, "finding", |result| {
        result["by_seat"].as_object_mut().unwrap().values_mut().for_each(|choice| *choice = json!("no"));
        (result["yes"], result["no"], result["outcome"]) = (json!(0), json!(12), json!("rejected"));
    });
    let forged = forged.reseal().resign(&TestKey::new(0x22)).text();

    let alone = check(&forged);
    passes(&alone);
    assert!(alone.to_string().contains(UNBOUND) && alone.bound.is_none(), "{alone}");

    let outside_head = Outside { head: Some(sitting.heads[1].head.digest.to_string()), ..Outside::default() };
    let outside_key = Outside { key: Some(key().public_key()), ..Outside::default() };
    let outside_pem = Outside { key: Some(key().pem()), ..Outside::default() };
    let outside_receipt = Outside { receipts: vec![receipt(sitting, 30)], ..Outside::default() };
    let known = [
        (outside_head, "kommt nicht vor"),
        (outside_key, "mit einem anderen Schlüssel"),
        (outside_pem, "mit einem anderen Schlüssel"),
        (outside_receipt, "anders im Protokoll"),
    ];
    for (outside, what) in known {
        passes(&verify(genuine.as_bytes(), &outside));
        let report = verify(forged.as_bytes(), &outside);
        assert!(!report.is_ok() && report.first_failure().unwrap().what.contains(what), "{report}");
    }
}

#[test]
fn what_an_anchor_covers_is_said() {
    let sitting = &*WHOLE;
    let genuine = sitting.bundle(&[]);
    let last = sitting.entries.last().unwrap();
    // As people copy it: capitals and spaces.
    let typed = last
        .digest
        .to_string()
        .to_uppercase()
        .as_bytes()
        .chunks(8)
        .fold(String::new(), |text, part| text + std::str::from_utf8(part).unwrap() + " ");
    let report = verify(genuine.as_bytes(), &Outside { head: Some(typed), ..Outside::default() });
    passes(&report);
    assert_eq!(report.bound, Some(last.envelope.number));
    assert!(report.to_string().contains("als dieses Protokoll belegt"), "{report}");
    let opening = &sitting.heads[0].head;
    let outside = Outside { head: Some(opening.digest.to_string()), ..Outside::default() };
    let report = verify(genuine.as_bytes(), &outside);
    passes(&report);
    let said = format!("bis Eintrag {} von {}", opening.number, last.envelope.number);
    assert!(report.to_string().contains(&said), "{report}");
    for wrong in ["", "abc", "zz"] {
        let outside = Outside { head: Some(wrong.into()), key: Some(wrong.into()), ..Outside::default() };
        assert!(!verify(genuine.as_bytes(), &outside).is_ok());
    }
}

#[test]
fn a_receipt_must_fit_word_for_word() {
    let sitting = &*WHOLE;
    let genuine = sitting.bundle(&[]);
    let all: Vec<Receipt> = (0..sitting.receipts.len()).map(|index| receipt(sitting, index)).collect();
    passes(&verify(genuine.as_bytes(), &Outside { receipts: all, ..Outside::default() }));
    let good = receipt(sitting, 20);
    let wrong = [
        (Receipt { meeting: "sitzung-9".into(), ..good.clone() }, "anderen Sitzung"),
        (Receipt { command: "c-9999".into(), ..good.clone() }, "kommt nicht vor"),
        (Receipt { command: "c-0020".into(), ..good.clone() }, "anders im Protokoll"),
        (Receipt { last: good.last + 1, ..good.clone() }, "anders im Protokoll"),
        (Receipt { head: "0".repeat(64), ..good }, "anders im Protokoll"),
    ];
    for (receipt, what) in wrong {
        let report = verify(genuine.as_bytes(), &Outside { receipts: vec![receipt], ..Outside::default() });
        assert!(!report.is_ok() && report.first_failure().unwrap().what.contains(what), "{what}: {report}");
    }
}

#[test]
fn a_dropped_ballot_is_missed() {
    let genuine = WHOLE.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    // Behind everything that was deleted later, so that the deletions still name the right entries.
    let line = forged.find("choice.cast", 36);
    let dropped = number(&forged.0[line]).unwrap();
    forged.0.remove(line);
    fails(&check(&forged.text()), Some(dropped + 1), &format!("Hier müsste Eintrag {dropped} stehen"));
    let result = forged.find("result.declared", 3);
    let forged = forged.reseal();
    let entry = number(&forged.0[result]);
    let text = check(&forged.text()).to_string();
    let unsigned = format!("[FALSCH]  Unterschriften: Eintrag {}", entry.unwrap());
    assert!(text.contains(&unsigned) && text.contains("fehlt der unterschriebene Stand"), "{text}");
    // By the holder of the key: the recount misses the voter in the result.
    fails(&check(&forged.resign(&key()).text()), entry, "Stimme von Sitz gr-06, die nie abgegeben wurde");
}

#[test]
fn an_inserted_entry_is_noticed() {
    let genuine = WHOLE.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    let line = forged.find("choice.cast", 3);
    let mut copy = forged.0[line].clone();
    copy["entry"]["command"] = json!("c-forged");
    forged.0.insert(line + 1, copy);
    let inserted = number(&forged.0[line]).unwrap();
    fails(&check(&forged.text()), Some(inserted), "Einträge fehlen oder sind vertauscht");
    // A vote of somebody who is not there, sealed and signed with the right key.
    let line = line + 1;
    forged.payload(line, "finding", |cast| cast["seat"] = json!("gr-12"));
    let report = check(&forged.reseal().resign(&key()).text());
    fails(&report, Some(inserted + 1), "Sitz gr-12 war hier nicht anwesend");
}

#[test]
fn a_wrong_quorum_signed_with_the_right_key_is_found_by_the_recount() {
    for (name, n, field, value, what) in [
        ("meeting.opened", 0, "present", json!(13), "anwesend: festgehalten 13, nachgezählt 12"),
        ("ballot.opened", 1, "entitled", json!(12), "stimmberechtigt: festgehalten 12, nachgezählt 11"),
        ("ballot.closed", 2, "needed", json!(6), "nötig: festgehalten 6, nachgezählt 7"),
        ("ballot.closed", 2, "met", json!(true), "festgehalten 1, nachgezählt 0"),
        ("meeting.resumed", 0, "occupied", json!(12), "besetzte Sitze: festgehalten 12, nachgezählt 13"),
        ("meeting.resumed", 1, "norm", json!("§ 1"), "Vorschrift ist § 37 Abs. 2 Satz 1 GemO"),
    ] {
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let line = forged.find(name, n);
        forged.payload(line, "finding", |finding| finding["quorum"][field] = value);
        let entry = number(&forged.0[line]);
        fails(&check(&forged.reseal().resign(&key()).text()), entry, what);
    }
}

#[test]
fn lies_about_a_ballot_signed_with_the_right_key_are_found_by_the_recount() {
    type Lie = fn(&mut Value);
    let lies: [(&str, usize, Lie, &str); 7] = [
        ("result.declared", 1, |result| result["outcome"] = json!("adopted"), "heißt „abgelehnt“"),
        ("result.declared", 2, |result| result["outcome"] = json!("adopted"), "heißt „kein Beschluss“"),
        ("result.declared", 0, |result| result["by_seat"]["gr-01"] = json!("yes"), "Stimme von Sitz gr-01 anders"),
        ("result.declared", 3, |result| result["missing"] = json!(0), "ohne Stimme: festgehalten 0, nachgezählt 1"),
        ("hands.counted", 0, |hands| hands["yes"] = json!(2), "Im Saal waren 2 Stimmberechtigte, gezählt sind 3"),
        ("choice.struck", 0, |struck| struck["seat"] = json!("gr-05"), "Sitz gr-05 wurde zu Unrecht gestrichen"),
        ("recusal.recorded", 0, |recusal| recusal["item"] = json!("top-3"), "stimmberechtigt: festgehalten 11"),
    ];
    for (name, n, lie, what) in lies {
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let line = forged.find(name, n);
        forged.payload(line, "finding", lie);
        let report = check(&forged.reseal().resign(&key()).text());
        let failure = report.first_failure().unwrap_or_else(|| panic!("{what}: accepted"));
        assert!(failure.what.contains(what), "{report}");
    }
}

#[test]
fn a_choice_that_had_to_be_struck_cannot_be_kept() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("choice.struck", 0);
    forged.0.remove(line);
    let closed = forged.find("ballot.closed", 2);
    let forged = forged.reseal();
    let entry = number(&forged.0[closed]);
    fails(&check(&forged.resign(&key()).text()), entry, "hätte gestrichen werden müssen");
}

#[test]
fn a_deleted_choice_that_stood_is_taken_from_the_result_and_said() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("choice.cast", 5);
    let deleted = number(&forged.0[line]).unwrap();
    forged.0[line]["parts"]["choice"] = Value::Null;
    let deletion = forged.find("data.deleted", 0);
    forged.payload(deletion, "finding", |data| data["entries"].as_array_mut().unwrap().push(json!(deleted)));
    let report = check(&forged.reseal().resign(&key()).text());
    passes(&report);
    assert!(report.notes.iter().any(|note| note.contains("nicht unabhängig")), "{report}");
}

#[test]
fn a_truncated_bundle_is_noticed_even_with_a_new_end() {
    let genuine = WHOLE.bundle(&[]);
    for share in 1..20 {
        let cut = genuine.floor_char_boundary(genuine.len() * share / 20);
        assert!(!check(&genuine[..cut]).is_ok(), "{cut}");
    }
    let without_end = &genuine[..genuine.trim_end().rfind('\n').unwrap() + 1];
    fails(&check(without_end), None, "Die Schlusszeile fehlt");
    let mut forged = Forged::of(&SMALL);
    let closed = forged.find("meeting.closed", 0);
    forged.0.truncate(closed);
    fails(&check(&forged.text()), number(&forged.0[closed - 1]), "Der Schluss der Sitzung fehlt");
    fails(&check(""), None, "leer");
    fails(&check(&(genuine.clone() + "\n")), None, "Hinter der Schlusszeile");
}

#[test]
fn two_meetings_do_not_mix() {
    let (one, other) = (WHOLE.bundle(&[]), whole("sitzung-3").bundle(&[]));
    let mut forged = Forged::of(&one);
    let stranger = Forged::of(&other);
    let line = forged.find("ballot.closed", 0);
    forged.0[line] = stranger.0[line].clone();
    fails(&check(&forged.text()), number(&stranger.0[line]), "gehört zu einer anderen Sitzung");
    let mut forged = Forged::of(&one);
    let line = forged.find("meeting.closed", 0) + 1;
    forged.0[line] = stranger.0[line].clone();
    fails(&check(&forged.text()), number(&stranger.0[line - 1]), "gehört nicht zu diesem Eintrag");
}

#[test]
fn a_missing_or_doubled_head_is_noticed() {
    let genuine = WHOLE.bundle(&[]);
    for name in ["meeting.opened", "result.declared", "meeting.closed"] {
        let mut forged = Forged::of(&genuine);
        let line = forged.find(name, 0);
        forged.0.remove(line + 1);
        fails(&check(&forged.text()), number(&forged.0[line]), "fehlt der unterschriebene Stand");
    }
    let mut forged = Forged::of(&genuine);
    let line = forged.find("meeting.opened", 0) + 1;
    let copy = forged.0[line].clone();
    forged.0.insert(line, copy);
    fails(&check(&forged.text()), None, "gehört nicht hierher");
}

#[test]
fn the_law_that_counts_is_the_pinned_one() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("meeting.convened", 0);
    let entry = number(&forged.0[line]);
    forged.payload(line, "finding", |convened| {
        let text = convened["law"]["text"].as_str().unwrap().replace("value = \"1/2\"", "value = \"1/3\"");
        convened["law"]["text"] = text.into();
    });
    let forged = forged.reseal().resign(&key());
    fails(&check(&forged.text()), entry, "Der Text des Rechts passt nicht");
}

#[test]
fn files_beside_the_bundle_are_compared() {
    let folder = std::env::temp_dir().join(format!("ratssaal-verify-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let files = [BundledFile::of("niederschrift.pdf", b"%PDF-1.7"), BundledFile::of("anlage.pdf", b"fehlt")];
    fs::write(folder.join(FILE_NAME), WHOLE.bundle(&files)).unwrap();
    fs::write(folder.join("niederschrift.pdf"), b"%PDF-1.7").unwrap();
    fs::write(folder.join("quittung.json"), serde_json::to_vec(&WHOLE.receipts[9]).unwrap()).unwrap();
    fs::write(folder.join("schluessel.pem"), key().pem()).unwrap();
    let paths = Paths {
        bundle: folder.clone(),
        head: Some(WHOLE.heads[2].head.digest.to_string()),
        receipts: vec![folder.join("quittung.json")],
        key: Some(folder.join("schluessel.pem").display().to_string()),
    };
    let report = audit::examine(&paths).unwrap();
    passes(&report);
    assert!(report.to_string().contains("niederschrift.pdf ist unverändert"), "{report}");
    assert!(report.notes.iter().any(|note| note.contains("anlage.pdf liegt nicht bei")), "{report}");
    fs::write(folder.join("niederschrift.pdf"), b"%PDF-1.6").unwrap();
    let report = audit::examine(&paths).unwrap();
    assert!(!report.is_ok() && report.first_failure().unwrap().what.contains("niederschrift.pdf"), "{report}");
    assert!(audit::examine(&Paths { bundle: folder.join("nichts"), ..Paths::default() }).is_err());
    let not_a_receipt = Paths { receipts: vec![folder.join("schluessel.pem")], ..paths };
    assert!(audit::examine(&not_a_receipt).unwrap_err().contains("keine Quittung"));
    fs::remove_dir_all(folder).unwrap();
    for name in ["../x", ".x", "", "a/b", "ä"] {
        let sitting = &*WHOLE;
        let file = [BundledFile::of(name, b"")];
        let written = bundle(&sitting.id, "", &sitting.entries, &sitting.heads, &file, &BTreeSet::new());
        assert_eq!(written, Err(BundleError::FileName(name.into())));
        let mut forged = Forged::of(&sitting.bundle(&[]));
        forged.0.push(json!({"file": {"name": name, "sha256": "0".repeat(64), "bytes": 0}}));
        fails(&check(&forged.text()), None, "Name oder Prüfsumme der Datei");
    }
}

#[test]
fn the_instance_key_signs_what_the_checker_accepts() {
    let path = std::env::temp_dir().join(format!("ratssaal-verify-key-{}.pem", std::process::id()));
    let _ = fs::remove_file(&path);
    let instance = ratssaal::adapters::sign::InstanceKey::open_or_create(&path).unwrap();
    let sitting = &*WHOLE;
    let heads: Vec<_> = sitting.heads.iter().map(|signed| instance.sign(&signed.head).unwrap()).collect();
    let text = bundle(&sitting.id, &instance.public_key(), &sitting.entries, &heads, &[], &BTreeSet::new()).unwrap();
    let outside = Outside { key: Some(instance.public_key()), ..Outside::default() };
    passes(&verify(text.as_bytes(), &outside));
    fs::remove_file(path).unwrap();
}

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

#[test]
fn entries_of_another_ledger_or_heads_of_no_entry_are_no_bundle() {
    let (sitting, other) = (&*WHOLE, small("sitzung-2"));
    let write = |entries: &[Sealed], heads| bundle(&sitting.id, "", entries, heads, &[], &BTreeSet::new());
    assert_eq!(write(&[], &[]), Err(BundleError::Empty));
    assert_eq!(write(&other.entries, &[]), Err(BundleError::OtherMeeting(1)));
    let number = other.heads[0].head.number;
    assert_eq!(write(&sitting.entries, &other.heads), Err(BundleError::StrayHead(number)));
    let last = sitting.heads.last().unwrap().head.number;
    let few = usize::try_from(last).unwrap() - 1;
    assert_eq!(write(&sitting.entries[..few], &sitting.heads), Err(BundleError::StrayHead(last)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_input_makes_the_checker_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(!verify(&bytes, &Outside::default()).is_ok());
    }

    #[test]
    fn a_replaced_stretch_is_always_noticed(from in any::<prop::sample::Index>(), length in 0usize..200, new in ".{0,40}") {
        let from = SMALL.floor_char_boundary(from.index(SMALL.len()));
        let until = SMALL.ceil_char_boundary((from + length).min(SMALL.len()));
        let forged = format!("{}{new}{}", &SMALL[..from], &SMALL[until..]);
        prop_assert_eq!(check(&forged).is_ok(), forged == *SMALL);
    }

    /// Whatever JSON stands in a field of a payload: with everything sealed and signed anew, it is an answer, no panic.
    #[test]
    fn absurd_values_under_good_signatures_do_not_panic(line in any::<prop::sample::Index>(), field in any::<prop::sample::Index>(), kind in 0usize..6) {
        let absurd = [json!(u64::MAX), json!(i64::MIN), json!(""), json!(null), json!([[]]), json!({"a": {}})];
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let entries: Vec<usize> = (0..forged.0.len()).filter(|i| forged.0[*i].get("entry").is_some()).collect();
        let line = entries[line.index(entries.len())];
        forged.payload(line, "finding", |finding| {
            let Some(fields) = finding.as_object_mut().filter(|fields| !fields.is_empty()) else { return };
            let name = fields.keys().nth(field.index(fields.len())).cloned().unwrap();
            let target = &mut fields[&name];
            match target.as_object_mut().filter(|inner| !inner.is_empty()) {
                Some(inner) => inner.values_mut().for_each(|value| *value = absurd[kind].clone()),
                None => *target = absurd[kind].clone(),
            }
        });
        let _ = check(&forged.reseal().resign(&key()).text()).to_string();
    }
}
