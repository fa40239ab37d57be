//! The motion that the quorum is lacking, where it is presumed (§ 53 (1) s. 2 HGO), and the chair's answer.

use super::super::command::Context;
use super::super::event::{Event, QuorumFound, QuorumQuestioned};
use super::super::state::Meeting;
use super::sitting::no_ballot;
use super::{known_seat, only_chair, only_chair_or_clerk, quorum, sitting, unhindered, voice};
use crate::domain::id::SeatId;
use crate::domain::law::{Presumption, Rules};
use crate::domain::quorum::QuorumState;
use crate::domain::refusal::Refusal;

/// `Antrag`: a member moves for themselves; chair and clerk enter what was moved in the room.
pub fn question(meeting: &Meeting, rules: &Rules, context: &Context, mover: &SeatId) -> Result<Vec<Event>, Refusal> {
    if context.actor.seat.as_ref() != Some(mover) {
        only_chair_or_clerk(meeting, context)?;
    }
    known_seat(meeting, mover)?;
    voice::is_member(meeting, rules, mover)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    let presumption = &rules.quorum_presumption;
    if presumption.get() == Presumption::Never || meeting.quorum_state(rules) == QuorumState::AtOpening {
        let sentence =
            "Die Beschlussfähigkeit wird hier bei jeder Abstimmung festgestellt; ein Antrag ist nicht nötig.";
        return Err(Refusal::law("not_presumed", presumption.norm(), sentence));
    }
    if meeting.presumption.questioned.is_some() {
        return Err(Refusal::conflict(
            "questioned",
            "Dieser Antrag liegt schon vor. Der Vorsitz stellt fest, was gilt.",
        ));
    }
    if meeting.presumption.broken {
        let sentence = "Dass die Beschlussfähigkeit fehlt, ist schon festgestellt; seither gilt, wer anwesend ist.";
        return Err(Refusal::conflict("lacking", sentence));
    }
    if !meeting.is_present(mover) {
        return Err(Refusal::misuse("mover_absent", "Anträge stellt, wer anwesend ist."));
    }
    Ok(vec![Event::QuorumQuestioned(QuorumQuestioned { mover: mover.clone() })])
}

/// The answer that it is there; that it is not, is found as everywhere.
pub fn find(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    unhindered(meeting, rules)?;
    if meeting.presumption.questioned.is_none() {
        return Err(Refusal::misuse(
            "not_questioned",
            "Niemand hat beantragt, die Beschlussunfähigkeit festzustellen.",
        ));
    }
    let quorum = quorum(meeting, rules, None);
    if !quorum.met {
        let sentence = format!(
            "Nicht beschlussfähig: nötig sind {}, anwesend sind {}. Stellen Sie zum aufgerufenen Punkt die \
             Beschlussunfähigkeit fest.",
            quorum.needed, quorum.entitled
        );
        return Err(Refusal::law("no_quorum", &quorum.norm, sentence));
    }
    Ok(vec![Event::QuorumFound(QuorumFound { quorum })])
}

/// Before the next vote the chair answers.
pub fn answered_first(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    if meeting.presumption.questioned.is_none() || rules.quorum_presumption.get() == Presumption::Never {
        return Ok(());
    }
    let sentence =
        "Es ist beantragt, die Beschlussunfähigkeit festzustellen. Zuerst stellt der Vorsitz fest, was gilt.";
    Err(Refusal::law("questioned", rules.quorum_presumption.norm(), sentence))
}

/// A presumed quorum is found lacking only on a motion.
pub fn moved_first(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    let presumed = rules.quorum_presumption.get() == Presumption::UntilMotion;
    if !presumed || meeting.quorum_state(rules) != QuorumState::Found {
        return Ok(());
    }
    let sentence = "Die Beschlussfähigkeit gilt als vorhanden, bis auf Antrag das Gegenteil festgestellt wird. Vermerken Sie \
                    zuerst den Antrag.";
    Err(Refusal::law("presumed", rules.quorum_presumption.norm(), sentence))
}
