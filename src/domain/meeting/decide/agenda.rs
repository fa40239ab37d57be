//! The agenda while the meeting sits: another order, an item taken off, an urgent one added, a mistake put right.

use super::super::command::Context;
use super::super::event::{Disposal, Event, ItemAdded, ItemDropped, ItemMoved, ItemReopened, MotionKind};
use super::super::floor::is_on_agenda;
use super::super::state::{Item, ItemState, Meeting};
use super::planning::ITEMS_MAX;
use super::special::{URGENT_ITEM, special};
use super::{figures, only_chair, sitting};
use crate::domain::id::{BallotId, ItemId};
use crate::domain::law::{AgendaAddition, Rules};
use crate::domain::majority::{Outcome, threshold_of};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Remark, Title, Wording};

fn known<'a>(meeting: &'a Meeting, id: &ItemId) -> Result<&'a Item, Refusal> {
    meeting.item(id).ok_or_else(|| Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht."))
}

fn waits(item: &Item) -> Result<(), Refusal> {
    match item.state {
        ItemState::Pending => Ok(()),
        ItemState::Called { .. } => Err(Refusal::misuse("called", "Dieser Punkt ist aufgerufen.")),
        ItemState::Settled { .. } => Err(Refusal::misuse("settled", "Dieser Punkt ist schon behandelt.")),
    }
}

/// An item that waits is dealt with before another one that waits, or last.
pub fn move_item(
    meeting: &Meeting,
    context: &Context,
    id: &ItemId,
    before: Option<&ItemId>,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    let item = known(meeting, id)?;
    waits(item)?;
    if let Some(before) = before {
        let other = known(meeting, before)?;
        waits(other)?;
        if other.public != item.public {
            let sentence = "Öffentliche und nichtöffentliche Punkte werden nicht vermischt.";
            return Err(Refusal::misuse("doors", sentence));
        }
    }
    let place = meeting.items.iter().position(|item| item.id == *id);
    let next = place.and_then(|place| meeting.items.get(place.saturating_add(1))).map(|item| &item.id);
    if before == Some(id) || before == next {
        return Err(Refusal::conflict("moved", "Der Punkt steht schon an dieser Stelle."));
    }
    Ok(vec![Event::ItemMoved(ItemMoved { item: id.clone(), before: before.cloned() })])
}

/// Ends an item that was not called.
pub fn drop_item(meeting: &Meeting, context: &Context, id: &ItemId, disposal: Disposal) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    waits(known(meeting, id)?)?;
    match disposal {
        Disposal::Removed | Disposal::Postponed | Disposal::Withdrawn | Disposal::Referred => {
            Ok(vec![Event::ItemDropped(ItemDropped { item: id.clone(), disposal })])
        }
        Disposal::Decided | Disposal::Noted | Disposal::WithoutVote | Disposal::Moot => {
            Err(Refusal::misuse("not_called", "Dafür muss der Punkt aufgerufen werden."))
        }
    }
}

/// What is to be added.
pub struct Urgent<'a> {
    pub item: &'a ItemId,
    pub number: &'a str,
    pub title: &'a Title,
    pub motion: Option<&'a Wording>,
    pub ground: Option<&'a Remark>,
}

/// An item that was not on the agenda, public: in an emergency, with its ground (§ 34 (2) GemO BW), or admitted by the body with its
/// special majority (§ 58 (2) HGO).
pub fn add_item(meeting: &Meeting, rules: &Rules, context: &Context, what: &Urgent<'_>) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    if !meeting.publicity.doors.is_open() {
        return Err(Refusal::misuse(
            "doors",
            "Ergänzt wird die öffentliche Tagesordnung, und nur in öffentlicher Sitzung.",
        ));
    }
    let admitted_by = match rules.agenda_addition_by.get() {
        AgendaAddition::Chair => None,
        AgendaAddition::SpecialMajority => Some(admitted(meeting, rules)?),
    };
    let norm = rules.agenda_urgent.norm();
    if admitted_by.is_none() && !rules.agenda_urgent.get() {
        return Err(Refusal::law("no_addition", norm, "In der Sitzung wird die Tagesordnung nicht ergänzt."));
    }
    let Some(ground) = what.ground else {
        let why = "Sagen Sie, warum der Punkt nicht bis zu einer Sitzung warten kann, zu der dafür eingeladen wird.";
        let sentence = match admitted_by {
            None => format!("Ergänzt wird nur in Notfällen: {why}"),
            Some(_) => why.to_owned(),
        };
        return Err(Refusal::law("ground_missing", norm, sentence));
    };
    if meeting.item(what.item).is_some() || meeting.items.iter().any(|item| item.number == what.number) {
        return Err(Refusal::conflict("item_twice", format!("Den Punkt {} gibt es schon.", what.number)));
    }
    if is_on_agenda(meeting, what.title) {
        return Err(Refusal::conflict("item_twice", "Ein Punkt mit diesem Titel steht schon auf der Tagesordnung."));
    }
    if meeting.items.len() >= ITEMS_MAX {
        return Err(Refusal::misuse("items_count", format!("Eine Tagesordnung hat höchstens {ITEMS_MAX} Punkte.")));
    }
    Ok(vec![Event::ItemAdded(ItemAdded {
        item: what.item.clone(),
        number: what.number.to_owned(),
        title: what.title.clone(),
        motion: what.motion.cloned(),
        ground: ground.clone(),
        admitted_by,
    })])
}

/// The oldest vote that admits an item and has not admitted one yet: on procedure, adopted with the majority for it.
fn admitted(meeting: &Meeting, rules: &Rules) -> Result<BallotId, Refusal> {
    let free = meeting.results.iter().find(|declared| {
        declared.majority.as_deref() == Some(URGENT_ITEM)
            && declared.about == MotionKind::Procedural
            && declared.result.outcome == Outcome::Adopted
            && !meeting.admissions.contains(&declared.result.ballot)
    });
    if let Some(free) = free {
        return Ok(free.result.ballot.clone());
    }
    let Some(special) = special(rules, Some(URGENT_ITEM)) else {
        let norm = rules.agenda_addition_by.norm();
        return Err(Refusal::law("no_addition", norm, "In der Sitzung wird die Tagesordnung nicht ergänzt."));
    };
    let attendance = figures(meeting, rules, None, meeting.entitled(None).len());
    let (base, needed) = threshold_of(rules, special.threshold, attendance);
    let sentence = format!(
        "Für die Aufnahme sind {needed} Ja-Stimmen nötig ({} von {base}). Lassen Sie zuerst mit dieser Mehrheit über einen Antrag zur \
         Geschäftsordnung abstimmen.",
        special.threshold.share
    );
    Err(Refusal::law("admission_missing", &special.norm, sentence))
}

/// An item that was ended is dealt with again. What was decided about it stays in the record.
pub fn reopen(meeting: &Meeting, context: &Context, id: &ItemId, reason: &Remark) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    match known(meeting, id)?.state {
        ItemState::Settled { .. } => {
            Ok(vec![Event::ItemReopened(ItemReopened { item: id.clone(), reason: reason.clone() })])
        }
        ItemState::Pending | ItemState::Called { .. } => {
            Err(Refusal::conflict("not_settled", "Dieser Punkt ist noch nicht behandelt."))
        }
    }
}
