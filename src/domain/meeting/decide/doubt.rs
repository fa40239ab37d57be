//! `Zweifel an der Befangenheit` (§ 18 (4) s. 2 GemO BW): in the absence of whom it is about the body decides, before anything
//! else is voted on at the item.

use super::super::command::Context;
use super::super::event::{
    Disposal, Event, Method, Motion, MotionKind, MotionWithdrawn, Recusal, RecusalDecided, RecusalDoubted,
    ResultDeclared,
};
use super::super::state::{ClosedBallot, Declared, Meeting};
use super::election::no_bias;
use super::sitting::{by_itself, no_ballot};
use super::{known_seat, only_chair_or_clerk, sitting};
use crate::domain::id::{ItemId, MotionId, SeatId};
use crate::domain::law::{DoubtDecider, Rules};
use crate::domain::majority::Outcome;
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;

/// A member raises it for themselves; what others raise chair or clerk enter, so that nobody sends anybody out alone.
pub fn raise(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    mover: Option<&SeatId>,
    motion: &MotionId,
) -> Result<Vec<Event>, Refusal> {
    let own = context.actor.seat.as_ref();
    if own.is_none() || mover != own || own != Some(seat) {
        only_chair_or_clerk(meeting, context)?;
    }
    known_seat(meeting, seat)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    let none = || Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen.");
    let item = business.item().ok_or_else(none)?;
    if let Some(mover) = mover {
        known_seat(meeting, mover)?;
        if meeting.is_recused(item, mover) {
            let sentence = "Wegen Befangenheit kann zu diesem Punkt kein Antrag gestellt werden.";
            return Err(Refusal::law("recused", rules.recusal_leaves.norm(), sentence));
        }
        if !meeting.is_present(mover) {
            return Err(Refusal::misuse("mover_absent", "Zweifel äußert, wer anwesend ist."));
        }
    }
    no_bias(meeting, rules, item)?;
    if !meeting.has_vote(seat) && rules.recusal_doubt.get() == DoubtDecider::BodyElseMayor {
        let sentence = "Wer kein Mitglied ist: Darüber entscheidet der Bürgermeister. Vermerken Sie das Ergebnis als Befangenheit.";
        return Err(Refusal::law("doubt_mayor", rules.recusal_doubt.norm(), sentence));
    }
    doubtful(meeting, rules, item, seat)?;
    if meeting.motion(motion).is_some() {
        return Err(Refusal::conflict("motion_twice", "Diesen Antrag gibt es schon. Bitte die Seite neu laden."));
    }
    let wording = question(meeting, seat)?;
    let (item, motion) = (item.clone(), motion.clone());
    let moved = Motion {
        motion: motion.clone(),
        item: item.clone(),
        mover: mover.cloned(),
        kind: MotionKind::Procedural,
        wording,
    };
    Ok(vec![Event::MotionMoved(moved), Event::RecusalDoubted(RecusalDoubted { item, seat: seat.clone(), motion })])
}

/// There is something to doubt, and still time for it.
fn doubtful(meeting: &Meeting, rules: &Rules, item: &ItemId, seat: &SeatId) -> Result<(), Refusal> {
    if by_itself(meeting, item) == Disposal::Decided {
        let sentence = "Über diesen Punkt ist schon entschieden. Ob jemand befangen ist, wird vorher geklärt.";
        return Err(Refusal::misuse("voted", sentence));
    }
    if meeting.election(item).is_some_and(|election| !election.rounds.is_empty()) {
        let sentence = "Zu diesem Punkt ist schon gewählt worden. Ob jemand befangen ist, wird vorher geklärt.";
        return Err(Refusal::misuse("voted", sentence));
    }
    if let Some(open) = meeting.open_doubt(item) {
        let sentence = format!("Zuerst wird über die Befangenheit von {} entschieden.", name(meeting, &open.seat));
        return Err(Refusal::conflict("doubt_open", sentence));
    }
    decided_already(meeting, rules, item, seat)?;
    if meeting.is_recused(item, seat) {
        return Err(Refusal::conflict("recused", "Befangenheit ist hier schon vermerkt und nicht zweifelhaft."));
    }
    Ok(())
}

/// What the body has decided stands: nobody notes otherwise (§ 18 (6) GemO BW).
pub fn decided_already(meeting: &Meeting, rules: &Rules, item: &ItemId, seat: &SeatId) -> Result<(), Refusal> {
    let Some(decided) = meeting.doubt_decided(item, seat) else { return Ok(()) };
    let who = name(meeting, seat);
    let sentence = if decided.recused {
        format!("Es ist entschieden, dass {who} bei diesem Punkt befangen ist.")
    } else {
        format!("Es ist entschieden, dass {who} bei diesem Punkt nicht befangen ist.")
    };
    Err(Refusal::law("doubt_decided", rules.recusal_doubt.norm(), sentence))
}

