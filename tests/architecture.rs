//! The house as it must be: who imports whom, how long a file is, what lies where. Every ban has a fixture that fails.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

#[path = "architecture/fixtures.rs"]
mod fixtures;
#[path = "architecture/house.rs"]
mod house;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The root of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files with that ending below a folder of the package, as paths relative to it.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let base = root().join(folder);
    let mut open: Vec<PathBuf> = vec![base.clone()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let name = path.strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The names by which code uses the dependencies of `Cargo.toml`.
fn dependencies() -> Vec<String> {
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let tables = ["dependencies", "dev-dependencies"].iter().filter_map(|name| manifest.get(*name)?.as_table());
    tables.flat_map(|table| table.keys().map(|name| name.replace('-', "_"))).collect()
}

#[test]
fn every_source_file_keeps_to_its_layer() {
    let (sources, crates) = (files("src", "rs"), dependencies());
    let found: Vec<String> = sources
        .iter()
        .flat_map(|(path, text)| rules::findings(path, text, &crates))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for (path, text) in &sources {
        let lines = text.lines().count();
        if lines > rules::LINES_TARGET {
            println!("{path}: {lines} lines, the target is {}", rules::LINES_TARGET);
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn test_files_keep_to_the_limit_of_lines() {
    for (path, text) in files("tests", "rs") {
        let lines = text.lines().count();
        assert!(lines <= rules::LINES_MAX, "tests/{path}: {lines} lines, the limit is {}", rules::LINES_MAX);
    }
}
