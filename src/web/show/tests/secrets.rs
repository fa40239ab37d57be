//! What somebody may not see is on none of their screens.

use super::council::{COMPLAINT, Council, MARKER, ballot, clerk, member, name, technician};
use super::{audience, card, ids, page, states};
use crate::app::sitting::Snapshot;
use crate::domain::meeting::Command;
use crate::domain::meeting::event::{Choice, Method};
use crate::web::show::{Screen, say, tiles};
use askama::Template;

const SCREENS: [Screen; 4] = [Screen::Chair, Screen::Seat, Screen::Clerk, Screen::Public];

#[test]
fn a_non_public_title_reaches_nobody_without_right() {
    for (state, snapshot) in states() {
        for screen in SCREENS {
            let html = page(screen, &snapshot, &technician());
            assert!(!html.contains(MARKER), "{state}, {screen:?}");
            assert!(html.contains("Nichtöffentlicher Punkt"), "{state}, {screen:?}: the item itself is shown");
        }
        let html = page(Screen::Public, &snapshot, &member(0));
        assert!(!html.contains(MARKER), "{state}: the public's screen is the public's, whoever opens it");
        assert!(!say(&snapshot, 0).unwrap_or_default().contains(MARKER), "{state}");
        assert!(!format!("{:?}", card(&snapshot, &member(0), &mut ids())).contains(MARKER), "{state}");
        for screen in [Screen::Chair, Screen::Seat] {
            assert!(page(screen, &snapshot, &member(0)).contains(MARKER), "{state}: members see their agenda");
        }
    }
}

#[test]
fn the_text_of_a_complaint_is_for_chair_and_clerk() {
    let mut seen = 0;
    for (state, snapshot) in states() {
        for (screen, viewer) in audience() {
            let shown = page(screen, &snapshot, &viewer).contains(COMPLAINT);
            assert!(!shown || matches!(screen, Screen::Chair | Screen::Clerk), "{state}, {screen:?}");
            seen += usize::from(shown);
        }
        assert!(!say(&snapshot, 0).unwrap_or_default().contains(COMPLAINT), "{state}");
    }
    assert!(seen >= 2, "chair and clerk see it");
}

/// A running ballot in which one member pressed and one was heard.
fn running(method: Method, pressed: Choice, heard: Choice) -> Snapshot {
    let mut council = Council::opened();
    council.call("2");
    council.vote("a-1", method);
    council.cast("a-1", 8, Choice::Abstain);
    council.cast("a-1", 8, pressed);
    council.hear("a-1", 9, heard);
    council.snapshot
}

#[test]
fn how_somebody_voted_is_on_no_other_screen_while_the_ballot_runs() {
    for method in [Method::RollCall, Method::ShowOfHands] {
        let one = running(method, Choice::Yes, Choice::No);
        let other = running(method, Choice::No, Choice::Yes);
        let everybody = audience().into_iter().chain(SCREENS.map(|screen| (screen, technician())));
        for (screen, viewer) in everybody.filter(|(_, viewer)| !own(viewer, 8) && !own(viewer, 9)) {
            assert_eq!(page(screen, &one, &viewer), page(screen, &other, &viewer), "{screen:?} of {}", viewer.name);
        }
        assert_eq!((tiles(&one), say(&one, 0)), (tiles(&other), say(&other, 0)));
        let mine = |snapshot| page(Screen::Seat, snapshot, &member(8));
        assert_ne!(mine(&one), mine(&other), "the voter sees it");
    }
}

fn own(viewer: &crate::web::show::Viewer, number: usize) -> bool {
    viewer.actor.seat == member(number).actor.seat
}

/// The board of the public, and its five numbers.
fn public(snapshot: &Snapshot) -> (String, Option<u32>) {
    let view = crate::web::show::public(snapshot);
    (view.ballot.render().unwrap(), view.figures.cast)
}

#[test]
fn the_public_sees_names_and_numbers_only_once_the_result_is_declared() {
    let mut council = Council::opened();
    council.call("2");
    council.vote("a-1", Method::RollCall);
    for number in 0..12 {
        council.cast("a-1", number, if number == 4 { Choice::No } else { Choice::Yes });
    }
    let hidden = |council: &Council| {
        let (board, cast) = public(&council.snapshot);
        assert!(!board.contains(&name(4)) && !board.contains("Nein</td>") && cast.is_none(), "{board}");
        assert!(!board.contains("<dd>"), "no numbers: {board}");
    };
    hidden(&council);
    council.chair(&Command::CloseBallot { ballot: ballot("a-1") });
    hidden(&council);
    let counted = page(Screen::Clerk, &council.snapshot, &clerk());
    assert!(counted.contains("noch nicht festgestellt") && counted.contains("Nein</td>"));
    council.chair(&Command::DeclareResult { ballot: ballot("a-1") });
    let (board, _) = public(&council.snapshot);
    assert!(board.contains(&name(4)) && board.contains("Nein</td>") && board.contains("Angenommen"), "{board}");
}
