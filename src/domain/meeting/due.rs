//! `Fristen` of one meeting: what has to happen until when, before it and after it (§§ 34, 38, 41b, 43 GemO BW). Whether it
//! has happened is known of few; a calendar shows them all.

use super::state::{Meeting, Phase};
use crate::domain::law::deadlines::{Deadline, last_day};
use crate::domain::law::{Rules, notice};
use crate::domain::majority::Outcome;
use crate::domain::time::Date;

/// One thing with its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub what: What,
    pub day: Date,
    /// The paragraph it follows from.
    pub norm: String,
}

/// What has to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// `Ladung` goes out.
    Summons,
    /// `Beschlüsse` stand on the website.
    Decisions,
    /// `Widerspruch` of the mayor, if there is a reason for one.
    Veto,
    /// The new sitting after a `Widerspruch`.
    NewSession,
    /// `Niederschrift` is brought to the body's knowledge.
    Minutes,
    /// The next sitting should take place; no duty.
    NextSession,
    /// A wrong recusal, or a missing one, no longer makes the decision unlawful.
    RecusalHealed,
}

/// Everything this meeting sets a time for, in the order of the days.
#[must_use]
pub fn due(meeting: &Meeting, rules: &Rules) -> Vec<Due> {
    let mut found = match meeting.phase {
        Phase::Planned => before(meeting, rules),
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => Vec::new(),
        Phase::Closed(_) => after(meeting, rules),
    };
    found.sort_by_key(|due| (due.day, due.what));
    found
}

fn before(meeting: &Meeting, rules: &Rules) -> Vec<Due> {
    if meeting.before.summoned_on.is_some() {
        return Vec::new();
    }
    let norm = rules.notice_days.norm().to_owned();
    let last = notice::last_day(rules, meeting.day, meeting.is_second_throughout());
    last.map(|day| Due { what: What::Summons, day, norm }).into_iter().collect()
}

/// A meeting that did not take place sets none.
fn after(meeting: &Meeting, rules: &Rules) -> Vec<Due> {
    if meeting.opened_at.is_none() {
        return Vec::new();
    }
    let adopted = |public: bool| {
        meeting.results.iter().any(|declared| {
            declared.result.outcome == Outcome::Adopted
                && (!public || meeting.item(&declared.result.item).is_some_and(|item| item.public))
        })
    };
    let published = adopted(true) || !meeting.publicity.announced.is_empty();
    let recused = meeting.recusals.values().any(|seats| !seats.is_empty());
    [
        (What::Minutes, Deadline::Minutes, true),
        (What::Decisions, Deadline::Decisions, published),
        (What::Veto, Deadline::Veto, adopted(false)),
        (What::NewSession, Deadline::NewSession, adopted(false)),
        (What::NextSession, Deadline::NextSession, true),
        (What::RecusalHealed, Deadline::RecusalHealed, recused),
    ]
    .into_iter()
    .filter(|(_, _, applies)| *applies)
    .filter_map(|(what, deadline, _)| {
        last_day(rules, deadline, meeting.day).map(|last| Due { what, day: last.day, norm: last.norm })
    })
    .collect()
}
