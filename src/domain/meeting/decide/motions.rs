//! Motions from the floor: moved, worded while people talk, withdrawn, put to the vote in their order.

use super::super::command::Context;
use super::super::event::{Event, Motion as Moved, MotionKind, MotionReworded, MotionWithdrawn};
use super::super::floor::{Motion, deliberated};
use super::super::state::{Business, Meeting};
use super::{doubt, known_seat, only_chair_or_clerk, sitting, voice};
use crate::domain::id::{ItemId, MotionId, SeatId};
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;

/// Motions one item takes; the longest budget debates have some hundred.
const MOTIONS_PER_ITEM_MAX: usize = 300;

/// What somebody moves.
pub struct What<'a> {
    pub motion: &'a MotionId,
    pub mover: Option<&'a SeatId>,
    pub kind: MotionKind,
    pub wording: &'a Wording,
}

/// A member moves for themselves; chair and clerk enter what was moved in the room.
pub fn move_motion(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    what: &What<'_>,
) -> Result<Vec<Event>, Refusal> {
    let own = context.actor.seat.as_ref();
    if what.mover.is_none() || what.mover != own {
        only_chair_or_clerk(meeting, context)?;
    }
    let (_, business) = sitting(meeting)?;
    let item = deliberated(business)
        .ok_or_else(|| Refusal::misuse("no_deliberation", "Anträge werden zu einem aufgerufenen Punkt gestellt."))?;
    if let Some(mover) = what.mover {
        known_seat(meeting, mover)?;
        voice::is_member(meeting, rules, mover)?;
        if meeting.is_recused(item, mover) {
            let sentence = "Wegen Befangenheit kann zu diesem Punkt kein Antrag gestellt werden.";
            return Err(Refusal::law("recused", rules.recusal_leaves.norm(), sentence));
        }
        if !meeting.is_present(mover) {
            return Err(Refusal::misuse("mover_absent", "Anträge stellt, wer anwesend ist."));
        }
    }
    if meeting.motion(what.motion).is_some() {
        return Err(Refusal::conflict("motion_twice", "Diesen Antrag gibt es schon. Bitte die Seite neu laden."));
    }
    if meeting.motions.iter().filter(|motion| motion.item == *item).count() >= MOTIONS_PER_ITEM_MAX {
        let sentence = format!("Zu einem Punkt werden höchstens {MOTIONS_PER_ITEM_MAX} Anträge aufgenommen.");
        return Err(Refusal::misuse("motions_count", sentence));
    }
    Ok(vec![Event::MotionMoved(Moved {
        motion: what.motion.clone(),
        item: item.clone(),
        mover: what.mover.cloned(),
        kind: what.kind,
        wording: what.wording.clone(),
    })])
}

/// Another wording, before the vote. The one before stays in the record.
pub fn reword(meeting: &Meeting, context: &Context, id: &MotionId, wording: &Wording) -> Result<Vec<Event>, Refusal> {
    let motion = open(meeting, context, id)?;
    doubt::not_reworded(meeting, id)?;
    if motion.wording == *wording {
        return Err(Refusal::conflict("same_wording", "Der Wortlaut ist schon so."));
    }
    Ok(vec![Event::MotionReworded(MotionReworded { motion: id.clone(), wording: wording.clone() })])
}

/// Taken back, before the vote.
pub fn withdraw(meeting: &Meeting, context: &Context, id: &MotionId) -> Result<Vec<Event>, Refusal> {
    open(meeting, context, id)?;
    let gone = Event::MotionWithdrawn(MotionWithdrawn { motion: id.clone() });
    Ok(std::iter::once(gone).chain(doubt::withdrawn(meeting, id)).collect())
}

/// A motion that its mover, chair or clerk may still change.
fn open<'a>(meeting: &'a Meeting, context: &Context, id: &MotionId) -> Result<&'a Motion, Refusal> {
    let (_, business) = sitting(meeting)?;
    let motion = meeting.motion(id).ok_or_else(|| Refusal::misuse("unknown_motion", "Diesen Antrag gibt es nicht."))?;
    if motion.mover.is_none() || motion.mover != context.actor.seat {
        only_chair_or_clerk(meeting, context)?;
    }
    if motion.withdrawn {
        return Err(Refusal::conflict("withdrawn", "Dieser Antrag ist schon zurückgezogen."));
    }
    if meeting.fate(id).is_some() {
        return Err(Refusal::misuse("decided", "Über diesen Antrag ist schon entschieden."));
    }
    match business {
        Business::Ballot(ballot) if ballot.motion.as_ref() == Some(id) => {
            Err(Refusal::misuse("ballot_open", "Über diesen Antrag läuft die Abstimmung."))
        }
        Business::Counting(ballot) if ballot.motion.as_ref() == Some(id) => {
            Err(Refusal::misuse("result_missing", "Das Ergebnis zu diesem Antrag ist noch festzustellen."))
        }
        Business::Between | Business::Item(_) | Business::Ballot(_) | Business::Counting(_) | Business::Election(_) => {
            Ok(motion)
        }
    }
}

/// The kind of what is put to the vote at `item`: a motion from the floor, or the item's own. What comes before it in the
/// order of motions has to be voted on or withdrawn first.
pub fn votable(
    meeting: &Meeting,
    rules: &Rules,
    item: &ItemId,
    motion: Option<&MotionId>,
) -> Result<MotionKind, Refusal> {
    let kind = match motion {
        None => MotionKind::Main,
        Some(id) => {
            let waiting = meeting.open_motions(item).into_iter().find(|motion| motion.id == *id);
            let gone =
                || Refusal::conflict("motion_gone", "Dieser Antrag steht zu diesem Punkt nicht mehr zur Abstimmung.");
            waiting.ok_or_else(gone)?.kind
        }
    };
    let first = meeting.open_motions(item).into_iter().find(|motion| motion.kind < kind);
    match first {
        Some(first) if rules.motion_order.get() => Err(Refusal::law(
            "motion_order",
            rules.motion_order.norm(),
            format!(
                "Zuerst ist über den {} abzustimmen: „{}“.",
                match first.kind {
                    MotionKind::Procedural => "Antrag zur Geschäftsordnung",
                    MotionKind::Amendment => "Änderungsantrag",
                    MotionKind::Main => "Antrag",
                },
                first.wording.as_str().chars().take(120).collect::<String>()
            ),
        )),
        Some(_) | None => Ok(kind),
    }
}
