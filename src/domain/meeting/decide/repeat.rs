//! `Wiederholung`: a vote that was impaired, or counted wrongly, is held again. What was declared stays in the record.

use super::super::command::Context;
use super::super::event::{ElectionStruck, Event, ResultStruck, StrikeGround};
use super::super::state::{Business, Meeting};
use super::{doubt, only_chair, sitting, unhindered};
use crate::domain::id::BallotId;
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;

/// Strikes a declared result while its item is still called. On the ground of a complaint only if a member has raised one
/// since the ballot began: without it the fault does not matter (§ 37a (2) s. 3 GemO BW).
pub fn strike(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    id: &BallotId,
    ground: StrikeGround,
    reason: &Remark,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let declared = meeting.results.iter().find(|declared| declared.result.ballot == *id);
    let Some(declared) = declared else {
        return Err(Refusal::misuse("no_result", "Für diese Abstimmung ist kein Ergebnis festgestellt, das gilt."));
    };
    match business {
        Business::Item(item) if *item == declared.result.item => {}
        Business::Item(_) | Business::Between | Business::Ballot(_) | Business::Counting(_) | Business::Election(_) => {
            let sentence = "Wiederholt wird nur, solange der Punkt aufgerufen ist und nicht abgestimmt wird. Danach hilft, den \
                            Punkt wieder aufzunehmen.";
            return Err(Refusal::misuse("item_over", sentence));
        }
    }
    unhindered(meeting, rules)?;
    doubt::not_built_upon(meeting, declared)?;
    let complained = meeting.attendance.complaints.iter().any(|complaint| complaint.at > declared.opened_at);
    if ground == StrikeGround::Complaint && !complained {
        let sentence = "Seit dem Beginn dieser Abstimmung hat kein Mitglied gerügt: Eine Störung, die niemand unverzüglich rügt, \
                        ist unbeachtlich.";
        return Err(Refusal::law("no_complaint", rules.fault_healing.norm(), sentence));
    }
    let (item, reason) = (declared.result.item.clone(), reason.clone());
    Ok(vec![Event::ResultStruck(ResultStruck { ballot: id.clone(), item, ground, reason })])
}

/// Strikes the result of the last round, as long as its item is called and no further papers are handed out: it was counted or
/// found wrongly. A fault of the connection is none of an election: who is connected has no vote in it (§ 37a (1) s. 2 GemO BW).
pub fn strike_election(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    round: &BallotId,
    reason: &Remark,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let Business::Item(item) = business else {
        let sentence =
            "Ein Wahlergebnis wird nur aufgehoben, solange der Punkt aufgerufen und kein neuer Wahlgang eröffnet ist.";
        return Err(Refusal::misuse("item_over", sentence));
    };
    unhindered(meeting, rules)?;
    let last = meeting.election(item).and_then(|election| election.rounds.last());
    if last.is_none_or(|last| last.declared.round != *round) {
        let sentence = "Für diesen Wahlgang ist zu diesem Punkt kein Ergebnis festgestellt, das gilt.";
        return Err(Refusal::misuse("no_result", sentence));
    }
    Ok(vec![Event::ElectionStruck(ElectionStruck { item: item.clone(), round: round.clone(), reason: reason.clone() })])
}
