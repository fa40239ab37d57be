//! `legal/duties`: whatever is said to be enforced names what proves it, and that exists. `legal/bylaws` are drafts and say so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Names of tests, scenarios and worked cases.
fn proofs() -> BTreeSet<String> {
    let mut all = Vec::new();
    for folder in ["src", "tests", "legal/cases"] {
        files(&root().join(folder), &mut all);
    }
    let mut names = BTreeSet::new();
    for path in all {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        match path.extension().and_then(|end| end.to_str()) {
            Some("meeting") => drop(names.insert(stem)),
            Some("toml") if path.starts_with(root().join("legal")) => {
                let text = std::fs::read_to_string(&path).unwrap();
                let cases = ratssaal::domain::law::cases::parse(&text).unwrap();
                names.extend(cases.into_iter().map(|case| case.id));
            }
            Some("rs") => {
                let text = std::fs::read_to_string(&path).unwrap();
                let lines: Vec<&str> = text.lines().map(str::trim).collect();
                let tests = lines.windows(2).filter(|pair| pair[0].starts_with("#[") && pair[0].contains("test"));
                names.extend(tests.filter_map(|pair| function(pair[1])));
            }
            _ => {}
        }
    }
    names
}

fn function(line: &str) -> Option<String> {
    let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    rest.split('(').next().map(str::to_owned)
}

/// What is wrong with a table of duties.
fn faults(table: &str, proofs: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for row in table.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [.., standing, how] = cells.as_slice() else { continue };
        if !standing.split(" / ").any(|word| word == "erzwungen") {
            continue;
        }
        let named: Vec<&str> =
            how.split_once("Beleg: ").map_or("", |(_, named)| named).split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("nothing proves: {row}"));
        }
        faults
            .extend(named.iter().filter(|name| !proofs.contains(**name)).map(|name| format!("no such proof: {name}")));
    }
    faults
}

#[test]
fn whatever_is_enforced_names_its_proof() {
    let (proofs, mut duties) = (proofs(), Vec::new());
    files(&root().join("legal/duties"), &mut duties);
    for path in duties {
        let table = std::fs::read_to_string(&path).unwrap();
        assert!(table.contains("Beleg: "), "{}", path.display());
        assert_eq!(faults(&table, &proofs), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn a_table_of_duties_that_lies_is_found() {
    let proofs = BTreeSet::from(["W01".to_owned()]);
    let row = |how: &str| format!("| § 1 | etwas | erzwungen / Mensch | {how} |");
    assert!(faults(&row("so; Beleg: `W01`"), &proofs).is_empty());
    assert!(faults(&row("einfach so"), &proofs)[0].contains("nothing proves"));
    assert!(faults(&row("Beleg: `W01`, `W02`"), &proofs)[0].contains("W02"));
    assert!(faults("| § 1 | etwas | Mensch | |", &proofs).is_empty());
}

#[test]
fn every_model_clause_says_that_it_is_a_draft() {
    let mut bylaws = Vec::new();
    files(&root().join("legal/bylaws"), &mut bylaws);
    assert!(bylaws.len() >= 2);
    for path in bylaws {
        let text = std::fs::read_to_string(&path).unwrap();
        let clauses = text.lines().filter(|line| line.starts_with("## ")).count();
        let marked = text.matches("Entwurf, vor Beschluss rechtlich prüfen").count();
        assert!(clauses > 0 && marked >= clauses, "{}: {clauses} clauses, {marked} marks", path.display());
    }
}
