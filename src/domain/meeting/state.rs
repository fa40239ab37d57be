//! The state of a meeting: a phase with exactly the data valid in it. A closed ballot has no way to take a choice.

mod ballots;

use super::before::Before;
use super::doors::Publicity;
use super::doubt::Doubt;
use super::election::{Election, OpenRound};
use super::event::{Clause, Convening, Disposal, Event, Heard, InterruptionCause, ResultStruck, Sphere};
use super::filming::Filming;
use super::floor::{Floor, Guest, Motion, Speech, Statement};
use super::leading::Leading;
use super::order::Order;
use super::presumption::Presumption;
use super::second::Second;
use crate::domain::council::Seat;
use crate::domain::id::{BallotId, BodyId, ItemId, MeetingId, SeatId, TicketId};
use crate::domain::law::BodyKind;
use crate::domain::law::format::MeetingFormat;
use crate::domain::ledger::Class;
use crate::domain::presence::{Lack, Perception};
use crate::domain::text::{Name, Passage, Title, Wording};
use crate::domain::time::{Date, Instant};
use std::collections::{BTreeMap, BTreeSet};

pub use ballots::{Cast, ClosedBallot, Declared, Hands, OpenBallot};

/// An event with its place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub number: u64,
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    /// Classes of the entry that still exist.
    pub classes: BTreeSet<Class>,
    pub event: Event,
}

/// A meeting, folded from its ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub municipality: Name,
    pub land: String,
    pub body: BodyId,
    pub body_name: Name,
    pub title: Title,
    pub place: Name,
    pub day: Date,
    pub starts_at: Instant,
    pub first_after_election: bool,
    pub seats: BTreeMap<SeatId, Seat>,
    /// Who leads now; whose office it is says [`Leading`].
    pub chair: SeatId,
    pub clerk: Name,
    pub clauses: Vec<Clause>,
    /// `Ortsrecht`, as in the plan.
    pub local: Option<Passage>,
    /// In the order of the agenda.
    pub items: Vec<Item>,
    /// The ballots that have each admitted one item to it.
    pub admissions: BTreeSet<BallotId>,
    pub phase: Phase,
    pub attendance: Attendance,
    pub recusals: BTreeMap<ItemId, BTreeSet<SeatId>>,
    pub results: Vec<Declared>,
    /// Results that do not stand, with why.
    pub struck: Vec<(Declared, ResultStruck)>,
    /// The floor at the called item.
    pub floor: Floor,
    /// Every motion from the floor, in the order they were moved.
    pub motions: Vec<Motion>,
    pub statements: Vec<Statement>,
    pub guests: Vec<Guest>,
    /// Every contribution that is over, in the order they ended.
    pub speeches: Vec<Speech>,
    /// How often the sitting stood still.
    pub interruptions: u32,
    /// Every ballot ever opened, voided ones included: a late choice must never count in another one.
    pub ballots: BTreeSet<BallotId>,
    /// Number of the newest entry folded in.
    pub height: u64,
    pub opened_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// Choices that no longer stand, by entry: deletable.
    pub superseded_choices: BTreeSet<u64>,
    /// Entries that still have a deletable part, by class.
    pub deletable: BTreeMap<Class, BTreeSet<u64>>,
    /// What the clerk last wrote on each item.
    pub texts: BTreeMap<ItemId, ItemText>,
    /// The summons, the replies, the papers.
    pub before: Before,
    /// The items that are elections.
    pub elections: BTreeMap<ItemId, Election>,
    /// Whether the public is there.
    pub publicity: Publicity,
    /// Which kind of body sits; `None`: it was not said.
    pub kind: Option<BodyKind>,
    /// Second sittings, and what was found lacking.
    pub second: Second,
    /// Whose office the chair is, and who leads in whose place.
    pub leading: Leading,
    /// Order in the sitting.
    pub order: Order,
    /// Film and sound recordings.
    pub filming: Filming,
    /// Doubts about a recusal.
    pub doubts: Vec<Doubt>,
    /// `Gesetzliche Zahl` of the members; `None`: it was not said.
    pub statutory: Option<u32>,
    /// What has become of the quorum found at the opening.
    pub presumption: Presumption,
}

/// The clerk's newest text on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// `None` once it was taken back.
    pub text: Option<Passage>,
    /// Number of its entry.
    pub number: u64,
    pub at: Instant,
    /// How often a text was written on this item.
    pub times: u32,
}

/// Where a meeting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Exists, not convened.
    Planned,
    /// Convened; people arrive.
    Convened(Convened),
    /// Open.
    Sitting { convened: Convened, business: Business },
    /// Stands still; the business waits.
    Interrupted { convened: Convened, business: Business, cause: InterruptionCause, since: Instant },
    /// Over.
    Closed(Convened),
}

/// What the convening settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convened {
    pub convening: Convening,
    /// Last attested state of the public room, for the digital format.
    pub public_room_receives: bool,
    /// A fault in several members at once, or in the hall, until the chair has found where it lies.
    pub open_fault: Option<OpenFault>,
    /// What is perceptible of the hall and in it; `None` before anything was measured.
    pub hall: Option<Hall>,
}

/// A fault whose place is not found yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFault {
    /// Who was lost.
    pub seats: Vec<SeatId>,
    /// The hall was lost, and with it everybody remote.
    pub hall: bool,
}

/// The hall's device, as measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    pub perception: Perception,
    pub since: Instant,
    pub lacking: Vec<Lack>,
}

/// What the sitting is doing: one thing at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Business {
    /// Between two items.
    Between,
    /// An item is called and discussed.
    Item(ItemId),
    /// A ballot takes choices.
    Ballot(OpenBallot),
    /// The voting act is over, the result not yet declared.
    Counting(ClosedBallot),
    /// A round of an election runs in the hall.
    Election(OpenRound),
}

