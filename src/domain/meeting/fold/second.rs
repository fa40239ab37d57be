//! From the events on a lacking quorum to the state.

use super::super::event::Event;
use super::super::second::Lacking;
use super::super::state::{Meeting, Recorded};
use crate::domain::id::ItemId;

/// Takes in one of these events; every other one changes nothing here.
#[expect(clippy::wildcard_enum_match_arm, reason = "only its own events come here")]
pub fn take(meeting: &mut Meeting, recorded: &Recorded) {
    match &recorded.event {
        Event::SecondMarked(marked) => match &marked.of {
            Some(first) => {
                meeting.second.of.insert(marked.item.clone(), first.clone());
            }
            None => {
                meeting.second.of.remove(&marked.item);
            }
        },
        Event::QuorumLacking(lacking) => meeting.second.lacking.push(Lacking {
            item: lacking.item.clone(),
            quorum: lacking.quorum.clone(),
            follows: lacking.follows,
            at: recorded.occurred_at,
        }),
        Event::StandInAppointed(appointed) => {
            meeting.second.stand_ins.insert(appointed.item.clone(), appointed.seat.clone());
        }
        Event::MayorDecided(decided) => {
            meeting.second.instead.insert(decided.item.clone(), (decided.clone(), recorded.occurred_at));
        }
        _ => {}
    }
}

/// An item that left the agenda takes along what was noted of it: one that comes later under its number is another one.
pub fn forget_gone(meeting: &mut Meeting) {
    let Meeting { items, second, recusals, elections, .. } = meeting;
    let there = |item: &ItemId| items.iter().any(|one| one.id == *item);
    second.of.retain(|item, _| there(item));
    recusals.retain(|item, _| there(item));
    elections.retain(|item, _| there(item));
}
