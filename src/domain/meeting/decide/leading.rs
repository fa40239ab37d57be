//! `Wechsel im Vorsitz` (§§ 18 (5), 48 (1) GemO BW): handed over by whoever leads, taken over by an act of their own by the
//! first who is not prevented, and never by whoever is next.

use super::super::command::{Command, Context};
use super::super::event::{ChairHandedOver, ChairHindered, ChairReturned, ChairTaken, Disposal, EldestNamed, Event};
use super::super::state::{Business, Convened, ItemState, Meeting, Phase, Place};
use super::arriving::convened;
use super::sitting::{chair_belongs_into_room, chair_may_be_remote, no_ballot};
use super::{known_seat, only_chair, presence_norm, voice};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::presence::Perception;
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;

/// `Abgabe`: for an item whoever leads is recused at, or because of any other hindrance.
pub fn hand_over(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    item: Option<&ItemId>,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    convened(meeting)?;
    if let Some(business) = meeting.business() {
        no_ballot(business)?;
    }
    if let Some(item) = item {
        let found = meeting
            .item(item)
            .ok_or_else(|| Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht."))?;
        if matches!(found.state, ItemState::Settled { .. }) {
            return Err(Refusal::misuse("settled", "Dieser Punkt ist schon behandelt."));
        }
        if !meeting.is_recused(item, &meeting.chair) {
            let sentence = "Für diesen Punkt ist bei Ihnen keine Befangenheit vermerkt.";
            return Err(Refusal::law("not_recused", rules.recusal_leaves.norm(), sentence));
        }
    }
    Ok(vec![Event::ChairHandedOver(ChairHandedOver { seat: meeting.chair.clone(), item: item.cloned() })])
}

/// `Verhinderung` of a deputy who is there: said by them, noted by the clerk, over once they take the chair or it is noted so.
/// Whoever leads hands the chair over instead, and whose office it is is not put aside by others.
pub fn note(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    hindered: bool,
) -> Result<Vec<Event>, Refusal> {
    if !context.actor.clerk {
        return Err(Refusal::misuse("clerk_only", "Das vermerkt die Schriftführung."));
    }
    convened(meeting)?;
    known_seat(meeting, seat)?;
    if !meeting.leading.deputies.contains(seat) {
        let sentence = "Verhindert sein kann hier nur, wer zur Stellvertretung gewählt ist.";
        return Err(Refusal::law("no_deputy", rules.chair_deputies_in_order.norm(), sentence));
    }
    if *seat == meeting.chair {
        return Err(Refusal::misuse("leads", "Wer die Sitzung leitet, gibt den Vorsitz selbst ab."));
    }
    if meeting.leading.aside.contains_key(seat) == hindered {
        return Err(Refusal::conflict("hindered", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::ChairHindered(ChairHindered { seat: seat.clone(), hindered })])
}

/// The clerk names the oldest member once every deputy is prevented; the program knows nobody's age.
pub fn name_eldest(meeting: &Meeting, rules: &Rules, context: &Context, seat: &SeatId) -> Result<Vec<Event>, Refusal> {
    if !context.actor.clerk {
        return Err(Refusal::misuse("clerk_only", "Das benennt die Schriftführung."));
    }
    convened(meeting)?;
    known_seat(meeting, seat)?;
    voice::is_member(meeting, rules, seat)?;
    let norm = rules.chair_oldest_member.norm();
    if !rules.chair_oldest_member.get() {
        let sentence = "Dass das älteste Mitglied den Vorsitz übernimmt, ist hier nicht vorgesehen.";
        return Err(Refusal::law("no_eldest", norm, sentence));
    }
    // Nor is the one who leads as such replaced by another.
    let leads = meeting.leading.eldest.iter().filter(|eldest| **eldest == meeting.chair);
    let mut before = meeting.leading.in_order().chain(leads);
    if let Some(able) = before.find(|one| !is_prevented(meeting, rules, one, context.now)) {
        let sentence = format!(
            "{} ist nicht verhindert. Das älteste Mitglied leitet erst, wenn alle verhindert sind.",
            name(meeting, able)
        );
        return Err(Refusal::law("deputy_able", norm, sentence));
    }
    able(meeting, rules, seat)?;
    if meeting.leading.eldest.as_ref() == Some(seat) {
        return Err(Refusal::conflict("named", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::EldestNamed(EldestNamed { seat: seat.clone() })])
}

/// `Übernahme`, or the return of the holder of the office: for the own seat, signed in as strongly as for a vote.
pub fn take(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    let seat = context.actor.seat.as_ref();
    let seat = seat.ok_or_else(|| Refusal::misuse("no_seat", "Den Vorsitz übernimmt nur ein Mitglied."))?;
    known_seat(meeting, seat)?;
    convened(meeting)?;
    if !context.actor.strong {
        let sentence = "Mit einem Link per E-Mail kann der Vorsitz nicht übernommen werden. Melden Sie sich mit Passwort und \
                        Einmalcode an.";
        return Err(Refusal::misuse("weak_sign_in", sentence));
    }
    if *seat == meeting.chair && !meeting.is_leaderless() {
        return Err(Refusal::conflict("leads", "Sie leiten die Sitzung schon."));
    }
    in_turn(meeting, rules, seat, context.now)?;
    able(meeting, rules, seat)?;
    // Whoever comes back with the better right waits for the end of the vote.
    if let Some(business) = meeting.business()
        && !is_prevented(meeting, rules, &meeting.chair, context.now)
    {
        no_ballot(business)?;
    }
    let (seat, from) = (seat.clone(), meeting.chair.clone());
    if seat == meeting.leading.office {
        return Ok(vec![Event::ChairReturned(ChairReturned { seat, from })]);
    }
    let rank = meeting.leading.rank(&seat);
    let office_remote = rules.chair_office_remote.get() || chair_may_be_remote(meeting, rules);
    Ok(vec![Event::ChairTaken(ChairTaken { seat, from, rank, office_remote })])
}

/// Whoever is recused leads neither the deliberation nor the vote; ending them otherwise stays possible.
pub fn not_recused(meeting: &Meeting, rules: &Rules, context: &Context, command: &Command) -> Result<(), Refusal> {
    let chair = &meeting.chair;
    if context.actor.seat.as_ref() != Some(chair) {
        return Ok(());
    }
    match dealt_with(meeting, command) {
        Some(item) if meeting.is_recused(item, chair) => Err(Refusal::law(
            "chair_recused",
            rules.recusal_leaves.norm(),
            "Sie sind bei diesem Punkt befangen und leiten ihn nicht. Geben Sie vorher den Vorsitz ab.",
        )),
        Some(_) | None => Ok(()),
    }
}

/// The item a command of whoever leads deals with.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other command leads nothing")]
fn dealt_with<'a>(meeting: &'a Meeting, command: &'a Command) -> Option<&'a ItemId> {
    match command {
        Command::CallItem { item } => Some(item),
        // That it waits for another sitting, or leaves the agenda, decides nothing of it.
        Command::SettleItem { disposal: Disposal::Postponed | Disposal::Removed, .. } => None,
        Command::OpenBallot { .. }
        | Command::CloseBallot { .. }
        | Command::DeclareResult { .. }
        | Command::StrikeResult { .. }
        | Command::OpenElection { .. }
        | Command::DeclareElection { .. }
        | Command::DrawLot { .. }
        | Command::GiveFloor { .. }
        | Command::CallGuest { .. }
        | Command::SettleItem { .. } => meeting.business().and_then(Business::item),
        _ => None,
    }
}

/// Everybody who leads before `seat` is prevented.
fn in_turn(meeting: &Meeting, rules: &Rules, seat: &SeatId, now: Instant) -> Result<(), Refusal> {
    let order = rules.chair_deputies_in_order.norm();
    let known = meeting.leading.in_order().any(|one| one == seat);
    let ahead = meeting.leading.in_order().take_while(|one| *one != seat);
    for one in ahead {
        if is_prevented(meeting, rules, one, now) {
            continue;
        }
        let who = name(meeting, one);
        let sentence = if *one == meeting.leading.office {
            format!("{who} ist nicht verhindert und leitet die Sitzung.")
        } else {
            format!("Zuerst ist {who} an der Reihe und nicht verhindert.")
        };
        return Err(Refusal::law("deputy_order", order, sentence));
    }
    if known || meeting.leading.eldest.as_ref() == Some(seat) {
        return Ok(());
    }
    if rules.chair_oldest_member.get() {
        let sentence =
            "Alle Stellvertretungen sind verhindert: Es leitet das älteste Mitglied. Die Schriftführung benennt es.";
        return Err(Refusal::law("not_eldest", rules.chair_oldest_member.norm(), sentence));
    }
    let sentence = "Den Vorsitz übernimmt nur, wer zur Stellvertretung gewählt ist.";
    Err(Refusal::law("not_deputy", order, sentence))
}

/// Cannot lead, or has said so. A disturbance is no hindrance before its grace period has run out.
#[must_use]
pub fn is_prevented(meeting: &Meeting, rules: &Rules, seat: &SeatId, now: Instant) -> bool {
    let Ok(convened) = convened(meeting) else { return false };
    if meeting.leading.aside.contains_key(seat) || recused_at_hand(meeting, seat) {
        return true;
    }
    // Before the hour of the sitting nobody is late.
    if matches!(meeting.phase, Phase::Convened(_)) && *seat == meeting.leading.office && now < meeting.starts_at {
        return false;
    }
    if outside(meeting, rules, convened, seat) {
        return true;
    }
    match meeting.attendance.places.get(seat) {
        None | Some(Place::Remote { perception: Perception::Absent, .. }) => true,
        Some(Place::Room { .. }) => false,
        Some(Place::Remote { .. }) => meeting.is_shut_out(seat),
    }
}

fn recused_at_hand(meeting: &Meeting, seat: &SeatId) -> bool {
    meeting.at_hand(seat).into_iter().any(|item| meeting.is_recused(item, seat))
}

/// Not in the room, where whoever leads must be.
fn outside(meeting: &Meeting, rules: &Rules, convened: &Convened, seat: &SeatId) -> bool {
    chair_belongs_into_room(meeting, rules, convened) && !meeting.is_in_room(seat)
}

/// Can lead in this moment.
fn able(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    let convened = convened(meeting)?;
    // Whoever takes back what was handed over may still end what cannot be led.
    if *seat != meeting.chair && recused_at_hand(meeting, seat) {
        let sentence = format!("{} ist bei diesem Punkt befangen.", name(meeting, seat));
        return Err(Refusal::law("deputy_recused", rules.recusal_leaves.norm(), sentence));
    }
    if outside(meeting, rules, convened, seat) {
        return Err(Refusal::law(
            "chair_in_room",
            rules.format_hybrid_chair_in_room.norm(),
            "Die hybride Sitzung leitet nur, wer im Sitzungsraum ist. Die Schriftführung vermerkt die Anwesenheit.",
        ));
    }
    if meeting.is_present(seat) {
        return Ok(());
    }
    let sentence = format!("{} ist nicht anwesend oder nicht wahrnehmbar.", name(meeting, seat));
    Err(Refusal::law("chair_absent", presence_norm(meeting, rules), sentence))
}

fn name(meeting: &Meeting, seat: &SeatId) -> String {
    meeting.seats.get(seat).map_or_else(|| seat.to_string(), |seat| seat.name.to_string())
}
