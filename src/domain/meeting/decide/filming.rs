//! Film and sound recordings (§ 35 (3) GemO BW): only on the ground the law gives, and over the moment it falls away.

use super::super::command::{Context, FilmingStep};
use super::super::doors::Doors;
use super::super::event::{
    AnswerWay, Event, FilmingAnswered, FilmingBasis, FilmingEnd, FilmingStarted, FilmingStopped, Speaker,
};
use super::super::filming::ends_before;
use super::super::fold::apply;
use super::super::state::{Meeting, Phase, Recorded};
use super::{known_seat, only_chair, only_chair_or_clerk, sitting};
use crate::domain::law::Rules;
use crate::domain::law::recording::{Ground, Purpose, may_record_nonmember};
use crate::domain::refusal::Refusal;
use crate::domain::time::Instant;
use std::collections::BTreeSet;

/// How often one person may consent anew in one meeting. Refusing and withdrawing is never too often.
const CONSENTS_MAX: u32 = 20;
/// People who are not members and are asked in one meeting.
const GUESTS_MAX: usize = 200;

/// One of them.
pub fn film(meeting: &Meeting, rules: &Rules, context: &Context, step: &FilmingStep) -> Result<Vec<Event>, Refusal> {
    match step {
        FilmingStep::Answer { of, consents } => answer(meeting, context, of.as_ref(), *consents),
        FilmingStep::Start { purpose } => start(meeting, rules, context, *purpose),
        FilmingStep::Stop => stop(meeting, context),
    }
}

/// Consents, refuses or withdraws: everybody for themselves; what somebody in the room says, chair or clerk note.
fn answer(meeting: &Meeting, context: &Context, of: Option<&Speaker>, consents: bool) -> Result<Vec<Event>, Refusal> {
    match meeting.phase {
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => {}
        Phase::Planned => return Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    }
    let own = context.actor.seat.as_ref();
    let (of, way) = match of {
        None => {
            let seat = own.ok_or_else(|| Refusal::misuse("no_seat", "Das erklären hier nur Mitglieder."))?;
            (Speaker::Member { seat: seat.clone() }, AnswerWay::Own)
        }
        Some(Speaker::Member { seat }) if Some(seat) == own => (Speaker::Member { seat: seat.clone() }, AnswerWay::Own),
        Some(Speaker::Member { seat }) => {
            only_chair_or_clerk(meeting, context)?;
            if !meeting.is_in_room(seat) {
                let sentence = "Wer nicht im Saal ist, antwortet selbst an seinem Platz.";
                return Err(Refusal::misuse("answers_alone", sentence));
            }
            (Speaker::Member { seat: seat.clone() }, AnswerWay::Noted)
        }
        Some(Speaker::Guest { name }) => {
            only_chair_or_clerk(meeting, context)?;
            (Speaker::Guest { name: name.clone() }, AnswerWay::Noted)
        }
    };
    if let Speaker::Member { seat } = &of {
        known_seat(meeting, seat)?;
    }
    let before = meeting.filming.answer(&of);
    if before.is_some_and(|answered| answered.consents == consents) {
        return Err(Refusal::conflict("answered", "Das ist schon so vermerkt."));
    }
    if consents && before.is_some_and(|answered| answered.times >= CONSENTS_MAX) {
        return Err(Refusal::misuse("consents_count", "So oft lässt sich die Einwilligung nicht mehr erneuern."));
    }
    if before.is_none() && matches!(of, Speaker::Guest { .. }) && meeting.filming.guests.len() >= GUESTS_MAX {
        return Err(Refusal::misuse("guests_count", "Mehr Personen nimmt diese Liste nicht auf."));
    }
    Ok(vec![Event::FilmingAnswered(FilmingAnswered { of, consents, way })])
}

