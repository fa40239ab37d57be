//! The model clauses name every rule that is left to them, in the file of the instrument that may settle it.

use super::bw;
use ratssaal::domain::law::Instrument;
use std::path::Path;

#[test]
fn every_rule_left_to_local_law_has_a_model_clause() {
    let text = |name: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("legal/bylaws").join(name)).unwrap()
    };
    let (main, procedure) = (text("hauptsatzung-bw.md"), text("geschaeftsordnung-bw.md"));
    let pack = bw();
    let missing: Vec<&str> = pack
        .left_to_local_law("2026-11-26".parse().unwrap())
        .filter(|(key, _, by, _)| {
            let clauses = if *by == Instrument::MainBylaw { &main } else { &procedure };
            !clauses.contains(&format!("`{key}`"))
        })
        .map(|(key, ..)| key)
        .collect();
    assert!(missing.is_empty(), "no model clause: {missing:?}");
}
