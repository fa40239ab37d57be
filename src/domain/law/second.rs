//! `Zweite Sitzung`, § 37 (3) and (4) GemO BW: what suffices when a matter was put off for want of a quorum, and what
//! follows when even that cannot be reached.

use super::{CommitteeFallback, QuorumFallback, Rules};
use crate::domain::quorum::{Attendance, QuorumFinding, find_quorum};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Who is there when the same matter is called a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondSitting {
    /// Seats that are occupied.
    pub occupied: u32,
    /// Seats the law provides for, where it is another number.
    #[serde(default)]
    pub statutory: Option<u32>,
    /// Present in the room and entitled.
    pub in_room: u32,
    /// Perceptibly connected and entitled.
    #[serde(default)]
    pub remote: u32,
    /// Members recused on the matter, present or not.
    #[serde(default)]
    pub recused: u32,
    /// The summons said that the smaller number suffices.
    pub notice: bool,
}

/// The quorum of a second sitting on the same matter.
///
/// # Errors
/// The law's refusal if so few members are entitled at all that a second sitting is dropped; it says who decides instead.
pub fn find(rules: &Rules, sitting: SecondSitting) -> Result<QuorumFinding, Refusal> {
    let least = &rules.quorum_second_session_min;
    if sitting.occupied.saturating_sub(sitting.recused) < least.get() {
        return Err(dropped(rules));
    }
    // A sitting that is quorate by the ordinary number is so a second time as well; without the notice it is like any other,
    // and there the connected count.
    let all = sitting.in_room.saturating_add(sitting.remote);
    let SecondSitting { occupied, statutory, recused, .. } = sitting;
    let ordinary = find_quorum(rules, Attendance { occupied, statutory, present: all, entitled: all, recused });
    if ordinary.met || (rules.quorum_second_session_notice.get() && !sitting.notice) {
        return Ok(ordinary);
    }
    let connected = if rules.presence_remote_counts_second_session.get() { sitting.remote } else { 0 };
    let entitled = sitting.in_room.saturating_add(connected);
    Ok(QuorumFinding {
        occupied: sitting.occupied,
        present: sitting.in_room.saturating_add(sitting.remote),
        entitled,
        needed: least.get(),
        met: entitled >= least.get() && entitled > 0,
        norm: least.norm().to_owned(),
        counted: None,
    })
}

fn dropped(rules: &Rules) -> Refusal {
    let fallback = &rules.quorum_fallback;
    let instead = match fallback.get() {
        QuorumFallback::MayorDecides => format!(
            "An seiner Stelle entscheidet der Bürgermeister, nachdem er die nicht befangenen Mitglieder gehört hat ({}).",
            fallback.norm()
        ),
        QuorumFallback::Nobody => "Das Gesetz nennt niemanden, der an seiner Stelle entscheidet.".to_owned(),
    };
    Refusal::law(
        "second_session_dropped",
        rules.quorum_second_session_min.norm(),
        format!(
            "Es sind weniger als {} Mitglieder stimmberechtigt; eine zweite Sitzung entfällt. {instead}",
            rules.quorum_second_session_min.get()
        ),
    )
}

/// `Beschlussunfähiger Ausschuss`, § 39 (5) s. 3 GemO BW: is the matter of a committee that lacks its quorum because
/// members are recused decided by the council, without the committee's preparation?
#[must_use]
pub fn goes_to_council(rules: &Rules, attendance: Attendance) -> bool {
    let all = attendance.all_members(rules);
    let needed = rules.quorum_comparison.get().needed(rules.quorum_share.get(), all);
    rules.quorum_committee_bias_fallback.get() == CommitteeFallback::CouncilDecides
        && attendance.recused > 0
        && attendance.entitled < needed
        && attendance.entitled.saturating_add(attendance.recused) >= needed
}