/// A recording or transmission begins, on the ground the law gives for it.
fn start(meeting: &Meeting, rules: &Rules, context: &Context, purpose: Purpose) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    if meeting.filming.running.is_some() {
        return Err(Refusal::conflict("filming", "Es wird schon aufgenommen. Beenden Sie das zuerst."));
    }
    match (&meeting.publicity.doors, purpose) {
        (Doors::Open, _) | (Doors::Closed { .. }, Purpose::Minutes) => {}
        (Doors::Closed { .. }, Purpose::Publish | Purpose::Others) => {
            let sentence = "Im nichtöffentlichen Teil wird nichts für die Öffentlichkeit aufgenommen oder übertragen.";
            return Err(Refusal::law("closed_doors", rules.agenda_closed_doors.norm(), sentence));
        }
        (Doors::Clearing(_) | Doors::Opening(_), _) => {
            let sentence = "Die Öffentlichkeit geht oder kommt gerade. Aufgenommen wird erst danach.";
            return Err(Refusal::misuse("doors", sentence));
        }
    }
    let basis = match meeting.filming_ground(rules, purpose)? {
        Ground::Clause(_) => FilmingBasis::Clause,
        Ground::Consent(rule) => {
            let missing: BTreeSet<_> = meeting.without_consent(rules).collect();
            if !missing.is_empty() {
                let names = meeting.seats.values().filter(|seat| missing.contains(&seat.id));
                let names: Vec<&str> = names.map(|seat| seat.name.as_str()).collect();
                let sentence =
                    format!("Alle anwesenden Mitglieder müssen einwilligen. Nicht eingewilligt: {}.", names.join(", "));
                return Err(Refusal::law("consent_of_all", rule.norm(), sentence));
            }
            FilmingBasis::Consent
        }
    };
    // Asked and not objected, or consented: either way there is an answer.
    let unasked: Vec<&str> = meeting.guests_without_consent().map(crate::domain::text::Name::as_str).collect();
    let anybody = meeting.guests_now().next().is_some();
    if anybody && may_record_nonmember(rules, true, false).is_err() || !unasked.is_empty() {
        let who = if unasked.is_empty() { "Gäste".to_owned() } else { unasked.join(", ") };
        let sentence = format!("Wer nicht Mitglied ist, wird nur mit eigener Grundlage aufgenommen. Es fehlt: {who}.");
        return Err(Refusal::law("nonmember_recorded", rules.recording_nonmembers.norm(), sentence));
    }
    Ok(vec![Event::FilmingStarted(FilmingStarted { purpose, basis })])
}

/// It ends: whoever leads or writes may always end it.
fn stop(meeting: &Meeting, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    if meeting.filming.running.is_none() {
        return Err(Refusal::conflict("not_filming", "Es wird nicht aufgenommen."));
    }
    Ok(vec![Event::FilmingStopped(FilmingStopped { why: FilmingEnd::Ordered })])
}

/// Whatever takes the ground away from a running recording ends it, in the same breath.
pub fn watched(meeting: &Meeting, rules: &Rules, now: Instant, events: Vec<Event>) -> Vec<Event> {
    if meeting.filming.running.is_none() {
        return events;
    }
    let mut running = meeting.clone();
    let mut all: Vec<Event> = Vec::with_capacity(events.len().saturating_add(1));
    let mut events = events.into_iter();
    for event in events.by_ref() {
        let before = ends_before(&event);
        let withdrawn = matches!(&event, Event::FilmingAnswered(_));
        all.extend(before.map(|why| Event::FilmingStopped(FilmingStopped { why })));
        if before.is_none() {
            running = apply(running, &happened(meeting, now, event.clone()));
        }
        all.push(event);
        if before.is_some() || running.filming.running.is_none() {
            break;
        }
        if !running.filming_holds(rules) {
            let why = if withdrawn { FilmingEnd::Withdrawn } else { FilmingEnd::Joined };
            all.push(Event::FilmingStopped(FilmingStopped { why }));
            break;
        }
    }
    all.extend(events);
    all
}

fn happened(meeting: &Meeting, now: Instant, event: Event) -> Recorded {
    let number = meeting.height.saturating_add(1);
    Recorded { number, occurred_at: now, recorded_at: now, classes: BTreeSet::new(), event }
}
