//! Clauses of the Hauptsatzung that open a format of § 37a GemO BW.

use super::{Wrong, day, text, wrong};
use crate::app::town::{BodyDraft, Bylaw, BylawKind, TownDraft};
use crate::domain::law::BodyKind;
use crate::domain::law::overlay::Carried;

/// More members than any council has.
const VOTES_MAX: u32 = 200;

pub(super) fn add(
    draft: &mut TownDraft,
    (kind, body): (BylawKind, &str),
    reference: &str,
    [decided_on, in_force_from]: [&str; 2],
    [yes, members]: [&str; 2],
) -> Result<String, Wrong> {
    let district = match (kind, body) {
        (BylawKind::DistrictConsent, id) => {
            let district = |body: &&BodyDraft| body.id == id && body.kind == Some(BodyKind::DistrictCouncil);
            let missing = || wrong("gremium", "Bitte nennen Sie den Ortschaftsrat, der zugestimmt hat.");
            Some(draft.bodies.iter().find(district).ok_or_else(missing)?)
        }
        (_, "") => None,
        _ => return Err(wrong("gremium", "Ein Gremium wird nur bei der Zustimmung eines Ortschaftsrats genannt.")),
    };
    let clause = Bylaw {
        kind,
        body: district.map(|body| body.id.clone()),
        reference: text("fundstelle", "Die Fundstelle", reference)?,
        decided_on: day("beschlossen", "Der Tag des Beschlusses", decided_on)?,
        in_force_from: day("inkraft", "Der Tag des Inkrafttretens", in_force_from)?,
        in_force_until: None,
        carried: carried(yes, members)?,
    };
    if clause.in_force_from < clause.decided_on {
        return Err(wrong("inkraft", "Die Regelung träte vor ihrem Beschluss in Kraft."));
    }
    let from = clause.in_force_from.german();
    let what = match district {
        None => format!("Die Hauptsatzung hat die Regelung {} (in Kraft ab {from}).", clause.reference),
        Some(body) => format!("Zugestimmt hat der Zuschaltung: {}, {} (ab {from}).", body.name, clause.reference),
    };
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

/// The votes that carried it; both or none.
pub(super) fn carried(yes: &str, members: &str) -> Result<Option<Carried>, Wrong> {
    let number = |field, what: &str, typed: &str| match typed.trim() {
        "" => Ok(None),
        typed => {
            let number = typed.parse().ok().filter(|number: &u32| *number <= VOTES_MAX);
            number.map(Some).ok_or_else(|| wrong(field, format!("{what} ist eine Zahl bis {VOTES_MAX}.")))
        }
    };
    let yes = number("ja", "Die Zahl der Ja-Stimmen", yes)?;
    let members = number("mitglieder", "Die Zahl aller Mitglieder", members)?;
    match (yes, members) {
        (None, None) => Ok(None),
        (Some(yes), Some(members)) if yes > members => {
            Err(wrong("ja", "Es können nicht mehr zugestimmt haben, als Mitglieder da sind."))
        }
        (Some(yes), Some(members)) => Ok(Some(Carried { yes, members })),
        (Some(_), None) => Err(wrong("mitglieder", "Bitte nennen Sie auch die Zahl aller Mitglieder.")),
        (None, Some(_)) => Err(wrong("ja", "Bitte nennen Sie auch die Ja-Stimmen.")),
    }
}

pub(super) fn prove(draft: &mut TownDraft, place: usize, yes: &str, members: &str) -> Result<String, Wrong> {
    let Some(votes) = carried(yes, members)? else { return Err(wrong("ja", "Bitte nennen Sie die Ja-Stimmen.")) };
    let clause = draft.bylaws.get_mut(place).ok_or_else(|| wrong("", "Diese Regelung gibt es nicht mehr."))?;
    clause.carried = Some(votes);
    let (yes, members) = (votes.yes, votes.members);
    Ok(format!("Die Regelung {} wurde mit {yes} Ja-Stimmen von {members} Mitgliedern beschlossen.", clause.reference))
}
