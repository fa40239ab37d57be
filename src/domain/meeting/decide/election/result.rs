//! The result of a round, as the rules find it from the tellers' count.

use super::super::super::command::Context;
use super::super::super::election::OpenRound;
use super::super::super::event::{ElectionCounted, ElectionDeclared, ElectionOutcome, ElectionRound, Event};
use super::super::super::state::Meeting;
use super::super::{only_chair, sitting, unhindered};
use super::running;
use crate::domain::id::BallotId;
use crate::domain::law::Rules;
use crate::domain::law::election::{CandidateVotes, Counted, Elected, Round, find};
use crate::domain::refusal::Refusal;
use crate::domain::text::Name;

/// `Feststellung`, by the chair, from the tellers' count.
pub fn declare(meeting: &Meeting, rules: &Rules, context: &Context, id: &BallotId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    let round = running(meeting, id)?;
    unhindered(meeting, rules)?;
    let Some(count) = &round.count else {
        return Err(Refusal::misuse("count_missing", "Die Stimmenzähler haben noch nicht ausgezählt."));
    };
    Ok(vec![Event::ElectionDeclared(declared(rules, round, count)?)])
}

/// What a count comes to.
///
/// # Errors
/// If the figures cannot be those of one round, which [`super::enter`] does not let in.
pub fn declared(rules: &Rules, round: &OpenRound, count: &ElectionCounted) -> Result<ElectionDeclared, Refusal> {
    let candidates = round.candidates.iter().zip(&count.votes);
    let found = find(
        rules,
        &Counted {
            round: match round.which {
                ElectionRound::First => Round::First,
                ElectionRound::Second => Round::SecondOfSingle,
                ElectionRound::RunOff => Round::Runoff,
            },
            entitled: count.papers,
            candidates: candidates
                .map(|(name, votes)| CandidateVotes { candidate: name.to_string(), votes: *votes })
                .collect(),
            no: count.no,
            abstain: count.blank,
            invalid: count.invalid,
        },
    )?;
    let (outcome, norm) = if count.quorum.met {
        (outcome(round, found.elected), found.norm)
    } else {
        (ElectionOutcome::NoDecision, count.quorum.norm.clone())
    };
    Ok(ElectionDeclared {
        round: round.round.clone(),
        item: round.item.clone(),
        outcome,
        base: found.base,
        needed: found.needed.unwrap_or(0),
        norm,
    })
}

/// The names as they stand on the paper, in its order.
fn outcome(round: &OpenRound, elected: Elected) -> ElectionOutcome {
    let names = |found: &[String]| -> Vec<Name> {
        round.candidates.iter().filter(|name| found.iter().any(|one| one == name.as_str())).cloned().collect()
    };
    let one = |found: &str| names(&[found.to_owned()]).into_iter().next();
    match elected {
        Elected::Elected { candidate } => match one(&candidate) {
            Some(candidate) => ElectionOutcome::Elected { candidate },
            None => ElectionOutcome::NotElected,
        },
        Elected::Runoff { between } => ElectionOutcome::RunOff { candidates: names(&between) },
        Elected::LotForRunoff { sure, tied, .. } => {
            ElectionOutcome::PlacesTied { safe: names(&sure), tied: names(&tied) }
        }
        Elected::Lot { between } => ElectionOutcome::Lot { candidates: names(&between) },
        Elected::SecondBallot { .. } => ElectionOutcome::SecondRound,
        Elected::Nobody => ElectionOutcome::NotElected,
    }
}
