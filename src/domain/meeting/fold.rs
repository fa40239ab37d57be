//! From events to state: one arm an event, nothing about law, and it cannot fail. An event that does not fit the phase
//! changes nothing; `decide` never makes one.

mod ballot;
mod before;
mod forget;
mod presence;
mod second;

use self::ballot::{declare, open_ballot, strike, take_choice};
use self::forget::forget;
pub(super) use self::presence::leave as sent_out;
use self::presence::{leave, lose_everybody, lose_hall, perceive};
use super::before::Before;
use super::doors::{self, Publicity};
use super::doubt;
use super::election;
use super::event::{Disposal, Event, InterruptionCause, Planned};
use super::filming::{self, Filming};
use super::floor::{self, Floor};
use super::leading::{self, Leading};
use super::order::{self, Order};
use super::second::Second;
use super::state::{
    Attendance, Business, ClosedBallot, Complaint, Convened, Fault, Hall, Hands, ItemState, Meeting, OpenBallot,
    OpenFault, Phase, Place, Recorded,
};
use super::switch;
use super::texts;
use super::voice;
use crate::domain::id::{ItemId, MeetingId, SeatId};
use crate::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// The meeting its first event makes; `None` for any other event.
#[must_use]
pub fn begin(id: MeetingId, first: &Recorded) -> Option<Meeting> {
    let Event::Planned(planned) = &first.event else { return None };
    let mut meeting = planned_meeting(id, planned);
    note_entry(&mut meeting, first);
    Some(meeting)
}

