//! `Öffentlichkeit` (§ 35 (1) GemO BW): the doors of a sitting, who may follow behind them, what others may know of it.
//!
//! The public is shut out, and let in again, in two steps: ordered first, and done only when everybody has confirmed whose
//! part it is. What happens behind closed doors is kept apart from the first entry on: see [`is_behind_doors`].

use super::event::{DecisionAnnounced, Event, Outlet, Speaker, Withheld};
use super::state::{Business, Interval, Meeting, Place, Recorded};
use super::switch::Question;
use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::law::format::{Clause, MeetingFormat};
use crate::domain::law::{Rules, basis};
use crate::domain::majority::Outcome;
use crate::domain::presence::Perception;
use crate::domain::time::Instant;
use std::collections::BTreeSet;

/// The doors, and what became of the decisions taken behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publicity {
    pub doors: Doors,
    /// Connected members who declared that nobody else can follow, for the present or coming non-public part.
    pub alone: BTreeSet<SeatId>,
    /// The non-public parts, oldest first; the last one without an end while it lasts.
    pub parts: Vec<ClosedPart>,
    pub announced: Vec<Announced>,
    pub withheld: Vec<(BallotId, Withheld)>,
    /// Every motion to deal with an item on the other side of the doors.
    pub questions: Vec<Question>,
}

/// Whether the public is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Doors {
    /// The sitting is public.
    #[default]
    Open,
    /// The public is to leave.
    Clearing(Threshold),
    /// The public is shut out.
    Closed { since: Instant },
    /// The public is to come back.
    Opening(Threshold),
}

/// An order that waits for those whose part it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    pub since: Instant,
    pub confirmed: BTreeSet<Outlet>,
}

/// A non-public part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedPart {
    pub from: Instant,
    pub until: Option<Instant>,
}

/// A decision of the non-public part that was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    pub decision: DecisionAnnounced,
    pub at: Instant,
}

impl Doors {
    /// Nothing public happens, and nothing non-public may begin or has ended: the public is not there, or on its way.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    /// The non-public part runs.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self, Self::Closed { .. })
    }
}

impl Meeting {
    /// The ways in which the public follows this sitting.
    #[must_use]
    pub fn outlets(&self) -> Vec<Outlet> {
        match self.convened().map(|convened| convened.convening.format) {
            Some(MeetingFormat::InPerson) | None => vec![Outlet::Hall],
            Some(MeetingFormat::Hybrid) => vec![Outlet::Hall, Outlet::Platform],
            Some(MeetingFormat::Digital) => vec![Outlet::PublicRoom, Outlet::Platform],
        }
    }

    /// Who is yet to confirm what was ordered of the doors.
    #[must_use]
    pub fn unconfirmed(&self) -> Vec<Outlet> {
        match &self.publicity.doors {
            Doors::Open | Doors::Closed { .. } => Vec::new(),
            Doors::Clearing(threshold) => {
                self.outlets().into_iter().filter(|outlet| !threshold.confirmed.contains(outlet)).collect()
            }
            // Who was cut off comes back without anybody's confirmation.
            Doors::Opening(threshold) => {
                let open = |outlet: &Outlet| *outlet != Outlet::Platform && !threshold.confirmed.contains(outlet);
                self.outlets().into_iter().filter(open).collect()
            }
        }
    }

    /// The Hauptsatzung has this clause, in force on the day of the sitting and carried by the majority it needs.
    #[must_use]
    pub fn has_clause(&self, rules: &Rules, kind: Clause) -> bool {
        let in_force = self.clauses.iter().filter(|clause| clause.kind == kind && clause.in_force_from <= self.day);
        in_force.into_iter().any(|clause| basis::carries(rules, clause.carried).is_ok())
    }

    /// Connected, and not (yet) to follow what is non-public: neither seen nor heard, sees and hears nothing, and does not
    /// count (§ 37a (1) s. 5 GemO BW).
    #[must_use]
    pub fn is_shut_out(&self, seat: &SeatId) -> bool {
        match self.publicity.doors {
            Doors::Open | Doors::Opening(_) => self.is_kept_out(seat),
            Doors::Clearing(_) | Doors::Closed { .. } => {
                // The law opens the non-public part to connected members alone; of others it says nothing (strict).
                let stays = self.publicity.alone.contains(seat) && !self.only_advises(seat);
                self.is_kept_out(seat) || (!self.is_in_room(seat) && !stays)
            }
        }
    }

    /// Everybody who is cut off now: shut out, or recused at the called item (§ 18 (5) GemO BW).
    #[must_use]
    pub fn cut_off(&self) -> BTreeSet<SeatId> {
        let called = self.business().and_then(Business::item);
        let recused = |seat: &&SeatId| called.is_some_and(|item| self.is_recused(item, seat));
        self.seats.keys().filter(|seat| self.is_shut_out(seat) || recused(seat)).cloned().collect()
    }

