//! From a command to events, or to a refusal that carries its paragraph. Nothing here changes anything.

mod agenda;
mod arriving;
mod before;
mod doors;
mod doubt;
mod election;
mod filming;
mod floor;
mod identity;
mod instead;
mod leading;
mod motions;
mod order;
mod papers;
mod planning;
mod presumption;
mod recording;
mod recusal;
mod repeat;
mod ruled_out;
mod second;
mod sitting;
mod special;
mod switch;
mod texts;
mod voice;
mod voting;

use super::command::{Actor, Command, Context, FilmingStep, Preparation};
use super::doors::Doors;
use super::event::{Event, IdentityAttested};
use super::state::{Business, Convened, Meeting, Phase};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::law::format::MeetingFormat;
use crate::domain::quorum::{Attendance, QuorumFinding, find_quorum, presumed};
use crate::domain::refusal::Refusal;

pub use before::consent_text;
pub use doors::alone_text;
pub(super) use election::declared as election_result;
pub use election::{CANDIDATES_MAX, hall_quorum};
pub use leading::is_prevented;
pub use planning::plan;
pub use recording::fault_effect;
pub use ruled_out::doubtful_in_person;
pub use sitting::{Check, readiness};
pub use special::URGENT_ITEM;
pub(super) use special::special;
pub(super) use voting::result;

/// What a command leads to, under the rules of the day of the sitting (from the convening on: the pinned ones).
///
/// # Errors
/// A [`Refusal`] that says whose fault it is: the law's (with its paragraph), a wrong phase or right, or that somebody
/// was faster.
pub fn decide(meeting: &Meeting, rules: &Rules, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
    identity::still_recognised(meeting, context)?;
    leading::not_recused(meeting, rules, context, command)?;
    let events = switch::carried_out(meeting, wanted(meeting, rules, context, command)?);
    Ok(filming::watched(meeting, rules, context.now, events))
}