/// The meeting after an event.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm for each event, to be read as one table")]
pub fn apply(mut meeting: Meeting, recorded: &Recorded) -> Meeting {
    note_entry(&mut meeting, recorded);
    let at = recorded.occurred_at;
    match &recorded.event {
        // The chair, advisers, order, recordings, doubts and what becomes of the quorum are folded below.
        Event::Planned(_)
        | Event::ChairHandedOver(_)
        | Event::EldestNamed(_)
        | Event::ChairTaken(_)
        | Event::ChairReturned(_)
        | Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExpelled(_)
        | Event::MembersBarred(_)
        | Event::ChairHindered(_)
        | Event::MemberExcluded(_)
        | Event::FilmingAnswered(_)
        | Event::FilmingStarted(_)
        | Event::FilmingStopped(_)
        | Event::RecusalDoubted(_)
        | Event::RecusalDecided(_)
        | Event::AdviserAdmitted(_)
        | Event::QuorumQuestioned(_)
        | Event::QuorumFound(_) => {}
        Event::Convened(convening) => {
            meeting.phase = Phase::Convened(Convened {
                convening: convening.clone(),
                public_room_receives: false,
                open_fault: None,
                hall: None,
            });
            meeting.order.barred = convening.excluded.iter().cloned().collect();
            before::convened(&mut meeting, convening, at);
        }
        Event::RoomAttested(attested) => {
            leave(&mut meeting.attendance, &attested.seat, at);
            if attested.present {
                meeting.attendance.places.insert(attested.seat.clone(), Place::Room { since: at });
                election::came_in(&mut meeting, &attested.seat);
            }
            ballot::hall_changed(&mut meeting.phase);
        }
        Event::PresenceFound(found) => {
            let shut_out = meeting.is_shut_out(&found.seat);
            perceive(&mut meeting.attendance, found, shut_out);
        }
        Event::PublicRoomAttested(attested) => {
            with_convened(&mut meeting.phase, |convened| convened.public_room_receives = attested.receives);
        }
        Event::Opened(_) => {
            meeting.opened_at = Some(at);
            if let Phase::Convened(convened) = meeting.phase {
                meeting.phase = Phase::Sitting { convened, business: Business::Between };
            }
        }
        Event::ItemCalled(called) => {
            floor::begin_anew(&mut meeting, at);
            set_item(&mut meeting, &called.item, ItemState::Called { since: at });
            with_business(&mut meeting.phase, |_| Business::Item(called.item.clone()));
        }
        Event::ItemSettled(settled) => {
            floor::begin_anew(&mut meeting, at);
            settle(&mut meeting, &settled.item, settled.disposal, at);
            with_business(&mut meeting.phase, |_| Business::Between);
        }
        Event::RecusalRecorded(recusal) => {
            meeting.recusals.entry(recusal.item.clone()).or_default().insert(recusal.seat.clone());
            floor::leave(&mut meeting, &recusal.item, &recusal.seat, at);
        }
        Event::RecusalLifted(recusal) => {
            if let Some(seats) = meeting.recusals.get_mut(&recusal.item) {
                seats.remove(&recusal.seat);
            }
        }
        Event::BallotOpened(opened) => {
            meeting.ballots.insert(opened.ballot.clone());
            with_business(&mut meeting.phase, |_| Business::Ballot(open_ballot(opened, at)));
        }
        Event::ChoiceCast(cast) => take_choice(&mut meeting, cast, recorded),
        Event::ChoiceStruck(struck) => {
            let before = with_ballot(&mut meeting.phase, |ballot| ballot.choices.remove(&struck.seat));
            meeting.superseded_choices.extend(before.flatten().map(|cast| cast.number));
        }
        Event::HandsCounted(hands) => {
            with_ballot(&mut meeting.phase, |ballot| {
                ballot.hands = Some(Hands {
                    yes: hands.yes,
                    no: hands.no,
                    abstain: hands.abstain,
                    none: hands.none,
                    invalid: hands.invalid,
                });
            });
        }
        Event::BallotClosed(closed) => with_business(&mut meeting.phase, |business| match business {
            Business::Ballot(ballot) => Business::Counting(ClosedBallot {
                ballot: ballot.ballot,
                item: ballot.item,
                method: ballot.method,
                wording: ballot.wording,
                motion: ballot.motion,
                about: ballot.about,
                opened_at: ballot.opened_at,
                closed_at: at,
                quorum: closed.quorum.clone(),
                majority: ballot.majority,
                choices: ballot.choices,
                hands: ballot.hands,
            }),
            other @ (Business::Between | Business::Item(_) | Business::Counting(_) | Business::Election(_)) => other,
        }),
        Event::ResultDeclared(result) => declare(&mut meeting, result, recorded),
        Event::ResultStruck(struck) => strike(&mut meeting, struck),
        Event::BallotVoided(_) => with_business(&mut meeting.phase, back_to_item),
        Event::ComplaintRaised(complaint) => meeting.attendance.complaints.push(Complaint {
            seat: complaint.seat.clone(),
            at,
            text: complaint.text.as_ref().map(ToString::to_string),
            heard: complaint.heard.clone(),
        }),
        Event::FaultProposed(fault) => {
            let (seats, hall) = (fault.seats.clone(), fault.hall);
            meeting.attendance.faults.push(Fault { seats: seats.clone(), hall, at, sphere: None });
            with_convened(&mut meeting.phase, |convened| convened.open_fault = Some(OpenFault { seats, hall }));
        }
        Event::FaultFound(found) => {
            match meeting.attendance.faults.iter_mut().rev().find(|fault| fault.sphere.is_none()) {
                Some(fault) => fault.sphere = Some(found.sphere),
                // A hall that was never there: found before anybody could be lost by it.
                None => meeting.attendance.faults.push(Fault {
                    seats: found.seats.clone(),
                    hall: found.hall,
                    at,
                    sphere: Some(found.sphere),
                }),
            }
            with_convened(&mut meeting.phase, |convened| convened.open_fault = None);
        }
        Event::Interrupted(interrupted) => {
            if interrupted.cause == InterruptionCause::MunicipalSystem {
                lose_everybody(&mut meeting.attendance, interrupted.since);
                doors::lose_everybody(&mut meeting.publicity);
                with_convened(&mut meeting.phase, |convened| lose_hall(convened, interrupted.since));
            }
            floor::pause(&mut meeting, interrupted.since);
            if let Phase::Sitting { convened, business } = meeting.phase {
                let (cause, since) = (interrupted.cause, interrupted.since);
                meeting.phase = Phase::Interrupted { convened, business, cause, since };
            }
        }
        Event::Resumed(_) => {
            floor::go_on(&mut meeting, at);
            if let Phase::Interrupted { convened, business, .. } = meeting.phase {
                meeting.phase = Phase::Sitting { convened, business };
            }
        }
        Event::Closed(_) => close(&mut meeting, at),
        Event::SecondMarked(_) | Event::StandInAppointed(_) | Event::MayorDecided(_) => {
            second::take(&mut meeting, recorded);
        }
        Event::QuorumLacking(lacking) => {
            second::take(&mut meeting, recorded);
            if lacking.item.is_none() && matches!(meeting.phase, Phase::Convened(_)) {
                close(&mut meeting, at);
            }
        }
        Event::DataDeleted(deleted) => forget(&mut meeting, deleted),
        Event::FloorRequested(_)
        | Event::FloorDeclined(_)
        | Event::FloorGiven(_)
        | Event::FloorEnded(_)
        | Event::FloorListClosed(_)
        | Event::MotionMoved(_)
        | Event::MotionReworded(_)
        | Event::MotionWithdrawn(_)
        | Event::StatementRecorded(_)
        | Event::GuestCalled(_)
        | Event::GuestDismissed(_)
        | Event::ItemMoved(_)
        | Event::ItemAdded(_)
        | Event::ItemDropped(_)
        | Event::ItemReopened(_) => floor::take(&mut meeting, recorded),
        Event::HallFound(found) => with_convened(&mut meeting.phase, |convened| {
            let (perception, since, lacking) = (found.perception, found.since, found.lacking.clone());
            convened.hall = Some(Hall { perception, since, lacking });
        }),
        Event::ItemTextWritten(written) => texts::take(&mut meeting, written, recorded),
        Event::Replanned(plan) => before::replanned(&mut meeting, plan, recorded.number),
        Event::Reseated(reseated) => before::reseated(&mut meeting, reseated),
        Event::Rescheduled(moved) => before::rescheduled(&mut meeting, moved, recorded.number, at),
        Event::Cancelled(cancelled) => before::cancelled(&mut meeting, cancelled, at),
        Event::Amended(amended) => before::amended(&mut meeting, amended, recorded.number, at),
        Event::Delivered(delivered) => before::delivered(&mut meeting, delivered, at),
        Event::Resent(resent) => before::resent(&mut meeting, resent, at),
        Event::Replied(replied) => before::replied(&mut meeting, replied, at),
        Event::PaperFiled(filed) => before::filed(&mut meeting, filed, at),
        Event::ElectionMarked(_)
        | Event::ElectionObjected(_)
        | Event::ElectionOpened(_)
        | Event::ElectionCounted(_)
        | Event::ElectionDeclared(_)
        | Event::LotDrawn(_)
        | Event::ElectionStruck(_)
        | Event::ElectionVoided(_) => election::take(&mut meeting, recorded),
        Event::IdentityAttested(attested) => presence::recognise(&mut meeting.attendance, attested, at),
        Event::PublicExcluded(_)
        | Event::PublicReadmitted(_)
        | Event::DoorsConfirmed(_)
        | Event::ClosedPartBegun(_)
        | Event::ClosedPartEnded(_)
        | Event::AloneDeclared(_)
        | Event::DecisionAnnounced(_)
        | Event::DecisionWithheld(_) => doors::take(&mut meeting, recorded),
        Event::SwitchMoved(moved) => switch::moved(&mut meeting, moved, at),
        Event::ItemSwitched(switched) => switch::switched(&mut meeting, switched),
    }
    leading::take(&mut meeting, recorded);
    voice::take(&mut meeting, recorded);
    order::take(&mut meeting, recorded);
    filming::take(&mut meeting, recorded);
    doubt::take(&mut meeting, recorded);
    super::presumption::take(&mut meeting, &recorded.event);
    meeting
}

