//! What an advisory voice (`beratende Stimme`, § 33 (1) GemO BW) is not: a vote, a motion, a count.

use super::super::command::Context;
use super::super::event::{AdviserAdmitted, Event};
use super::super::state::Meeting;
use super::arriving::convened;
use super::order::not_expelled;
use super::{known_seat, only_chair, ruled_out};
use crate::domain::id::SeatId;
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::{AdvisoryRemote, Rules, voice};
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

/// Who is no member takes part in the room, unless the chair lets them be connected (open question O6).
pub fn not_connected(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    let elsewhere = meeting.is_kept_out(seat) && meeting.attendance.places.contains_key(seat);
    if meeting.has_vote(seat) || !elsewhere || meeting.is_expelled(seat) {
        return Ok(());
    }
    Err(connected(rules))
}

fn connected(rules: &Rules) -> Refusal {
    let sentence = match rules.remote_advisory.get() {
        AdvisoryRemote::ChairDecides => {
            "Wer mit beratender Stimme teilnimmt, ist im Saal, solange der Vorsitz die Zuschaltung nicht zulässt (zweifelhaft, \
             die Einstellung ist streng)."
        }
        AdvisoryRemote::Never => {
            "Wer mit beratender Stimme teilnimmt, ist im Saal: Zugeschaltet nehmen nur Mitglieder teil (zweifelhaft, die \
             Einstellung ist streng)."
        }
    };
    Refusal::law("advisory_remote", rules.remote_advisory.norm(), sentence)
}

/// `Zuschaltung mit beratender Stimme` (open question O6): the chair lets one who is no member be connected to this sitting, or
/// takes that back. Counted and voting they never are.
pub fn admit(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    seat: &SeatId,
    admitted: bool,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let format = convened(meeting)?.convening.format;
    known_seat(meeting, seat)?;
    if meeting.has_vote(seat) {
        let sentence =
            "Wer eine Stimme hat, braucht das nicht: Für Mitglieder gilt, was die Hauptsatzung zur Zuschaltung sagt.";
        return Err(Refusal::misuse("is_member", sentence));
    }
    if meeting.attendance.admitted.contains(seat) == admitted {
        return Err(Refusal::conflict("admitted", "Das ist schon so vermerkt."));
    }
    if admitted {
        if format == MeetingFormat::InPerson {
            return Err(ruled_out::in_person(meeting, rules));
        }
        if rules.remote_advisory.get() == AdvisoryRemote::Never {
            return Err(connected(rules));
        }
        if *seat == meeting.leading.office {
            let sentence = "Wessen Amt der Vorsitz ist, für den gilt eine eigene Regel; der Vorsitz lässt die Zuschaltung hier \
                            nicht zu.";
            return Err(Refusal::law("office_remote", rules.chair_office_remote.norm(), sentence));
        }
        not_expelled(meeting, rules, seat)?;
    }
    Ok(vec![Event::AdviserAdmitted(AdviserAdmitted { seat: seat.clone(), admitted })])
}

/// Who takes part with an advisory voice only, as it is written into the convening.
pub fn advisers(meeting: &Meeting, rules: &Rules) -> Vec<SeatId> {
    let advisory = |function| voice::advisory(rules, function, meeting.kind).is_some();
    meeting.seats.values().filter(|seat| advisory(seat.function)).map(|seat| seat.id.clone()).collect()
}
