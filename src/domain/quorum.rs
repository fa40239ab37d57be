//! `Beschlussfähigkeit`, § 37 (2) GemO: how many of the members must be present and entitled.

use crate::domain::law::{Presumption, QuorumBase, Rules};
use serde::{Deserialize, Serialize};

/// `Beschlussfähigkeit`: how many are needed, how many are there, and which rule said so. Shown, recorded and
/// printed unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuorumFinding {
    /// „alle Mitglieder“: seats that are occupied, the mayor included, or the number the law provides for.
    pub occupied: u32,
    /// Members present, in the room or perceptibly connected.
    pub present: u32,
    /// Of those present, the ones entitled to vote on this item.
    pub entitled: u32,
    /// How many must be present and entitled.
    pub needed: u32,
    /// Is the council quorate?
    pub met: bool,
    /// The paragraph that gave `needed`.
    pub norm: String,
    /// Of those entitled, the ones who count towards `needed`, where it is not all of them: who is connected to a second
    /// sitting votes in it, and is strictly not one of the three (open question O1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<u32>,
}

/// The figures a quorum is found from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Seats that are occupied, the mayor included where the mayor is a member.
    pub occupied: u32,
    /// `Gesetzliche Zahl`: seats the law provides for, empty ones included; none where it is the number occupied.
    #[serde(default)]
    pub statutory: Option<u32>,
    /// Members present, entitled or not.
    pub present: u32,
    /// Members present and entitled to vote on this item.
    pub entitled: u32,
    /// Members recused on this item, present or not (the trigger of the quarter rule asks for all of them).
    pub recused: u32,
}

impl Attendance {
    /// „alle Mitglieder“: the number every share of the whole body is taken of.
    #[must_use]
    pub fn all_members(self, rules: &Rules) -> u32 {
        match rules.quorum_base.get() {
            QuorumBase::Occupied => self.occupied,
            QuorumBase::Statutory => self.statutory.unwrap_or(self.occupied),
        }
    }
}

/// `Beschlussfähigkeit`, § 37 (2) s. 1 and 2 GemO: at least half of all members present and entitled; at least a
/// quarter if more than half of all members are recused. A council without members is never quorate.
#[must_use]
pub fn find_quorum(rules: &Rules, attendance: Attendance) -> QuorumFinding {
    let all = attendance.all_members(rules);
    let mostly_recused = rules.quorum_recusal_trigger.get().more_than(attendance.recused, all);
    let share = if mostly_recused { &rules.quorum_recusal_share } else { &rules.quorum_share };
    let entitled = attendance.entitled.min(attendance.present);
    let counted = if rules.quorum_needs_voting_right.get() { entitled } else { attendance.present };
    let needed =
        if mostly_recused { share.get().ceil_of(all) } else { rules.quorum_comparison.get().needed(share.get(), all) };
    QuorumFinding {
        occupied: all,
        present: attendance.present,
        entitled,
        needed,
        met: all > 0 && counted > 0 && counted >= needed,
        norm: share.norm().to_owned(),
        counted: None,
    }
}

/// `Vermutung der Beschlussfähigkeit`, § 53 (1) s. 2 HGO: what has been found about the quorum of a sitting so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuorumState {
    /// Nothing yet: it is found now.
    #[default]
    AtOpening,
    /// Found at the beginning, and nobody has moved that it is lacking.
    Found,
    /// Somebody moved that it is lacking: it is found anew.
    Moved,
}

/// A finding as the law lets it stand: where the quorum counts as given once it was found, falling below the number changes
/// nothing until somebody moves that it is lacking. The figures stay those that were counted.
#[must_use]
pub fn presumed(rules: &Rules, state: QuorumState, counted: QuorumFinding) -> QuorumFinding {
    let presumption = &rules.quorum_presumption;
    match (presumption.get(), state) {
        (Presumption::UntilMotion, QuorumState::Found) if !counted.met => {
            QuorumFinding { met: true, norm: presumption.norm().to_owned(), ..counted }
        }
        (Presumption::Never, _)
        | (Presumption::UntilMotion, QuorumState::AtOpening | QuorumState::Found | QuorumState::Moved) => counted,
    }
}

#[cfg(test)]
mod tests {
    use super::{Attendance, find_quorum};
    use crate::domain::law::{RulePack, Rules, packs};
    use proptest::prelude::{prop_assert, proptest};
    use std::sync::LazyLock;

    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
        pack.on("2026-11-26".parse().unwrap()).unwrap()
    });

    fn rules() -> &'static Rules {
        &RULES
    }

    fn met(occupied: u32, entitled: u32, recused: u32) -> bool {
        find_quorum(rules(), Attendance { occupied, statutory: None, present: entitled, entitled, recused }).met
    }

    #[test]
    fn half_of_all_members_is_enough_and_less_is_not() {
        assert!(met(23, 12, 0) && !met(23, 11, 0));
        assert!(met(22, 11, 0) && !met(22, 10, 0));
    }

    #[test]
    fn the_quarter_rule_needs_more_than_half_recused() {
        assert!(!met(23, 6, 11));
        assert!(met(23, 6, 12) && !met(23, 5, 12));
        assert!(!met(22, 6, 11), "exactly half is not more than half");
    }

    #[test]
    fn nobody_can_be_entitled_without_being_present() {
        let finding =
            find_quorum(rules(), Attendance { occupied: 23, statutory: None, present: 11, entitled: 12, recused: 0 });
        assert_eq!((finding.entitled, finding.met), (11, false));
        assert!(!met(0, 0, 0));
    }

    proptest! {
        #[test]
        fn one_more_entitled_member_never_destroys_the_quorum(all in 1u32..200, here in 0u32..200, recused in 0u32..200) {
            let (here, recused) = (here.min(all - 1), recused.min(all));
            prop_assert!(!met(all, here, recused) || met(all, here + 1, recused));
        }
    }
}
