//! `Verlangen`: a request as somebody types it in, what the law says of it, and its answer.

use crate::app::ports::requests::{Answered, Lodged, Outcome};
use crate::app::record::rules_on;
use crate::app::town::{Body, Function, Town};
use crate::domain::id::{MeetingId, PersonId, SeatId};
use crate::domain::law::requests::{Request, RequestFinding, Wanted, decline, find};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark};
use crate::domain::time::{Date, Instant};

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// `sitzung` or `punkt`.
    pub wants: String,
    pub subject: String,
    pub received_on: String,
    /// Seats that are ticked.
    pub asking: Vec<String>,
    pub faction: String,
    /// It is not the body's own matter.
    pub foreign: bool,
    pub handwritten: bool,
    /// When it was last dealt with, or empty.
    pub dealt_with: String,
}

/// What is wrong in the form, for a person's eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    #[error("Bitte wählen: eine Sitzung oder ein Verhandlungsgegenstand?")]
    Wants,
    #[error("Bitte angeben, worum es geht; höchstens 500 Zeichen.")]
    Subject,
    #[error("Bitte den Tag angeben, an dem das Verlangen eingegangen ist.")]
    Received,
    #[error("Der Eingang kann nicht in der Zukunft liegen.")]
    ReceivedLater,
    #[error("Der Tag der letzten Behandlung ist kein Tag vor dem Eingang.")]
    DealtWith,
    #[error("Bitte ankreuzen, wer es verlangt, oder die Fraktion wählen.")]
    Nobody,
    #[error("Wer es verlangt, muss dem Gremium am Tag des Eingangs angehören.")]
    Stranger,
    #[error("Diese Fraktion gab es am Tag des Eingangs nicht.")]
    Faction,
}

/// The request that stands in the form. Inadmissible ones are requests as well: they are kept, and answered.
///
/// # Errors
/// [`Mistyped`]; nothing is lost, the form still holds it.
pub fn lodge(typed: &Typed, body: &Body, town: &Town, by: &PersonId, today: Date) -> Result<Lodged, Mistyped> {
    let wants = match typed.wants.as_str() {
        "sitzung" => Wanted::Session,
        "punkt" => Wanted::Item,
        _ => return Err(Mistyped::Wants),
    };
    let subject = typed.subject.parse().map_err(|_| Mistyped::Subject)?;
    let received_on: Date = typed.received_on.parse().map_err(|_| Mistyped::Received)?;
    if received_on > today {
        return Err(Mistyped::ReceivedLater);
    }
    let dealt_with = match typed.dealt_with.trim() {
        "" => None,
        day => Some(day.parse().map_err(|_| Mistyped::DealtWith)?),
    };
    if dealt_with.is_some_and(|day: Date| day > received_on) {
        return Err(Mistyped::DealtWith);
    }
    let mut asking: Vec<(SeatId, Name)> = Vec::new();
    for seat in seats(body, received_on) {
        let name = town.person(&seat.person).and_then(|person| person.name.parse().ok());
        if let Some(name) = name.filter(|_| typed.asking.iter().any(|id| id == seat.id.as_str())) {
            asking.push((seat.id.clone(), name));
        }
    }
    if typed.asking.iter().any(|id| !asking.iter().any(|(seat, _)| seat.as_str() == id)) {
        return Err(Mistyped::Stranger);
    }
    let faction = match typed.faction.trim() {
        "" => None,
        name if factions(body, received_on).any(|faction| faction == name) => name.parse::<Name>().ok(),
        _ => return Err(Mistyped::Faction),
    };
    if asking.is_empty() && faction.is_none() {
        return Err(Mistyped::Nobody);
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let request = Request {
        wants,
        councillors: count(seats(body, received_on).count()),
        members: Some(count(body.seats_on(received_on).count())),
        asking: count(asking.len()),
        faction: faction.is_some(),
        in_remit: !typed.foreign,
        handwritten: typed.handwritten,
        dealt_with,
    };
    Ok(Lodged { body: body.id.clone(), subject, asking, faction, received_on, request, by: by.clone() })
}

/// Who may ask: every member but who convenes.
pub fn seats(body: &Body, day: Date) -> impl Iterator<Item = &crate::app::town::Seat> {
    body.seats_on(day).filter(|seat| seat.function == Function::Councillor)
}

/// The factions of a body on that day, some of them more than once.
pub fn factions(body: &Body, day: Date) -> impl Iterator<Item = &str> {
    body.seats_on(day).filter_map(|seat| seat.faction.as_deref())
}

/// What the law of the day it was received says of it.
///
/// # Errors
/// In words people read, if there are no rules for that day.
pub fn found(town: &Town, lodged: &Lodged) -> Result<Result<RequestFinding, Refusal>, String> {
    Ok(find(&rules_on(town, &lodged.body, lodged.received_on)?, lodged.request, lodged.received_on))
}

/// A sitting in which a request may be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sits {
    pub id: MeetingId,
    pub day: Date,
}

/// Why a request is not answered like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswered {
    #[error("Bitte wählen, was aus dem Verlangen geworden ist.")]
    Outcome,
    #[error("Bitte die Sitzung wählen. Eine neue wird zuerst unter „Neue Sitzung planen“ angelegt.")]
    Meeting,
    #[error("Bitte dazu schreiben, warum; höchstens 2000 Zeichen.")]
    Remark,
    #[error(transparent)]
    Law(#[from] Refusal),
}

/// What stands in the form of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// `angesetzt`, `abgelehnt` or `zurueckgenommen`.
    pub outcome: String,
    pub meeting: String,
    pub remark: String,
}

/// The answer that stands in the form; `sittings` are those of the body since the request was received.
///
/// # Errors
/// [`NotAnswered`].
pub fn answer(
    typed: &TypedAnswer,
    found: &Result<RequestFinding, Refusal>,
    sittings: &[Sits],
    by: &PersonId,
    at: Instant,
) -> Result<Answered, NotAnswered> {
    let outcome = match typed.outcome.as_str() {
        "angesetzt" => Outcome::Scheduled,
        "abgelehnt" => Outcome::Declined,
        "zurueckgenommen" => Outcome::Withdrawn,
        _ => return Err(NotAnswered::Outcome),
    };
    let remark: Option<Remark> = match typed.remark.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| NotAnswered::Remark)?),
    };
    let meeting = match outcome {
        Outcome::Scheduled => {
            let chosen = sittings.iter().find(|sitting| sitting.id.as_str() == typed.meeting);
            Some(chosen.ok_or(NotAnswered::Meeting)?.id.clone())
        }
        Outcome::Declined => {
            decline(found)?;
            None
        }
        Outcome::Withdrawn if remark.is_none() => return Err(NotAnswered::Remark),
        Outcome::Withdrawn => None,
    };
    Ok(Answered { outcome, meeting, remark, at, by: by.clone() })
}
