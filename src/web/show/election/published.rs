//! What is published of an election: who stood, how many votes each had, who is elected. Not who counted, not who voted how.

use super::{kind, mode, verdict, which};
use crate::domain::meeting::Item;
use crate::domain::meeting::election::{CountedRound, Election, Needs};
use crate::domain::time::Instant;
use crate::web::pages::results::ResultRow;
use crate::web::show::scene::Scene;
use crate::web::show::when;

/// The rounds of an item that is an election, with the moment each result was declared.
pub fn rows(scene: Scene<'_>, item: &Item) -> Vec<(Instant, ResultRow)> {
    let Some(election) = scene.meeting.election(&item.id) else { return Vec::new() };
    election.rounds.iter().map(|round| (round.at, row(election, round))).collect()
}

fn row(election: &Election, round: &CountedRound) -> ResultRow {
    let count = &round.count;
    let mut votes: Vec<String> =
        round.candidates.iter().zip(&count.votes).map(|(name, votes)| format!("{name} {votes}")).collect();
    if round.candidates.len() == 1 {
        votes.push(format!("Nein {}", count.no));
    }
    votes.push(format!("Enthaltungen {}", count.blank));
    votes.push(format!("ungültig {}", count.invalid));
    let last = election.rounds.last().is_some_and(|last| last.declared.round == round.declared.round);
    let class = match election.needs() {
        Needs::Over(Some(_)) if last => "results__ballot--yes",
        Needs::Over(Some(_) | None) | Needs::First | Needs::RunOff(_) | Needs::Second(_) | Needs::Lot { .. } => {
            "results__ballot--none"
        }
    };
    ResultRow {
        wording: format!("{}: {}", kind(election.kind), which(round.which)),
        outcome: verdict(round),
        class,
        tally: votes.join(", "),
        method: format!("{}, festgestellt um {}", mode(round.mode), when::minute(round.at)),
        voters: Vec::new(),
    }
}
