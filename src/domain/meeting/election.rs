//! `Wahl`, § 37 (7) GemO BW: what a meeting knows of its elections. There is no choice of anybody in here.

use super::event::{
    ElectionCounted, ElectionDeclared, ElectionKind, ElectionMarked, ElectionMode, ElectionObjected, ElectionOpened,
    ElectionOutcome, ElectionRound, Event, LotDrawn,
};
use super::state::{Business, Meeting, Recorded};
use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::{Name, Remark};
use crate::domain::time::Instant;
use std::collections::BTreeSet;

/// An item that is an election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    pub kind: ElectionKind,
    /// A member has objected to an open election.
    pub objected: bool,
    /// Rounds with their result, in their order.
    pub rounds: Vec<CountedRound>,
    /// Rounds whose declared result was lifted, with why and when.
    pub struck: Vec<(CountedRound, Remark, Instant)>,
}

/// A round that runs: papers are filled in, collected, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRound {
    pub round: BallotId,
    pub item: ItemId,
    pub which: ElectionRound,
    pub mode: ElectionMode,
    pub candidates: Vec<Name>,
    pub tellers: Vec<Name>,
    pub quorum: QuorumFinding,
    pub opened_at: Instant,
    /// Who was in the hall and entitled at any time since the papers were handed out.
    pub electorate: BTreeSet<SeatId>,
    pub count: Option<ElectionCounted>,
}

/// A round with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRound {
    pub which: ElectionRound,
    pub mode: ElectionMode,
    pub candidates: Vec<Name>,
    pub tellers: Vec<Name>,
    pub count: ElectionCounted,
    pub declared: ElectionDeclared,
    pub at: Instant,
    /// The lot that decided its tie.
    pub lot: Option<LotDrawn>,
}

/// What an election still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needs {
    /// The first round, with candidates yet to be named.
    First,
    /// The run-off between these.
    RunOff(Vec<Name>),
    /// The second round of this single candidate.
    Second(Name),
    /// A lot: so many of these are drawn.
    Lot { tied: Vec<Name>, places: usize },
    /// Nothing: this one is elected, or nobody.
    Over(Option<Name>),
}

impl Election {
    /// What comes next.
    #[must_use]
    pub fn needs(&self) -> Needs {
        let Some(last) = self.rounds.last() else { return Needs::First };
        let drawn = last.lot.as_ref().map(|lot| lot.drawn.clone());
        match (&last.declared.outcome, drawn) {
            (ElectionOutcome::Elected { candidate }, _) => Needs::Over(Some(candidate.clone())),
            (ElectionOutcome::RunOff { candidates }, _) => Needs::RunOff(candidates.clone()),
            (ElectionOutcome::PlacesTied { safe, .. }, Some(drawn)) => {
                Needs::RunOff(safe.iter().cloned().chain(drawn).collect())
            }
            (ElectionOutcome::PlacesTied { safe, tied }, None) => {
                Needs::Lot { tied: tied.clone(), places: PLACES.saturating_sub(safe.len()) }
            }
            (ElectionOutcome::Lot { .. }, Some(drawn)) => Needs::Over(drawn.into_iter().next()),
            (ElectionOutcome::Lot { candidates }, None) => Needs::Lot { tied: candidates.clone(), places: 1 },
            (ElectionOutcome::SecondRound, _) => {
                last.candidates.first().cloned().map_or(Needs::Over(None), Needs::Second)
            }
            (ElectionOutcome::NotElected, _) => Needs::Over(None),
            (ElectionOutcome::NoDecision, _) => again(last),
        }
    }

    /// Somebody is elected, or it is certain that nobody is.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.needs(), Needs::Over(_))
    }
}

/// Who goes into a run-off (§ 37 (7) s. 4 GemO BW).
pub const PLACES: usize = 2;

/// A round that came to nothing because too few were there is held again.
fn again(last: &CountedRound) -> Needs {
    match (last.which, last.candidates.first()) {
        (ElectionRound::RunOff, _) => Needs::RunOff(last.candidates.clone()),
        (ElectionRound::Second, Some(only)) => Needs::Second(only.clone()),
        (ElectionRound::First | ElectionRound::Second, _) => Needs::First,
    }
}

impl Meeting {
    /// The election an item is, if it is one.
    #[must_use]
    pub fn election(&self, item: &ItemId) -> Option<&Election> {
        self.elections.get(item)
    }