#[expect(clippy::too_many_lines, reason = "one arm for each command, to be read as one table")]
fn wanted(meeting: &Meeting, rules: &Rules, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Convene { format, ground, reason, public_room, law, summons } => {
            let how = planning::How { format: *format, ground, reason, public_room, law, summons };
            planning::convene(meeting, rules, context, how)
        }
        Command::AttestRoom { seat, present } => arriving::attest_room(meeting, rules, context, seat, *present),
        Command::AttestPublicRoom { receives } => arriving::attest_public_room(meeting, context, *receives),
        Command::AttestIdentity { seat, ticket, way, confirmed } => {
            let found =
                IdentityAttested { seat: seat.clone(), ticket: ticket.clone(), way: *way, confirmed: *confirmed };
            identity::attest(meeting, context, found)
        }
        Command::ReportPresence { changes, hall } => {
            arriving::report_presence(meeting, rules, context, changes, hall.as_ref())
        }
        Command::Open => sitting::open(meeting, rules, context),
        Command::CallItem { item } => sitting::call(meeting, rules, context, item),
        Command::SettleItem { disposal, wording } => {
            sitting::settle(meeting, rules, context, *disposal, wording.as_ref())
        }
        Command::Recuse { item, seat } => recusal::recuse(meeting, rules, context, item, seat),
        Command::LiftRecusal { item, seat } => recusal::lift_recusal(meeting, rules, context, item, seat),
        Command::OpenBallot { ballot, method, wording, motion, terms } => {
            let asked = voting::Asked { ballot, method: *method, wording, motion: motion.as_ref(), terms };
            voting::open(meeting, rules, context, &asked)
        }
        Command::Cast { ballot, choice } => voting::cast(meeting, rules, context, ballot, *choice),
        Command::EnterHeard { ballot, seat, choice } => {
            voting::enter_heard(meeting, rules, context, ballot, seat, *choice)
        }
        Command::CountHands { ballot, yes, no, abstain, none } => {
            let hands = super::state::Hands { yes: *yes, no: *no, abstain: *abstain, none: *none, invalid: 0 };
            voting::count_hands(meeting, rules, context, ballot, hands)
        }
        Command::CloseBallot { ballot } => voting::close(meeting, rules, context, ballot),
        Command::DeclareResult { ballot } => voting::declare(meeting, rules, context, ballot),
        Command::VoidBallot { ballot } => voting::void(meeting, context, ballot),
        Command::Complain { text, heard } => recording::complain(meeting, context, text, heard.as_ref()),
        Command::FindFault { sphere } => recording::find_fault(meeting, rules, context, *sphere),
        Command::Interrupt { cause } => sitting::interrupt(meeting, context, *cause),
        Command::Resume { ballot_goes_on } => sitting::resume(meeting, rules, context, *ballot_goes_on),
        Command::Recover { last_alive } => recording::recover(meeting, context, *last_alive),
        Command::Close => sitting::close(meeting, context),
        Command::RequestFloor { seat, turn } => floor::request(meeting, rules, context, seat.as_ref(), *turn),
        Command::DeclineFloor { seat } => floor::decline(meeting, context, seat.as_ref()),
        Command::GiveFloor { to } => floor::give(meeting, rules, context, to),
        Command::EndSpeech => floor::end(meeting, context),
        Command::CloseList { closed } => floor::close_list(meeting, context, *closed),
        Command::MoveMotion { motion, mover, kind, wording } => {
            let what = motions::What { motion, mover: mover.as_ref(), kind: *kind, wording };
            motions::move_motion(meeting, rules, context, &what)
        }
        Command::RewordMotion { motion, wording } => motions::reword(meeting, context, motion, wording),
        Command::WithdrawMotion { motion } => motions::withdraw(meeting, context, motion),
        Command::RecordStatement { seat, text } => floor::state(meeting, context, seat.as_ref(), text),
        Command::CallGuest { name } => floor::call_guest(meeting, context, name),
        Command::DismissGuest { name } => floor::dismiss_guest(meeting, context, name),
        Command::MoveItem { item, before } => agenda::move_item(meeting, context, item, before.as_ref()),
        Command::AddItem { item, number, title, motion, ground } => {
            let what = agenda::Urgent { item, number, title, motion: motion.as_ref(), ground: ground.as_ref() };
            agenda::add_item(meeting, rules, context, &what)
        }
        Command::DropItem { item, disposal } => agenda::drop_item(meeting, context, item, *disposal),
        Command::ReopenItem { item, reason } => agenda::reopen(meeting, context, item, reason),
        Command::Delete { class, ground } => recording::delete(meeting, context, *class, ground),
        Command::WriteItemText { item, text, replaces } => {
            texts::write(meeting, context, item, text.as_ref(), *replaces)
        }
        Command::MarkElection { item, kind } => election::mark(meeting, rules, context, item, *kind),
        Command::ObjectElection { named } => election::object(meeting, rules, context, *named),
        Command::OpenElection { round, mode, candidates, tellers, second } => {
            let asked = election::Asked { round, mode: *mode, candidates, tellers, second: *second };
            election::open(meeting, rules, context, &asked)
        }
        Command::CountElection { round, votes, no, blank, invalid, missing } => {
            let papers = election::Papers { votes, no: *no, blank: *blank, invalid: *invalid, missing: *missing };
            election::enter(meeting, rules, context, round, papers)
        }
        Command::DeclareElection { round } => election::declare(meeting, rules, context, round),
        Command::DrawLot { drawn, drawer, maker } => election::draw(meeting, context, drawn, drawer, maker),
        Command::CountPapers { ballot, yes, no, abstain, invalid, missing } => {
            let (yes, no, abstain, invalid, none) = (*yes, *no, *abstain, *invalid, *missing);
            let papers = super::state::Hands { yes, no, abstain, none, invalid };
            papers::count(meeting, rules, context, ballot, papers)
        }
        Command::StrikeResult { ballot, ground, reason } => {
            repeat::strike(meeting, rules, context, ballot, *ground, reason)
        }
        Command::VoidElection { round, reason } => election::void(meeting, context, round, reason),
        Command::Prepare(step) => before::prepare(meeting, rules, context, step),
        Command::ExcludePublic => doors::exclude(meeting, rules, context),
        Command::ReadmitPublic => doors::readmit(meeting, context),
        Command::ConfirmDoors { outlet } => doors::confirm(meeting, context, *outlet),
        Command::BeginClosedPart => doors::begin(meeting, rules, context),
        Command::EndClosedPart => doors::end(meeting, rules, context),
        Command::DeclareAlone => doors::declare_alone(meeting, rules, context),
        Command::AnnounceDecision { ballot } => doors::announce(meeting, rules, context, ballot),
        Command::WithholdDecision { ballot, until } => doors::withhold(meeting, context, ballot, *until),
        Command::FindNoQuorum => second::find_lacking(meeting, rules, context),
        Command::HandOverChair { item } => leading::hand_over(meeting, rules, context, item.as_ref()),
        Command::NameEldest { seat } => leading::name_eldest(meeting, rules, context, seat),
        Command::TakeChair => leading::take(meeting, rules, context),
        Command::NoteHindrance { seat, hindered } => leading::note(meeting, rules, context, seat, *hindered),
        Command::StrikeElection { round, reason } => repeat::strike_election(meeting, rules, context, round, reason),
        Command::CallToOrder { seat, reason } => order::call_to_order(meeting, context, seat, reason.as_ref()),
        Command::WithdrawFloor { seat } => order::withdraw_floor(meeting, context, seat),
        Command::Expel { seat, ground, reason } => {
            order::expel(meeting, rules, context, seat, *ground, reason.as_ref())
        }
        Command::ExcludeMember { seat, sessions, ballot } => {
            order::exclude(meeting, rules, context, seat, *sessions, ballot.as_ref())
        }
        Command::AppointStandIn { seat } => instead::appoint(meeting, rules, context, seat),
        Command::DecideInstead { item, heard, wording } => {
            instead::decide(meeting, rules, context, instead::Decision { item: item.as_ref(), heard, wording })
        }
        Command::MoveSwitch { item, mover } => switch::move_switch(meeting, rules, context, item, mover.as_ref()),
        Command::Film(step) => filming::film(meeting, rules, context, step),
        Command::DoubtRecusal { seat, mover, motion } => {
            doubt::raise(meeting, rules, context, seat, mover.as_ref(), motion)
        }
        Command::QuestionQuorum(mover) => presumption::question(meeting, rules, context, mover),
        Command::FindQuorum => presumption::find(meeting, rules, context),
        Command::AdmitAdviser { seat, admitted } => voice::admit(meeting, rules, context, seat, *admitted),
    }
}

