//! The law of the meeting, as it was pinned with the convening: the statute of the Land and the body's own law.

use super::super::event::{Convened, PinnedLaw};
use super::super::hash::plain;
use super::super::law::Law;
use super::{Found, Meeting, Phase};
use toml::Table;

impl Meeting {
    pub(super) fn convene(&mut self, law: &PinnedLaw) -> Found {
        self.expect(Phase::Planned)?;
        self.pin(law)?;
        self.phase = Phase::Convened;
        Ok(())
    }

    /// The law of the day, with the local law the meeting was planned with and no other, and a Hauptsatzung that carries the
    /// form of the sitting.
    pub(super) fn pin(&mut self, law: &PinnedLaw) -> Found {
        if plain(law.text.as_bytes()) != law.digest || law.land != self.planned.land {
            return Err("Der Text des Rechts passt nicht zu seiner Prüfsumme oder zum Land.".into());
        }
        let statute = match &self.planned.local {
            Some(local) => law.text.strip_suffix(format!("\n\n{local}\n").as_str()),
            None => Some(law.text.as_str()),
        };
        let statute = statute.and_then(|statute| statute.parse::<Table>().ok());
        if statute.is_none_or(|statute| statute.contains_key("local")) {
            return Err("Festgehalten ist nicht das Ortsrecht, mit dem die Sitzung geplant ist.".into());
        }
        self.law = Some(Law::read(&law.text, &self.planned.day)?);
        let carrying = Law::carrying(&law.text, &self.planned.day, &self.planned.clauses);
        Law::carries(&law.text, &self.planned.day, &self.format, &carrying)?;
        if self.planned.kind.as_deref() == Some("district_council") && self.format != "in_person" {
            Law::district_consents(&law.text, &self.planned.day, &self.planned.clauses)?;
        }
        if self.ruled_out {
            Law::rules_out(&law.text, &self.planned.day, &carrying)?;
        }
        let day = self.planned.day.as_str();
        self.filmed.clause =
            carrying.iter().any(|clause| clause.kind == "recording" && clause.in_force_from.as_str() <= day);
        self.filmed.law = Law::filming(&law.text, day);
        self.chairing.carrying(carrying);
        Ok(())
    }

    /// `Ausschluss im Einzelfall`: with a reason, and then the sitting is one in person (§ 37a (3) s. 2 GemO BW).
    pub(super) fn rule_out(&mut self, convened: &Convened) -> Found {
        self.ruled_out = convened.ruled_out;
        let reason = convened.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        if convened.ruled_out && !(reason && convened.format == "in_person") {
            return Err("Die Zuschaltung ist ohne Grund ausgeschlossen, oder die Sitzung ist keine in Präsenz.".into());
        }
        Ok(())
    }

    /// Nobody is found connected to a sitting in person.
    pub(super) fn connectable(&self) -> Found {
        if self.format == "in_person" {
            return Err("In einer Präsenzsitzung war niemand zugeschaltet.".into());
        }
        Ok(())
    }
}
