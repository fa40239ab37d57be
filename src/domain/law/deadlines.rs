//! `Fristen`: the last day of everything the code of municipalities sets a time for. Days are calendar days; the period
//! begins on the day after the event (§ 187 (1) BGB) and a month ends on the day of the same number or on the last of a
//! shorter month (§ 188 (2), (3) BGB).

use super::{AtMost, Rules, Sourced, WeekendShift};
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};

/// What the time runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// `Kenntnisgabe der Niederschrift`, from the sitting.
    Minutes,
    /// `Veröffentlichung der Beschlüsse`, from the sitting.
    Decisions,
    /// `Widerspruch des Bürgermeisters`, from the decision.
    Veto,
    /// `Neue Sitzung nach Widerspruch`, from the first sitting.
    NewSession,
    /// `Heilung` of a decision with a wrongly excluded or wrongly included member, from the decision.
    RecusalHealed,
    /// `Sperre für denselben Gegenstand`, from its treatment; the last blocked day.
    RequestBlock,
    /// `Nächste Sitzung`, from the last one.
    NextSession,
    /// `Zweiter Wahlgang` of an only candidate, from the first; the day before which it should not be held.
    SecondBallot,
}

/// A last day with its paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDay {
    /// The day.
    pub day: Date,
    /// The paragraph the time comes from.
    pub norm: String,
}

enum Length {
    Days(i64),
    Months(u32),
}

/// The last day of a time that begins with `from`; `None` where the law sets none, and at the end of the calendar.
#[must_use]
pub fn last_day(rules: &Rules, deadline: Deadline, from: Date) -> Option<LastDay> {
    let days = |rule: &Sourced<u32>| (Length::Days(i64::from(rule.get())), rule.norm().to_owned());
    let months = |rule: &Sourced<u32>| (Length::Months(rule.get()), rule.norm().to_owned());
    // Where the law sets no time there is no last day.
    let set = |rule: &Sourced<AtMost>| rule.get().0.map(|number| (number, rule.norm().to_owned()));
    let (length, norm) = match deadline {
        Deadline::Minutes => {
            let (number, norm) = set(&rules.minutes_deadline_months)?;
            (Length::Months(number), norm)
        }
        Deadline::Decisions => {
            let (number, norm) = set(&rules.publish_decisions_days)?;
            (Length::Days(i64::from(number)), norm)
        }
        Deadline::Veto => days(&rules.veto_days),
        Deadline::NewSession => {
            let (number, norm) = set(&rules.veto_new_session_weeks)?;
            (Length::Days(i64::from(number).saturating_mul(7)), norm)
        }
        Deadline::RecusalHealed => months(&rules.recusal_heal_months),
        Deadline::RequestBlock => months(&rules.request_block_months),
        Deadline::NextSession => months(&rules.notice_min_frequency_months),
        Deadline::SecondBallot => days(&rules.election_single_candidate_wait_days),
    };
    let day = match length {
        Length::Days(days) => from.plus_days(days)?,
        Length::Months(months) => from.plus_months(months)?,
    };
    Some(LastDay { day: shifted(rules, deadline, day)?, norm })
}

/// A deadline that ends on a Saturday or Sunday, as `deadline.weekend_shift` says. What is no deadline for an act is not
/// moved. Public holidays are not known here.
fn shifted(rules: &Rules, deadline: Deadline, day: Date) -> Option<Date> {
    let act = !matches!(deadline, Deadline::RecusalHealed | Deadline::RequestBlock | Deadline::SecondBallot);
    match rules.deadline_weekend_shift.get() {
        WeekendShift::NextWorkday if act => match day.weekday() {
            6 => day.plus_days(2),
            7 => day.plus_days(1),
            _ => Some(day),
        },
        WeekendShift::NextWorkday | WeekendShift::Stays => Some(day),
    }
}
