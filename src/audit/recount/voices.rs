//! Who is no member of the body, found again from the functions and the law of the day (§§ 33 (1), 40 (1), 41, 72 GemO BW).

use super::super::event::{Admitted, Convened};
use super::super::voice::VoiceLaw;
use super::{Found, Meeting};
use std::collections::BTreeSet;

impl Meeting {
    pub(super) fn find_voices(&mut self, convened: &Convened) -> Found {
        let law: VoiceLaw = VoiceLaw::read(&convened.law.text, &self.planned.day);
        let kind = self.planned.kind.as_deref().unwrap_or("council");
        let of = |wanted: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
            let seats = self.planned.seats.iter().filter(|seat| wanted(&seat.function));
            seats.map(|seat| seat.id.clone()).collect()
        };
        let found = of(&|function| law.is_advisory(function, kind));
        let officials = of(&|function| function == "official");
        let said: BTreeSet<String> = convened.advisory.iter().cloned().collect();
        let leading = !officials.is_empty() && law.chair_votes.iter().any(|known| known == kind);
        if said != found || said.len() != convened.advisory.len() || convened.chair_votes != leading {
            return Err("Wer nur eine beratende Stimme hat, ist falsch festgehalten.".into());
        }
        self.attendance.voices.advisory = found;
        self.attendance.voices.while_leading = if leading { officials } else { BTreeSet::new() };
        // Where everybody may be connected, whoever may have to lead is where the law wants the chair.
        self.attendance.voices.may_lead =
            if self.digital { self.in_order().cloned().collect() } else { BTreeSet::new() };
        Ok(())
    }

    /// Whom the chair let be connected had no vote, and the law of the day left it to the chair.
    pub(super) fn let_connect(&mut self, decided: Admitted) -> Found {
        let Admitted { seat, admitted } = decided;
        self.attendance.known(&seat)?;
        if !self.attendance.voices.advisory.contains(&seat) {
            return Err("Der Vorsitz entschied hier über die Zuschaltung eines Mitglieds.".into());
        }
        let may = self.law.as_ref().is_some_and(|law| law.chair.admits_advisers);
        if admitted {
            self.connectable()?;
            let office = self.in_order().next() == Some(&seat);
            if !may || office || self.attendance.is_sent_out(&seat) {
                return Err("Diese Zuschaltung konnte der Vorsitz nicht zulassen.".into());
            }
        }
        let voices = &mut self.attendance.voices.admitted;
        let changed = if admitted { voices.insert(seat) } else { voices.remove(&seat) };
        if changed { Ok(()) } else { Err("Über diese Zuschaltung war schon so entschieden.".into()) }
    }
}
