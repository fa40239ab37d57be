//! Speakers, guests, and what somebody wants on record. The chair gives the floor (§ 36 (1) GemO BW).

use super::super::command::Context;
use super::super::event::{
    Event, FloorDeclined, FloorEnded, FloorGiven, FloorListClosed, FloorRequested, GuestCalled, GuestDismissed,
    Speaker, StatementRecorded, Turn,
};
use super::super::floor::deliberated;
use super::super::state::{Business, Meeting, Phase};
use super::order::not_expelled;
use super::{known_seat, only_chair, only_chair_or_clerk, presence_norm, sitting, voice};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark};

/// Statements one meeting takes for its minutes.
const STATEMENTS_MAX: usize = 500;
/// Guests one meeting takes.
const GUESTS_MAX: usize = 200;

/// A member asks for the floor; for a member in the hall chair or clerk may note it.
pub fn request(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: Option<&SeatId>,
    turn: Turn,
) -> Result<Vec<Event>, Refusal> {
    let seat = whose(meeting, context, seat)?;
    let (_, business) = sitting(meeting)?;
    takes_part(meeting, rules, business.item(), seat)?;
    if deliberated(business).is_none() {
        return Err(Refusal::misuse("no_deliberation", "Es wird gerade über keinen Punkt beraten."));
    }
    if turn == Turn::Speech && meeting.floor.closed {
        return Err(Refusal::misuse(
            "list_closed",
            "Die Redeliste ist geschlossen. Zur Geschäftsordnung geht es noch.",
        ));
    }
    if meeting.floor.requests.iter().any(|request| request.seat == *seat && request.turn == turn) {
        return Err(Refusal::conflict("asked", "Die Wortmeldung steht schon auf der Redeliste."));
    }
    Ok(vec![Event::FloorRequested(FloorRequested { seat: seat.clone(), turn })])
}

/// Takes a request back.
pub fn decline(meeting: &Meeting, context: &Context, seat: Option<&SeatId>) -> Result<Vec<Event>, Refusal> {
    let seat = whose(meeting, context, seat)?;
    if !meeting.floor.asks(seat) {
        return Err(Refusal::conflict("not_asked", "Auf der Redeliste steht diese Wortmeldung nicht mehr."));
    }
    Ok(vec![Event::FloorDeclined(FloorDeclined { seat: seat.clone() })])
}

/// Whose request it is: the own one, or one that chair or clerk note for somebody.
fn whose<'a>(meeting: &Meeting, context: &'a Context, seat: Option<&'a SeatId>) -> Result<&'a SeatId, Refusal> {
    let own = context.actor.seat.as_ref();
    let seat = match seat {
        Some(seat) if Some(seat) == own => seat,
        Some(seat) => {
            only_chair_or_clerk(meeting, context)?;
            seat
        }
        None => own.ok_or_else(|| Refusal::misuse("no_seat", "Zu Wort melden sich nur Mitglieder des Gremiums."))?,
    };
    known_seat(meeting, seat).map(|()| seat)
}

/// Who speaks is there, and not recused.
fn takes_part(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>, seat: &SeatId) -> Result<(), Refusal> {
    if item.is_some_and(|item| meeting.is_recused(item, seat)) {
        return Err(Refusal::law(
            "recused",
            rules.recusal_leaves.norm(),
            "Wegen Befangenheit nimmt das Mitglied an der Beratung dieses Punktes nicht teil.",
        ));
    }
    not_expelled(meeting, rules, seat)?;
    if meeting.order.silenced.contains(seat) {
        let sentence = "Dem Mitglied ist das Wort zu diesem Punkt entzogen.";
        return Err(Refusal::law("silenced", rules.order_withdraw_floor.norm(), sentence));
    }
    voice::not_connected(meeting, rules, seat)?;
    if meeting.is_present(seat) {
        return Ok(());
    }
    Err(Refusal::law(
        "not_perceptible",
        presence_norm(meeting, rules),
        "Das Mitglied ist zurzeit nicht anwesend: Weder ist es im Saal vermerkt, noch kommen Bild und Ton an.",
    ))
}

