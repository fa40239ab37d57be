//! `Entscheidung an Stelle des Gemeinderats` (§ 37 (4) GemO BW): the mayor decides after hearing those who are not recused; where
//! the mayor is recused as well, who was appointed to stand in.

use super::super::command::Context;
use super::super::event::{Consequence, Disposal, Event, MayorDecided, StandInAppointed};
use super::super::state::{ItemState, Meeting, Phase};
use super::sitting::{by_itself, no_ballot};
use super::{doubt, known_seat, only_chair_or_clerk, quorum, sitting, unhindered};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::{BiasedMayorFallback, Rules};
use crate::domain::quorum::QuorumFinding;
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;
use std::collections::BTreeSet;

/// The called item, if somebody decides on it in the council's place: it was found so, it is still so, and nobody has yet.
fn falls_to_the_mayor<'a>(meeting: &'a Meeting, rules: &Rules) -> Result<&'a ItemId, Refusal> {
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    unhindered(meeting, rules)?;
    let none = || Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen.");
    let item = business.item().ok_or_else(none)?;
    doubt::settled_first(meeting, rules, item)?;
    let norm = rules.quorum_fallback.norm();
    if meeting.election(item).is_some() {
        return Err(Refusal::misuse("election", "Gewählt wird vom Gremium selbst; der Punkt wird vertagt."));
    }
    if by_itself(meeting, item) == Disposal::Decided {
        return Err(Refusal::conflict("decided", "Über diesen Punkt ist schon entschieden."));
    }
    if meeting.follows(item) != Some(Consequence::MayorDecides) {
        let sentence = "An Stelle des Gemeinderats wird erst entschieden, wenn festgestellt ist, dass er auch in einer zweiten \
                        Sitzung nicht beschlussfähig sein kann.";
        return Err(Refusal::law("not_lacking", norm, sentence));
    }
    let QuorumFinding { met, .. } = quorum(meeting, rules, Some(item));
    if met {
        let sentence = "Der Gemeinderat ist zu diesem Punkt jetzt beschlussfähig und entscheidet selbst.";
        return Err(Refusal::law("quorate", norm, sentence));
    }
    Ok(item)
}

fn name(meeting: &Meeting, seat: &SeatId) -> String {
    meeting.seats.get(seat).map_or_else(|| seat.to_string(), |seat| seat.name.to_string())
}

/// The mayor is recused too: the council appoints a member who is entitled to vote. How, the law does not say; that it did is
/// recorded by chair or clerk.
pub fn appoint(meeting: &Meeting, rules: &Rules, context: &Context, seat: &SeatId) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    known_seat(meeting, seat)?;
    let item = falls_to_the_mayor(meeting, rules)?;
    let rule = &rules.quorum_fallback_biased;
    let no = |code, sentence: String| Err(Refusal::law(code, rule.norm(), sentence));
    if rule.get() == BiasedMayorFallback::Nobody {
        return no("no_stand_in", "Eine Stellvertretung für diese Entscheidung kennt das Gesetz nicht.".into());
    }
    if meeting.mayor().is_none_or(|mayor| !meeting.is_recused(item, mayor)) {
        let sentence = "Eine Stellvertretung wird nur bestellt, wenn auch der Bürgermeister befangen ist.";
        return no("mayor_not_recused", sentence.into());
    }
    if !meeting.entitled(Some(item)).contains(seat) {
        let sentence = format!("{} ist zu diesem Punkt nicht anwesend und stimmberechtigt.", name(meeting, seat));
        return no("stand_in_not_entitled", sentence);
    }
    if meeting.second.stand_ins.get(item) == Some(seat) {
        return Err(Refusal::conflict("appointed", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::StandInAppointed(StandInAppointed { item: item.clone(), seat: seat.clone() })])
}

