//! `ratssaal law replay`: what the core declares is what an independent count of the same sheets gives.

use crate::shared_kit;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str], files: &[PathBuf]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ratssaal")).args(["law", "replay"]).args(arguments).args(files).output().unwrap()
}

fn printed(arguments: &[&str], files: &[PathBuf]) -> String {
    let output = run(arguments, files);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What one character means when it decides nothing: the count of this file knows no rule pack and no core.
fn counted(files: &[PathBuf], ties_adopt: bool, absent: bool) -> String {
    let (mut lines, mut ballots, mut cast, mut ties) = (String::new(), 0, 0, 0);
    for file in files {
        let sheet: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let day = sheet["date"].as_str().unwrap();
        for (place, ballot) in sheet["ballots"].as_array().unwrap().iter().enumerate() {
            let votes = ballot["votes"].as_str().unwrap();
            let of = |letter: char| votes.chars().filter(|vote| *vote == letter).count();
            let (yes, no, abstain) = (of('J'), of('N'), of('E'));
            let here = if absent { yes + no + abstain } else { yes + no + abstain + of('O') };
            let outcome = if 2 * here < votes.chars().filter(|vote| *vote != '-').count() {
                "not_quorate"
            } else if yes > no || (yes == no && ties_adopt) {
                "adopted"
            } else {
                "rejected"
            };
            writeln!(lines, "{day} {} {yes} {no} {abstain} {outcome}", place + 1).unwrap();
            ballots += 1;
            cast += yes + no + abstain;
            ties += usize::from(yes == no);
        }
    }
    writeln!(lines, "{ballots} ballots, {cast} cast, {ties} ties").unwrap();
    lines
}

/// An own place for the files of one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ratssaal-rollcalls-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The bundled rules with one word changed.
fn adopting(folder: &Path) -> PathBuf {
    let text = ratssaal::domain::law::packs::bundled("bw").unwrap();
    let changed = text.replace("value = \"rejected\"", "value = \"adopted\"");
    assert_ne!(text, changed);
    let file = folder.join("gleichstand-angenommen.toml");
    std::fs::write(&file, changed).unwrap();
    file
}

fn invented() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law/erfundenhausen.json")
}

fn lines_that_differ(one: &str, other: &str) -> usize {
    assert_eq!(one.lines().count(), other.lines().count());
    one.lines().zip(other.lines()).filter(|(one, other)| one != other).count()
}

#[test]
fn the_core_declares_what_an_independent_count_gives() {
    let (files, rules) = (vec![invented()], adopting(&folder("invented")));
    let rules = rules.to_str().unwrap();
    let usual = printed(&[], &files);
    assert_eq!(usual, counted(&files, false, false));
    assert!(
        usual.contains("2024-03-14 2 3 3 1 rejected") && usual.ends_with("8 ballots, 36 cast, 2 ties\n"),
        "{usual}"
    );
    assert_eq!(printed(&["--rules", rules], &files), counted(&files, true, false));
    let absent = printed(&["--o-absent"], &files);
    assert_eq!(absent, counted(&files, false, true));
    assert!(absent.contains("2024-03-14 5 3 0 0 not_quorate"), "three of seven: {absent}");
    assert!(absent.contains("2024-03-14 6 3 1 0 adopted"), "four of seven: {absent}");
    assert!(absent.contains("2024-03-14 7 2 1 0 adopted"), "three of six, one seat empty: {absent}");
}

#[test]
fn real_roll_calls_agree_with_an_independent_count() {
    let Some(sheets) = shared_kit::data("magdeburg") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(sheets).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    let usual = printed(&[], &files);
    assert_eq!(usual, counted(&files, false, false));
    assert!(usual.starts_with("2022-") && usual.contains("1836 ballots, ") && usual.ends_with(", 8 ties\n"));
    let ties: Vec<&str> = usual.lines().filter(|line| is_tie(line)).collect();
    assert!(ties.len() == 8 && ties.iter().all(|line| line.ends_with(" rejected")), "{ties:?}");

    let adopted = printed(&["--rules", adopting(&folder("real")).to_str().unwrap()], &files);
    assert_eq!(adopted, counted(&files, true, false));
    assert_eq!(lines_that_differ(&usual, &adopted), 8);

    let absent = printed(&["--o-absent"], &files);
    assert_eq!(absent, counted(&files, false, true));
    assert_eq!(absent.lines().filter(|line| line.ends_with(" not_quorate")).count(), 17);
}

fn is_tie(line: &str) -> bool {
    let parts: Vec<&str> = line.split(' ').collect();
    parts.len() == 6 && parts.get(2) == parts.get(3) && line.as_bytes().get(4) == Some(&b'-')
}

#[test]
fn a_wrong_sheet_is_refused_with_its_place_and_prints_nothing() {
    let folder = folder("wrong");
    let good = r#"{"date":"2024-03-14","members":["A","B","C"],"ballots":[{"votes":"JJN"},{"votes":"JNE"}]}"#;
    let cut = r#"{"date":"2024-03-14","members":["A"],"#;
    for (name, text, what) in [
        ("kein-json", "Ja, Nein".to_owned(), "Zeile 1, Spalte"),
        ("abgeschnitten", cut.to_owned(), "Zeile 1, Spalte"),
        ("ohne-stimmen", good.replace("\"votes\":\"JNE\"", "\"stimmen\":\"JNE\""), "`votes`"),
        ("zeichen", good.replace("JNE", "JXE"), "Abstimmung 2: Stelle 2: „X“"),
        ("zu-kurz", good.replace("JNE", "JN"), "Abstimmung 2: 2 Zeichen für 3 Mitglieder"),
        ("zu-lang", good.replace("JNE", "JNEJ"), "Abstimmung 2: Stelle 4"),
        ("niemand", good.replace("JNE", "---"), "Abstimmung 2: niemand war Mitglied"),
        ("kein-tag", good.replace("2024-03-14", "2024-02-30"), "„date“"),
        ("vor-den-regeln", good.replace("2024-03-14", "2015-11-30"), "30.11.2015"),
        ("ohne-mitglieder", good.replace("\"A\",\"B\",\"C\"", ""), "0 Mitglieder"),
        ("zahl", good.replace("\"JNE\"", "7"), "Zeile 1"),
        ("leer", String::new(), "Zeile 1"),
    ] {
        let file = folder.join(format!("{name}.json"));
        std::fs::write(&file, text).unwrap();
        let output = run(&[], &[invented(), file.clone()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && output.stdout.is_empty() || name == "vor-den-regeln", "{name}: {said}");
        assert!(said.contains(what) && said.contains(&format!("{name}.json")), "{name}: {said}");
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
    let gone = run(&[], &[folder.join("fehlt.json")]);
    assert!(!gone.status.success() && String::from_utf8_lossy(&gone.stderr).contains("fehlt.json"));
    let wrong_rules = folder.join("regeln.toml");
    std::fs::write(&wrong_rules, "land = \"bw\"\nfarbe = \"rot\"\n").unwrap();
    let output = run(&["--rules", wrong_rules.to_str().unwrap()], &[invented()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("regeln.toml: Zeile 2") && said.contains("„farbe“"), "{said}");
}