fn question(meeting: &Meeting, seat: &SeatId) -> Result<Wording, Refusal> {
    let text = format!("Bei {} liegt zu diesem Punkt ein Ausschließungsgrund vor.", name(meeting, seat));
    text.parse().map_err(|_| Refusal::misuse("name", "Der Name ist zu lang. Bitte kürzen."))
}

fn name(meeting: &Meeting, seat: &SeatId) -> String {
    meeting.seats.get(seat).map_or_else(|| seat.to_string(), |seat| seat.name.to_string())
}

/// While a doubt is open nothing else is decided at its item.
pub fn settled_first(meeting: &Meeting, rules: &Rules, item: &ItemId) -> Result<(), Refusal> {
    let Some(open) = meeting.open_doubt(item) else { return Ok(()) };
    let sentence = format!(
        "Ob {} befangen ist, ist zweifelhaft: Darüber wird zuerst entschieden, in Abwesenheit der betroffenen Person.",
        name(meeting, &open.seat)
    );
    Err(Refusal::law("doubt_open", rules.recusal_doubt.norm(), sentence))
}

/// What may be put to the vote at an item: the doubt alone while there is one, and that openly.
pub fn votable(
    meeting: &Meeting,
    rules: &Rules,
    item: &ItemId,
    motion: Option<&MotionId>,
    method: Method,
) -> Result<(), Refusal> {
    let Some(open) = meeting.open_doubt(item) else { return Ok(()) };
    if motion != Some(&open.motion) {
        return settled_first(meeting, rules, item);
    }
    if method == Method::Papers {
        let sentence = "Über die Befangenheit wird offen abgestimmt.";
        return Err(Refusal::misuse("doubt_openly", sentence));
    }
    Ok(())
}

/// What follows from the result on the motion of a doubt: without a decision it stays open.
pub fn follows(meeting: &Meeting, ballot: &ClosedBallot, result: &ResultDeclared) -> Option<Event> {
    let doubt = ballot.motion.as_ref().and_then(|motion| meeting.doubt_of(motion))?;
    let recused = match result.outcome {
        Outcome::Adopted => true,
        Outcome::Rejected => false,
        Outcome::NoDecision => return None,
    };
    let (item, seat) = (doubt.item.clone(), doubt.seat.clone());
    Some(Event::RecusalDecided(RecusalDecided { item, seat, ballot: ballot.ballot.clone(), recused }))
}

/// Who takes part is not decided anew once the matter itself is: that result goes first.
pub fn not_built_upon(meeting: &Meeting, declared: &Declared) -> Result<(), Refusal> {
    let item = &declared.result.item;
    let of_doubt = declared.motion.as_ref().is_some_and(|motion| meeting.doubt_of(motion).is_some());
    let voted = by_itself(meeting, item) == Disposal::Decided
        || meeting.election(item).is_some_and(|election| !election.rounds.is_empty());
    if !of_doubt || !voted {
        return Ok(());
    }
    let sentence = "Nach dieser Entscheidung ist in der Sache schon abgestimmt oder gewählt. Heben Sie zuerst das auf.";
    Err(Refusal::misuse("built_upon", sentence))
}

/// The question of a doubt is not worded by anybody; withdrawn, whom it is about comes back.
pub fn not_reworded(meeting: &Meeting, motion: &MotionId) -> Result<(), Refusal> {
    if meeting.doubt_of(motion).is_none() {
        return Ok(());
    }
    Err(Refusal::misuse("doubt_wording", "Diese Frage stellt das Gesetz; ihr Wortlaut steht fest."))
}

/// Nobody doubts any more that there is no ground: whom it was about comes back.
pub fn withdrawn(meeting: &Meeting, motion: &MotionId) -> Option<Event> {
    let doubt = meeting.doubt_of(motion).filter(|doubt| doubt.decided.is_none())?;
    Some(Event::RecusalLifted(Recusal { item: doubt.item.clone(), seat: doubt.seat.clone() }))
}

/// Whom it is about says so themselves: the question is settled.
pub fn admitted(meeting: &Meeting, item: &ItemId, seat: &SeatId) -> Option<Vec<Event>> {
    let doubt = meeting.open_doubt(item).filter(|doubt| doubt.seat == *seat)?;
    let recusal = Recusal { item: item.clone(), seat: seat.clone() };
    Some(vec![
        Event::MotionWithdrawn(MotionWithdrawn { motion: doubt.motion.clone() }),
        Event::RecusalRecorded(recusal),
    ])
}
