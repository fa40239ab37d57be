//! The law of the meeting, as it was pinned with the convening: the statute of the Land and the body's own law.

use super::super::event::PinnedLaw;
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
        self.chairing.carrying(carrying);
        Ok(())
    }
}
