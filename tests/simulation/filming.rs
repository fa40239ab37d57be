//! Recordings by chance: people consent and take it back, and the chair begins and ends.

use super::council::Council;
use super::dice::Dice;
use super::leading::leader;
use super::meeting_kit::{clerk, member, seat};
use ratssaal::app::record::rules_of;
use ratssaal::domain::law::recording::Purpose;
use ratssaal::domain::meeting::command::FilmingStep;
use ratssaal::domain::meeting::event::{FilmingBasis, Speaker};
use ratssaal::domain::meeting::{Actor, Command, Meeting};

impl Council {
    /// Mostly yes, so that something is ever recorded with everybody's consent.
    pub(super) fn filming(&self, dice: &mut Dice) -> (Actor, Command) {
        let meeting = &self.stage.meeting;
        let consents = dice.percent(85);
        // Whoever is there and was not asked yet is asked first.
        let silent = meeting.seats.keys().find(|one| meeting.is_present(one) && !meeting.filming.consents(one));
        let (actor, step) = match dice.below(14) {
            0..6 => {
                let own = silent.cloned().unwrap_or_else(|| seat(dice.below(self.seats)));
                let actor = Actor { seat: Some(own), strong: true, ..Actor::default() };
                (actor, FilmingStep::Answer { of: None, consents })
            }
            6 => (
                clerk(),
                FilmingStep::Answer { of: Some(Speaker::Member { seat: seat(dice.below(self.seats)) }), consents },
            ),
            7 | 8 => {
                let name = "Gunda Gast-Erfunden".parse().unwrap();
                (clerk(), FilmingStep::Answer { of: Some(Speaker::Guest { name }), consents })
            }
            9..13 => {
                let purpose = dice.pick(&[Purpose::Publish, Purpose::Minutes, Purpose::Others]);
                let actor = if dice.percent(95) { leader(meeting) } else { member(dice.below(self.seats)) };
                (actor, FilmingStep::Start { purpose })
            }
            _ => (leader(meeting), FilmingStep::Stop),
        };
        (actor, Command::Film(step))
    }
}

/// Nobody is recorded without a ground: said once more here, person by person.
pub fn consented(meeting: &Meeting) {
    let Some(running) = meeting.filming.running else { return };
    let rules = rules_of(meeting).unwrap();
    for seat in meeting.seats.keys().filter(|seat| meeting.is_present(seat)) {
        let asked = rules.recording_remote_consent.get() || meeting.is_in_room(seat);
        let free = running.basis == FilmingBasis::Clause || !asked || meeting.filming.members[seat].consents;
        assert!(free, "{seat} is recorded and has not consented");
    }
    for guest in meeting.guests.iter().filter(|guest| guest.until.is_none()) {
        assert!(meeting.filming.guests[&guest.name].consents, "{} is recorded", guest.name);
    }
}
