//! The evidence bundle and its independent checker: a real ledger passes, every forgery of it is named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "verify/doubt.rs"]
mod doubt;
#[path = "verify/elections.rs"]
mod elections;
#[path = "verify/filming.rs"]
mod filming;
#[path = "verify/forge.rs"]
mod forge;
#[path = "verify/forgeries.rs"]
mod forgeries;
#[path = "verify/golden.rs"]
mod golden;
#[path = "verify/leading.rs"]
mod leading;
#[path = "verify/local.rs"]
mod local;
#[path = "verify/mutations.rs"]
mod mutations;
#[path = "verify/notice.rs"]
mod notice;
#[path = "verify/order.rs"]
mod order;
#[path = "verify/scripts.rs"]
mod scripts;
#[path = "verify/second.rs"]
mod second;
#[path = "verify/sitting.rs"]
mod sitting;

use forge::Forged;
use ratssaal::app::bundle::{BundleError, BundledFile, FILE_NAME, bundle};
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::audit::{self, Outside, Paths, Receipt, Report, verify};
use ratssaal::domain::ledger::{Class, Sealed};
use scripts::{small, whole};
use serde_json::{Value, json};
use sitting::{Sitting, key};
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

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

/// Somebody who has the key changes what was found in the `nth` entry of this name: the checker names the entry `of` (name
/// and place), where what follows no longer fits, and says this.
#[track_caller]
fn lie(ledger: &str, name: &str, nth: usize, change: impl FnOnce(&mut Value), of: (&str, usize), says: &str) {
    let mut forged = Forged::of(ledger);
    let line = forged.find(name, nth);
    forged.payload(line, "finding", change);
    let entry = number(&forged.0[forged.find(of.0, of.1)]);
    fails(&check(&forged.reseal().resign(&key()).text()), entry, says);
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
    // Two corrected choices, one struck, and the complaint's text.
    assert_eq!(deleted.len(), 4, "{report}");
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
