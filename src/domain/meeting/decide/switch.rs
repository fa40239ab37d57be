//! The motion to deal with an item in public, or not (§ 35 (1) s. 3 GemO BW): debated and decided without the public.

use super::super::command::Context;
use super::super::event::{Event, SwitchMoved};
use super::super::state::{Business, Declared, Item, ItemState, Meeting};
use super::planning::ITEMS_MAX;
use super::sitting::no_ballot;
use super::{doubt, known_seat, only_chair_or_clerk, sitting, voice};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;

/// Motions of this kind one item takes.
const QUESTIONS_PER_ITEM_MAX: usize = 3;

/// A member moves for themselves; chair and clerk enter what was moved in the room.
pub fn move_switch(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    id: &ItemId,
    mover: Option<&SeatId>,
) -> Result<Vec<Event>, Refusal> {
    if mover.is_none() || mover != context.actor.seat.as_ref() {
        only_chair_or_clerk(meeting, context)?;
    }
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    let item = meeting.item(id);
    let item =
        item.ok_or_else(|| Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht."))?;
    if let Some(mover) = mover {
        known_seat(meeting, mover)?;
        voice::is_member(meeting, rules, mover)?;
        if meeting.is_recused(id, mover) {
            let sentence = "Wegen Befangenheit kann zu diesem Punkt kein Antrag gestellt werden.";
            return Err(Refusal::law("recused", rules.recusal_leaves.norm(), sentence));
        }
        if !meeting.is_present(mover) {
            return Err(Refusal::misuse("mover_absent", "Anträge stellt, wer anwesend ist."));
        }
    }
    may_change_sides(meeting, item)?;
    doubt::settled_first(meeting, rules, id)?;
    let to_public = !item.public;
    let times = meeting.publicity.questions.iter().filter(|question| question.about == *id).count();
    let number = match times {
        0 => format!("{}Ö", item.number),
        more => format!("{}Ö{}", item.number, more.saturating_add(1)),
    };
    let word = if to_public { "öffentlich" } else { "nichtöffentlich" };
    let text = |text: String| text.parse().map_err(|_| Refusal::misuse("number", "Die Nummer des Punkts ist zu lang."));
    let wording = format!("TOP {} wird {word} verhandelt.", item.number);
    let question = format!("top-frage-{}", meeting.publicity.questions.len().saturating_add(1));
    let question: ItemId =
        question.parse().map_err(|_| Refusal::misuse("number", "Die Nummer des Punkts ist zu lang."))?;
    if meeting.item(&question).is_some() || meeting.items.iter().any(|item| item.number == number) {
        return Err(Refusal::conflict("item_twice", format!("Den Punkt {number} gibt es schon.")));
    }
    Ok(vec![Event::SwitchMoved(SwitchMoved {
        item: id.clone(),
        question,
        number,
        title: text(format!("Öffentlichkeit von TOP {}", item.number))?,
        wording: wording.parse().map_err(|_| Refusal::misuse("number", "Die Nummer des Punkts ist zu lang."))?,
        to_public,
        mover: mover.cloned(),
    })])
}

/// Only what is still to be dealt with changes sides, and nothing that was said behind closed doors goes with it.
fn may_change_sides(meeting: &Meeting, item: &Item) -> Result<(), Refusal> {
    if matches!(item.state, ItemState::Settled { .. }) {
        return Err(Refusal::misuse("settled", "Dieser Punkt ist schon behandelt."));
    }
    if meeting.question(&item.id).is_some() {
        let sentence = "Ob ein Punkt öffentlich ist, wird selbst immer nichtöffentlich entschieden.";
        return Err(Refusal::misuse("is_question", sentence));
    }
    if meeting.open_question(&item.id).is_some() {
        return Err(Refusal::conflict("question_open", "Dieser Antrag liegt zu dem Punkt schon vor."));
    }
    if meeting.election(&item.id).is_some() {
        let sentence = "Zu diesem Punkt ist eine Wahl vermerkt. Nehmen Sie das zuerst zurück.";
        return Err(Refusal::misuse("is_election", sentence));
    }
    if meeting.results.iter().any(|declared| declared.result.item == item.id)
        || meeting.struck.iter().any(|(declared, _)| declared.result.item == item.id)
    {
        return Err(Refusal::misuse("voted", "Zu diesem Punkt ist schon abgestimmt."));
    }
    let said = meeting.motions.iter().any(|motion| motion.item == item.id)
        || meeting.statements.iter().any(|statement| statement.item.as_ref() == Some(&item.id))
        || matches!(item.state, ItemState::Called { .. });
    if !item.public && said {
        let sentence =
            "Zu diesem Punkt ist schon nichtöffentlich verhandelt; was dabei gesagt wurde, bleibt nichtöffentlich.";
        return Err(Refusal::misuse("deliberated", sentence));
    }
    let questions = meeting.publicity.questions.iter().filter(|question| question.about == item.id).count();
    if questions >= QUESTIONS_PER_ITEM_MAX || meeting.items.len() >= ITEMS_MAX {
        return Err(Refusal::misuse("questions_count", "Darüber ist zu diesem Punkt oft genug entschieden."));
    }
    Ok(())
}

/// Before an item is dealt with it is decided on which side of the doors.
pub fn decided_first(meeting: &Meeting, rules: &Rules, id: &ItemId) -> Result<(), Refusal> {
    let Some(question) = meeting.open_question(id) else { return Ok(()) };
    let voted = |declared: &Declared| declared.result.item == question.id && declared.about.is_main();
    let called = meeting.business().and_then(Business::item) == Some(&question.id);
    if called && meeting.results.iter().any(voted) {
        return Ok(());
    }
    let number = meeting.item(&question.id).map_or("", |item| item.number.as_str());
    let sentence =
        format!("Ob dieser Punkt öffentlich ist, wird zuerst entschieden, und nichtöffentlich (TOP {number}).");
    Err(Refusal::law("switch_first", rules.public_switch_decided_in.norm(), sentence))
}

/// Where the item of such a motion ends, the one it is about changes sides with it.
pub fn carried_out(meeting: &Meeting, events: Vec<Event>) -> Vec<Event> {
    let mut all = Vec::with_capacity(events.len());
    for event in events {
        let switched = if let Event::ItemSettled(settled) = &event { meeting.switch_of(&settled.item) } else { None };
        all.push(event);
        all.extend(switched.map(Event::ItemSwitched));
    }
    all
}
