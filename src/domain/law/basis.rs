//! `Mehrheit der Hauptsatzung`, § 4 (2) GemO BW: a sitting rests on a clause only if the clause was carried.

use super::overlay::Carried;
use super::{Rules, Sourced, Threshold};
use crate::domain::refusal::Refusal;

/// May a sitting rest on a clause that was carried like this?
///
/// # Errors
/// The law's refusal with the paragraph of the majority: too few votes, or nothing on record where the rules ask for it.
pub fn carries(rules: &Rules, carried: Option<Carried>) -> Result<(), Refusal> {
    let Some(votes) = carried else {
        if !rules.remote_basis_evidence.get() {
            return Ok(());
        }
        let sentence = "Für die Regelung der Hauptsatzung ist nicht eingetragen, mit wie vielen Stimmen sie beschlossen \
                        wurde; sie braucht die Mehrheit der Stimmen aller Mitglieder.";
        return Err(Refusal::law("majority_unproven", rules.remote_basis_majority.norm(), sentence));
    };
    reached(&rules.remote_basis_majority, votes, "Die Regelung der Hauptsatzung")
}

/// `Zustimmung des Ortschaftsrats`, § 72 no. 3 GemO BW: did it consent with the majority it needs?
///
/// # Errors
/// The law's refusal: too few votes, or nothing on record.
pub fn consents(rules: &Rules, carried: Option<Carried>) -> Result<(), Refusal> {
    let rule = &rules.district_remote_consent;
    let Some(votes) = carried else {
        let sentence = "Für die Zustimmung des Ortschaftsrats ist nicht eingetragen, mit wie vielen Stimmen sie beschlossen \
                        wurde; sie braucht die Mehrheit der Stimmen aller seiner Mitglieder.";
        return Err(Refusal::law("consent_unproven", rule.norm(), sentence));
    };
    reached(rule, votes, "Die Zustimmung des Ortschaftsrats")
}

fn reached(rule: &Sourced<Threshold>, Carried { yes, members }: Carried, what: &str) -> Result<(), Refusal> {
    let needed = rule.get().needed(members);
    if yes < needed || yes > members {
        let sentence = format!(
            "{what} hat {yes} Ja-Stimmen von {members} Mitgliedern; nötig sind {needed}. Sie ist nicht beschlossen."
        );
        return Err(Refusal::law("majority_missed", rule.norm(), sentence));
    }
    Ok(())
}
