//! Meetings under the law of another Land.

use super::council::{Council, Deed};
use super::dice::Dice;
use super::meeting_kit::{Stage, chair, clerk, member, seat};
use ratssaal::domain::council::Function;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::{DigitalFormat, Presumption};
use ratssaal::domain::meeting::{Business, Command, Plan};

/// The chair is one of those elected, the quorum is of the number in the law, and once found it lasts.
pub fn another(plan: &mut Plan, dice: &mut Dice) {
    if dice.percent(75) {
        return;
    }
    plan.land = "he".into();
    plan.local = None;
    plan.seats.iter_mut().for_each(|seat| seat.function = Function::Councillor);
    let occupied = u32::try_from(plan.seats.len()).unwrap();
    plan.statutory = Some(occupied + u32::from(occupied > 4 && dice.percent(50)));
}

/// A Land without fully digital sittings refuses one for ever.
pub fn possible(stage: &Stage, format: MeetingFormat) -> MeetingFormat {
    let never = stage.rules.format_digital.get() == DigitalFormat::Never && format == MeetingFormat::Digital;
    if never { MeetingFormat::Hybrid } else { format }
}

impl Council {
    /// Somebody moves that the quorum is lacking, or the chair answers.
    pub(super) fn doubted(&self, dice: &mut Dice) -> Option<Deed> {
        let presumed = self.stage.rules.quorum_presumption.get() == Presumption::UntilMotion;
        let meeting = &self.stage.meeting;
        if !presumed || !matches!(meeting.business(), Some(Business::Item(_) | Business::Between)) {
            return None;
        }
        if meeting.presumption.questioned.is_some() && dice.percent(60) {
            return Some((chair(), dice.pick(&[Command::FindQuorum, Command::FindNoQuorum])));
        }
        let number = dice.below(self.seats);
        let question = Command::QuestionQuorum(seat(number));
        dice.percent(4).then(|| (dice.pick(&[clerk(), member(number), member(0)]), question))
    }
}
