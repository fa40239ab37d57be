//! Who is no member of the body, found again from the functions and the law of the day (§§ 33 (1), 40 (1), 41, 72 GemO BW).

use super::super::event::Convened;
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
        Ok(())
    }
}
