//! The doors by chance: mostly what is due, sometimes what is not.

use super::council::Council;
use super::dice::Dice;
use super::meeting_kit::{chair, clerk, member};
use ratssaal::domain::meeting::doors::{Doors, is_behind_doors};
use ratssaal::domain::meeting::event::{Event, Outlet, Withheld};
use ratssaal::domain::meeting::seen::Audience;
use ratssaal::domain::meeting::{Actor, Business, Command, ItemState, Meeting};

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
                (chair(), if dice.percent(70) { tell } else { Command::WithholdDecision { ballot, until } })
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

    /// Anything at the doors, by anybody.
    pub(super) fn somewhere_at_the_doors(&self, dice: &mut Dice) -> Command {
        let ballot = super::meeting_kit::ballot(&format!("a{}", dice.below(9)));
        match dice.below(8) {
            0 => Command::ExcludePublic,
            1 => Command::ReadmitPublic,
            2 => Command::ConfirmDoors { outlet: dice.pick(&OUTLETS) },
            3 => Command::BeginClosedPart,
            4 => Command::EndClosedPart,
            5 => Command::DeclareAlone,
            6 => Command::AnnounceDecision { ballot },
            _ => Command::WithholdDecision { ballot, until: Withheld::Interests },
        }
    }
}

/// Nothing non-public is done in public, nothing public behind closed doors, and the public knows nothing of it.
pub fn kept_apart(before: &Meeting, after: &Meeting, events: &[Event]) {
    for event in events {
        if let Event::ItemCalled(called) = event {
            let public = before.item(&called.item).unwrap().public;
            let doors = &before.publicity.doors;
            assert!(if public { doors.is_open() } else { doors.is_closed() }, "{called:?} behind {doors:?}");
            assert_eq!(is_behind_doors(before, event), !public);
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