/// Everybody leaves, and nothing more is dealt with.
fn close(meeting: &mut Meeting, at: Instant) {
    floor::begin_anew(meeting, at);
    meeting.closed_at = Some(at);
    doors::close(&mut meeting.publicity, at);
    let seats: Vec<SeatId> = meeting.attendance.places.keys().cloned().collect();
    for seat in &seats {
        leave(&mut meeting.attendance, seat, at);
    }
    if let Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } =
        &meeting.phase
    {
        meeting.phase = Phase::Closed(convened.clone());
    }
}

fn planned_meeting(id: MeetingId, planned: &Planned) -> Meeting {
    let mut meeting = Meeting {
        id,
        municipality: planned.municipality.clone(),
        land: planned.land.clone(),
        body: planned.body.clone(),
        body_name: planned.body_name.clone(),
        title: planned.title.clone(),
        place: planned.place.clone(),
        day: planned.day,
        starts_at: planned.starts_at,
        first_after_election: planned.first_after_election,
        seats: planned.seats.iter().map(|seat| (seat.id.clone(), seat.clone())).collect(),
        chair: planned.chair.clone(),
        clerk: planned.clerk.clone(),
        clauses: planned.clauses.clone(),
        local: planned.local.clone(),
        admissions: BTreeSet::new(),
        items: before::items(&planned.agenda, planned.closed_titles.as_ref(), planned.closed_motions.as_ref()),
        phase: Phase::Planned,
        attendance: Attendance::default(),
        recusals: BTreeMap::new(),
        results: Vec::new(),
        struck: Vec::new(),
        floor: Floor::default(),
        motions: Vec::new(),
        statements: Vec::new(),
        speeches: Vec::new(),
        interruptions: 0,
        guests: Vec::new(),
        ballots: BTreeSet::new(),
        height: 0,
        opened_at: None,
        closed_at: None,
        superseded_choices: BTreeSet::new(),
        deletable: BTreeMap::new(),
        texts: BTreeMap::new(),
        before: Before::default(),
        elections: BTreeMap::new(),
        publicity: Publicity::default(),
        kind: planned.kind,
        second: Second::default(),
        leading: Leading::new(planned.chair.clone(), planned.deputies.clone()),
        order: Order::default(),
        filming: Filming::default(),
        doubts: Vec::new(),
        statutory: planned.statutory,
        presumption: super::presumption::Presumption::default(),
    };
    before::planned(&mut meeting, planned);
    meeting
}