/// On whose authority a command is recorded: the strongest capacity it needs, not everything its sender also is.
#[must_use]
#[expect(clippy::wildcard_enum_match_arm, reason = "who acts is asked first; only a few commands differ")]
pub fn authority(meeting: &Meeting, actor: &Actor, command: &Command) -> String {
    let seat = |seat: &SeatId| if *seat == meeting.chair { format!("chair:{seat}") } else { format!("seat:{seat}") };
    if actor.system {
        return "system".into();
    }
    match command {
        Command::Cast { .. }
        | Command::Complain { heard: None, .. }
        | Command::RequestFloor { seat: None, .. }
        | Command::DeclineFloor { seat: None }
        | Command::RecordStatement { seat: None, .. }
        | Command::DeclareAlone
        | Command::TakeChair
        | Command::Film(FilmingStep::Answer { of: None, .. })
        | Command::Prepare(Preparation::Reply { .. }) => {
            actor.seat.as_ref().map_or_else(|| "unknown".into(), |own| format!("seat:{own}"))
        }
        // Who objects stays unsaid unless the member wants it recorded.
        Command::ObjectElection { named: false } if actor.seat.is_some() => "member".into(),
        Command::ObjectElection { .. } if actor.seat.is_some() => {
            actor.seat.as_ref().map_or_else(|| "unknown".into(), |own| format!("seat:{own}"))
        }
        Command::EnterHeard { .. }
        | Command::Complain { heard: Some(_), .. }
        | Command::CountElection { .. }
        | Command::CountPapers { .. }
        | Command::MarkElection { .. }
        | Command::CountHands { .. }
        | Command::AttestPublicRoom { .. }
        | Command::WriteItemText { .. }
        | Command::NameEldest { .. }
        | Command::NoteHindrance { .. }
            if actor.clerk =>
        {
            "clerk".into()
        }
        Command::AttestIdentity { .. } if actor.technician => "technician".into(),
        _ => match &actor.seat {
            Some(own) if *own == meeting.chair => seat(own),
            _ if actor.clerk => "clerk".into(),
            _ if actor.administrator => "administrator".into(),
            _ if actor.technician => "technician".into(),
            Some(own) => seat(own),
            None => "unknown".into(),
        },
    }
}

fn only_chair(meeting: &Meeting, context: &Context) -> Result<(), Refusal> {
    if context.actor.seat.as_ref() == Some(&meeting.chair) {
        led(meeting)
    } else {
        Err(Refusal::misuse("chair_only", "Das kann nur der Vorsitz."))
    }
}

fn only_chair_or_clerk(meeting: &Meeting, context: &Context) -> Result<(), Refusal> {
    if context.actor.clerk {
        Ok(())
    } else if context.actor.seat.as_ref() == Some(&meeting.chair) {
        led(meeting)
    } else {
        Err(Refusal::misuse("chair_or_clerk_only", "Das können nur Vorsitz und Schriftführung."))
    }
}

/// Whoever handed the chair over leads nothing any more; they may take it back.
fn led(meeting: &Meeting) -> Result<(), Refusal> {
    if meeting.is_leaderless() {
        let sentence = "Der Vorsitz ist abgegeben. Es geht weiter, sobald ihn jemand übernommen hat.";
        return Err(Refusal::misuse("leaderless", sentence));
    }
    Ok(())
}

