//! Doubtful recusals (§ 18 (4) s. 2 GemO BW): whom it is about takes no part until the others have decided, openly and before
//! anything else at the item; what they decide holds.

use super::super::event::doubt::{Decided, Doubt, Raised};
use super::super::event::{BallotOpened, ItemSettled, Method, Recusal, ResultDeclared, ResultStruck};
use super::{Business, Found, Meeting, Phase};

/// The doubts of a meeting.
#[derive(Default)]
pub struct Doubts {
    all: Vec<One>,
    /// A result on a doubt was declared: the next entry must say what follows.
    due: Option<Decided>,
}

struct One {
    item: String,
    seat: String,
    motion: String,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    /// The question was taken back: the next entry says so of the recusal.
    Withdrawn,
    Over,
    /// Decided by this ballot.
    Decided(String),
}

impl One {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Open | State::Withdrawn)
    }
}

impl Meeting {
    pub(super) fn doubt(&mut self, event: Doubt) -> Found {
        match event {
            Doubt::Raised(raised) => self.doubt_raised(raised),
            Doubt::Decided(decided) => self.doubt_decided(decided),
            Doubt::Withdrawn(motion) => {
                self.not_over()?;
                let open = |one: &&mut One| one.motion == motion && one.state == State::Open;
                if let Some(one) = self.doubts.all.iter_mut().find(open) {
                    one.state = State::Withdrawn;
                }
                Ok(())
            }
        }
    }

    fn doubt_raised(&mut self, raised: Raised) -> Found {
        self.expect(Phase::Sitting)?;
        let Raised { item, seat, motion } = raised;
        if !matches!(&self.business, Business::Item(called) if *called == item) {
            return Err(
                "Zweifel an der Befangenheit gibt es nur zum aufgerufenen Punkt, und nicht in einer Abstimmung.".into(),
            );
        }
        self.recusable(&item, &seat)?;
        self.may_be_recused(&item)?;
        let again = self.doubts.all.iter().any(|one| {
            one.item == item && (one.is_open() || (one.seat == seat && matches!(one.state, State::Decided(_))))
        });
        if again || self.attendance.is_recused(&seat, &item) || self.is_dealt_with(&item) {
            return Err("Hier war nicht mehr zweifelhaft, wer befangen ist.".into());
        }
        self.attendance.recuse(Recusal { item: item.clone(), seat: seat.clone() });
        self.doubts.all.push(One { item, seat, motion, state: State::Open });
        Ok(())
    }

    /// Decided by a vote, in the council's place, or by an election that has begun.
    fn is_dealt_with(&self, item: &str) -> bool {
        self.is_decided(item) || self.elections.get(item).is_some_and(|election| election.began)
    }

    /// Exactly what follows from the result before it.
    fn doubt_decided(&mut self, decided: Decided) -> Found {
        let due = self.doubts.due.take().ok_or("Über diese Befangenheit ist nicht abgestimmt.")?;
        let same = due.item == decided.item && due.seat == decided.seat && due.ballot == decided.ballot;
        if !same || due.recused != decided.recused {
            return Err("Über die Befangenheit ist anders entschieden, als hier steht.".into());
        }
        let of = |one: &&mut One| one.item == decided.item && one.seat == decided.seat && one.is_open();
        if let Some(one) = self.doubts.all.iter_mut().find(of) {
            one.state = State::Decided(decided.ballot);
        }
        if !decided.recused {
            self.attendance.lift(&Recusal { item: decided.item, seat: decided.seat })?;
        }
        Ok(())
    }

    /// Every result on a doubt is followed by what it means.
    pub(super) fn doubt_is_followed(&self, is_decision: bool) -> Found {
        if self.doubts.due.is_some() && !is_decision {
            return Err("Was aus der Abstimmung über die Befangenheit folgt, fehlt.".into());
        }
        Ok(())
    }

    /// While a doubt is open nothing else is put to the vote at its item.
    pub(super) fn doubt_first(&self, opened: &BallotOpened) -> Found {
        let Some(open) = self.doubts.all.iter().find(|one| one.item == opened.item && one.is_open()) else {
            return Ok(());
        };
        if opened.motion.as_ref() != Some(&open.motion) || opened.method == Method::Papers {
            return Err("Zuerst war offen zu entscheiden, wer befangen ist.".into());
        }
        Ok(())
    }

    /// Nor is anything else decided.
    pub(super) fn no_doubt(&self, item: &str) -> Found {
        if self.doubts.all.iter().any(|one| one.item == item && one.is_open()) {
            return Err("Zuerst war zu entscheiden, wer befangen ist.".into());
        }
        Ok(())
    }

    /// With a doubt open an item only waits, leaves the agenda, or goes to who decides instead.
    pub(super) fn settled_in_doubt(&self, settled: &ItemSettled) -> Found {
        match settled.disposal.as_str() {
            "postponed" | "removed" | "withdrawn" => Ok(()),
            "referred" if self.goes_to_council(&settled.item) => Ok(()),
            _ => self.no_doubt(&settled.item),
        }
    }

    /// The question of a doubt was put to the vote.
    pub(super) fn is_doubt(&self, motion: Option<&str>) -> bool {
        motion.is_some_and(|motion| self.doubts.all.iter().any(|one| one.motion == motion))
    }

    pub(super) fn doubt_declared(&mut self, motion: Option<&str>, declared: &ResultDeclared) {
        let Some(one) = motion.and_then(|motion| self.doubts.all.iter().find(|one| one.motion == motion)) else {
            return;
        };
        if declared.outcome != "no_decision" {
            let (item, seat) = (one.item.clone(), one.seat.clone());
            let recused = declared.outcome == "adopted";
            self.doubts.due = Some(Decided { item, seat, ballot: declared.ballot.clone(), recused });
        }
    }

    /// Without its result a doubt is open again; not once the matter was decided by those who then took part.
    pub(super) fn doubt_struck(&mut self, struck: &ResultStruck) -> Found {
        let by = State::Decided(struck.ballot.clone());
        let Some(place) = self.doubts.all.iter().position(|one| one.state == by) else { return Ok(()) };
        if self.is_dealt_with(&struck.item) {
            return Err("Nach dieser Entscheidung war in der Sache schon abgestimmt oder gewählt.".into());
        }
        if let Some(one) = self.doubts.all.get_mut(place) {
            one.state = State::Open;
            let (item, seat) = (one.item.clone(), one.seat.clone());
            self.attendance.recuse(Recusal { item, seat });
        }
        Ok(())
    }

    /// What is noted of a recusal ends a doubt that was taken back, and never what was decided.
    pub(super) fn doubt_noted(&mut self, recusal: &Recusal) -> Found {
        for one in self.doubts.all.iter_mut().filter(|one| one.item == recusal.item && one.seat == recusal.seat) {
            match one.state {
                State::Over => {}
                State::Withdrawn => one.state = State::Over,
                State::Open | State::Decided(_) => {
                    return Err("Über diese Befangenheit entscheidet das Gremium, und niemand anders.".into());
                }
            }
        }
        Ok(())
    }
}
