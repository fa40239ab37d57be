//! `Vermutung der Beschlussfähigkeit` (§ 53 (1) s. 2 HGO): a quorum once found lasts until, on a motion, its contrary is.

use super::event::Event;
use super::state::{Meeting, Phase};
use crate::domain::id::SeatId;
use crate::domain::law::Rules;
use crate::domain::quorum::QuorumState;

/// What has become of the quorum that was found at the opening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presumption {
    /// Who moved that it is lacking, until the chair has answered.
    pub questioned: Option<SeatId>,
    /// It was found lacking: from then on the figures count.
    pub broken: bool,
    /// The paragraph by which the sitting was quorate when it was last found so.
    pub norm: Option<String>,
}

impl Meeting {
    /// What has been found about the quorum so far, also while the sitting stands still. What suffices for a second sitting
    /// is no finding for the matters that are dealt with for the first time.
    #[must_use]
    pub fn quorum_state(&self, rules: &Rules) -> QuorumState {
        if self.presumption.norm.as_deref() == Some(rules.quorum_second_session_min.norm()) {
            return QuorumState::AtOpening;
        }
        match self.phase {
            Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => QuorumState::AtOpening,
            Phase::Sitting { .. } | Phase::Interrupted { .. } => {
                if self.presumption.broken || self.presumption.questioned.is_some() {
                    QuorumState::Moved
                } else {
                    QuorumState::Found
                }
            }
        }
    }
}

/// Folds what happens to it; every other event is somebody else's.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over every event")]
pub(super) fn take(meeting: &mut Meeting, event: &Event) {
    match event {
        Event::QuorumQuestioned(questioned) => meeting.presumption.questioned = Some(questioned.mover.clone()),
        Event::Opened(opened) => meeting.presumption.norm = Some(opened.quorum.norm.clone()),
        Event::QuorumFound(_) => meeting.presumption.questioned = None,
        Event::QuorumLacking(_) => {
            meeting.presumption.questioned = None;
            meeting.presumption.broken = true;
        }
        _ => {}
    }
}
