//! What an advisory voice (`beratende Stimme`, § 33 (1) GemO BW) is not: a vote, a motion, a count.

use super::super::state::Meeting;
use crate::domain::id::SeatId;
use crate::domain::law::{Rules, voice};
use crate::domain::refusal::Refusal;

fn norm<'a>(meeting: &Meeting, rules: &'a Rules, seat: &SeatId) -> &'a str {
    let function = meeting.seats.get(seat).map(|seat| seat.function);
    let found = function.and_then(|function| voice::advisory(rules, function, meeting.kind));
    found.unwrap_or_else(|| rules.advisory_officials.norm())
}

/// Only members vote.
pub fn votes(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    if meeting.has_vote(seat) {
        return Ok(());
    }
    let sentence = "Wer mit beratender Stimme teilnimmt, stimmt nicht ab und zählt nicht mit.";
    Err(Refusal::law("advisory", norm(meeting, rules, seat), sentence))
}

/// Only members move, object and are the oldest member.
pub fn is_member(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    if meeting.has_vote(seat) {
        return Ok(());
    }
    let sentence = "Das kann nur ein Mitglied des Gremiums; wer mit beratender Stimme teilnimmt, spricht mit.";
    Err(Refusal::law("advisory", norm(meeting, rules, seat), sentence))
}

/// Who is no member takes part in the room (open question O6).
pub fn not_connected(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    let elsewhere = meeting.is_kept_out(seat) && meeting.attendance.places.contains_key(seat);
    if meeting.has_vote(seat) || !elsewhere || meeting.is_expelled(seat) {
        return Ok(());
    }
    let sentence = "Wer mit beratender Stimme teilnimmt, ist im Saal: Zugeschaltet nehmen nur Mitglieder teil (zweifelhaft, die \
                    Einstellung ist streng).";
    Err(Refusal::law("advisory_remote", rules.remote_advisory.norm(), sentence))
}

/// Who takes part with an advisory voice only, as it is written into the convening.
pub fn advisers(meeting: &Meeting, rules: &Rules) -> Vec<SeatId> {
    let advisory = |function| voice::advisory(rules, function, meeting.kind).is_some();
    meeting.seats.values().filter(|seat| advisory(seat.function)).map(|seat| seat.id.clone()).collect()
}
