//! What may happen on the floor and to the agenda, by chance.

use super::council::Council;
use super::dice::Dice;
use super::meeting_kit::{item, seat};
use ratssaal::domain::id::{MotionId, SeatId};
use ratssaal::domain::meeting::event::{Disposal, MotionKind, Speaker, Turn};
use ratssaal::domain::meeting::{Command, ItemState};

const TURNS: [Turn; 2] = [Turn::Speech, Turn::Procedure];
const KINDS: [MotionKind; 3] = [MotionKind::Procedural, MotionKind::Amendment, MotionKind::Main];
/// The last one is refused: it would need a vote.
const DROPS: [Disposal; 4] = [Disposal::Removed, Disposal::Postponed, Disposal::Withdrawn, Disposal::Decided];

impl Council {
    /// Mostly what has to be voted on first, now and then something else.
    pub(super) fn waiting_motion(&self, dice: &mut Dice) -> Option<MotionId> {
        let meeting = &self.stage.meeting;
        let item = meeting.business()?.item()?;
        let first = meeting.open_motions(item).first().map(|motion| motion.id.clone());
        if dice.percent(85) { first } else { Some(some_motion(dice)) }
    }

    /// Recused, doubtful, or not any more.
    pub(super) fn recusal(&self, dice: &mut Dice) -> Command {
        let (item, seat) = (item(&(1 + dice.below(self.items)).to_string()), seat(dice.below(self.seats)));
        match dice.below(100) {
            0..20 => self.doubt(dice, seat),
            20..72 => Command::Recuse { item, seat },
            _ => Command::LiftRecusal { item, seat },
        }
    }

    /// Whether somebody is recused is doubtful; now and then whose motion it already is.
    fn doubt(&self, dice: &mut Dice, about: SeatId) -> Command {
        let open = self.stage.meeting.doubts.last().filter(|_| dice.percent(20)).map(|doubt| doubt.seat.clone());
        let mover = dice.percent(40).then(|| seat(dice.below(self.seats)));
        Command::DoubtRecusal { seat: open.unwrap_or(about), mover, motion: some_motion(dice) }
    }

    /// Somebody speaks, moves, is called, or changes the agenda; whether it fits is for the core to say.
    pub(super) fn on_the_floor(&self, dice: &mut Dice) -> Command {
        let some_seat = seat(dice.below(self.seats));
        let some_item = item(&(1 + dice.below(self.items)).to_string());
        let guest = || "Gunda Gast-Erfunden".parse().unwrap();
        let motion = some_motion(dice);
        let meeting = &self.stage.meeting;
        match dice.below(26) {
            0 | 1 => Command::RequestFloor { seat: dice.percent(70).then_some(some_seat), turn: dice.pick(&TURNS) },
            2 => match self.stage.meeting.floor.requests.first() {
                Some(first) => Command::DeclineFloor { seat: Some(first.seat.clone()) },
                None => Command::DeclineFloor { seat: None },
            },
            3 | 4 => Command::GiveFloor { to: Speaker::Member { seat: some_seat } },
            5 | 18 | 23 => Command::EndSpeech,
            6 => Command::CloseList { closed: dice.percent(60) },
            7 => Command::RecordStatement { seat: Some(some_seat), text: "Ich war dagegen.".parse().unwrap() },
            8 => Command::CallGuest { name: guest() },
            9 => Command::GiveFloor { to: Speaker::Guest { name: guest() } },
            10 => Command::DismissGuest { name: guest() },
            11 | 24 => Command::WithdrawMotion { motion: self.waiting_motion(dice).unwrap_or(motion) },
            12 | 20 => Command::RewordMotion {
                motion: self.waiting_motion(dice).unwrap_or(motion),
                wording: "Satz 3 entfällt.".parse().unwrap(),
            },
            13 | 19 => Command::MoveItem { item: some_item, before: dice.percent(30).then(|| item("1")) },
            14 | 15 => Command::DropItem { item: some_item, disposal: dice.pick(&DROPS) },
            16 => {
                // Mostly one that is behind us: of all items few are.
                let settled = meeting.items.iter().find(|item| matches!(item.state, ItemState::Settled { .. }));
                let item = settled.filter(|_| dice.percent(70)).map_or(some_item, |item| item.id.clone());
                Command::ReopenItem { item, reason: "Versehen".parse().unwrap() }
            }
            17 => Command::AddItem {
                item: item("40"),
                number: "40".into(),
                title: "Notabstützung".parse().unwrap(),
                motion: None,
                ground: dice.percent(70).then(|| "Die Brücke ist gesperrt.".parse().unwrap()),
            },
            _ => Command::MoveMotion {
                motion,
                mover: dice.percent(70).then_some(some_seat),
                kind: dice.pick(&KINDS),
                wording: "Satz 2 entfällt.".parse().unwrap(),
            },
        }
    }
}

/// One of a few motions, which exist or not.
fn some_motion(dice: &mut Dice) -> MotionId {
    format!("m{}", dice.below(6)).parse().unwrap()
}