    /// The round that runs.
    #[must_use]
    pub const fn open_round(&self) -> Option<&OpenRound> {
        match self.business() {
            Some(Business::Election(round)) => Some(round),
            Some(Business::Between | Business::Item(_) | Business::Ballot(_) | Business::Counting(_)) | None => None,
        }
    }

    /// Who may vote in an election: present in the hall and entitled (§ 37 (7) s. 3, § 37a (1) s. 2 GemO BW).
    #[must_use]
    pub fn entitled_in_hall(&self, item: &ItemId) -> BTreeSet<&SeatId> {
        self.entitled(Some(item)).into_iter().filter(|seat| self.is_in_room(seat)).collect()
    }
}

/// From the events of an election to its state.
#[expect(clippy::wildcard_enum_match_arm, reason = "only what belongs to elections comes here")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::ElectionMarked(marked) => mark(meeting, marked),
        Event::ElectionObjected(objected) => object(meeting, objected),
        Event::ElectionOpened(opened) => open(meeting, opened, at),
        Event::ElectionCounted(counted) => {
            with_round(meeting, |round| round.count = Some(counted.clone()));
        }
        Event::ElectionDeclared(declared) => declare(meeting, declared, at),
        Event::LotDrawn(lot) => {
            if let Some(last) = meeting.elections.get_mut(&lot.item).and_then(|election| election.rounds.last_mut()) {
                last.lot = Some(lot.clone());
            }
        }
        Event::ElectionVoided(_) => back(meeting),
        Event::ElectionStruck(struck) => {
            if let Some(election) = meeting.elections.get_mut(&struck.item) {
                let gone = election.rounds.pop_if(|last| last.declared.round == struck.round);
                election.struck.extend(gone.map(|round| (round, struck.reason.clone(), at)));
            }
        }
        _ => {}
    }
}

fn mark(meeting: &mut Meeting, marked: &ElectionMarked) {
    match marked.kind {
        Some(kind) => {
            let new = Election { kind, objected: false, rounds: Vec::new(), struck: Vec::new() };
            meeting.elections.entry(marked.item.clone()).or_insert(new).kind = kind;
        }
        None => {
            meeting.elections.remove(&marked.item);
        }
    }
}

fn object(meeting: &mut Meeting, objected: &ElectionObjected) {
    if let Some(election) = meeting.elections.get_mut(&objected.item) {
        election.objected = true;
    }
    // Hands that were already up do not count: papers are handed out.
    with_round(meeting, |round| {
        round.mode = ElectionMode::Papers;
        round.count = None;
    });
}

fn open(meeting: &mut Meeting, opened: &ElectionOpened, at: Instant) {
    meeting.ballots.insert(opened.round.clone());
    let round = OpenRound {
        round: opened.round.clone(),
        item: opened.item.clone(),
        which: opened.which,
        mode: opened.mode,
        candidates: opened.candidates.clone(),
        tellers: opened.tellers.clone(),
        quorum: opened.quorum.clone(),
        opened_at: at,
        electorate: meeting.entitled_in_hall(&opened.item).into_iter().cloned().collect(),
        count: None,
    };
    if let Some(business) = meeting.business_mut() {
        *business = Business::Election(round);
    }
}

fn declare(meeting: &mut Meeting, declared: &ElectionDeclared, at: Instant) {
    let Some(OpenRound { which, mode, candidates, tellers, count: Some(count), .. }) = meeting.open_round().cloned()
    else {
        return;
    };
    if let Some(election) = meeting.elections.get_mut(&declared.item) {
        let declared = declared.clone();
        election.rounds.push(CountedRound { which, mode, candidates, tellers, count, declared, at, lot: None });
    }
    back(meeting);
}

fn back(meeting: &mut Meeting) {
    if let Some(business) = meeting.business_mut()
        && let Some(item) = business.item().cloned()
    {
        *business = Business::Item(item);
    }
}

/// Whoever comes into the hall before the papers are counted gets one too, unless the seat has no vote.
pub(super) fn came_in(meeting: &mut Meeting, seat: &SeatId) {
    let item = meeting.open_round().map(|round| round.item.clone());
    if item.is_some_and(|item| meeting.has_vote(seat) && !meeting.is_recused(&item, seat)) {
        with_round(meeting, |round| {
            if round.count.is_none() {
                round.electorate.insert(seat.clone());
            }
        });
    }
}

fn with_round(meeting: &mut Meeting, change: impl FnOnce(&mut OpenRound)) {
    if let Some(Business::Election(round)) = meeting.business_mut() {
        change(round);
    }
}
