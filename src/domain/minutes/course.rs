//! The course of a meeting, gathered from its entries in one pass. The meeting is folded along, so that at each entry it
//! is known who was there at that moment.

use crate::domain::council::Seat;
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::meeting::event::HandsCounted;
use crate::domain::meeting::event::{BallotClosed, Event, Method, ResultDeclared, ResultStruck, VoidReason, Way};
use crate::domain::meeting::{self, Business, Meeting, Phase, Recorded};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::Wording;
use crate::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// What happened, by what it belongs to.
#[derive(Debug, Default)]
pub struct Course {
    /// Seats in the order they were planned or taken over in, the chair first.
    pub seats: Vec<SeatId>,
    /// In the order they were opened.
    pub ballots: Vec<Ballot>,
    pub recusals: Vec<Recusal>,
    /// Stretches in which the meeting stood still, by entry.
    pub standstills: Vec<Standstill>,
    /// Who was connected when a round of an election began, and had no vote in it.
    pub without_ballot: BTreeMap<BallotId, BTreeSet<SeatId>>,
}

/// One ballot from opening to whatever end it had.
#[derive(Debug)]
pub struct Ballot {
    pub id: BallotId,
    pub item: ItemId,
    pub method: Method,
    pub wording: Wording,
    /// The motion from the floor it was about, if it was one.
    pub motion: Option<MotionId>,
    pub opened: Recorded,
    pub quorum_at_opening: QuorumFinding,
    pub hands: Option<HandsCounted>,
    pub closing: Option<Closing>,
    pub result: Option<(ResultDeclared, Recorded)>,
    pub voided: Option<(VoidReason, Recorded)>,
    /// The result does not stand.
    pub repealed: Option<(ResultStruck, Recorded)>,
    pub majority: Option<String>,
    pub start: Option<char>,
    /// How often each seat gave a choice since it last had none.
    given: BTreeMap<SeatId, u32>,
    /// Choices that do not stand, with the moment their givers were lost.
    pub struck: Vec<(SeatId, Instant)>,
}

/// The end of a voting act, with who was there.
#[derive(Debug)]
pub struct Closing {
    pub at: Instant,
    pub quorum: QuorumFinding,
    pub entitled: BTreeSet<SeatId>,
    pub in_room: BTreeSet<SeatId>,
    pub absent: BTreeSet<SeatId>,
    pub ways: BTreeMap<SeatId, Way>,
}

/// Somebody who did not take part at an item (§ 18 GemO BW).
#[derive(Debug)]
pub struct Recusal {
    pub item: ItemId,
    pub seat: SeatId,
    pub recorded: Recorded,
    pub lifted: Option<Instant>,
}

/// A stretch in which the meeting stood still.
#[derive(Debug)]
pub struct Standstill {
    pub from: Instant,
    pub until: Option<Instant>,
    /// The item that was called meanwhile.
    pub item: Option<ItemId>,
}

impl Ballot {
    /// Was the choice of this seat changed before closing?
    pub fn was_corrected(&self, seat: &SeatId) -> bool {
        self.given.get(seat).is_some_and(|times| *times > 1)
    }
}

/// Gathers the course; `also` sees every entry with the meeting as it was before it.
pub fn gather(entries: &[Recorded], meeting: &Meeting, mut also: impl FnMut(&Recorded, &Meeting)) -> Course {
    let mut course = Course::default();
    let mut now: Option<Meeting> = None;
    for entry in entries {
        now = match now {
            None => {
                course.seats = seats_in_order(entry, meeting);
                meeting::begin(meeting.id.clone(), entry)
            }
            Some(before) => {
                also(entry, &before);
                course.take(entry, &before);
                Some(meeting::apply(before, entry))
            }
        };
    }
    course
}

fn seats_in_order(first: &Recorded, meeting: &Meeting) -> Vec<SeatId> {
    let Event::Planned(planned) = &first.event else { return meeting.seats.keys().cloned().collect() };
    chair_first(&planned.seats, &planned.chair)
}

fn chair_first(seats: &[Seat], chair: &SeatId) -> Vec<SeatId> {
    let others = seats.iter().map(|seat| &seat.id).filter(|seat| *seat != chair);
    std::iter::once(chair).chain(others).cloned().collect()
}