    /// Non-public decisions of which it is not yet said whether they are announced.
    #[must_use]
    pub fn unannounced(&self) -> Vec<&BallotId> {
        let told = |ballot: &BallotId| {
            self.publicity.announced.iter().any(|announced| announced.decision.ballot == *ballot)
                || self.publicity.withheld.iter().any(|(withheld, _)| withheld == ballot)
        };
        let closed = |item: &ItemId| self.item(item).is_some_and(|item| !item.public);
        self.results
            .iter()
            .filter(|declared| declared.result.outcome == Outcome::Adopted && declared.about.is_main())
            .filter(|declared| closed(&declared.result.item) && !told(&declared.result.ballot))
            .map(|declared| &declared.result.ballot)
            .collect()
    }
}

/// Folds what happens to the doors; every other event is somebody else's.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over what belongs here")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::PublicExcluded(_) => {
            meeting.publicity.alone.clear();
            meeting.publicity.doors = Doors::Clearing(Threshold { since: at, confirmed: BTreeSet::new() });
            go_out(meeting, at);
        }
        Event::PublicReadmitted(_) => {
            if let Some(part) = meeting.publicity.parts.last_mut() {
                part.until.get_or_insert(at);
            }
            meeting.publicity.doors = Doors::Opening(Threshold { since: at, confirmed: BTreeSet::new() });
            meeting.publicity.alone.clear();
            come_back(meeting, at);
        }
        Event::DoorsConfirmed(confirmed) => {
            if let Doors::Clearing(threshold) | Doors::Opening(threshold) = &mut meeting.publicity.doors {
                threshold.confirmed.insert(confirmed.outlet);
            }
        }
        Event::ClosedPartBegun(_) => {
            meeting.publicity.parts.push(ClosedPart { from: at, until: None });
            meeting.publicity.doors = Doors::Closed { since: at };
        }
        Event::ClosedPartEnded(_) => meeting.publicity.doors = Doors::Open,
        Event::AloneDeclared(declared) => {
            meeting.publicity.alone.insert(declared.seat.clone());
            come_back(meeting, at);
        }
        Event::DecisionAnnounced(decision) => {
            meeting.publicity.announced.push(Announced { decision: decision.clone(), at });
        }
        Event::DecisionWithheld(withheld) => {
            meeting.publicity.withheld.push((withheld.ballot.clone(), withheld.until));
        }
        _ => {}
    }
}

/// The municipality's system stopped: nobody knows who is cut off, or who still sits alone.
pub(super) fn lose_everybody(publicity: &mut Publicity) {
    publicity.alone.clear();
    if let Doors::Clearing(threshold) = &mut publicity.doors {
        threshold.confirmed.remove(&Outlet::Platform);
    }
}

/// The sitting is over: so is its non-public part.
pub(super) fn close(publicity: &mut Publicity, at: Instant) {
    if let Some(part) = publicity.parts.last_mut() {
        part.until.get_or_insert(at);
    }
}

/// Whoever is connected is absent from now on, until they have declared to be alone.
fn go_out(meeting: &mut Meeting, at: Instant) {
    let attendance = &mut meeting.attendance;
    for (seat, place) in &mut attendance.places {
        if let Place::Remote { present_since, .. } = place
            && let Some(from) = present_since.take()
        {
            let interval = Interval { remote: true, from, until: at.max(from) };
            attendance.past.entry(seat.clone()).or_default().push(interval);
        }
    }
}

/// One who is connected is absent from now on.
pub(super) fn go_out_alone(meeting: &mut Meeting, seat: &SeatId, at: Instant) {
    let attendance = &mut meeting.attendance;
    if let Some(Place::Remote { present_since, .. }) = attendance.places.get_mut(seat)
        && let Some(from) = present_since.take()
    {
        let interval = Interval { remote: true, from, until: at.max(from) };
        attendance.past.entry(seat.clone()).or_default().push(interval);
    }
}

/// Whoever is no longer shut out and perceptible is present from now on.
pub(super) fn come_back(meeting: &mut Meeting, at: Instant) {
    let seats: Vec<SeatId> =
        meeting.attendance.places.keys().filter(|seat| !meeting.is_shut_out(seat)).cloned().collect();
    for seat in seats {
        if let Some(Place::Remote { perception: Perception::Perceptible, present_since: since @ None, .. }) =
            meeting.attendance.places.get_mut(&seat)
        {
            *since = Some(at);
        }
    }
}