/// The chair gives the floor, to anybody on the list or not; who has it ends.
pub fn give(meeting: &Meeting, rules: &Rules, context: &Context, to: &Speaker) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    match to {
        Speaker::Member { seat } => {
            known_seat(meeting, seat)?;
            takes_part(meeting, rules, business.item(), seat)?;
        }
        Speaker::Guest { name } => {
            if !meeting.guests_now().any(|guest| guest.name == *name) {
                return Err(Refusal::misuse("unknown_guest", "Diesen Gast hat niemand zu diesem Punkt gerufen."));
            }
        }
    }
    if meeting.floor.speaking.as_ref().is_some_and(|speaking| speaking.who == *to) {
        return Err(Refusal::conflict("speaking", "Diese Person hat das Wort schon."));
    }
    Ok(vec![Event::FloorGiven(FloorGiven { to: to.clone() })])
}

/// The speech ends: by the chair, or by who spoke.
pub fn end(meeting: &Meeting, context: &Context) -> Result<Vec<Event>, Refusal> {
    sitting(meeting)?;
    let Some(speaking) = &meeting.floor.speaking else {
        return Err(Refusal::conflict("nobody_speaks", "Zurzeit hat niemand das Wort."));
    };
    let own = context.actor.seat.as_ref();
    if !matches!(&speaking.who, Speaker::Member { seat } if Some(seat) == own) {
        only_chair(meeting, context)?;
    }
    Ok(vec![Event::FloorEnded(FloorEnded {})])
}

/// `Schluss der Redeliste`, and the way back.
pub fn close_list(meeting: &Meeting, context: &Context, closed: bool) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    if business.item().is_none() {
        return Err(Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen."));
    }
    if meeting.floor.closed == closed {
        let state = if closed { "geschlossen" } else { "offen" };
        return Err(Refusal::conflict("list", format!("Die Redeliste ist schon {state}.")));
    }
    Ok(vec![Event::FloorListClosed(FloorListClosed { closed })])
}

/// A statement for the minutes: the member's right (§ 38 (1) GemO BW), also when all is over but the closing. The member
/// gives it, or chair and clerk take it down.
pub fn state(
    meeting: &Meeting,
    context: &Context,
    seat: Option<&SeatId>,
    text: &Remark,
) -> Result<Vec<Event>, Refusal> {
    let seat = whose(meeting, context, seat)?;
    match meeting.phase {
        Phase::Sitting { .. } | Phase::Interrupted { .. } => {}
        Phase::Planned | Phase::Convened(_) => {
            return Err(Refusal::misuse("not_open", "Die Sitzung ist noch nicht eröffnet."));
        }
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    }
    if meeting.statements.len() >= STATEMENTS_MAX {
        return Err(Refusal::misuse("statements_count", "Die Niederschrift nimmt keine weiteren Erklärungen auf."));
    }
    let item = meeting.business().and_then(Business::item).cloned();
    Ok(vec![Event::StatementRecorded(StatementRecorded { seat: seat.clone(), item, text: text.clone() })])
}

/// A guest takes part at the called item: experts, staff, citizens who are heard (§ 33 (2), (3) GemO BW). Never counted,
/// never voting.
pub fn call_guest(meeting: &Meeting, context: &Context, name: &Name) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let item = deliberated(business)
        .ok_or_else(|| Refusal::misuse("no_deliberation", "Gäste werden zu einem aufgerufenen Punkt gerufen."))?;
    if meeting.guests_now().any(|guest| guest.name == *name) {
        return Err(Refusal::conflict("guest", "Dieser Gast ist schon gerufen."));
    }
    if meeting.guests.len() >= GUESTS_MAX {
        return Err(Refusal::misuse(
            "guests_count",
            format!("Mehr als {GUESTS_MAX} Gäste nimmt eine Sitzung nicht auf."),
        ));
    }
    Ok(vec![Event::GuestCalled(GuestCalled { item: item.clone(), name: name.clone() })])
}

/// A guest leaves.
pub fn dismiss_guest(meeting: &Meeting, context: &Context, name: &Name) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    sitting(meeting)?;
    if !meeting.guests_now().any(|guest| guest.name == *name) {
        return Err(Refusal::conflict("no_guest", "Dieser Gast ist nicht mehr da."));
    }
    Ok(vec![Event::GuestDismissed(GuestDismissed { name: name.clone() })])
}
