//! `Ordnungsmaßnahmen` (§ 36 GemO BW): the chair keeps order, the body alone excludes from coming sittings.

use super::super::command::Context;
use super::super::event::{
    Event, FloorWithdrawn, MemberExcluded, MemberExpelled, MembersBarred, Misconduct, OrderCalled,
};
use super::super::state::{Business, Meeting, Phase};
use super::sitting::no_ballot;
use super::{known_seat, only_chair, only_system, sitting};
use crate::domain::id::{BallotId, SeatId};
use crate::domain::law::conduct::may_exclude_for;
use crate::domain::law::{Decider, Rules};
use crate::domain::majority::Outcome;
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;
use std::collections::BTreeSet;

/// Measures one sitting takes.
const MEASURES_MAX: u32 = 100;

/// `Ordnungsruf`.
pub fn call_to_order(
    meeting: &Meeting,
    context: &Context,
    seat: &SeatId,
    reason: Option<&Remark>,
) -> Result<Vec<Event>, Refusal> {
    disturber(meeting, context, seat)?;
    Ok(vec![Event::OrderCalled(OrderCalled { seat: seat.clone(), reason: reason.cloned() })])
}

/// `Wortentzug`, at the called item.
pub fn withdraw_floor(meeting: &Meeting, context: &Context, seat: &SeatId) -> Result<Vec<Event>, Refusal> {
    let business = disturber(meeting, context, seat)?;
    if business.item().is_none() {
        return Err(Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen."));
    }
    if meeting.order.silenced.contains(seat) {
        return Err(Refusal::conflict("silenced", "Das Wort ist schon entzogen."));
    }
    Ok(vec![Event::FloorWithdrawn(FloorWithdrawn { seat: seat.clone() })])
}

/// `Verweis aus dem Sitzungsraum` (§ 36 (3) s. 1 GemO BW).
pub fn expel(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    ground: Misconduct,
    reason: Option<&Remark>,
) -> Result<Vec<Event>, Refusal> {
    let business = disturber(meeting, context, seat)?;
    no_ballot(business)?;
    let norm = rules.order_expulsion.norm();
    if !rules.order_expulsion.get() {
        return Err(Refusal::law("no_expulsion", norm, "Der Vorsitz verweist hier niemanden aus der Sitzung."));
    }
    if ground == Misconduct::Repeated && !meeting.order.measures.contains_key(seat) {
        let sentence = "Für wiederholte Verstöße ist noch keine Ordnungsmaßnahme gegen dieses Mitglied festgehalten.";
        return Err(Refusal::law("not_repeated", norm, sentence));
    }
    Ok(vec![Event::MemberExpelled(MemberExpelled { seat: seat.clone(), ground, reason: reason.cloned() })])
}

/// `Ausschluss` from coming sittings, after the body has decided it.
pub fn exclude(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    sessions: u32,
    ballot: Option<&BallotId>,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    known_seat(meeting, seat)?;
    may_exclude_for(rules, sessions)?;
    let norm = rules.order_exclusion_by.norm();
    not_the_chair(meeting, seat)?;
    if !meeting.order.measures.contains_key(seat) && !meeting.order.expelled.contains_key(seat) {
        let sentence =
            "Ausgeschlossen wird erst bei wiederholten Verstößen; gegen dieses Mitglied ist heute nichts festgehalten.";
        return Err(Refusal::law("not_repeated", norm, sentence));
    }
    if meeting.order.excluded.iter().any(|before| before.seat == *seat) {
        return Err(Refusal::conflict("excluded", "Der Ausschluss ist schon festgehalten."));
    }
    if *rules.order_exclusion_by.value() == Decider::Council {
        let used = |id: &BallotId| meeting.order.excluded.iter().any(|before| before.ballot.as_ref() == Some(id));
        let decided = |id: &&BallotId| {
            let adopted = |result: &crate::domain::meeting::Declared| {
                result.result.ballot == **id && result.result.outcome == Outcome::Adopted
            };
            !used(id) && meeting.results.iter().any(adopted)
        };
        if !ballot.as_ref().is_some_and(decided) {
            let sentence = "Den Ausschluss beschließt das Gremium. Es fehlt eine angenommene Abstimmung darüber.";
            return Err(Refusal::law("exclusion_undecided", norm, sentence));
        }
    }
    let ballot = ballot.filter(|_| *rules.order_exclusion_by.value() == Decider::Council).cloned();
    Ok(vec![Event::MemberExcluded(MemberExcluded { seat: seat.clone(), sessions, ballot })])
}

/// The exclusion reaches a sitting that was convened before it was decided; from the opening on nothing of it changes.
pub fn bar(meeting: &Meeting, context: &Context, seats: &[SeatId]) -> Result<Vec<Event>, Refusal> {
    only_system(context)?;
    match meeting.phase {
        Phase::Convened(_) => {}
        Phase::Planned => return Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            return Err(Refusal::misuse("begun", "Die Sitzung hat schon begonnen."));
        }
    }
    // Neither who leads nor whose office that is: § 36 (3) GemO BW speaks of `Gemeinderäte`.
    let may = |seat: &&SeatId| meeting.seats.contains_key(*seat) && not_the_chair(meeting, seat).is_ok();
    let new: BTreeSet<&SeatId> =
        seats.iter().filter(may).filter(|seat| !meeting.order.barred.contains(*seat)).collect();
    if new.is_empty() {
        return Err(Refusal::conflict("barred", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::MembersBarred(MembersBarred { seats: new.into_iter().cloned().collect() })])
}

/// § 36 (3) GemO BW speaks of `Gemeinderäte`: neither of whoever leads nor of whose office that is.
fn not_the_chair(meeting: &Meeting, seat: &SeatId) -> Result<(), Refusal> {
    if *seat == meeting.chair || *seat == meeting.leading.office {
        let sentence =
            "Ordnungsmaßnahmen gibt es nicht gegen die Person, die die Sitzung leitet oder deren Amt das ist.";
        return Err(Refusal::misuse("own_chair", sentence));
    }
    Ok(())
}

/// Whom the chair may call to order: a member who is there, and does not lead.
fn disturber<'a>(meeting: &'a Meeting, context: &Context, seat: &SeatId) -> Result<&'a Business, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    known_seat(meeting, seat)?;
    not_the_chair(meeting, seat)?;
    if meeting.is_expelled(seat) {
        return Err(Refusal::conflict("expelled", "Dieses Mitglied ist schon aus der Sitzung verwiesen."));
    }
    if !meeting.attendance.places.contains_key(seat) {
        return Err(Refusal::misuse("not_there", "Dieses Mitglied ist nicht da."));
    }
    if meeting.order.measures.values().sum::<u32>() >= MEASURES_MAX {
        return Err(Refusal::misuse("measures_count", "Mehr Ordnungsmaßnahmen nimmt eine Sitzung nicht auf."));
    }
    Ok(business)
}

/// Whoever had to leave does not come back in this sitting.
pub fn not_expelled(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    if !meeting.is_expelled(seat) {
        return Ok(());
    }
    let (norm, sentence) = if meeting.order.barred.contains(seat) {
        (rules.order_exclusion_by.norm(), "Dieses Mitglied ist von dieser Sitzung ausgeschlossen.")
    } else {
        (rules.order_expulsion.norm(), "Dieses Mitglied ist aus der Sitzung verwiesen.")
    };
    Err(Refusal::law("expelled", norm, sentence))
}
