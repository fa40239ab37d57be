//! Special majorities (`qualifizierte Mehrheit`): what may ask for them, and what they come to.

use super::super::event::MotionKind;
use super::super::state::{ClosedBallot, Meeting};
use crate::domain::id::ItemId;
use crate::domain::law::{Rules, SpecialMajority, notice};
use crate::domain::majority::{SpecialFinding, decide_special};
use crate::domain::quorum::{Attendance, QuorumFinding};
use crate::domain::refusal::Refusal;

/// The special majority that admits an item to the agenda in the sitting (§ 58 (2) HGO).
pub const URGENT_ITEM: &str = "urgent_item";

/// The special majority of this key.
pub fn special<'a>(rules: &'a Rules, key: Option<&str>) -> Option<&'a SpecialMajority> {
    rules.majority_special.value().iter().find(|special| Some(special.key.as_str()) == key)
}

pub(super) fn qualified(rules: &Rules, asked: &SpecialMajority, ballot: &ClosedBallot, yes: u32) -> SpecialFinding {
    let QuorumFinding { occupied, present, entitled, .. } = ballot.quorum;
    let figures = Attendance { occupied, statutory: None, present, entitled, recused: 0 };
    decide_special(rules, asked, &ballot.quorum, figures, yes)
}

/// Whether a vote of this kind can ask for this special majority, and whether what asks for it can be decided today.
pub(super) fn qualifies(
    meeting: &Meeting,
    rules: &Rules,
    item: &ItemId,
    about: MotionKind,
    key: &str,
) -> Result<(), Refusal> {
    // To admit an item is a matter of procedure, every other special majority one of the matter itself.
    let fits = if key == URGENT_ITEM { about == MotionKind::Procedural } else { about.is_main() };
    if !fits || special(rules, Some(key)).is_none() {
        let sentence = "Diese besondere Mehrheit gibt es hier nicht. Sie gilt nur für Beschlüsse in der Sache.";
        return Err(Refusal::misuse("majority", sentence));
    }
    match (meeting.days_known(item), rules.notice_hard_for.value().iter().find(|matter| matter.word() == key)) {
        (Some(days), Some(matter)) => notice::may_decide(rules, days, *matter),
        _ => Ok(()),
    }
}
