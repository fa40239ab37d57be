//! What lies where: the top level, files nobody reads, the glossary, and the invariants of `lib.rs`.

use crate::{files, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The visible top level, and beside it what a tool demands by that name.
const TOP_LEVEL: &[&str] = &["Cargo.toml", "src", "templates", "migrations", "static", "legal", "tests", "README.md"];
const DEMANDED: &[&str] = &[
    "Cargo.lock",
    "build.rs",
    "LICENSE",
    "publiccode.yml",
    "benches",
    "package.json",
    "package-lock.json",
    "rustfmt.toml",
];

/// Is this entry of the top level one of the house? `ignored` are the lines of `.gitignore`.
fn belongs(name: &str, ignored: &[&str]) -> bool {
    let left_out = ignored.iter().any(|line| line.trim_matches('/') == name);
    name.starts_with('.') || left_out || TOP_LEVEL.contains(&name) || DEMANDED.contains(&name)
}

#[test]
fn the_top_level_is_the_one_of_the_house() {
    let ignore = std::fs::read_to_string(root().join(".gitignore")).unwrap();
    let ignored: Vec<&str> = ignore.lines().filter(|line| line.starts_with('/')).collect();
    let names = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let foreign: Vec<String> = names.filter(|name| !belongs(name, &ignored)).collect();
    assert!(foreign.is_empty(), "not of the house: {foreign:?}");
    assert!(!belongs("docs", &ignored) && !belongs("scripts", &ignored) && belongs("target", &ignored));
}

/// The files that `mod` lines reach from `start`, all relative to `src`.
fn reached(start: &str, texts: &BTreeMap<String, String>, seen: &mut BTreeSet<String>) {
    if !seen.insert(start.to_owned()) {
        return;
    }
    let Some(text) = texts.get(start) else { return };
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{start}: {error}"));
    let here = Path::new(start);
    let folder = here.parent().unwrap();
    let owns_folder = matches!(here.file_name().unwrap().to_str().unwrap(), "mod.rs" | "lib.rs" | "main.rs");
    let below = if owns_folder { folder.to_owned() } else { here.with_extension("") };
    for item in file.items {
        let syn::Item::Mod(module) = item else { continue };
        if module.content.is_some() {
            continue;
        }
        let name = module.ident.to_string();
        let path = match given_path(&module) {
            Some(given) => folder.join(given),
            None if texts.contains_key(below.join(format!("{name}.rs")).to_str().unwrap()) => {
                below.join(format!("{name}.rs"))
            }
            None => below.join(name).join("mod.rs"),
        };
        reached(path.to_str().unwrap(), texts, seen);
    }
}

fn given_path(module: &syn::ItemMod) -> Option<String> {
    module.attrs.iter().find_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(literal) = &pair.value else { return None };
        let syn::Lit::Str(path) = &literal.lit else { return None };
        pair.path.is_ident("path").then(|| path.value())
    })
}

fn unreached(texts: &BTreeMap<String, String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    reached("lib.rs", texts, &mut seen);
    reached("main.rs", texts, &mut seen);
    texts.keys().filter(|path| !seen.contains(*path)).cloned().collect()
}

#[test]
fn every_source_file_is_part_of_the_program() {
    assert_eq!(unreached(&files("src", "rs").into_iter().collect()), Vec::<String>::new());
}

#[test]
fn a_file_no_mod_line_names_is_found() {
    let tree = |entries: &[(&str, &str)]| entries.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let texts = tree(&[
        ("lib.rs", "pub mod a; mod b;"),
        ("main.rs", "fn main() {}"),
        ("a.rs", "mod inside; #[cfg(test)] #[path = \"a/tests.rs\"] mod tests;"),
        ("a/inside.rs", ""),
        ("a/tests.rs", ""),
        ("b/mod.rs", "mod c;"),
        ("b/c.rs", ""),
        ("b/forgotten.rs", ""),
    ]);
    assert_eq!(unreached(&texts), ["b/forgotten.rs"]);
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    german: String,
    identifier: String,
    norm: String,
    #[serde(default)]
    not: String,
}

