//! Secret ballots on a motion (`geheime Abstimmung`): with papers, in the hall, counted by hand. Nobody's choice is known.

use super::super::command::Context;
use super::super::event::{Event, HandsCounted, Method};
use super::super::state::{Hands, Meeting};
use super::voting::{entitled_in_hall, only_clerk, open_ballot};
use super::{sitting, unhindered};
use crate::domain::id::BallotId;
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;

/// The count of the papers: its sum must be the number of entitled members in the hall.
pub fn count(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    id: &BallotId,
    papers: Hands,
) -> Result<Vec<Event>, Refusal> {
    only_clerk(context)?;
    let ballot = open_ballot(meeting, id)?;
    sitting(meeting)?;
    unhindered(meeting, rules)?;
    if ballot.method != Method::Papers {
        return Err(Refusal::misuse("no_papers", "Stimmzettel gibt es nur bei geheimer Abstimmung."));
    }
    let (sum, in_hall) = (papers.sum(), entitled_in_hall(meeting, ballot));
    if sum != in_hall {
        let sentence =
            format!("Die Summe ist {sum}, im Saal sind aber {in_hall} Stimmberechtigte. Bitte noch einmal zählen.");
        return Err(Refusal::misuse("papers_sum", sentence));
    }
    let Hands { yes, no, abstain, none, invalid } = papers;
    Ok(vec![Event::HandsCounted(HandsCounted { ballot: id.clone(), yes, no, abstain, none, invalid })])
}
