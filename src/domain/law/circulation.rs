//! `Umlaufverfahren`, § 37 (1) s. 2 GemO BW: what a matter needs to be sent round, and what came of it.

use super::conduct::circulated;
use super::{CirculationUnreached, LateObjection, Rules};
use crate::domain::majority::Outcome;
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;

/// How the members stand to a matter sent round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Members who object.
    pub objections: u32,
    /// Members it did not reach, and who have not answered either. Whoever is recused is not asked (§ 18 (1) GemO BW).
    pub unreached: u32,
}

/// The first day that may be the last one for an objection; `None` at the end of the calendar.
#[must_use]
pub fn earliest_last_day(rules: &Rules, sent: Date) -> Option<Date> {
    sent.plus_days(i64::from(rules.circulation_days.get()))
}

/// May a matter be sent round on this day, with this last day for an objection?
///
/// # Errors
/// The law's refusal if the matter is not a simple one, if there is no such procedure, or if the time is too short.
pub fn may_circulate(rules: &Rules, simple: bool, sent: Date, last_day: Date) -> Result<(), Refusal> {
    circulated(rules, simple, 0)?;
    let (days, norm) = (rules.circulation_days.get(), rules.circulation_days.norm());
    let too_short = |earliest: String| {
        let sentence = format!(
            "Für einen Widerspruch müssen mindestens {days} ganze Tage bleiben; letzter Tag kann {earliest} sein."
        );
        Refusal::law("objection_time_short", norm, sentence)
    };
    match earliest_last_day(rules, sent) {
        Some(earliest) if last_day >= earliest => Ok(()),
        Some(earliest) => Err(too_short(format!("frühestens der {}", earliest.german()))),
        None => Err(too_short("kein Tag mehr".to_owned())),
    }
}

/// May a member still object on `today`, before the result is found?
///
/// # Errors
/// The law's refusal where an objection after the last day comes too late.
pub fn may_object(rules: &Rules, today: Date, last_day: Date) -> Result<(), Refusal> {
    let rule = &rules.circulation_late_objection;
    match rule.get() {
        LateObjection::TooLate if today > last_day => {
            let sentence = format!("Widersprechen konnte man bis zum {}.", last_day.german());
            Err(Refusal::law("objection_late", rule.norm(), sentence))
        }
        LateObjection::TooLate | LateObjection::Counts => Ok(()),
    }
}

/// What came of a simple matter that was sent round: adopted if nobody objects. An objection is found at once; silence
/// agrees only when the time is over.
///
/// # Errors
/// The law's refusal while somebody may still object, or if somebody was never asked.
pub fn find(rules: &Rules, standing: Standing, today: Date, last_day: Date) -> Result<Outcome, Refusal> {
    let outcome = circulated(rules, true, standing.objections)?;
    if outcome != Outcome::Adopted {
        return Ok(outcome);
    }
    if today <= last_day {
        let sentence = format!("Bis zum {} kann noch jedes Mitglied widersprechen.", last_day.german());
        return Err(Refusal::law("objection_possible", rules.circulation_adopt_if.norm(), sentence));
    }
    let rule = &rules.circulation_unreached;
    match rule.get() {
        CirculationUnreached::Stops if standing.unreached > 0 => {
            let who = match standing.unreached {
                1 => "ein Mitglied".to_owned(),
                more => format!("{more} Mitglieder"),
            };
            let sentence = format!(
                "Die Vorlage hat {who} noch nicht erreicht; als Zustimmung gilt Schweigen nur, wenn alle gefragt wurden."
            );
            Err(Refusal::law("not_all_asked", rule.norm(), sentence))
        }
        CirculationUnreached::Stops | CirculationUnreached::Agrees => Ok(Outcome::Adopted),
    }
}
