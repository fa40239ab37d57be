//! `Stimmenmehrheit`, § 37 (6) GemO: what a tally means.

use crate::domain::law::{MajorityRule, Rules, SpecialBase, SpecialMajority, Threshold, TieRule};
use crate::domain::quorum::{Attendance, QuorumFinding};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// `Abstimmungsergebnis`: what came of a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// `angenommen`.
    Adopted,
    /// `abgelehnt`.
    Rejected,
    /// `kein Beschluss`: the council was not quorate when the ballot closed.
    NoDecision,
}

/// `Stimmenmehrheit`, § 37 (6) s. 2 and 3 GemO: adopted with more yes than no; a tie is rejected; abstentions do not
/// count. Whether the council was quorate is not asked here, see [`decide_vote`].
#[must_use]
pub fn decide_majority(rules: &Rules, yes: u32, no: u32, abstain: u32) -> Outcome {
    let against = if rules.vote_abstentions_count.get() { u64::from(no) + u64::from(abstain) } else { u64::from(no) };
    match rules.vote_majority.get() {
        MajorityRule::MoreYesThanNo => match u64::from(yes).cmp(&against) {
            Ordering::Greater => Outcome::Adopted,
            Ordering::Less => Outcome::Rejected,
            Ordering::Equal => match rules.vote_tie.get() {
                TieRule::Rejected => Outcome::Rejected,
                TieRule::Adopted => Outcome::Adopted,
            },
        },
    }
}

/// The outcome of a ballot: no decision below the quorum found at its closing, otherwise the majority.
#[must_use]
pub fn decide_vote(rules: &Rules, at_closing: &QuorumFinding, yes: u32, no: u32, abstain: u32) -> Outcome {
    if at_closing.met { decide_majority(rules, yes, no, abstain) } else { Outcome::NoDecision }
}

/// `Qualifizierte Mehrheit`: what a decision needed that asks for more than the majority of votes. Shown, recorded and
/// printed unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialFinding {
    /// What was asked for, e.g. „Hauptsatzung erlassen oder ändern“.
    pub text: String,
    /// The number the share is of.
    pub base: u32,
    /// Yes votes that were needed.
    pub needed: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// The paragraph that asks for it.
    pub norm: String,
}

/// `Qualifizierte Mehrheit`, e.g. § 4 (2) GemO BW: adopted with enough yes votes of the base the rule names. Abstaining
/// and staying away work like a no; the quorum is asked first.
#[must_use]
pub fn decide_special(
    rules: &Rules,
    special: &SpecialMajority,
    at_closing: &QuorumFinding,
    attendance: Attendance,
    yes: u32,
) -> SpecialFinding {
    let (base, needed) = threshold_of(rules, special.threshold, attendance);
    let outcome = match (at_closing.met, base > 0 && yes >= needed) {
        (false, _) => Outcome::NoDecision,
        (true, true) => Outcome::Adopted,
        (true, false) => Outcome::Rejected,
    };
    SpecialFinding { text: special.text.clone(), base, needed, outcome, norm: special.norm.clone() }
}

/// The number a threshold is a share of, and how many votes it asks for.
#[must_use]
pub fn threshold_of(rules: &Rules, threshold: Threshold, attendance: Attendance) -> (u32, u32) {
    let base = match threshold.base {
        SpecialBase::AllMembers => attendance.all_members(rules),
        SpecialBase::Statutory => attendance.statutory.unwrap_or(attendance.occupied),
        SpecialBase::Present => attendance.entitled.min(attendance.present),
    };
    (base, threshold.needed(base))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, decide_majority, decide_special, decide_vote};
    use crate::domain::law::{RulePack, Rules, packs};
    use crate::domain::quorum::{Attendance, find_quorum};
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::sync::LazyLock;

    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
        pack.on("2026-11-26".parse().unwrap()).unwrap()
    });

    fn rules() -> &'static Rules {
        &RULES
    }

    #[test]
    fn one_vote_more_decides_and_a_tie_rejects() {
        let rules = rules();
        assert_eq!(decide_majority(rules, 11, 10, 2), Outcome::Adopted);
        assert_eq!(decide_majority(rules, 10, 10, 3), Outcome::Rejected);
        assert_eq!(decide_majority(rules, 9, 10, 4), Outcome::Rejected);
        assert_eq!(decide_majority(rules, 0, 0, 23), Outcome::Rejected);
        assert_eq!(decide_majority(rules, u32::MAX, u32::MAX, u32::MAX), Outcome::Rejected);
    }

    #[test]
    fn below_the_quorum_there_is_no_decision() {
        let rules = rules();
        let present = |entitled| {
            find_quorum(rules, Attendance { occupied: 23, statutory: None, present: entitled, entitled, recused: 0 })
        };
        assert_eq!(decide_vote(rules, &present(11), 11, 0, 0), Outcome::NoDecision);
        assert_eq!(decide_vote(rules, &present(12), 11, 0, 1), Outcome::Adopted);
    }

    #[test]
    fn a_special_majority_counts_those_who_stay_away_as_well() {
        let rules = rules();
        let here = |entitled| Attendance { occupied: 23, statutory: None, present: entitled, entitled, recused: 0 };
        let found = |key: &str, entitled, yes| {
            let special = rules.majority_special.value().iter().find(|one| one.key == key).unwrap();
            let finding = decide_special(rules, special, &find_quorum(rules, here(entitled)), here(entitled), yes);
            (finding.needed, finding.outcome)
        };
        assert_eq!(found("main_bylaw", 14, 11), (12, Outcome::Rejected));
        assert_eq!(found("main_bylaw", 14, 12), (12, Outcome::Adopted));
        assert_eq!(found("referendum", 23, 15), (16, Outcome::Rejected));
        assert_eq!(found("referendum", 23, 16), (16, Outcome::Adopted));
        assert_eq!(found("staff_without_mayor", 15, 10), (10, Outcome::Adopted));
        assert_eq!(found("staff_without_mayor", 15, 9), (10, Outcome::Rejected));
        assert_eq!(found("main_bylaw", 11, 11), (12, Outcome::NoDecision));
    }

    proptest! {
        #[test]
        fn an_abstention_never_changes_the_outcome(yes in 0u32..100, no in 0u32..100, abstain in 0u32..100) {
            let rules = rules();
            prop_assert_eq!(decide_majority(rules, yes, no, abstain), decide_majority(rules, yes, no, 0));
        }
    }
}
