//! What a meeting knows of a lacking quorum: which items are called a second time, whether the summons said so, and what was
//! found lacking in this sitting itself (§ 37 (3), (4) GemO BW).

use super::event::{Consequence, Disposal, FirstSitting, MayorDecided};
use super::state::{ItemState, Meeting};
use crate::domain::council::Function;
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::{BodyKind, Rules};
use crate::domain::majority::Outcome;
use crate::domain::quorum::QuorumFinding;
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// Part of a [`Meeting`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Second {
    /// The items of a second sitting, each with the first one.
    pub of: BTreeMap<ItemId, FirstSitting>,
    /// The summons said that the smaller number suffices for them.
    pub noticed: bool,
    /// Who stands in for a recused mayor, by item.
    pub stand_ins: BTreeMap<ItemId, SeatId>,
    /// What was decided in the council's place, and when, by item.
    pub instead: BTreeMap<ItemId, (MayorDecided, Instant)>,
    /// What was found lacking here, in order.
    pub lacking: Vec<Lacking>,
}

/// A finding that the quorum is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// `None`: the whole sitting, never opened or not resumed.
    pub item: Option<ItemId>,
    pub quorum: QuorumFinding,
    pub follows: Consequence,
    pub at: Instant,
}

impl Meeting {
    /// At this item, or with none at any item of this agenda, it is a second sitting (§ 37 (3) GemO BW).
    #[must_use]
    pub fn is_second(&self, item: Option<&ItemId>) -> bool {
        match item {
            Some(item) => self.second.of.contains_key(item),
            None => self.items.iter().any(|item| self.second.of.contains_key(&item.id)),
        }
    }

    /// Every item of the agenda is dealt with a second time.
    #[must_use]
    pub fn is_second_throughout(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|item| self.second.of.contains_key(&item.id))
    }

    /// `Ausschuss`, deciding or advisory (§§ 39, 41 GemO BW).
    #[must_use]
    pub fn is_committee(&self) -> bool {
        matches!(self.kind, Some(BodyKind::DecidingCommittee | BodyKind::AdvisoryCommittee))
    }

    /// The mayor's seat, if the mayor sits in this body.
    #[must_use]
    pub fn mayor(&self) -> Option<&SeatId> {
        self.seats.values().find(|seat| seat.function == Function::Mayor).map(|seat| &seat.id)
    }

    /// Who decides on an item in the council's place: the mayor, or who was appointed to stand in (§ 37 (4) GemO BW).
    #[must_use]
    pub fn decider(&self, item: &ItemId) -> Option<&SeatId> {
        self.second.stand_ins.get(item).or_else(|| self.mayor())
    }

    /// Who has to be heard before: everybody who is not recused, save who decides.
    #[must_use]
    pub fn to_be_heard(&self, item: &ItemId) -> Vec<&SeatId> {
        let decider = self.decider(item);
        self.members().filter(|seat| Some(*seat) != decider && !self.is_recused(item, seat)).collect()
    }

    /// What was last found lacking at this item, or of the whole sitting while the item was not over yet.
    #[must_use]
    pub fn lacking(&self, item: &ItemId) -> Option<&Lacking> {
        let over_before = |found: &Lacking| match self.item(item).map(|item| &item.state) {
            Some(ItemState::Settled { at, .. }) => *at < found.at,
            Some(ItemState::Pending | ItemState::Called { .. }) | None => false,
        };
        let of_it = |found: &&Lacking| match &found.item {
            Some(own) => own == item,
            None => !over_before(found),
        };
        self.second.lacking.iter().rev().find(of_it)
    }

    /// What follows for this item from what was last found lacking. Where a whole second sitting lacked even the smaller
    /// number, its other items have had no second sitting yet.
    #[must_use]
    pub fn follows(&self, item: &ItemId) -> Option<Consequence> {
        let found = self.lacking(item)?;
        let for_the_first_time = found.item.is_none() && !self.is_second(Some(item));
        let dropped = matches!(found.follows, Consequence::MayorDecides | Consequence::Open);
        Some(if for_the_first_time && dropped { Consequence::SecondSession } else { found.follows })
    }

    /// This item could not be decided here for want of a quorum, and waits for a second sitting: it was found so, or every
    /// vote on it came to no decision.
    #[must_use]
    pub fn waits_for_second(&self, item: &ItemId) -> bool {
        let found = self.follows(item);
        let on_it = |outcome: bool| {
            let mut main = self.results.iter().filter(|one| one.result.item == *item && one.about.is_main());
            main.any(|one| (one.result.outcome == Outcome::NoDecision) == outcome)
        };
        match self.item(item).map(|item| &item.state) {
            Some(ItemState::Pending) => found == Some(Consequence::SecondSession),
            Some(ItemState::Settled { disposal: Disposal::Postponed, .. }) => {
                found == Some(Consequence::SecondSession) || (on_it(true) && !on_it(false))
            }
            Some(ItemState::Settled { .. } | ItemState::Called { .. }) | None => false,
        }
    }
}

/// What follows, as a sentence with its paragraph.
#[must_use]
pub fn sentence(rules: &Rules, follows: Consequence) -> String {
    match follows {
        Consequence::SecondSession => {
            format!("Darüber wird in einer zweiten Sitzung entschieden ({}).", rules.quorum_second_session_min.norm())
        }
        Consequence::MayorDecides => format!(
            "An Stelle des Gremiums entscheidet der Bürgermeister, nachdem er die nicht Befangenen gehört hat ({}).",
            rules.quorum_fallback.norm()
        ),
        Consequence::CouncilDecides => format!(
            "An Stelle des Ausschusses entscheidet der Gemeinderat, ohne Vorberatung ({}).",
            rules.quorum_committee_bias_fallback.norm()
        ),
        Consequence::Open => "Wer stattdessen entscheidet, sagt das festgehaltene Recht nicht.".to_owned(),
    }
}

/// `Hinweis auf die geringere Zahl` (§ 37 (3) s. 1 GemO BW), as it stands in the summons; `None` where no item of the agenda is
/// dealt with a second time.
#[must_use]
pub fn notice(meeting: &Meeting, rules: &Rules) -> Option<String> {
    let again = meeting.items.iter().filter(|item| meeting.is_second(Some(&item.id)));
    let numbers: Vec<&str> = again.map(|item| item.number.as_str()).collect();
    let least = &rules.quorum_second_session_min;
    let strictly = if rules.presence_remote_counts_second_session.get() {
        ""
    } else {
        " Zugeschaltete zählen für diese Zahl nicht mit."
    };
    (!numbers.is_empty()).then(|| {
        format!(
            "Zu TOP {} ist dies die zweite Sitzung. Für die Beschlussfähigkeit genügt dort, dass mindestens {} Mitglieder \
             anwesend und stimmberechtigt sind ({}).{strictly}",
            numbers.join(", "),
            least.get(),
            least.norm()
        )
    })
}
