//! Every refusal in one file that a jurist can read through: `legal/ablehnungen.md`. What the scenarios meet stands there as
//! people read it, everything else as it is written in the sources, so that no refusal can be missing.

use super::written::{Written, refusals};
use super::{files, script};
use ratssaal::domain::law::packs;
use ratssaal::domain::refusal::{Refusal, RefusalKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const HEAD: &str = "# Was das Programm ablehnt, und worauf es sich beruft\n\n\
    Jede Ablehnung, die eine Sitzung oder ein Umlaufverfahren kennt; in Klammern ihr fester Name. Ein Test vergleicht diese Datei\n\
    mit dem Programm.\n\n\
    1. Was das Recht in den Szenarien ablehnt, nach Vorschriften geordnet, so wie die Sätze auf den Seiten stehen. Zahlen\n   \
    und Namen sind die der Szenarien in `tests/scenarios`.\n\
    2. Was das Recht außerdem ablehnt: in den Fällen unter `legal/cases`, im Umlaufverfahren, bei Verlangen und Niederschrift\n   \
    oder mit anderem Ortsrecht. „…“ steht für das, was eingesetzt wird; die Vorschrift ist die der ersten Regel.\n\
    3. Was keine Frage des Rechts ist: die falsche Zeit, die falsche Person, falsche Angaben, oder jemand war schneller.\n";
/// Refusals that take their paragraph from a finding, with the rule it stands in.
const FOUND: [(&str, &str); 2] =
    [("request_binding", "request.session_fraction"), ("request_blocked", "request.block_months")];
const DAY: &str = "2026-11-26";

/// Refusals whose sentence comes from elsewhere, by file and name, with what they say.
const ELSEWHERE: [(&str, &str, &str); 7] = [
    ("app/circulation.rs", "unknown", "Dieses Umlaufverfahren gibt es nicht."),
    (
        "domain/law/pack.rs",
        "no_rules",
        "Für diesen Tag gibt es kein Recht: der erste Tag des Regelwerks steht im Satz.",
    ),
    ("domain/meeting/decide/before.rs", "no_law", "Was am Regelwerk nicht stimmt, mit Zeile und Regel."),
    ("web/failure.rs", "unreadable", "Welche Angabe eines Formulars fehlt oder nicht zu lesen ist."),
    ("web/show/convening.rs", "no_law", "Was am Regelwerk nicht stimmt, mit Zeile und Regel."),
    ("web/show/election/desk.rs", "name", "Warum ein Name nicht zu lesen ist, etwa weil er zu lang ist."),
    ("web/show/voting.rs", "ballot_form", "Warum der Wortlaut nicht zu lesen ist, etwa weil er zu lang ist."),
];

/// What a file of the sources is about, by the longest beginning of its path.
const AREAS: [(&str, &str); 32] = [
    ("app/chat.rs", "Chat und gezeigte Unterlagen"),
    ("app/circulation.rs", "Umlaufverfahren"),
    ("app/showing.rs", "Chat und gezeigte Unterlagen"),
    ("app/sitting/", "Seiten und Schnittstelle"),
    ("app/sittings.rs", "Seiten und Schnittstelle"),
    ("domain/circulation/", "Umlaufverfahren"),
    ("domain/law/", "Nur in den Fällen"),
    ("domain/law/format.rs", "Planung und Ladung"),
    ("domain/law/notice.rs", "Planung und Ladung"),
    ("domain/law/pack.rs", "Planung und Ladung"),
    ("domain/meeting/decide/agenda.rs", "Tagesordnung"),
    ("domain/meeting/decide/arriving.rs", "Anwesenheit"),
    ("domain/meeting/decide/before.rs", "Planung und Ladung"),
    ("domain/meeting/decide/doors.rs", "Öffentlichkeit"),
    ("domain/meeting/decide/doubt.rs", "Befangenheit"),
    ("domain/meeting/decide/election", "Wahlen"),
    ("domain/meeting/decide/filming.rs", "Aufnahmen"),
    ("domain/meeting/decide/floor.rs", "Aussprache, Anträge, Ordnung"),
    ("domain/meeting/decide/identity.rs", "Anwesenheit"),
    ("domain/meeting/decide/motions.rs", "Aussprache, Anträge, Ordnung"),
    ("domain/meeting/decide/order.rs", "Aussprache, Anträge, Ordnung"),
    ("domain/meeting/decide/planning.rs", "Planung und Ladung"),
    ("domain/meeting/decide/recording.rs", "Rüge, Störung, Löschung"),
    ("domain/meeting/decide/recusal.rs", "Befangenheit"),
    ("domain/meeting/decide/ruled_out.rs", "Planung und Ladung"),
    ("domain/meeting/decide/switch.rs", "Öffentlichkeit"),
    ("domain/meeting/decide/texts.rs", "Niederschrift"),
    ("domain/meeting/decide/leading.rs", "Vorsitz und Verlauf"),
    ("domain/meeting/decide/mod.rs", "Vorsitz und Verlauf"),
    ("domain/meeting/decide/sitting.rs", "Vorsitz und Verlauf"),
    ("domain/meeting/decide/", "Abstimmung und Beschlussfähigkeit"),
    ("web/", "Seiten und Schnittstelle"),
];

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

/// All refusals in the sources, each with what it says.
fn written() -> Vec<Written> {
    let mut all = Vec::new();
    for folder in ["domain", "app", "web"] {
        refusals(Path::new(ROOT), folder, &mut all);
    }
    for one in all.iter_mut().filter(|one| one.sentences.is_empty()) {
        let said = ELSEWHERE.iter().find(|(file, code, _)| (*file, *code) == (one.file.as_str(), one.code.as_str()));
        one.sentences.extend(said.map(|(_, _, sentence)| (*sentence).to_owned()));
    }
    all.sort();
    all
}

fn area(file: &str) -> &'static str {
    let known = AREAS.iter().filter(|(beginning, _)| file.starts_with(beginning));
    known.max_by_key(|(beginning, _)| beginning.len()).unwrap_or_else(|| panic!("what is {file} about?")).1
}

