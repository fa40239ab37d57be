//! Every refusal of the law in one file that a jurist can read through: `legal/ablehnungen.md`.

use super::{files, script};
use ratssaal::domain::refusal::{Refusal, RefusalKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const HEAD: &str = "# Was das Programm ablehnt, und worauf es sich beruft\n\n\
    Nach Vorschriften geordnet, so wie die Sätze auf den Seiten stehen. Zahlen und Namen sind die der Szenarien in\n\
    `tests/scenarios`, in denen sie vorkommen; in Klammern der feste Name der Ablehnung.\n";

/// Only where a rule file says something else than those that come with the program.
const ELSEWHERE: [&str; 5] = ["election_remote", "no_expulsion", "not_deputy", "papers_only", "remote_objection"];

/// Refusals of the law that people have met in the scenarios, by their paragraph.
fn met() -> BTreeMap<String, BTreeSet<String>> {
    let mut met: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in files() {
        let stage = script::play(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        for Refusal { kind, code, norm, sentence } in stage.refused {
            if kind == RefusalKind::Law {
                met.entry(norm.unwrap()).or_default().insert(format!("{sentence} ({code})"));
            }
        }
    }
    met
}

/// The names of all refusals of the law in the core's decisions.
fn written(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, codes);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for (_, after) in source.match_indices("Refusal::law(").map(|(at, found)| (at, &source[at + found.len()..])) {
            let code = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            codes.extend(code.map(str::to_owned));
        }
    }
}

#[test]
fn every_refusal_of_the_law_can_be_read_in_one_file() {
    let met = met();
    let mut text = HEAD.to_owned();
    for (norm, sentences) in &met {
        text.push_str(&format!("\n## {norm}\n\n"));
        for sentence in sentences {
            text.push_str(&format!("- {sentence}\n"));
        }
    }
    let fresh = Path::new(ROOT).join("target/ablehnungen.md");
    std::fs::write(&fresh, &text).unwrap();
    let kept = std::fs::read_to_string(Path::new(ROOT).join("legal/ablehnungen.md")).unwrap_or_default();
    assert!(kept == text, "legal/ablehnungen.md is not what the scenarios meet; compare with {}", fresh.display());

    let mut codes = BTreeSet::new();
    written(&Path::new(ROOT).join("src/domain/meeting"), &mut codes);
    assert!(codes.len() > 20, "the source was read: {codes:?}");
    let unmet: Vec<&String> = codes.iter().filter(|code| !text.contains(&format!("({code})"))).collect();
    assert_eq!(unmet, ELSEWHERE, "what no scenario meets");
}
