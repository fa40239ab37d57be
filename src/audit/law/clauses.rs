//! What the Hauptsatzung lets a sitting rest on, and what an Ortschaftsrat consented to, by the pinned law of the day.

use super::super::event::Clause;
use super::super::local;
use super::{Law, version};
use toml::Table;

impl Law {
    /// The clauses of the Hauptsatzung that carry anything: decided by the majority they need. Packs of the first releases did
    /// not ask for it.
    pub fn carrying(text: &str, day: &str, clauses: &[Clause]) -> Vec<Clause> {
        let table: Table = text.parse().unwrap_or_default();
        let Some(asked) = version(&table, "remote.basis_evidence", day).and_then(|(value, _)| value.as_bool()) else {
            return clauses.to_vec();
        };
        let carries = |clause: &&Clause| match &clause.carried {
            Some(votes) => local::carried(&table, day, votes.yes, votes.members),
            None => !asked,
        };
        clauses.iter().filter(carries).cloned().collect()
    }

    /// Whether there is such a clause for the form of the sitting, in force on its day.
    ///
    /// # Errors
    /// A German sentence if there is none.
    pub fn carries(text: &str, day: &str, format: &str, carrying: &[Clause]) -> Result<(), String> {
        let table: Table = text.parse().unwrap_or_default();
        if version(&table, "remote.basis_evidence", day).is_none() {
            return Ok(());
        }
        let digital = version(&table, "format.digital", day);
        let kind = match (format, digital.as_ref().and_then(|(value, _)| value.as_str())) {
            ("hybrid", _) => "remote",
            ("digital", Some("transition_2020")) => return Ok(()),
            ("digital", Some("necessary_2020")) => "video2020",
            ("digital", _) => "digital",
            _ => return Ok(()),
        };
        if carrying.iter().any(|clause| clause.kind == kind && clause.in_force_from.as_str() <= day) {
            return Ok(());
        }
        Err("Die Hauptsatzung trug diese Sitzungsform nicht: keine Regelung in Kraft, die die Mehrheit aller Mitglieder hatte."
            .into())
    }

    /// Whether the Ortschaftsrat consented, where connection rests on that too (§ 72 no. 3 GemO BW). Packs of the first releases did
    /// not ask for it.
    ///
    /// # Errors
    /// A German sentence if it did not.
    pub fn district_consents(text: &str, day: &str, clauses: &[Clause]) -> Result<(), String> {
        let table: Table = text.parse().unwrap_or_default();
        let asked = version(&table, "ortschaftsrat.remote_evidence", day).and_then(|(value, _)| value.as_bool());
        let consents = |clause: &Clause| {
            let votes = clause.carried.as_ref();
            clause.kind == "district_consent"
                && clause.in_force_from.as_str() <= day
                && votes.is_some_and(|votes| local::consented(&table, day, votes.yes, votes.members))
        };
        if asked != Some(true) || clauses.iter().any(consents) {
            return Ok(());
        }
        Err("Der Ortschaftsrat hatte der Zuschaltung nicht mit der Mehrheit aller Mitglieder zugestimmt.".into())
    }

    /// Whether connection could be ruled out for one sitting: by a clause of its own, beside one that lets members be connected.
    ///
    /// # Errors
    /// A German sentence if it could not.
    pub fn rules_out(text: &str, day: &str, carrying: &[Clause]) -> Result<(), String> {
        let table: Table = text.parse().unwrap_or_default();
        let in_force = |kind: &str| carrying.iter().any(|own| own.kind == kind && own.in_force_from.as_str() <= day);
        let word = version(&table, "remote.single_case_exclusion", day);
        let allowed = match word.as_ref().and_then(|(value, _)| value.as_str()) {
            Some("always") => true,
            Some("by_clause") => in_force("exclude_remote"),
            _ => false,
        };
        if allowed && in_force("remote") {
            return Ok(());
        }
        Err("Die Hauptsatzung erlaubte nicht, die Zuschaltung im Einzelfall auszuschließen.".into())
    }
}