/// What is wrong with a glossary, given the words of the source outside its tests.
fn glossary_faults(glossary: &Glossary, words: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for term in &glossary.term {
        if !seen.insert(&term.german) {
            faults.push(format!("{} stands twice", term.german));
        }
        if term.norm.is_empty() || term.not == term.identifier {
            faults.push(format!("{} has no norm, or forbids its own identifier", term.german));
        }
        for part in term.identifier.split("::").filter(|part| !words.contains(*part)) {
            faults.push(format!("{}: nothing in src is called {part}", term.german));
        }
    }
    faults
}

fn words_of_src() -> BTreeSet<String> {
    let sources = files("src", "rs");
    let facts =
        sources.iter().filter_map(|(path, text)| crate::source::read(text, &crate::rules::module_of(path)).ok());
    facts.flat_map(|facts| facts.words).collect()
}

#[test]
fn every_identifier_of_the_glossary_exists() {
    let text = std::fs::read_to_string(root().join("legal/glossary.toml")).unwrap();
    let glossary: Glossary = toml::from_str(&text).unwrap();
    assert_eq!(glossary_faults(&glossary, &words_of_src()), Vec::<String>::new());
}

#[test]
fn a_glossary_that_lies_is_found() {
    let term = |german: &str, identifier: &str| Term {
        german: german.into(),
        identifier: identifier.into(),
        norm: "§ 1".into(),
        not: String::new(),
    };
    let glossary = Glossary { term: vec![term("Sitzung", "Meeting"), term("Sitzung", "Meeting::Gathering")] };
    let faults = glossary_faults(&glossary, &BTreeSet::from(["Meeting".to_owned()]));
    assert_eq!(faults, ["Sitzung stands twice", "Sitzung: nothing in src is called Gathering"]);
}

/// The numbered sentences of the crate's documentation: number and text.
fn invariants(lib: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in lib.lines().filter_map(|line| line.strip_prefix("//!")).map(str::trim) {
        match line.split_once(". ").and_then(|(number, text)| Some((number.parse().ok()?, text))) {
            Some((number, text)) => {
                found.push((number, text.to_owned()));
                open = true;
            }
            None if line.is_empty() => open = false,
            None if open => {
                if let Some((_, text)) = found.last_mut() {
                    *text = format!("{text} {line}");
                }
            }
            None => {}
        }
    }
    found
}

/// What is wrong with the invariants: numbers out of order, no test named, a test that does not exist.
fn invariant_faults(lib: &str, tests: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, (number, text)) in invariants(lib).iter().enumerate() {
        if *number != place + 1 {
            faults.push(format!("{number} stands at place {}", place + 1));
        }
        let named = text.split_once("Held by ").map_or("", |(_, rest)| rest);
        let names: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            faults.push(format!("{number} names no test"));
        }
        faults.extend(
            names.iter().filter(|name| !tests.contains(**name)).map(|name| format!("{number}: no test {name}")),
        );
    }
    faults
}

/// The names of all test functions in a source text.
fn test_names(text: &str) -> BTreeSet<String> {
    let after_marks = text.split("#[test]").chain(text.split("#[tokio::test")).skip(1);
    after_marks.filter_map(|rest| Some(rest.split_once("fn ")?.1.split_once('(')?.0.trim().to_owned())).collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let tests = files("src", "rs").into_iter().chain(files("tests", "rs")).flat_map(|(_, text)| test_names(&text));
    assert!(!invariants(&lib).is_empty(), "lib.rs has no invariants");
    assert_eq!(invariant_faults(&lib, &tests.collect()), Vec::<String>::new());
}

#[test]
fn an_invariant_without_its_test_is_found() {
    let lib = "//! 1. One.\n//!    Held by `exists`.\n//! 3. Three. Held by `missing`.\n//! 3. Nothing.\n//!\n//! End.";
    let tests = test_names("#[test]\nfn exists() {}\n#[tokio::test]\nasync fn other() {}");
    assert_eq!(tests, BTreeSet::from(["exists".to_owned(), "other".to_owned()]));
    assert_eq!(invariant_faults(lib, &tests), ["3 stands at place 2", "3: no test missing", "3 names no test"]);
}