fn only_system(context: &Context) -> Result<(), Refusal> {
    if context.actor.system { Ok(()) } else { Err(Refusal::misuse("system_only", "Das stellt nur die Messung fest.")) }
}

fn known_seat(meeting: &Meeting, seat: &SeatId) -> Result<(), Refusal> {
    if meeting.seats.contains_key(seat) {
        Ok(())
    } else {
        Err(Refusal::misuse("unknown_seat", "Diesen Sitz gibt es in diesem Gremium nicht."))
    }
}

/// The open sitting: what was convened and what it is doing.
fn sitting(meeting: &Meeting) -> Result<(&Convened, &Business), Refusal> {
    match &meeting.phase {
        Phase::Sitting { convened, business } => Ok((convened, business)),
        Phase::Planned | Phase::Convened(_) => Err(Refusal::misuse("not_open", "Die Sitzung ist noch nicht eröffnet.")),
        Phase::Interrupted { .. } => {
            Err(Refusal::misuse("interrupted", "Die Sitzung ist unterbrochen. Der Vorsitz setzt sie fort."))
        }
        Phase::Closed(_) => Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    }
}

/// The quorum of this moment, for `item` (§ 37 (2) GemO BW: present *and* entitled, therefore item by item). Once found it
/// lasts where the law lets it (§ 53 (1) s. 2 HGO).
pub(super) fn quorum(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>) -> QuorumFinding {
    let counted = find_quorum(rules, figures(meeting, rules, item, meeting.entitled(item).len()));
    let ordinary = presumed(rules, meeting.quorum_state(rules), counted);
    let in_hall = count(meeting.entitled(item).into_iter().filter(|seat| meeting.is_in_room(seat)).count());
    second::lower(meeting, rules, item, ordinary, in_hall)
}

/// What a quorum is found from, with so many entitled. Where everybody counts who is present, entitled or not, those who are
/// recused do not: they have left (§§ 25 (4), 53 (1) HGO).
fn figures(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>, entitled: usize) -> Attendance {
    let present = meeting.members().filter(|seat| meeting.is_present(seat)).count();
    Attendance {
        occupied: count(meeting.members().count()),
        statutory: meeting.statutory,
        present: count(if rules.quorum_needs_voting_right.get() { present } else { entitled }),
        entitled: count(entitled),
        recused: second::recused(meeting, rules, item),
    }
}

/// A number of seats; a body has far fewer than a `u32` can count.
pub(super) fn count(seats: usize) -> u32 {
    u32::try_from(seats).unwrap_or(u32::MAX)
}

/// The paragraph that asks for presence: where nobody may be remote it is not the one on being perceptible.
fn presence_norm<'a>(meeting: &Meeting, rules: &'a Rules) -> &'a str {
    match meeting.convened().map(|convened| convened.convening.format) {
        Some(MeetingFormat::InPerson) => rules.format_in_person.norm(),
        Some(MeetingFormat::Hybrid | MeetingFormat::Digital) | None => rules.presence_mutual.norm(),
    }
}

/// No step may be taken while it is open where a fault of several members lies, or while the public is shut out by a
/// lost transmission.
fn unhindered(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    let (convened, _) = sitting(meeting)?;
    no_open_fault(convened, rules)?;
    public_room_receives(meeting, convened, rules)
}

fn no_open_fault(convened: &Convened, rules: &Rules) -> Result<(), Refusal> {
    match &convened.open_fault {
        None => Ok(()),
        Some(fault) if fault.hall => Err(Refusal::law(
            "fault_open",
            rules.fault_municipal.norm(),
            "Der Saal ist für die Zugeschalteten nicht wahrnehmbar. Stellen Sie zuerst fest, wo der Fehler liegt.",
        )),
        Some(fault) => Err(Refusal::law(
            "fault_open",
            rules.fault_municipal.norm(),
            format!(
                "{} Mitglieder sind gleichzeitig gestört. Stellen Sie zuerst fest, wo der Fehler liegt.",
                fault.seats.len()
            ),
        )),
    }
}

/// The digital format needs the public room for public business (§ 37a (4) s. 3 GemO BW).
fn public_room_receives(meeting: &Meeting, convened: &Convened, rules: &Rules) -> Result<(), Refusal> {
    let public = matches!(meeting.publicity.doors, Doors::Open);
    let needed = public && convened.convening.format == MeetingFormat::Digital && rules.format_public_room.get();
    if !needed || convened.public_room_receives {
        Ok(())
    } else {
        Err(Refusal::law(
            "public_room",
            rules.format_public_room.norm(),
            "Die Schriftführung hat noch nicht bestätigt, dass Bild und Ton im öffentlich zugänglichen Raum ankommen.",
        ))
    }
}
