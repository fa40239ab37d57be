//! Every rule file parses, every worked case comes out as it says, and the cases reach every limit.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

#[path = "law/bylaws.rs"]
mod bylaws;
#[path = "law/duties.rs"]
mod duties;
#[path = "law/figures.rs"]
mod figures;
#[path = "law/properties.rs"]
mod properties;
#[path = "law/rollcalls.rs"]
mod rollcalls;
mod shared_kit;

use ratssaal::domain::law::cases::{self, Case, Packs};
use ratssaal::domain::law::{RulePack, packs};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn all_cases() -> Vec<Case> {
    files("legal/cases")
        .iter()
        .flat_map(|(path, text)| cases::parse(text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

fn bw() -> RulePack {
    RulePack::parse(packs::bundled("bw").unwrap()).unwrap()
}

#[test]
fn every_rule_file_parses_and_is_bound_into_the_program() {
    let mut lands = Vec::new();
    for (path, text) in files("legal/rules") {
        let pack = RulePack::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(pack.land()));
        assert_eq!(packs::bundled(pack.land()), Some(text.as_str()));
        lands.push(pack.land().to_owned());
    }
    assert_eq!(lands, packs::LANDS);
}

#[test]
fn every_worked_case_comes_out_as_it_says() {
    let (packs, cases) = (Packs::bundled().unwrap(), all_cases());
    let mismatches: Vec<String> =
        cases.iter().filter_map(|case| cases::run(&packs, case).err()).map(|mismatch| mismatch.to_string()).collect();
    assert!(mismatches.is_empty(), "{} of {} cases differ:\n{}", mismatches.len(), cases.len(), mismatches.join("\n"));
}

#[test]
fn case_numbers_are_unique_over_all_files() {
    let cases = all_cases();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len());
}

#[test]
fn every_dated_value_has_a_case_on_both_sides_of_each_change() {
    let (pack, cases) = (bw(), all_cases());
    for key in RulePack::keys() {
        let points = pack.turning_points(key);
        let asked: BTreeSet<_> = cases.iter().filter(|case| case.key() == Some(key)).flat_map(Case::days).collect();
        for point in points.iter().skip(1) {
            assert!(asked.contains(point), "{key}: no case on {point}");
            assert!(asked.iter().any(|day| day.next_day() == Some(*point)), "{key}: no case on the day before {point}");
        }
    }
}

/// What is open a body lays down for itself, or the note says why it cannot. A version that has ended binds no sitting to come.
#[test]
fn what_is_doubtful_can_be_laid_down_locally_or_says_why_not() {
    let file: toml::Table = packs::bundled("bw").unwrap().parse().unwrap();
    let text = |of: &toml::Value, name: &str| of.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    for rule in file["rule"].as_array().unwrap() {
        let version = rule["version"].as_array().unwrap().last().unwrap();
        if text(version, "certainty") == "doubtful" {
            let said = text(version, "note").contains("Nicht einstellbar: ");
            assert!(rule.get("local").is_some() != said, "{}: either `local` or why not", text(rule, "key"));
        }
    }
}

#[test]
fn a_changed_figure_of_the_law_changes_the_findings() {
    let cases = all_cases();
    for (old, new) in [
        ("value = \"1/2\"\nnorm = \"§ 37 Abs. 2 Satz 1 GemO\"", "value = \"2/3\"\nnorm = \"§ 37 Abs. 2 Satz 1 GemO\""),
        ("value = \"1/2\"\nnorm = \"§ 37 Abs. 2 Satz 2 GemO\"", "value = \"1/3\"\nnorm = \"§ 37 Abs. 2 Satz 2 GemO\""),
        ("value = \"1/4\"", "value = \"1/5\""),
        ("value = false\nnorm = \"§ 37 Abs. 6 Satz 2 GemO\"", "value = true\nnorm = \"§ 37 Abs. 6 Satz 2 GemO\""),
        ("value = true\nnorm = \"§ 37a Abs. 4 Satz 3 GemO\"", "value = false\nnorm = \"§ 37a Abs. 4 Satz 3 GemO\""),
        ("value = false\nnorm = \"§ 37a Abs. 3 Satz 1 GemO\"", "value = true\nnorm = \"§ 37a Abs. 3 Satz 1 GemO\""),
    ] {
        let text = packs::bundled("bw").unwrap();
        assert!(text.contains(old), "{old}");
        let packs = Packs::bundled().unwrap().with(RulePack::parse(&text.replacen(old, new, 1)).unwrap());
        assert!(cases.iter().any(|case| cases::run(&packs, case).is_err()), "no case notices {new}");
    }
}

#[test]
fn the_named_worked_examples_are_there() {
    let cases = all_cases();
    let numbers = [
        1, 2, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 19, 21, 22, 23, 24, 25, 26, 28, 29, 31, 32, 33, 35, 36, 38, 40, 41,
        43, 44, 47, 48, 50, 51, 54, 55, 56, 58, 59, 60, 61, 62, 64, 66, 68, 70, 71, 73, 74, 75, 77, 78, 79, 81, 83, 84,
        86, 87, 89, 90, 91, 94, 95, 96, 99,
    ];
    let hessen = [1, 2, 3, 4, 7, 8, 10, 11, 13, 15, 17, 19, 22, 23, 25];
    let ids = numbers.map(|number| format!("W{number:02}")).into_iter();
    for id in ids.chain(hessen.map(|number| format!("H{number:02}"))) {
        assert!(cases.iter().any(|case| case.id == id || case.id.starts_with(&format!("{id}-"))), "{id} is missing");
    }
}

#[test]
fn a_second_land_is_a_file_and_no_branch_in_code() {
    let packs = Packs::bundled().unwrap();
    for land in packs::LANDS {
        assert_eq!(packs.of(land).map(RulePack::land), Some(*land));
    }
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("law/packs.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.contains("\"he\""), "{} knows Hessen by name", path.display());
            }
        }
    }
}

/// The blocks of a document that are indented like code and begin with a case.
fn cases_printed_in(document: &str) -> String {
    let mut printed = String::new();
    let mut inside = false;
    for line in document.lines() {
        let code = line.strip_prefix("    ");
        inside = code.is_some_and(|code| code == "[[case]]") || (inside && (code.is_some() || line.is_empty()));
        if inside && !line.contains("niemand") {
            printed.push_str(code.unwrap_or(""));
            printed.push('\n');
        }
    }
    printed
}

#[test]
fn the_format_of_cases_is_described_whole_and_the_examples_hold() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("legal/README.md")).unwrap();
    let unknown = "[[case]]\nid = \"x\"\ntitle = \"x\"\nnorm = \"x\"\ncertainty = \"read\"\nkind = \"x\"\non = 2026-11-26\n\
                   given = {}\nexpected = { allowed = true }\n";
    let kinds = cases::parse(unknown).unwrap_err().what;
    let kinds: Vec<&str> =
        kinds.trim_start_matches("„kind“ kennt ").split(", nicht").next().unwrap().split(", ").collect();
    assert!(kinds.len() > 30, "{kinds:?}");
    for kind in kinds {
        assert!(readme.contains(&format!("`{kind}`")) || kind == "rule", "{kind} is not described");
    }
    let packs = Packs::bundled().unwrap();
    let examples = cases::parse(&cases_printed_in(&readme)).unwrap();
    assert!(examples.len() >= 5, "{}", examples.len());
    for example in &examples {
        assert_eq!(cases::run(&packs, example), Ok(()));
    }
}
