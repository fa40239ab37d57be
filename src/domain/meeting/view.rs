//! What a screen may ask of a meeting.

use super::command::{Command, Context};
use super::decide::{self, decide};
use super::election::OpenRound;
use super::event::{ElectionDeclared, Method, ResultDeclared};
use super::state::{Business, ClosedBallot, Meeting};
use crate::domain::id::SeatId;
use crate::domain::law::{Rules, SpecialMajority};
use crate::domain::quorum::QuorumFinding;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// The five numbers that always stand in the same place and order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub present: u32,
    pub entitled: u32,
    pub needed: u32,
    /// Given in the running ballot, hall count included; `None` while none runs.
    pub cast: Option<u32>,
    /// Entitled and still missing in the running ballot.
    pub missing: Option<u32>,
    pub quorate: bool,
}

/// Whether a command would be taken now, without taking it: a button asks this and shows the refusal beside it.
///
/// # Errors
/// The refusal the command would meet.
pub fn may(meeting: &Meeting, rules: &Rules, context: &Context, command: &Command) -> Result<(), Refusal> {
    decide(meeting, rules, context, command).map(|_| ())
}

/// The quorum of this moment, at the called item.
#[must_use]
pub fn quorum_now(meeting: &Meeting, rules: &Rules) -> QuorumFinding {
    match meeting.open_round() {
        // In an election only the hall counts.
        Some(round) => decide::hall_quorum(meeting, rules, &round.item),
        None => decide::quorum(meeting, rules, meeting.business().and_then(Business::item)),
    }
}

/// The five numbers of this moment.
#[must_use]
pub fn figures(meeting: &Meeting, rules: &Rules) -> Figures {
    let quorum = quorum_now(meeting, rules);
    let (cast, missing) = match meeting.business() {
        Some(Business::Ballot(ballot)) => {
            let hands = ballot.hands.map_or(0, |hands| hands.sum());
            let cast = decide::count(ballot.choices.len()).saturating_add(hands);
            (Some(cast), Some(decide::count(missing(meeting).len())))
        }
        Some(Business::Counting(ballot)) => {
            let hands = ballot.hands.map_or(0, |hands| hands.sum());
            let cast = decide::count(ballot.choices.len()).saturating_add(hands);
            (Some(cast), Some(ballot.quorum.entitled.saturating_sub(cast)))
        }
        Some(Business::Between | Business::Item(_) | Business::Election(_)) | None => (None, None),
    };
    Figures {
        present: quorum.present,
        entitled: quorum.entitled,
        needed: quorum.needed,
        cast,
        missing,
        quorate: quorum.met,
    }
}

/// What a closed ballot comes to, before it is declared.
#[must_use]
pub fn result(ballot: &ClosedBallot, rules: &Rules) -> ResultDeclared {
    decide::result(ballot, rules)
}

/// What a counted round of an election comes to, before it is declared; `None` while it is not counted.
#[must_use]
pub fn election_result(round: &OpenRound, rules: &Rules) -> Option<ElectionDeclared> {
    round.count.as_ref().and_then(|count| decide::election_result(rules, round, count).ok())
}

/// Entitled members whose choice (or whose hall's count) is still missing in the running ballot.
#[must_use]
pub fn missing(meeting: &Meeting) -> BTreeSet<&SeatId> {
    let Some(Business::Ballot(ballot)) = meeting.business() else { return BTreeSet::new() };
    let counted_by_hand = |seat: &SeatId| ballot.hands.is_some() && meeting.is_in_room(seat);
    meeting
        .entitled(Some(&ballot.item))
        .into_iter()
        .filter(|seat| !ballot.choices.contains_key(*seat) && !counted_by_hand(seat))
        .collect()
}

/// `Reihenfolge des Aufrufs` in the running roll call: by family name from the letter the chair chose, round the alphabet,
/// the chair last. Only those entitled; empty while no roll call runs.
#[must_use]
pub fn call_order(meeting: &Meeting) -> Vec<&SeatId> {
    let Some(Business::Ballot(ballot)) = meeting.business() else { return Vec::new() };
    if ballot.method != Method::RollCall {
        return Vec::new();
    }
    let entitled = meeting.entitled(Some(&ballot.item));
    let mut order: Vec<(String, &SeatId)> = entitled
        .into_iter()
        .filter(|seat| **seat != meeting.chair)
        .filter_map(|seat| Some((family_name(meeting.seats.get(seat)?.name.as_str()), seat)))
        .collect();
    order.sort();
    let start = ballot.start.map_or_else(String::new, |letter| family_name(&letter.to_string()));
    let first = order.iter().position(|(name, _)| *name >= start).unwrap_or(0);
    order.rotate_left(first);
    let chair = meeting.entitled(Some(&ballot.item)).into_iter().find(|seat| **seat == meeting.chair);
    order.into_iter().map(|(_, seat)| seat).chain(chair).collect()
}

/// The family name as it is sorted: small letters, umlauts like their vowels (DIN 5007-1).
fn family_name(name: &str) -> String {
    let last = name.split_whitespace().last().unwrap_or_default().to_lowercase();
    last.replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss")
}

/// The special majority of a key of the rule pack.
#[must_use]
pub fn special<'a>(rules: &'a Rules, key: Option<&str>) -> Option<&'a SpecialMajority> {
    decide::special(rules, key)
}