impl Business {
    /// The item that is called.
    #[must_use]
    pub const fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Between => None,
            Self::Item(item) => Some(item),
            Self::Ballot(ballot) => Some(&ballot.item),
            Self::Counting(ballot) => Some(&ballot.item),
            Self::Election(round) => Some(&round.item),
        }
    }
}

/// An agenda item with its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub number: String,
    pub public: bool,
    /// `None` for a non-public item whose title has been deleted or is not part of what was loaded.
    pub title: Option<Title>,
    pub motion: Option<Wording>,
    pub state: ItemState,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    Pending,
    Called { since: Instant },
    Settled { disposal: Disposal, called_at: Instant, at: Instant },
}

/// Who was where, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendance {
    pub places: BTreeMap<SeatId, Place>,
    /// Closed intervals of presence, oldest first.
    pub past: BTreeMap<SeatId, Vec<Interval>>,
    pub complaints: Vec<Complaint>,
    pub faults: Vec<Fault>,
    /// Who was recognised by the technician instead of a second factor.
    pub identities: BTreeMap<SeatId, Identity>,
    /// Who may be connected with an advisory voice only, as the chair decided.
    pub admitted: BTreeSet<SeatId>,
}

/// A confirmed identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The stay in the waiting room it holds for.
    pub ticket: TicketId,
    pub at: Instant,
}

/// Where a member is now. Not listed: nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the room, attested.
    Room { since: Instant },
    /// Connected, measured. `present_since` is where the running interval of presence began; `None` while absent.
    Remote { perception: Perception, since: Instant, lacking: Vec<Lack>, present_since: Option<Instant> },
}

/// A stretch of presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub remote: bool,
    pub from: Instant,
    pub until: Instant,
}

/// A complaint to the chair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub seat: SeatId,
    /// When it lay before the chair.
    pub at: Instant,
    /// `None` once deleted.
    pub text: Option<String>,
    /// How it came, if not from the chamber.
    pub heard: Option<Heard>,
}

/// A fault and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub seats: Vec<SeatId>,
    /// The hall's.
    pub hall: bool,
    pub at: Instant,
    /// As the chair found; `None` while open.
    pub sphere: Option<Sphere>,
}

impl Meeting {
    /// What the convening settled, once there was one.
    #[must_use]
    pub const fn convened(&self) -> Option<&Convened> {
        match &self.phase {
            Phase::Planned => None,
            Phase::Convened(convened)
            | Phase::Sitting { convened, .. }
            | Phase::Interrupted { convened, .. }
            | Phase::Closed(convened) => Some(convened),
        }
    }

    /// What the sitting is doing, also while it is interrupted.
    #[must_use]
    pub const fn business(&self) -> Option<&Business> {
        match &self.phase {
            Phase::Sitting { business, .. } | Phase::Interrupted { business, .. } => Some(business),
            Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => None,
        }
    }

    pub(super) const fn business_mut(&mut self) -> Option<&mut Business> {
        match &mut self.phase {
            Phase::Sitting { business, .. } | Phase::Interrupted { business, .. } => Some(business),
            Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => None,
        }
    }

    /// An item of the agenda.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Present in this moment: attested in the room, or remote and perceptible. A disturbed member is not counted,
    /// strictly, until the disturbance is over.
    #[must_use]
    pub fn is_present(&self, seat: &SeatId) -> bool {
        match self.attendance.places.get(seat) {
            Some(Place::Room { .. }) => true,
            // Who is shut out of the non-public part is perceptible, and not present.
            Some(Place::Remote { perception, present_since, .. }) => {
                *perception == Perception::Perceptible && present_since.is_some()
            }
            None => false,
        }
    }

    /// The hall takes part as a device of its own: it is measured, and nobody is perceptible without it.
    #[must_use]
    pub fn hall_takes_part(&self) -> bool {
        self.convened().is_some_and(|convened| convened.convening.format == MeetingFormat::Hybrid)
    }

    /// The hall is seen and heard, and sees and hears.
    #[must_use]
    pub fn hall_is_perceptible(&self) -> bool {
        let hall = self.convened().and_then(|convened| convened.hall.as_ref());
        hall.is_some_and(|hall| hall.perception == Perception::Perceptible)
    }

    /// Present by being attested in the room.
    #[must_use]
    pub fn is_in_room(&self, seat: &SeatId) -> bool {
        matches!(self.attendance.places.get(seat), Some(Place::Room { .. }))
    }

    /// The technician recognised whoever came with this ticket as the holder of the seat.
    #[must_use]
    pub fn is_recognised(&self, seat: &SeatId, ticket: &TicketId) -> bool {
        self.attendance.identities.get(seat).is_some_and(|identity| identity.ticket == *ticket)
    }

    /// Recused at an item (§ 18 GemO BW).
    #[must_use]
    pub fn is_recused(&self, item: &ItemId, seat: &SeatId) -> bool {
        self.recusals.get(item).is_some_and(|seats| seats.contains(seat))
    }

    /// Present and entitled to vote (§ 37 (2) GemO BW), at `item` or, between items, at all.
    #[must_use]
    pub fn entitled(&self, item: Option<&ItemId>) -> BTreeSet<&SeatId> {
        self.members()
            .filter(|seat| self.is_present(seat) && !item.is_some_and(|item| self.is_recused(item, seat)))
            .collect()
    }

    /// How many members are recused at `item`, present or not.
    #[must_use]
    pub fn recused_count(&self, item: Option<&ItemId>) -> usize {
        let recused = item.and_then(|item| self.recusals.get(item)).into_iter().flatten();
        recused.filter(|seat| self.has_vote(seat)).count()
    }
}
