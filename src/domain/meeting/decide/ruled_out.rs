//! `Ausschluss der Zuschaltung im Einzelfall` (§ 37a (3) s. 2 and 3 GemO BW): decided with the convening, and then nobody is
//! connected.

use super::super::command::Summons;
use super::super::event::Clause;
use super::super::state::Meeting;
use super::planning::format_fits;
use crate::domain::law::conduct::{Exclusion, may_rule_out};
use crate::domain::law::format::{self, MeetingFormat};
use crate::domain::law::{Rules, basis};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use std::collections::BTreeSet;

/// Whether connection may be ruled out for this sitting, convened in this format on `day`.
pub(super) fn may(
    meeting: &Meeting,
    rules: &Rules,
    day: Date,
    format: MeetingFormat,
    reason: bool,
) -> Result<(), Refusal> {
    asked(meeting, rules, day, &Wanted { format, reason, with_convening: true })?;
    if format == MeetingFormat::Hybrid {
        let sentence = "Ist die Zuschaltung ausgeschlossen, wird in Präsenz einberufen.";
        return Err(Refusal::misuse("ruled_out_in_person", sentence));
    }
    // Where nobody could be connected anyhow there is nothing to rule out; the refusal says why.
    format_fits(meeting, rules, day, MeetingFormat::Hybrid, None, false)
}

/// Whoever is summoned once more, to another day or with another item, is not told this as well.
pub(super) fn not_now(meeting: &Meeting, rules: &Rules, summons: &Summons) -> Result<(), Refusal> {
    let format = meeting.convened().map_or(MeetingFormat::InPerson, |convened| convened.convening.format);
    if summons.rule_out {
        asked(meeting, rules, meeting.day, &Wanted { format, reason: true, with_convening: false })?;
    }
    Ok(())
}

/// Nobody is connected to a sitting in person; the refusal says by which law.
pub(super) fn in_person(meeting: &Meeting, rules: &Rules) -> Refusal {
    if meeting.is_ruled_out() {
        let sentence = "Die Zuschaltung ist für diese Sitzung ausgeschlossen; der Grund steht in der Ladung.";
        return Refusal::law("ruled_out", rules.remote_exclusion.norm(), sentence);
    }
    let sentence = "Diese Sitzung findet in Präsenz statt; niemand ist zugeschaltet.";
    Refusal::law("in_person", rules.format_in_person.norm(), sentence)
}

/// Sitting in person although the Hauptsatzung lets members be connected, and not ruled out: whether that is lawful is an open
/// question, and the sentence says so with the paragraph. Asked before the convening, or of what was convened.
#[must_use]
pub fn doubtful_in_person(meeting: &Meeting, rules: &Rules) -> Option<String> {
    let planned = meeting.convened().is_none_or(|convened| convened.convening.format == MeetingFormat::InPerson);
    let could = planned
        && !meeting.is_ruled_out()
        && format_fits(meeting, rules, meeting.day, MeetingFormat::Hybrid, None, false).is_ok();
    could.then(|| {
        format!(
            "Die Hauptsatzung lässt die Zuschaltung zu. Ob dann ohne Ausschluss im Einzelfall in Präsenz einberufen werden darf, \
             ist zweifelhaft ({}).",
            rules.format_hybrid.norm()
        )
    })
}

struct Wanted {
    format: MeetingFormat,
    reason: bool,
    with_convening: bool,
}

fn asked(meeting: &Meeting, rules: &Rules, day: Date, wanted: &Wanted) -> Result<(), Refusal> {
    let in_force = |clause: &&Clause| clause.in_force_from <= day;
    let mut clauses = BTreeSet::new();
    for clause in meeting.clauses.iter().filter(in_force) {
        match basis::carries(rules, clause.carried) {
            Ok(()) => drop(clauses.insert(clause.kind)),
            // It is there, and carries nothing: that is the better answer than that it is missing.
            Err(why) if clause.kind == format::Clause::ExcludeRemote => return Err(why),
            Err(_) => {}
        }
    }
    let Wanted { format, reason, with_convening } = *wanted;
    may_rule_out(rules, &Exclusion { format, clauses, reason, with_convening })
}
