//! From the events of a ballot to its state.

use super::super::event::{BallotOpened, ChoiceCast, Method, ResultDeclared, ResultStruck};
use super::super::state::{Business, Cast, Declared, Meeting, OpenBallot, Phase, Recorded};
use super::{back_to_item, with_ballot, with_business};
use crate::domain::time::Instant;
use std::collections::BTreeMap;

pub fn open_ballot(opened: &BallotOpened, at: Instant) -> OpenBallot {
    OpenBallot {
        ballot: opened.ballot.clone(),
        item: opened.item.clone(),
        method: opened.method,
        wording: opened.wording.clone(),
        quorum: opened.quorum.clone(),
        motion: opened.motion.clone(),
        about: opened.about,
        opened_at: at,
        majority: opened.majority.clone(),
        start: opened.start,
        choices: BTreeMap::new(),
        hands: None,
    }
}

pub fn take_choice(meeting: &mut Meeting, cast: &ChoiceCast, recorded: &Recorded) {
    let before = match cast.choice {
        Some(choice) => {
            let new = Cast { choice, way: cast.way, at: recorded.occurred_at, number: recorded.number };
            with_ballot(&mut meeting.phase, |ballot| ballot.choices.insert(cast.seat.clone(), new))
        }
        // A choice that was corrected and then deleted: the one after it stands.
        None => None,
    };
    meeting.superseded_choices.extend(before.flatten().map(|cast| cast.number));
}

/// Somebody came into the hall or left it: the hands are counted again. Otherwise who raised a hand, left and connected would
/// choose a second time.
pub fn hall_changed(phase: &mut Phase) {
    with_ballot(phase, |ballot| {
        if ballot.method == Method::ShowOfHands {
            ballot.hands = None;
        }
    });
}

pub fn declare(meeting: &mut Meeting, result: &ResultDeclared, recorded: &Recorded) {
    with_business(&mut meeting.phase, |business| {
        if let Business::Counting(ballot) = &business {
            meeting.results.push(Declared {
                result: result.clone(),
                method: ballot.method,
                wording: ballot.wording.clone(),
                motion: ballot.motion.clone(),
                about: ballot.about,
                quorum: ballot.quorum.clone(),
                majority: ballot.majority.clone(),
                opened_at: ballot.opened_at,
                at: recorded.occurred_at,
                number: recorded.number,
            });
        }
        back_to_item(business)
    });
}

/// The result stays known, but stands no longer: the item, or the motion, is undecided again.
pub fn strike(meeting: &mut Meeting, struck: &ResultStruck) {
    if let Some(place) = meeting.results.iter().position(|declared| declared.result.ballot == struck.ballot) {
        meeting.struck.push((meeting.results.remove(place), struck.clone()));
    }
}