/// This event of the meeting as it stood before is known to the body alone (§ 35 (2) GemO BW): it belongs to a non-public
/// item, or is part of what is said and voted behind closed doors.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm for each event there is")]
pub fn is_behind_doors(meeting: &Meeting, event: &Event) -> bool {
    let closed = |item: &ItemId| meeting.item(item).is_some_and(|item| !item.public);
    let now = || meeting.publicity.doors.is_closed();
    match event {
        Event::ChairHandedOver(over) => over.item.as_ref().map_or_else(now, closed),
        Event::ItemCalled(called) => closed(&called.item),
        Event::ItemSettled(settled) => closed(&settled.item),
        Event::RecusalRecorded(recusal) | Event::RecusalLifted(recusal) => closed(&recusal.item),
        Event::BallotOpened(opened) => closed(&opened.item),
        Event::ResultDeclared(result) => closed(&result.item),
        // The name of a guest behind closed doors stays there.
        Event::FilmingAnswered(answered) => matches!(answered.of, Speaker::Guest { .. }) && now(),
        Event::ItemTextWritten(written) => closed(&written.item),
        Event::MotionMoved(moved) => closed(&moved.item),
        Event::MotionReworded(reworded) => meeting.motion(&reworded.motion).is_some_and(|motion| closed(&motion.item)),
        Event::MotionWithdrawn(gone) => meeting.motion(&gone.motion).is_some_and(|motion| closed(&motion.item)),
        Event::ItemMoved(moved) => closed(&moved.item),
        Event::ItemDropped(dropped) => closed(&dropped.item),
        Event::ItemReopened(reopened) => closed(&reopened.item),
        Event::GuestCalled(called) => closed(&called.item),
        Event::StatementRecorded(said) => said.item.as_ref().map_or_else(now, closed),
        Event::ElectionMarked(marked) => closed(&marked.item),
        Event::ElectionObjected(objected) => closed(&objected.item),
        Event::ElectionOpened(opened) => closed(&opened.item),
        Event::ElectionDeclared(declared) => closed(&declared.item),
        Event::LotDrawn(lot) => closed(&lot.item),
        Event::ElectionStruck(struck) => closed(&struck.item),
        Event::ResultStruck(struck) => closed(&struck.item),
        Event::QuorumLacking(lacking) => lacking.item.as_ref().is_some_and(closed),
        Event::StandInAppointed(appointed) => closed(&appointed.item),
        Event::MayorDecided(decided) => closed(&decided.item),
        Event::RecusalDoubted(doubted) => closed(&doubted.item),
        Event::RecusalDecided(decided) => closed(&decided.item),
        Event::ElectionCounted(_)
        | Event::ElectionVoided(_)
        | Event::ChoiceCast(_)
        | Event::ChoiceStruck(_)
        | Event::HandsCounted(_)
        | Event::BallotClosed(_)
        | Event::BallotVoided(_)
        | Event::FloorRequested(_)
        | Event::FloorDeclined(_)
        | Event::FloorGiven(_)
        | Event::FloorEnded(_)
        | Event::FloorListClosed(_)
        | Event::GuestDismissed(_)
        | Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::SwitchMoved(_)
        | Event::ComplaintRaised(_) => now(),
        Event::Planned(_)
        | Event::Convened(_)
        | Event::RoomAttested(_)
        | Event::PresenceFound(_)
        | Event::PublicRoomAttested(_)
        | Event::Opened(_)
        | Event::FaultProposed(_)
        | Event::FaultFound(_)
        | Event::Interrupted(_)
        | Event::Resumed(_)
        | Event::Closed(_)
        | Event::DataDeleted(_)
        | Event::HallFound(_)
        | Event::ItemAdded(_)
        | Event::Replanned(_)
        | Event::Reseated(_)
        | Event::Rescheduled(_)
        | Event::Cancelled(_)
        | Event::Amended(_)
        | Event::Delivered(_)
        | Event::Resent(_)
        | Event::Replied(_)
        | Event::PaperFiled(_)
        | Event::IdentityAttested(_)
        | Event::PublicExcluded(_)
        | Event::PublicReadmitted(_)
        | Event::DoorsConfirmed(_)
        | Event::ClosedPartBegun(_)
        | Event::ClosedPartEnded(_)
        | Event::AloneDeclared(_)
        | Event::DecisionAnnounced(_)
        // That an item is called a second time decides at which number the sitting is quorate, and says nothing of it.
        | Event::SecondMarked(_)
        | Event::DecisionWithheld(_)
        | Event::EldestNamed(_)
        // Who is missing is known to everybody.
        | Event::MemberExpelled(_)
        | Event::MemberExcluded(_)
        | Event::MembersBarred(_)
        | Event::ChairHindered(_)
        | Event::AdviserAdmitted(_)
        // Who leads is no secret, only why.
        | Event::ChairTaken(_)
        // On which side of the doors an item is dealt with is for everybody to know; why, is not said here.
        | Event::ItemSwitched(_)
        // That something is recorded, and on what ground, is for everybody to know.
        | Event::FilmingStarted(_)
        | Event::FilmingStopped(_)
        // That the quorum was doubted says nothing of what is dealt with, and the public checks every figure that follows.
        | Event::QuorumQuestioned(_)
        | Event::QuorumFound(_)
        | Event::ChairReturned(_) => false,
    }
}
