//! From one side of the doors to the other: asked for as an item of its own, decided behind closed doors, and carried out
//! exactly as decided (§ 35 (1) s. 3 GemO BW).

use super::super::event::switch::{Moved, Switch, Switched};
use super::super::event::{Item, Recusal};
use super::{Business, Found, Meeting, Phase, Stand};

/// The motions that were made.
#[derive(Default)]
pub struct Switches {
    questions: Vec<Question>,
    /// Something is missing from this bundle that happened behind closed doors.
    pub kept_back: bool,
}

/// A motion that was made.
struct Question {
    id: String,
    about: String,
    to_public: bool,
}

impl Meeting {
    pub(super) fn switch(&mut self, event: Switch) -> Found {
        match event {
            Switch::Moved(moved) => {
                self.expect(Phase::Sitting)?;
                self.switch_moved(moved)
            }
            // What was decided before an interruption may be put on record in it.
            Switch::Switched(_) if !matches!(self.phase, Phase::Sitting | Phase::Interrupted) => {
                self.expect(Phase::Sitting)
            }
            Switch::Switched(switched) => self.switched(&switched),
        }
    }

    fn switch_moved(&mut self, moved: Moved) -> Found {
        let known = self.planned.agenda.iter().position(|item| item.id == moved.item);
        let place = known.ok_or("Den Punkt, der verlegt werden soll, gibt es nicht.")?;
        if self.planned.agenda.get(place).is_some_and(|item| item.public == moved.to_public) {
            return Err("Der Punkt stand schon auf dieser Seite.".into());
        }
        let voted = self.decided.contains(&moved.item) || self.undecided.contains(&moved.item);
        if voted || self.elections.contains_key(&moved.item) {
            return Err("Über den Punkt war schon abgestimmt, oder er ist eine Wahl.".into());
        }
        match &self.business {
            Business::Item(item) if *item == moved.item && moved.to_public => {
                return Err("Ein Punkt, über den schon nichtöffentlich gesprochen wird, wird nicht öffentlich.".into());
            }
            Business::Item(item) if *item == moved.item => {
                self.called.remove(&moved.item);
                self.business = Business::Between;
            }
            Business::Between | Business::Item(_) => {}
            _ => return Err("Während einer Abstimmung wird kein Punkt verlegt.".into()),
        }
        if self.called.contains(&moved.item) {
            return Err("Der Punkt war schon behandelt.".into());
        }
        if !self.items.insert(moved.question.clone()) {
            return Err("Diesen Punkt gab es schon.".into());
        }
        let Moved { item: about, question: id, number, to_public } = moved;
        self.planned.agenda.insert(place, Item { id: id.clone(), number, public: false });
        self.switches.questions.push(Question { id, about, to_public });
        Ok(())
    }

    fn switched(&mut self, switched: &Switched) -> Found {
        if self.doors != Stand::Closed || self.called.contains(&switched.item) {
            return Err("Verlegt wird, was noch nicht behandelt ist, und nur durch nichtöffentlichen Beschluss.".into());
        }
        // The motion may have been made behind closed doors, and then it is not in every bundle.
        let question = self.switches.questions.iter().find(|question| question.id == switched.question);
        let asked = question.is_some_and(|one| one.about == switched.item && one.to_public == switched.public);
        let decided = match self.outcomes.get(&switched.ballot) {
            Some((item, outcome)) => *item == switched.question && outcome == "adopted",
            None => self.counted.withheld > 0,
        };
        if !decided || !(asked || question.is_none() && self.counted.withheld > 0) {
            return Err("Dass dieser Punkt verlegt wird, ist nicht beschlossen.".into());
        }
        let item = self.planned.agenda.iter_mut().find(|item| item.id == switched.item);
        let item = item.ok_or("Den Punkt, der verlegt wird, gibt es nicht.")?;
        if item.public == switched.public || (!switched.public && switched.title.is_some()) {
            return Err("So kommt ein Punkt nicht auf die andere Seite.".into());
        }
        item.public = switched.public;
        for seat in &switched.recused {
            self.attendance.known(seat)?;
            self.attendance.recuse(Recusal { item: switched.item.clone(), seat: seat.clone() });
        }
        Ok(())
    }

    /// Whether it is public is decided before an item is dealt with. What was decided behind closed doors may be missing here.
    pub(super) fn side_is_decided(&self, item: &str) -> Found {
        let open = |question: &Question| question.about == item && !self.called.contains(&question.id);
        if !self.switches.kept_back && self.switches.questions.iter().any(open) {
            return Err("Vor diesem Punkt war zu entscheiden, ob er öffentlich ist.".into());
        }
        Ok(())
    }
}
