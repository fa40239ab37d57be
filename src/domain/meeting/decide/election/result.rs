//! The result of a round (§ 37 (7) s. 3 to 6 GemO BW).

use super::super::super::command::Context;
use super::super::super::election::{OpenRound, PLACES};
use super::super::super::event::{ElectionCounted, ElectionDeclared, ElectionOutcome, ElectionRound, Event};
use super::super::super::state::Meeting;
use super::super::{only_chair, sitting, unhindered};
use super::running;
use crate::domain::id::BallotId;
use crate::domain::law::{ElectionBase, Rules};
use crate::domain::refusal::Refusal;
use crate::domain::text::Name;

/// `Feststellung`, by the chair, from the tellers' count.
pub fn declare(meeting: &Meeting, rules: &Rules, context: &Context, id: &BallotId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (convened, _) = sitting(meeting)?;
    let round = running(meeting, id)?;
    unhindered(convened, rules)?;
    let Some(count) = &round.count else {
        return Err(Refusal::misuse("count_missing", "Die Stimmenzähler haben noch nicht ausgezählt."));
    };
    Ok(vec![Event::ElectionDeclared(declared(rules, round, count))])
}

/// What a count comes to.
#[must_use]
pub fn declared(rules: &Rules, round: &OpenRound, count: &ElectionCounted) -> ElectionDeclared {
    // More than this share of everybody entitled who was there: blank and invalid papers count against (s. 3).
    let base = match rules.election_majority_base.get() {
        ElectionBase::PresentEntitled => count.papers,
        ElectionBase::ValidVotes => count.votes.iter().fold(count.no, |sum, votes| sum.saturating_add(*votes)),
    };
    let needed = rules.election_share.get().floor_of(base).saturating_add(1);
    let (outcome, needed, norm) = if count.quorum.met {
        match round.which {
            ElectionRound::RunOff => (run_off(round, count), 0, rules.election_runoff.norm()),
            ElectionRound::First | ElectionRound::Second => {
                let (outcome, norm) = majority(rules, round, count, needed);
                (outcome, needed, norm)
            }
        }
    } else {
        (ElectionOutcome::NoDecision, needed, count.quorum.norm.as_str())
    };
    ElectionDeclared {
        round: round.round.clone(),
        item: round.item.clone(),
        outcome,
        base,
        needed,
        norm: norm.to_owned(),
    }
}

fn majority<'a>(
    rules: &'a Rules,
    round: &OpenRound,
    count: &ElectionCounted,
    needed: u32,
) -> (ElectionOutcome, &'a str) {
    let mut ranking: Vec<(&Name, u32)> = round.candidates.iter().zip(count.votes.iter().copied()).collect();
    ranking.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    let single = &rules.election_single_candidate_second_ballot;
    match ranking.as_slice() {
        [(first, votes), ..] if *votes >= needed => {
            (ElectionOutcome::Elected { candidate: (*first).clone() }, rules.election_share.norm())
        }
        [_] if round.which == ElectionRound::First && single.get() => (ElectionOutcome::SecondRound, single.norm()),
        [] | [_] => (ElectionOutcome::NotElected, rules.election_share.norm()),
        [.., _] => (places(&ranking), rules.election_runoff.norm()),
    }
}

/// The two with the most votes (s. 4). Where more than one could be the second, the law is silent and a lot is proposed.
fn places(ranking: &[(&Name, u32)]) -> ElectionOutcome {
    let last_place = ranking.get(PLACES.saturating_sub(1)).map_or(0, |(_, votes)| *votes);
    let those = |fits: &dyn Fn(u32) -> bool| -> Vec<Name> {
        ranking.iter().filter(|(_, votes)| fits(*votes)).map(|(name, _)| (*name).clone()).collect()
    };
    let (safe, tied) = (those(&|votes| votes > last_place), those(&|votes| votes == last_place));
    if safe.len().saturating_add(tied.len()) == PLACES {
        ElectionOutcome::RunOff { candidates: safe.into_iter().chain(tied).collect() }
    } else {
        ElectionOutcome::PlacesTied { safe, tied }
    }
}

/// The most votes are enough; a tie is decided by lot (s. 5).
fn run_off(round: &OpenRound, count: &ElectionCounted) -> ElectionOutcome {
    let most = count.votes.iter().max().copied().unwrap_or(0);
    let leading: Vec<Name> = round
        .candidates
        .iter()
        .zip(&count.votes)
        .filter(|(_, votes)| **votes == most)
        .map(|(name, _)| name.clone())
        .collect();
    match leading.as_slice() {
        [candidate] => ElectionOutcome::Elected { candidate: candidate.clone() },
        _ => ElectionOutcome::Lot { candidates: leading },
    }
}
