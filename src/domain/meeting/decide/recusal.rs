//! `Befangenheit` (§ 18 GemO BW): noted before the ballot, and the way back in. What is doubtful decides the body.

use super::super::command::Context;
use super::super::event::{Event, Recusal};
use super::super::state::{Business, Item, ItemState, Meeting, Phase};
use super::election::no_bias;
use super::sitting::no_ballot;
use super::{doubt, known_seat, only_chair_or_clerk};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;

/// `Befangenheit` (§ 18 GemO BW), recorded by chair or clerk, before the ballot. Its reason is never recorded.
pub fn recuse(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    item: &ItemId,
    seat: &SeatId,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    known_seat(meeting, seat)?;
    not_closed(meeting)?;
    not_settled(meeting, item)?;
    no_bias(meeting, rules, item)?;
    doubt::decided_already(meeting, rules, item, seat)?;
    if let Some(events) = doubt::admitted(meeting, item, seat)
        && meeting.business().is_none_or(|business| no_ballot(business).is_ok())
    {
        return Ok(events);
    }
    if meeting.is_recused(item, seat) {
        return Err(Refusal::conflict("recused", "Das ist schon so vermerkt."));
    }
    let voting = match meeting.business() {
        Some(Business::Ballot(ballot)) => ballot.item == *item,
        Some(Business::Counting(ballot)) => ballot.item == *item,
        Some(Business::Election(round)) => round.item == *item,
        Some(Business::Between | Business::Item(_)) | None => false,
    };
    if voting {
        return Err(Refusal::law(
            "ballot_open",
            rules.recusal_leaves.norm(),
            "Die Abstimmung über diesen Punkt läuft oder ist schon gezählt. Verwerfen Sie sie, vermerken Sie die \
             Befangenheit und stimmen Sie neu ab.",
        ));
    }
    Ok(vec![Event::RecusalRecorded(Recusal { item: item.clone(), seat: seat.clone() })])
}

/// The way back in, before the item is decided.
pub fn lift_recusal(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    item: &ItemId,
    seat: &SeatId,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    not_closed(meeting)?;
    if meeting.open_doubt(item).is_some_and(|doubt| doubt.seat == *seat) {
        doubt::settled_first(meeting, rules, item)?;
    }
    doubt::decided_already(meeting, rules, item, seat)?;
    if !meeting.is_recused(item, seat) {
        return Err(Refusal::conflict("not_recused", "Für diesen Punkt ist keine Befangenheit vermerkt."));
    }
    not_settled(meeting, item)?;
    if let Some(business) = meeting.business()
        && business.item() == Some(item)
    {
        no_ballot(business)?;
    }
    Ok(vec![Event::RecusalLifted(Recusal { item: item.clone(), seat: seat.clone() })])
}

fn not_closed(meeting: &Meeting) -> Result<(), Refusal> {
    match meeting.phase {
        Phase::Closed(_) => Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
        Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => Ok(()),
    }
}

/// An item that can still be decided. What was recorded of one that has left the agenda stays as it is.
pub(super) fn not_settled<'a>(meeting: &'a Meeting, item: &ItemId) -> Result<&'a Item, Refusal> {
    let found = meeting
        .item(item)
        .ok_or_else(|| Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht."))?;
    match found.state {
        ItemState::Pending | ItemState::Called { .. } => Ok(found),
        ItemState::Settled { .. } => Err(Refusal::misuse("settled", "Dieser Punkt ist schon behandelt.")),
    }
}