/// An item of a sitting that is over, because the whole of it lacked its quorum: never opened, or not resumed. No third
/// sitting comes; the mayor hears the others and decides (§ 37 (4) s. 1 GemO BW).
fn left_to_the_mayor<'a>(meeting: &'a Meeting, rules: &Rules, item: &ItemId) -> Result<&'a ItemId, Refusal> {
    let unknown = || Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht.");
    let item = meeting.item(item).ok_or_else(unknown)?;
    if meeting.election(&item.id).is_some() {
        return Err(Refusal::misuse("election", "Gewählt wird vom Gremium selbst."));
    }
    let over = matches!(item.state, ItemState::Settled { disposal, .. } if disposal != Disposal::Postponed);
    if over || by_itself(meeting, &item.id) == Disposal::Decided {
        return Err(Refusal::conflict("decided", "Über diesen Punkt ist schon entschieden."));
    }
    let whole = meeting.lacking(&item.id).is_some_and(|found| found.item.is_none());
    if !whole || meeting.follows(&item.id) != Some(Consequence::MayorDecides) {
        let sentence = "An Stelle des Gemeinderats wird nach der Sitzung nur entschieden, wenn sie als zweite Sitzung zu diesem \
                        Punkt nicht beschlussfähig war.";
        return Err(Refusal::law("not_lacking", rules.quorum_fallback.norm(), sentence));
    }
    Ok(&item.id)
}

/// What is decided, and who was heard before.
pub struct Decision<'a> {
    /// Only after the sitting; in it the called item is meant.
    pub item: Option<&'a ItemId>,
    pub heard: &'a [SeatId],
    pub wording: &'a Wording,
}

/// The decision itself, entered by who takes it or by the clerk. In the sitting the chair ends the item.
pub fn decide(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    decision: Decision<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Decision { item: wanted, heard, wording } = decision;
    let item = if let (Phase::Closed(_), Some(item)) = (&meeting.phase, wanted) {
        left_to_the_mayor(meeting, rules, item)?
    } else {
        falls_to_the_mayor(meeting, rules)?
    };
    if wanted.is_some_and(|wanted| wanted != item) {
        return Err(Refusal::misuse("not_called", "Dieser Punkt ist nicht aufgerufen."));
    }
    let norm = rules.quorum_fallback.norm();
    let nobody = || {
        Refusal::misuse(
            "no_mayor",
            "In diesem Gremium hat kein Bürgermeister einen Sitz, der an seiner Stelle entscheiden könnte.",
        )
    };
    let by = meeting.decider(item).ok_or_else(nobody)?;
    if !context.actor.clerk && context.actor.seat.as_ref() != Some(by) {
        let sentence =
            format!("Diese Entscheidung trifft {}; eintragen kann sie auch die Schriftführung.", name(meeting, by));
        return Err(Refusal::misuse("decider_only", sentence));
    }
    if meeting.is_recused(item, by) {
        let sentence = match rules.quorum_fallback_biased.get() {
            BiasedMayorFallback::CommissionerOrStandIn => format!(
                "Auch {} ist befangen: Es entscheidet ein Beauftragter (§ 124 GemO entsprechend), wenn nicht der Gemeinderat ein \
                 stimmberechtigtes Mitglied zur Stellvertretung bestellt.",
                name(meeting, by)
            ),
            BiasedMayorFallback::Nobody => format!("Auch {} ist befangen.", name(meeting, by)),
        };
        return Err(Refusal::law("mayor_recused", rules.quorum_fallback_biased.norm(), sentence));
    }
    let said: BTreeSet<&SeatId> = heard.iter().collect();
    if said.len() != heard.len() || said.iter().any(|seat| !meeting.seats.contains_key(*seat)) {
        return Err(Refusal::misuse("heard", "Wer gehört wurde, ist ein Mitglied und wird einmal genannt."));
    }
    let due = meeting.to_be_heard(item);
    if let Some(other) = said.iter().find(|seat| !due.contains(seat)) {
        let sentence = format!("{} ist befangen oder entscheidet selbst und wird nicht gehört.", name(meeting, other));
        return Err(Refusal::law("heard_recused", norm, sentence));
    }
    let missing: Vec<String> =
        due.iter().filter(|seat| !said.contains(*seat)).map(|seat| name(meeting, seat)).collect();
    if !missing.is_empty() {
        let sentence = format!(
            "Vorher sind alle zu hören, die nicht befangen sind, auch wer nicht gekommen ist; es fehlt: {}.",
            missing.join(", ")
        );
        return Err(Refusal::law("not_heard", norm, sentence));
    }
    let (item, by, heard, wording) = (item.clone(), by.clone(), heard.to_vec(), wording.clone());
    Ok(vec![Event::MayorDecided(MayorDecided { item, by, heard, wording })])
}
