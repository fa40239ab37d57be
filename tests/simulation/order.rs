//! Order by chance: whoever disturbs is called to order, silenced, sent out, and now and then excluded.

use super::council::Council;
use super::dice::Dice;
use super::leading::leader;
use super::meeting_kit::{chair, clerk, member, seat};
use ratssaal::domain::majority::Outcome;
use ratssaal::domain::meeting::command::TakenComplaint;
use ratssaal::domain::meeting::event::{Channel, Misconduct};
use ratssaal::domain::meeting::{Actor, Command, Declared, Meeting};

impl Council {
    /// The chair keeps order; sometimes somebody else means to.
    pub(super) fn keeps_order(&self, dice: &mut Dice) -> (Actor, Command) {
        let meeting = &self.stage.meeting;
        let actor = if dice.percent(90) { leader(meeting) } else { member(dice.below(self.seats)) };
        let noted = meeting.order.measures.keys().next().filter(|_| dice.percent(60)).cloned();
        let seat = noted.unwrap_or_else(|| seat(dice.below(self.seats)));
        let reason = dice.percent(50).then(|| "Zwischenrufe".parse().unwrap());
        let command = match dice.below(12) {
            0..4 => Command::CallToOrder { seat, reason },
            4..7 => Command::WithdrawFloor { seat },
            // Few enough that the sitting stays quorate most of the time.
            7 if meeting.order.expelled.is_empty() || dice.percent(20) => {
                Command::Expel { seat, ground: dice.pick(&[Misconduct::Gross, Misconduct::Repeated]), reason }
            }
            _ => {
                let adopted = |declared: &&Declared| declared.result.outcome == Outcome::Adopted;
                let ballot = meeting.results.iter().rev().find(adopted).map(|declared| declared.result.ballot.clone());
                let sessions = u32::try_from(dice.below(8)).unwrap();
                Command::ExcludeMember { seat, sessions, ballot: ballot.filter(|_| dice.percent(90)) }
            }
        };
        (actor, command)
    }

    /// A member complains, or somebody takes a complaint for one; not everybody who does may.
    pub(super) fn complaint(&self, dice: &mut Dice) -> (Actor, Command) {
        let (number, text) = (dice.below(self.seats), "Ich höre nichts.".parse().unwrap());
        if dice.percent(50) {
            return (member(number), Command::Complain { text, heard: None });
        }
        let channel = dice.pick(&[Channel::Telephone, Channel::Message, Channel::Hall, Channel::Messenger]);
        let minutes_ago = dice.pick(&[0, 5, 60, 240, 241]);
        let heard = Some(TakenComplaint { seat: seat(number), channel, minutes_ago });
        (dice.pick(&[clerk(), chair(), member(number)]), Command::Complain { text, heard })
    }
}

/// Whoever had to leave is not there, does not lead, and keeps the seat.
pub fn kept(meeting: &Meeting) {
    for seat in meeting.seats.keys().filter(|seat| meeting.is_expelled(seat)) {
        assert!(!meeting.attendance.places.contains_key(seat), "{seat} had to leave and is there");
        assert!(!meeting.order.expelled.contains_key(&meeting.chair), "{seat} had to leave and leads");
    }
}
