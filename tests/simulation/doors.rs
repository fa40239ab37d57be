//! The doors by chance: mostly what is due, sometimes what is not.

use super::council::Council;
use super::dice::Dice;
use super::meeting_kit::{chair, clerk, item, member, seat};
use ratssaal::domain::id::{ItemId, SeatId};
use ratssaal::domain::majority::Outcome;
use ratssaal::domain::meeting::doors::{Doors, is_behind_doors};
use ratssaal::domain::meeting::event::{Choice, Event, Method, Outlet, Withheld};
use ratssaal::domain::meeting::seen::Audience;
use ratssaal::domain::meeting::{Actor, Business, Command, ItemState, Meeting, Phase};

const OUTLETS: [Outlet; 3] = [Outlet::Hall, Outlet::PublicRoom, Outlet::Platform];

impl Council {
    /// What is due between two items.
    pub(super) fn at_the_doors(&self, dice: &mut Dice) -> Option<(Actor, Command)> {
        let meeting = &self.stage.meeting;
        let waits =
            |public: bool| meeting.items.iter().any(|item| item.public == public && item.state == ItemState::Pending);
        Some(match meeting.publicity.doors {
            Doors::Open if !meeting.unannounced().is_empty() && dice.percent(90) => {
                let ballot = meeting.unannounced()[0].clone();
                let until = dice.pick(&[Withheld::NextSitting, Withheld::Interests]);
                let tell = Command::AnnounceDecision { ballot: ballot.clone() };
                (chair(), if dice.percent(55) { tell } else { Command::WithholdDecision { ballot, until } })
            }
            Doors::Open | Doors::Closed { .. } if dice.percent(6) => {
                let mover = dice.percent(50).then(|| seat(dice.below(self.seats)));
                (chair(), Command::MoveSwitch { item: self.some_item(dice), mover })
            }
            Doors::Open if waits(false) && dice.percent(60) => (chair(), Command::ExcludePublic),
            Doors::Open => return None,
            Doors::Closed { .. } if !meeting.unannounced().is_empty() => (chair(), Command::ReadmitPublic),
            Doors::Closed { .. } if waits(false) && dice.percent(70) => return None,
            Doors::Closed { .. } if dice.percent(40) => (member(dice.below(self.seats)), Command::DeclareAlone),
            Doors::Closed { .. } => (chair(), Command::ReadmitPublic),
            Doors::Clearing(_) if dice.percent(40) => (member(dice.below(self.seats)), Command::DeclareAlone),
            Doors::Clearing(_) | Doors::Opening(_) => match meeting.unconfirmed().first() {
                Some(Outlet::Platform) => (Actor::system(), Command::ConfirmDoors { outlet: Outlet::Platform }),
                Some(outlet) => (clerk(), Command::ConfirmDoors { outlet: *outlet }),
                None if matches!(meeting.publicity.doors, Doors::Opening(_)) => (chair(), Command::EndClosedPart),
                None if dice.percent(90) => (chair(), Command::BeginClosedPart),
                None => (chair(), Command::ReadmitPublic),
            },
        })
    }

    /// On which side of the doors an item is dealt with is asked, voted on, and mostly adopted.
    pub(super) fn at_a_question(&mut self, dice: &mut Dice) -> Option<(Actor, Command)> {
        let meeting = &self.stage.meeting;
        let Phase::Sitting { business, .. } = &meeting.phase else { return None };
        let asked = |item: &ItemId| meeting.question(item).is_some();
        match business {
            Business::Between if meeting.publicity.doors.is_closed() => {
                let waits = meeting.items.iter().find(|item| asked(&item.id) && item.state == ItemState::Pending)?;
                Some((chair(), Command::CallItem { item: waits.id.clone() }))
            }
            Business::Item(item) if asked(item) => {
                if meeting.results.iter().any(|declared| declared.result.item == *item && declared.about.is_main()) {
                    let about = meeting.question(item)?.about.clone();
                    let go_on = [Command::ReadmitPublic, Command::CallItem { item: about }];
                    return Some((chair(), dice.pick(&go_on)));
                }
                let ballot = self.fresh_ballot(dice);
                let wording = "Der Punkt wechselt die Seite.".parse().unwrap();
                let (method, terms) = (Method::RollCall, Default::default());
                Some((chair(), Command::OpenBallot { ballot, method, wording, motion: None, terms }))
            }
            Business::Ballot(open) if asked(&open.item) => {
                let silent = |seat: &&SeatId| !open.choices.contains_key(*seat);
                let ballot = open.ballot.clone();
                let Some(seat) = meeting.entitled(Some(&open.item)).into_iter().find(silent) else {
                    return Some((chair(), Command::CloseBallot { ballot }));
                };
                let actor = Actor { seat: Some(seat.clone()), strong: true, ..Actor::default() };
                let choice = if dice.percent(85) { Choice::Yes } else { Choice::No };
                Some((actor, Command::Cast { ballot, choice }))
            }
            _ => None,
        }
    }

