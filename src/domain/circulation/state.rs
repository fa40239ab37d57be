//! A circulation as it stands, folded from its events.

use super::event::{Announced, Answer, Event, Found, Opened, Way};
use crate::domain::council::Seat;
use crate::domain::id::{MeetingId, SeatId};
use crate::domain::law::circulation::Standing;
use crate::domain::text::Remark;
use std::collections::BTreeMap;

/// `Umlaufverfahren`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circulation {
    /// Names its ledger.
    pub id: MeetingId,
    pub opened: Opened,
    pub members: BTreeMap<SeatId, Member>,
    pub stage: Stage,
    pub published: Published,
}

/// One member who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub seat: Seat,
    /// `None`: the letter is on its way.
    pub way: Option<Way>,
    pub answer: Option<Answer>,
    pub recused: bool,
}

/// Where a circulation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Members answer.
    Open,
    /// Somebody objects: nobody answers any more, the chair finds that there is no decision.
    Objected,
    Found(Found),
    /// Ended without a result.
    Ended(Remark),
}

/// What the public was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    NotYet,
    Announced(Announced),
    /// Public good or legitimate interests of individuals oppose.
    Withheld,
}

/// How many said what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub agreed: u32,
    pub objected: u32,
    pub silent: u32,
    pub recused: u32,
    /// Of the silent ones those whom nothing reached.
    pub unreached: u32,
}

impl Member {
    /// The matter reached this member, as far as anybody knows.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.answer.is_some() || matches!(self.way, Some(Way::Mail | Way::Otherwise))
    }
}

impl Circulation {
    /// How many said what just now.
    #[must_use]
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for member in self.members.values() {
            match (member.recused, member.answer) {
                (true, _) => sums.recused += 1,
                (false, Some(Answer::Agrees)) => sums.agreed += 1,
                (false, Some(Answer::Objects)) => sums.objected += 1,
                (false, None) => {
                    sums.silent += 1;
                    sums.unreached += u32::from(!member.is_reached());
                }
            }
        }
        sums
    }

    /// What the law asks of the members.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let sums = self.sums();
        Standing { objections: sums.objected, unreached: sums.unreached }
    }

    /// Members may still answer.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }

    /// Nothing can happen in it any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match &self.stage {
            Stage::Open | Stage::Objected => false,
            Stage::Found(found) => {
                found.outcome != crate::domain::majority::Outcome::Adopted || self.published != Published::NotYet
            }
            Stage::Ended(_) => true,
        }
    }
}

/// A circulation begins with its opening.
#[must_use]
pub fn begin(id: MeetingId, first: &Event) -> Option<Circulation> {
    let Event::Opened(opened) = first else { return None };
    let member = |seat: &Seat| {
        let seat = seat.clone();
        (seat.id.clone(), Member { seat, way: None, answer: None, recused: false })
    };
    Some(Circulation {
        id,
        members: opened.seats.iter().map(member).collect(),
        opened: (**opened).clone(),
        stage: Stage::Open,
        published: Published::NotYet,
    })
}

/// What an event makes of a circulation; cannot fail.
#[must_use]
pub fn apply(mut circulation: Circulation, event: &Event) -> Circulation {
    match event {
        Event::Opened(_) => {}
        Event::Delivered(delivered) => {
            if let Some(member) = circulation.members.get_mut(&delivered.seat) {
                member.way = Some(delivered.way);
            }
        }
        Event::Answered(answered) => {
            if let Some(member) = circulation.members.get_mut(&answered.seat) {
                member.answer = Some(answered.answer);
            }
            if answered.answer == Answer::Objects {
                circulation.stage = Stage::Objected;
            }
        }
        Event::Recused(recused) => set_recused(&mut circulation, &recused.seat, true),
        Event::RecusalLifted(lifted) => set_recused(&mut circulation, &lifted.seat, false),
        Event::Found(found) => circulation.stage = Stage::Found(found.clone()),
        Event::Announced(announced) => circulation.published = Published::Announced(announced.clone()),
        Event::Withheld(_) => circulation.published = Published::Withheld,
        Event::Ended(ended) => circulation.stage = Stage::Ended(ended.reason.clone()),
    }
    circulation
}

/// Whoever is recused takes no part: an answer given before is gone, and stays gone.
fn set_recused(circulation: &mut Circulation, seat: &SeatId, recused: bool) {
    if let Some(member) = circulation.members.get_mut(seat) {
        member.recused = recused;
        member.answer = None;
    }
}
