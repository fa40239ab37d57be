//! Elections by figures: what no case file can say, and what holds for every count.

use super::{CandidateVotes, Counted, Elected, Electors, Round, electorate, find, may_be_open};
use crate::domain::law::{RulePack, Rules, packs};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use std::sync::LazyLock;

fn rules(old: &str, new: &str) -> Rules {
    let text = packs::bundled("bw").unwrap();
    assert!(text.contains(old), "{old}");
    RulePack::parse(&text.replace(old, new)).unwrap().on("2026-11-26".parse().unwrap()).unwrap()
}

static BW: LazyLock<Rules> = LazyLock::new(|| rules("land", "land"));

fn bw() -> &'static Rules {
    &BW
}

fn count(round: Round, entitled: u32, votes: &[(&str, u32)]) -> Counted {
    let candidates =
        votes.iter().map(|(name, votes)| CandidateVotes { candidate: (*name).to_owned(), votes: *votes }).collect();
    Counted { round, entitled, candidates, no: 0, abstain: 0, invalid: 0 }
}

#[test]
fn impossible_counts_are_refused() {
    for (wrong, why) in [
        (count(Round::First, 10, &[]), "mindestens eine"),
        (count(Round::First, 10, &[("A", 6), ("B", 5)]), "mehr Stimmen"),
        (count(Round::First, 10, &[("A", 6), ("A", 1)]), "nur einmal"),
        (count(Round::Runoff, 10, &[("A", 6)]), "zwischen zwei"),
        (count(Round::SecondOfSingle, 10, &[("A", 6), ("B", 1)]), "nur eine Person"),
        (Counted { no: 1, ..count(Round::First, 10, &[("A", 3), ("B", 1)]) }, "Nein-Stimmen"),
        (Counted { no: u32::MAX, invalid: u32::MAX, ..count(Round::First, 1, &[("A", u32::MAX)]) }, "mehr Stimmen"),
    ] {
        let refusal = find(bw(), &wrong).unwrap_err();
        assert_eq!(refusal.code, "election_figures");
        assert!(refusal.sentence.contains(why), "{refusal}");
    }
}

#[test]
fn whoever_shares_the_last_place_draws_lots_for_the_runoff() {
    let first = |votes: &[(&str, u32)]| find(bw(), &count(Round::First, 20, votes)).unwrap().elected;
    assert_eq!(
        first(&[("A", 8), ("B", 5), ("C", 5)]),
        Elected::LotForRunoff { sure: vec!["A".into()], tied: vec!["B".into(), "C".into()], places: 1 }
    );
    assert_eq!(
        first(&[("A", 5), ("B", 5), ("C", 5)]),
        Elected::LotForRunoff { sure: vec![], tied: vec!["A".into(), "B".into(), "C".into()], places: 2 }
    );
    assert_eq!(first(&[("C", 4), ("A", 7), ("B", 5)]), Elected::Runoff { between: vec!["A".into(), "B".into()] });
    assert_eq!(first(&[("A", 5), ("B", 5), ("C", 1)]), Elected::Runoff { between: vec!["A".into(), "B".into()] });
}

#[test]
fn the_three_modes_for_those_who_are_connected_differ() {
    let who = Electors { occupied: 23, statutory: None, in_room: 15, remote: 8, recused: 0 };
    let found = electorate(bw(), who).unwrap();
    assert_eq!((found.voters, found.without_vote, found.needed, found.quorum.present), (15, 8, 8, 15));
    let mode = |word: &str| rules("value = \"remote_no_vote\"", &format!("value = \"{word}\""));
    assert_eq!(electorate(&mode("forbidden_in_session"), who).unwrap_err().code, "election_while_remote");
    assert_eq!(electorate(&mode("forbidden_in_session"), Electors { remote: 0, ..who }).unwrap().voters, 15);
    assert_eq!(electorate(&mode("certified_only"), who).unwrap().voters, 15);
    let few = electorate(bw(), Electors { in_room: 11, remote: 12, ..who }).unwrap_err();
    assert_eq!((few.code, few.norm.as_deref()), ("election_no_quorum", Some("§ 37a Abs. 1 Satz 2 GemO")));
    let none = Electors { in_room: 0, remote: 23, ..who };
    assert_eq!(electorate(bw(), none).unwrap_err().code, "election_no_quorum");
}

#[test]
fn an_objection_makes_the_election_secret() {
    assert!(may_be_open(bw(), 0, 0).is_ok());
    assert_eq!(may_be_open(bw(), 1, 0).unwrap_err().code, "election_secret");
    assert_eq!(may_be_open(bw(), 0, 1).unwrap_err().code, "election_secret");
    let secret = rules("value = \"open_if_nobody_objects\"", "value = \"always_secret\"");
    assert!(may_be_open(&secret, 0, 0).is_err());
}

proptest! {
    #[test]
    fn the_order_of_the_candidates_never_changes_who_is_elected(votes in proptest::collection::vec(0u32..9, 1..6)) {
        let named: Vec<(String, u32)> = votes.iter().enumerate().map(|(n, v)| (format!("K{n}"), *v)).collect();
        let counted = |list: &[(String, u32)]| {
            let list: Vec<(&str, u32)> = list.iter().map(|(name, votes)| (name.as_str(), *votes)).collect();
            find(bw(), &count(Round::First, 60, &list)).unwrap().elected
        };
        let mut turned = named.clone();
        turned.reverse();
        prop_assert_eq!(counted(&named), counted(&turned));
    }

    #[test]
    fn nobody_is_elected_with_half_of_those_entitled_or_less(entitled in 1u32..80, votes in 0u32..80) {
        let votes = votes.min(entitled);
        let found = find(bw(), &count(Round::First, entitled, &[("A", votes), ("B", 0)])).unwrap();
        let elected = found.elected == Elected::Elected { candidate: "A".into() };
        prop_assert!(elected == (votes * 2 > entitled));
    }
}
