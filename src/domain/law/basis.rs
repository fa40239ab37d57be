//! `Mehrheit der Hauptsatzung`, § 4 (2) GemO BW: a sitting rests on a clause only if the clause was carried.

use super::Rules;
use super::overlay::Carried;
use crate::domain::refusal::Refusal;

/// May a sitting rest on a clause that was carried like this?
///
/// # Errors
/// The law's refusal with the paragraph of the majority: too few votes, or nothing on record where the rules ask for it.
pub fn carries(rules: &Rules, carried: Option<Carried>) -> Result<(), Refusal> {
    let rule = &rules.remote_basis_majority;
    let Some(Carried { yes, members }) = carried else {
        if !rules.remote_basis_evidence.get() {
            return Ok(());
        }
        let sentence = "Für die Regelung der Hauptsatzung ist nicht eingetragen, mit wie vielen Stimmen sie beschlossen \
                        wurde; sie braucht die Mehrheit der Stimmen aller Mitglieder.";
        return Err(Refusal::law("majority_unproven", rule.norm(), sentence));
    };
    let needed = rule.get().needed(members);
    if yes < needed || yes > members {
        let sentence = format!(
            "Die Regelung der Hauptsatzung hat {yes} Ja-Stimmen von {members} Mitgliedern; nötig sind {needed}. Sie ist nicht \
             beschlossen."
        );
        return Err(Refusal::law("majority_missed", rule.norm(), sentence));
    }
    Ok(())
}