impl Course {
    #[expect(clippy::too_many_lines, reason = "one arm for each event, to be read as one table")]
    fn take(&mut self, entry: &Recorded, before: &Meeting) {
        match &entry.event {
            Event::Reseated(body) if matches!(before.phase, Phase::Planned) => {
                self.seats = chair_first(&body.seats, &body.chair);
            }
            Event::RecusalRecorded(recusal) => self.recusals.push(Recusal {
                item: recusal.item.clone(),
                seat: recusal.seat.clone(),
                recorded: entry.clone(),
                lifted: None,
            }),
            Event::RecusalLifted(lifted) => {
                let same = |recusal: &&mut Recusal| {
                    recusal.item == lifted.item && recusal.seat == lifted.seat && recusal.lifted.is_none()
                };
                if let Some(recusal) = self.recusals.iter_mut().find(same) {
                    recusal.lifted = Some(entry.occurred_at);
                }
            }
            Event::BallotOpened(opened) => self.ballots.push(Ballot {
                id: opened.ballot.clone(),
                item: opened.item.clone(),
                method: opened.method,
                wording: opened.wording.clone(),
                motion: opened.motion.clone(),
                opened: entry.clone(),
                quorum_at_opening: opened.quorum.clone(),
                hands: None,
                closing: None,
                result: None,
                voided: None,
                repealed: None,
                majority: opened.majority.clone(),
                start: opened.start,
                given: BTreeMap::new(),
                struck: Vec::new(),
            }),
            Event::ChoiceCast(cast) => self.with(&cast.ballot, |ballot| {
                let times = ballot.given.entry(cast.seat.clone()).or_default();
                *times = times.saturating_add(1);
            }),
            Event::ChoiceStruck(struck) => self.with(&struck.ballot, |ballot| {
                ballot.given.remove(&struck.seat);
                ballot.struck.push((struck.seat.clone(), struck.absent_since));
            }),
            Event::HandsCounted(hands) => self.with(&hands.ballot, |ballot| ballot.hands = Some(hands.clone())),
            Event::BallotClosed(closed) => {
                self.with(&closed.ballot, |ballot| ballot.closing = Some(closing(closed, entry.occurred_at, before)));
            }
            Event::ResultDeclared(result) => {
                self.with(&result.ballot, |ballot| ballot.result = Some((result.clone(), entry.clone())));
            }
            Event::BallotVoided(voided) => {
                self.with(&voided.ballot, |ballot| ballot.voided = Some((voided.reason, entry.clone())));
            }
            Event::Interrupted(interrupted) => self.standstills.push(Standstill {
                from: interrupted.since,
                until: None,
                item: before.business().and_then(Business::item).cloned(),
            }),
            Event::Resumed(_) | Event::Closed(_) => {
                if let Some(standstill) = self.standstills.last_mut().filter(|last| last.until.is_none()) {
                    standstill.until = Some(entry.occurred_at);
                }
            }
            Event::ElectionOpened(opened) => {
                let remote = before.seats.keys().filter(|seat| before.is_present(seat) && !before.is_in_room(seat));
                self.without_ballot.insert(opened.round.clone(), remote.cloned().collect());
            }
            Event::Planned(_)
            | Event::Reseated(_)
            | Event::Convened(_)
            | Event::RoomAttested(_)
            | Event::PresenceFound(_)
            | Event::PublicRoomAttested(_)
            | Event::Opened(_)
            | Event::ItemCalled(_)
            | Event::ItemSettled(_)
            | Event::ComplaintRaised(_)
            | Event::FaultProposed(_)
            | Event::FaultFound(_)
            | Event::HallFound(_)
            | Event::FloorRequested(_)
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
            | Event::ItemReopened(_)
            | Event::DataDeleted(_)
            | Event::ItemTextWritten(_)
            | Event::Replanned(_)
            | Event::Rescheduled(_)
            | Event::Cancelled(_)
            | Event::Amended(_)
            | Event::Delivered(_)
            | Event::Resent(_)
            | Event::Replied(_)
            | Event::PaperFiled(_)
            | Event::PublicExcluded(_)
            | Event::PublicReadmitted(_)
            | Event::DoorsConfirmed(_)
            | Event::ClosedPartBegun(_)
            | Event::ClosedPartEnded(_)
            | Event::AloneDeclared(_)
            | Event::DecisionAnnounced(_)
            | Event::DecisionWithheld(_)
            | Event::IdentityAttested(_)
            | Event::ElectionMarked(_)
            | Event::ElectionObjected(_)
            | Event::ElectionCounted(_)
            | Event::ElectionDeclared(_)
            | Event::LotDrawn(_)
            | Event::SecondMarked(_)
            | Event::SwitchMoved(_)
            | Event::QuorumQuestioned(_)
            | Event::QuorumFound(_)
            | Event::ItemSwitched(_)
            | Event::FilmingAnswered(_)
            | Event::FilmingStarted(_)
            | Event::FilmingStopped(_)
            | Event::QuorumLacking(_)
            | Event::OrderCalled(_)
            | Event::FloorWithdrawn(_)
            | Event::MemberExpelled(_)
            | Event::MemberExcluded(_)
            | Event::ChairHandedOver(_)
            | Event::EldestNamed(_)
            | Event::ChairTaken(_)
            | Event::ChairReturned(_)
            | Event::StandInAppointed(_)
            | Event::MayorDecided(_)
            | Event::RecusalDoubted(_)
            | Event::RecusalDecided(_)
            | Event::MembersBarred(_)
            | Event::ChairHindered(_)
            | Event::AdviserAdmitted(_)
            | Event::ElectionStruck(_)
            | Event::ElectionVoided(_) => {}
            Event::ResultStruck(struck) => {
                self.with(&struck.ballot, |ballot| ballot.repealed = Some((struck.clone(), entry.clone())));
            }
        }
    }

    fn with(&mut self, id: &BallotId, change: impl FnOnce(&mut Ballot)) {
        if let Some(ballot) = self.ballots.iter_mut().rev().find(|ballot| ballot.id == *id) {
            change(ballot);
        }
    }
}

fn closing(closed: &BallotClosed, at: Instant, before: &Meeting) -> Closing {
    let (item, ways) = match before.business() {
        Some(Business::Ballot(ballot)) => {
            (Some(&ballot.item), ballot.choices.iter().map(|(seat, cast)| (seat.clone(), cast.way)).collect())
        }
        Some(Business::Between | Business::Item(_) | Business::Counting(_) | Business::Election(_)) | None => {
            (None, BTreeMap::new())
        }
    };
    let those = |which: &dyn Fn(&SeatId) -> bool| before.seats.keys().filter(|seat| which(seat)).cloned().collect();
    Closing {
        at,
        quorum: closed.quorum.clone(),
        entitled: before.entitled(item).into_iter().cloned().collect(),
        in_room: those(&|seat| before.is_in_room(seat)),
        absent: those(&|seat| before.has_vote(seat) && !before.is_present(seat)),
        ways,
    }
}