    /// The clerk writes on an item, mostly knowing what stands there.
    pub(super) fn text(&self, dice: &mut Dice) -> Command {
        let item = item(&(1 + dice.below(self.items + 1)).to_string());
        let stands = self.stage.meeting.texts.get(&item).map_or(0, |text| text.number);
        let words = ["Die Verwaltung trug vor.", "Es wurde beraten.", "Fragen wurden beantwortet."];
        Command::WriteItemText {
            text: dice.percent(80).then(|| dice.pick(&words).parse().unwrap()),
            replaces: if dice.percent(85) { stands } else { 1 },
            item,
        }
    }

    /// Any item, questions about others included.
    fn some_item(&self, dice: &mut Dice) -> ItemId {
        let items: Vec<ItemId> = self.stage.meeting.items.iter().map(|item| item.id.clone()).collect();
        dice.pick(&items)
    }

    /// Anything at the doors, by anybody.
    pub(super) fn somewhere_at_the_doors(&self, dice: &mut Dice) -> Command {
        let ballot = super::meeting_kit::ballot(&format!("a{}", dice.below(9)));
        match dice.below(10) {
            0 => Command::ExcludePublic,
            1 => Command::ReadmitPublic,
            2 => Command::ConfirmDoors { outlet: dice.pick(&OUTLETS) },
            3 => Command::BeginClosedPart,
            4 => Command::EndClosedPart,
            5 => Command::DeclareAlone,
            6 => Command::AnnounceDecision { ballot },
            8 | 9 => Command::MoveSwitch {
                item: self.some_item(dice),
                mover: dice.percent(60).then(|| seat(dice.below(self.seats))),
            },
            _ => Command::WithholdDecision { ballot, until: Withheld::Interests },
        }
    }
}

/// An item changes sides by a decision behind closed doors alone, and not before it is dealt with.
fn switched_rightly(before: &Meeting, after: &Meeting, events: &[Event]) {
    for item in &after.items {
        let Some(was) = before.items.iter().find(|was| was.id == item.id) else { continue };
        let told = events.iter().find_map(|event| match event {
            Event::ItemSwitched(switched) if switched.item == item.id => Some(switched),
            _ => None,
        });
        assert_eq!(was.public != item.public, told.is_some(), "{:?}", item.id);
        if let Some(told) = told {
            assert!(before.publicity.doors.is_closed() && was.state == ItemState::Pending, "{told:?}");
            let decided = before.results.iter().find(|declared| declared.result.ballot == told.ballot).unwrap();
            assert!(decided.result.item == told.question && decided.result.outcome == Outcome::Adopted, "{told:?}");
        }
    }
}

/// Nothing non-public is done in public, nothing public behind closed doors, and the public knows nothing of it.
pub fn kept_apart(before: &Meeting, after: &Meeting, events: &[Event]) {
    switched_rightly(before, after, events);
    for event in events {
        if let Event::ItemCalled(called) = event {
            let switched = events.iter().find_map(|event| match event {
                Event::ItemSwitched(switched) if switched.item == called.item => Some(switched.public),
                _ => None,
            });
            let public = switched.unwrap_or_else(|| before.item(&called.item).unwrap().public);
            let doors = &before.publicity.doors;
            assert!(if public { doors.is_open() } else { doors.is_closed() }, "{called:?} behind {doors:?}");
            assert_eq!(is_behind_doors(after, event), !public);
        }
    }
    let closed = |item: &_| after.item(item).is_some_and(|item| !item.public);
    let seen = after.seen_by(Audience::Public);
    assert!(!seen.business().and_then(Business::item).is_some_and(closed));
    assert!(seen.results.iter().all(|declared| !closed(&declared.result.item)));
    assert!(seen.motions.iter().all(|motion| !closed(&motion.item)));
    assert!(seen.guests.iter().all(|guest| !closed(&guest.item)));
    assert!(!seen.recusals.keys().chain(seen.texts.keys()).any(closed));
    assert!(seen.items.iter().filter(|item| !item.public).all(|item| item.title.is_none() && item.motion.is_none()));
    for seat in after.seats.keys().filter(|seat| after.is_shut_out(seat)) {
        assert!(!after.is_present(seat), "{seat} is shut out and counts");
    }
}
