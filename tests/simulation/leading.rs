//! The chair by chance: handed over, taken over by whoever's turn it is and by others, and the oldest member named.

use super::council::Council;
use super::dice::Dice;
use super::meeting_kit::{chair, clerk, item, member, seat};
use ratssaal::domain::id::SeatId;
use ratssaal::domain::meeting::{Actor, Business, Command, Meeting, is_prevented};

/// Who leads, as an actor.
pub fn leader(meeting: &Meeting) -> Actor {
    Actor { seat: Some(meeting.chair.clone()), strong: true, ..Actor::default() }
}

impl Council {
    /// Deputies of the chair: none, one or two, in any order.
    pub(super) fn deputies(dice: &mut Dice, seats: usize) -> Vec<SeatId> {
        let first = 1 + dice.below(seats - 1);
        let second = 1 + dice.below(seats - 1);
        match dice.below(4) {
            0 => Vec::new(),
            1 => vec![seat(first)],
            _ if first == second => vec![seat(first)],
            _ => vec![seat(first), seat(second)],
        }
    }

    /// Who does what next.
    pub fn next(&mut self, dice: &mut Dice) -> (Actor, Command) {
        let gone = self.stage.meeting.is_leaderless() || !self.stage.meeting.is_present(&self.stage.meeting.chair);
        if gone && dice.percent(25) {
            return (self.next_in_turn(), Command::TakeChair);
        }
        if dice.percent(2) {
            return self.chair_changes(dice);
        }
        // Once a motion is adopted, somebody may be excluded by it.
        let decided = !self.stage.meeting.results.is_empty() && !self.stage.meeting.order.measures.is_empty();
        if matches!(self.stage.meeting.business(), Some(Business::Item(_) | Business::Between))
            && dice.percent(if decided { 20 } else { 3 })
        {
            return self.keeps_order(dice);
        }
        if matches!(self.stage.meeting.business(), Some(Business::Item(_) | Business::Between)) && dice.percent(6) {
            return self.filming(dice);
        }
        let deed = self.doubted(dice).unwrap_or_else(|| self.step(dice));
        self.by_the_leader(deed, dice)
    }

    /// Whoever's turn it is, or whoever handed the chair over.
    fn next_in_turn(&self) -> Actor {
        let (meeting, rules) = (&self.stage.meeting, &self.stage.rules);
        let able = meeting.leading.in_order().find(|seat| !is_prevented(meeting, rules, seat, self.stage.now));
        Actor { seat: Some(able.unwrap_or(&meeting.chair).clone()), strong: true, ..Actor::default() }
    }

    /// What the chair would do is mostly done by whoever leads.
    fn by_the_leader(&self, deed: (Actor, Command), dice: &mut Dice) -> (Actor, Command) {
        if deed.0 == chair() && dice.percent(93) { (leader(&self.stage.meeting), deed.1) } else { deed }
    }

    /// The chair changes, or somebody means it to.
    fn chair_changes(&self, dice: &mut Dice) -> (Actor, Command) {
        let meeting = &self.stage.meeting;
        let anybody = member(dice.below(self.seats));
        let called = meeting.business().and_then(Business::item).cloned();
        let mut in_order = meeting.leading.in_order().chain(&meeting.leading.eldest).cloned().collect::<Vec<_>>();
        let next = in_order.swap_remove(dice.below(in_order.len()));
        match dice.below(17) {
            12 => {
                let deputy = meeting.leading.deputies.first().cloned().unwrap_or_else(|| seat(1));
                (clerk(), Command::NoteHindrance { seat: deputy, hindered: true })
            }
            13 => {
                let anybody = seat(dice.below(self.seats));
                let seat = meeting.leading.aside.keys().next().cloned().unwrap_or(anybody);
                let actor = dice.pick(&[clerk(), clerk(), chair()]);
                (actor, Command::NoteHindrance { seat, hindered: dice.percent(30) })
            }
            14..17 => {
                let adviser = meeting.advisers().nth(dice.below(2)).cloned();
                let seat = adviser.unwrap_or_else(|| seat(dice.below(self.seats)));
                (leader(meeting), Command::AdmitAdviser { seat, admitted: dice.percent(75) })
            }
            0 => (leader(meeting), Command::HandOverChair { item: None }),
            1 => {
                let item = called.unwrap_or_else(|| item(&(1 + dice.below(self.items)).to_string()));
                (leader(meeting), Command::HandOverChair { item: Some(item) })
            }
            2 => {
                let item = item(&(1 + dice.below(self.items)).to_string());
                (clerk(), Command::Recuse { item, seat: meeting.chair.clone() })
            }
            3..5 => (clerk(), Command::NameEldest { seat: seat(dice.below(self.seats)) }),
            5 => (anybody, Command::TakeChair),
            6 => (Actor { strong: false, ..anybody }, Command::TakeChair),
            _ => (Actor { seat: Some(next), strong: true, ..Actor::default() }, Command::TakeChair),
        }
    }
}

/// Whoever leads holds a seat, and nobody who is kept out counts.
pub fn led(meeting: &Meeting) {
    assert!(meeting.seats.contains_key(&meeting.chair));
    assert!(meeting.leading.aside.keys().all(|seat| meeting.seats.contains_key(seat)));
    for seat in meeting.seats.keys().filter(|seat| meeting.is_kept_out(seat)) {
        assert!(!meeting.is_present(seat), "{seat} is kept out and counts");
    }
}
