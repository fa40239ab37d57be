//! Replay of any beginning of a ledger is the state that beginning led to: what a screen showed then can be shown again.

use super::{files, script};
use ratssaal::app::record;
use ratssaal::domain::meeting::{apply, begin};

#[test]
fn the_replay_of_any_beginning_is_the_state_at_that_moment() {
    for (name, text) in files() {
        let stage = script::play(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let (_, recorded) = record::replay(&stage.id, &stage.entries).unwrap();
        let mut live = begin(stage.id.clone(), &recorded[0]).unwrap();
        for (at, entry) in recorded.iter().enumerate() {
            if at > 0 {
                live = apply(live, entry);
            }
            let (replayed, _) = record::replay(&stage.id, &stage.entries[..=at]).unwrap();
            assert!(replayed == live, "{name}: entry {}", at + 1);
        }
        assert!(live == stage.meeting, "{name}: the whole of it");
    }
}