/// The paragraph of a rule today, in the first Land that has it.
fn norm(one: &Written) -> String {
    let found = || FOUND.iter().find(|(known, _)| *known == one.code).map(|(_, key)| *key);
    let key = one.keys.first().map(String::as_str).or_else(found);
    let key = key.unwrap_or_else(|| panic!("{}: on which paragraph rests {}?", one.file, one.code));
    let pack: toml::Table = packs::bundled("bw").unwrap().parse().unwrap();
    let text = |table: &toml::Value, name: &str| table.get(name).map(|value| value.to_string().replace('"', ""));
    let rules = pack["rule"].as_array().unwrap();
    let rule = rules.iter().find(|rule| text(rule, "key").as_deref() == Some(key)).unwrap();
    let versions = rule["version"].as_array().unwrap();
    let today = versions.iter().rfind(|version| text(version, "from").is_some_and(|from| from.as_str() <= DAY));
    text(today.unwrap(), "norm").unwrap()
}

fn section(text: &mut String, headed: &str, groups: &BTreeMap<String, BTreeSet<String>>) {
    text.push_str(&format!("\n# {headed}\n"));
    for (norm, sentences) in groups {
        text.push_str(&format!("\n## {norm}\n\n"));
        for sentence in sentences {
            text.push_str(&format!("- {sentence}\n"));
        }
    }
}

#[test]
fn every_refusal_can_be_read_in_one_file() {
    let (met, written) = (met(), written());
    let mut text = HEAD.to_owned();
    section(&mut text, "1. Was das Recht in den Szenarien ablehnt", &met);
    let named = |code: &str| met.values().flatten().any(|sentence| sentence.ends_with(&format!("({code})")));
    let (mut law, mut other) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
    for one in &written {
        let said = one.sentences.iter().map(|sentence| format!("{sentence} ({})", one.code));
        match one.kind.as_str() {
            "law" if named(&one.code) => {}
            "law" => law.entry(norm(one)).or_default().extend(said),
            "conflict" => other
                .entry(area(&one.file).to_owned())
                .or_default()
                .extend(said.map(|said| format!("Schon geschehen: {said}"))),
            _ => other.entry(area(&one.file).to_owned()).or_default().extend(said),
        }
    }
    section(&mut text, "2. Was das Recht außerdem ablehnt", &law);
    section(&mut text, "3. Was keine Frage des Rechts ist", &other);
    let fresh = Path::new(ROOT).join("target/ablehnungen.md");
    std::fs::write(&fresh, &text).unwrap();
    let kept = std::fs::read_to_string(Path::new(ROOT).join("legal/ablehnungen.md")).unwrap_or_default();
    assert!(kept == text, "legal/ablehnungen.md is not what the program says; compare with {}", fresh.display());
}

/// What the file says is only worth something if nothing is left out of it.
#[test]
fn no_refusal_is_left_out() {
    let kept = std::fs::read_to_string(Path::new(ROOT).join("legal/ablehnungen.md")).unwrap();
    let written = written();
    assert!(written.len() > 400, "the sources were read: {}", written.len());
    for one in &written {
        assert!(kept.contains(&format!("({})", one.code)), "{}: {} is not in legal/ablehnungen.md", one.file, one.code);
        let elsewhere =
            |other: &&Written| other.file == one.file && other.code == one.code && !other.sentences.is_empty();
        let said = one.kind == "law" || !one.sentences.is_empty() || written.iter().any(|other| elsewhere(&other));
        assert!(said, "{}: what does {} say?", one.file, one.code);
    }
    for (file, code, _) in ELSEWHERE {
        assert!(
            written.iter().any(|one| one.file == file && one.code == code),
            "{file} does not refuse {code} any more"
        );
    }
}
