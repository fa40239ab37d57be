//! A case file must be able to fail, and to be refused.

use super::{Packs, parse, run};

const W01: &str = r#"
[[case]]
id = "W01"
title = "12 von 23"
norm = "§ 37 Abs. 2 Satz 1 GemO"
certainty = "certain"
kind = "quorum"
on = 2026-11-26
given = { occupied = 23, in_room = 12 }
expected = { entitled = 12, needed = 12, met = true }
"#;

fn packs() -> Packs {
    Packs::bundled().unwrap()
}

#[test]
fn a_wrong_expectation_is_a_mismatch() {
    let right = parse(W01).unwrap();
    assert_eq!(run(&packs(), &right[0]), Ok(()));
    let wrong = parse(&W01.replace("needed = 12, met = true", "needed = 11, met = true")).unwrap();
    let mismatch = run(&packs(), &wrong[0]).unwrap_err().to_string();
    assert!(
        mismatch.contains("W01 (§ 37 Abs. 2 Satz 1 GemO)")
            && mismatch.contains("erwartet entitled = 12, met = true, needed = 11,")
            && mismatch.contains("needed = 12"),
        "{mismatch}"
    );
}

#[test]
fn malformed_cases_are_named() {
    for (old, new, what) in [
        ("kind = \"quorum\"", "kind = \"wahl\"", "nicht „wahl“"),
        ("in_room = 12", "in_room = 12, hunde = 1", "hunde"),
        ("met = true", "gewahrt = true", "nicht „gewahrt“"),
        ("{ entitled = 12, needed = 12, met = true }", "{}", "erwartet etwas"),
        ("title = \"12 von 23\"", "title = \" \"", "„title“ ist leer"),
        ("norm = \"§ 37 Abs. 2 Satz 1 GemO\"\n", "", "norm"),
        ("on = 2026-11-26\n", "", "„on“"),
        ("in_room = 12", "in_room = \"zwölf\"", "given"),
        ("in_room = 12", "in_room = -1", "given"),
        ("[[case]]\nid", "farbe = \"rot\"\n[[case]]\nid", "farbe"),
        ("on = 2026-11-26", "on = 2026-02-30", "Zeile"),
        ("certainty = \"certain\"", "certainty = \"sicher\"", "Zeile"),
    ] {
        let error = parse(&W01.replace(old, new)).unwrap_err().to_string();
        assert!(error.contains(what), "{new}: {error}");
    }
    let twice = parse(&format!("{W01}{W01}")).unwrap_err().to_string();
    assert!(twice.contains("„W01“") && twice.contains("zweimal"), "{twice}");
}

#[test]
fn a_day_without_rules_never_passes_as_a_finding() {
    let early = parse(&W01.replace("2026-11-26", "1999-01-01")).unwrap();
    assert!(run(&packs(), &early[0]).unwrap_err().found.contains("keine Rechtsregeln"));
    let nowhere = parse(&W01.replace("kind =", "land = \"atlantis\"\nkind =")).unwrap();
    assert!(run(&packs(), &nowhere[0]).unwrap_err().expected.contains("atlantis"));
}
