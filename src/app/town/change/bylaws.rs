//! Clauses of the Hauptsatzung that open a format of § 37a GemO BW.

use super::{Wrong, day, text, wrong};
use crate::app::town::{Bylaw, BylawKind, TownDraft};

pub(super) fn add(
    draft: &mut TownDraft,
    kind: BylawKind,
    reference: &str,
    [decided_on, in_force_from]: [&str; 2],
) -> Result<String, Wrong> {
    let clause = Bylaw {
        kind,
        reference: text("fundstelle", "Die Fundstelle", reference)?,
        decided_on: day("beschlossen", "Der Tag des Beschlusses", decided_on)?,
        in_force_from: day("inkraft", "Der Tag des Inkrafttretens", in_force_from)?,
        in_force_until: None,
    };
    if clause.in_force_from < clause.decided_on {
        return Err(wrong("inkraft", "Die Regelung träte vor ihrem Beschluss in Kraft."));
    }
    let what = format!(
        "Die Hauptsatzung hat die Regelung {} (in Kraft ab {}).",
        clause.reference,
        clause.in_force_from.german()
    );
    draft.bylaws.push(clause);
    Ok(what)
}

pub(super) fn end(draft: &mut TownDraft, place: usize, until: &str) -> Result<String, Wrong> {
    let until = day("bis", "Der letzte Tag", until)?;
    let gone = || wrong("", "Diese Regelung gibt es nicht mehr.");
    let clause = draft.bylaws.get_mut(place).ok_or_else(gone)?;
    if until < clause.in_force_from {
        return Err(wrong("bis", "Die Regelung endete vor dem Tag, an dem sie in Kraft tritt."));
    }
    clause.in_force_until = Some(until);
    Ok(format!("Die Regelung {} gilt nur noch bis {}.", clause.reference, until.german()))
}