fn note_entry(meeting: &mut Meeting, recorded: &Recorded) {
    meeting.height = recorded.number;
    for class in recorded.classes.iter().filter(|class| class.deletable()) {
        meeting.deletable.entry(*class).or_default().insert(recorded.number);
    }
}

fn with_convened(phase: &mut Phase, change: impl FnOnce(&mut Convened)) {
    match phase {
        Phase::Convened(convened)
        | Phase::Sitting { convened, .. }
        | Phase::Interrupted { convened, .. }
        | Phase::Closed(convened) => change(convened),
        Phase::Planned => {}
    }
}

fn with_business(phase: &mut Phase, change: impl FnOnce(Business) -> Business) {
    if let Phase::Sitting { business, .. } | Phase::Interrupted { business, .. } = phase {
        *business = change(std::mem::replace(business, Business::Between));
    }
}

fn with_ballot<T>(phase: &mut Phase, change: impl FnOnce(&mut OpenBallot) -> T) -> Option<T> {
    match phase {
        Phase::Sitting { business: Business::Ballot(ballot), .. }
        | Phase::Interrupted { business: Business::Ballot(ballot), .. } => Some(change(ballot)),
        Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            None
        }
    }
}

fn back_to_item(business: Business) -> Business {
    business.item().cloned().map_or(Business::Between, Business::Item)
}

fn set_item(meeting: &mut Meeting, id: &ItemId, state: ItemState) {
    if let Some(item) = meeting.items.iter_mut().find(|item| item.id == *id) {
        item.state = state;
    }
}

fn settle(meeting: &mut Meeting, id: &ItemId, disposal: Disposal, at: Instant) {
    let called_at = match meeting.item(id).map(|item| &item.state) {
        Some(ItemState::Called { since }) => *since,
        Some(ItemState::Pending | ItemState::Settled { .. }) | None => at,
    };
    set_item(meeting, id, ItemState::Settled { disposal, called_at, at });
}
