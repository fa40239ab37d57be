//! Every screen in every state of two sittings, driven through the real core.

mod acts;
mod council;
mod secrets;
mod texts;

use super::ChamberWay;
use super::{Screen, Viewer, card, chair, clerk as clerk_desk, hall, parts, public, seat as seat_room, technician};
use crate::app::sitting::Snapshot;
use askama::Template;
use council::{clerk, emergency, evening, hall_device, member, technician_of_town};
use std::collections::BTreeSet;

/// Ids that are the same in every rendering, so that two renderings can be compared.
fn ids() -> impl FnMut() -> String {
    let mut last = 0;
    move || {
        last += 1;
        format!("k-{last}")
    }
}

fn states() -> Vec<(&'static str, Snapshot)> {
    evening().into_iter().chain(emergency()).collect()
}

/// A whole page as a browser gets it, with its live parts behind it.
fn page(screen: Screen, snapshot: &Snapshot, viewer: &Viewer) -> String {
    let (mut page_ids, mut part_ids) = (ids(), ids());
    let ids = &mut page_ids;
    let page = match screen {
        Screen::Chair => chair(snapshot, viewer, ids).render(),
        Screen::Seat => seat_room(snapshot, viewer, ids).render(),
        Screen::Clerk => clerk_desk(snapshot, viewer, ids).render(),
        Screen::Hall => hall(snapshot, viewer).render(),
        Screen::Technician => technician(snapshot, &[], viewer, ids).render(),
        Screen::Public => public(snapshot).render(),
    };
    let room = crate::app::rooms::Room::default();
    let live = parts(screen, snapshot, super::Beside::of(&room), viewer, &mut part_ids);
    format!("{}{}", page.unwrap(), live.into_values().collect::<String>())
}

/// Who sees which screens.
fn audience() -> Vec<(Screen, Viewer)> {
    vec![
        (Screen::Chair, member(0)),
        (Screen::Seat, member(0)),
        (Screen::Seat, member(5)),
        (Screen::Seat, member(7)),
        (Screen::Seat, member(9)),
        (Screen::Seat, member(12)),
        (Screen::Clerk, clerk()),
        (Screen::Hall, hall_device()),
        (Screen::Technician, technician_of_town()),
        (Screen::Public, clerk()),
    ]
}

fn values_of<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_screen_renders_in_every_state_with_ids_of_its_own() {
    for (state, snapshot) in states() {
        for (screen, viewer) in audience() {
            let html = match screen {
                Screen::Chair => chair(&snapshot, &viewer, &mut ids()).render(),
                Screen::Seat => seat_room(&snapshot, &viewer, &mut ids()).render(),
                Screen::Clerk => clerk_desk(&snapshot, &viewer, &mut ids()).render(),
                Screen::Hall => hall(&snapshot, &viewer).render(),
                Screen::Technician => technician(&snapshot, &[], &viewer, &mut ids()).render(),
                Screen::Public => public(&snapshot).render(),
            };
            let html = html.unwrap();
            let found = values_of(&html, " id=\"");
            assert!(found.len() > 3, "{state}: hardly anything there");
            let distinct: BTreeSet<&&str> = found.iter().collect();
            assert_eq!(distinct.len(), found.len(), "{state}, {screen:?}: an id stands twice in {found:?}");
        }
    }
}

#[test]
fn every_live_part_of_a_page_can_be_sent_alone() {
    for (state, snapshot) in states() {
        for (screen, viewer) in audience() {
            let room = crate::app::rooms::Room::default();
            let beside = super::Beside::of(&room);
            let mut live = parts(screen, &snapshot, beside, &viewer, &mut ids());
            live.append(&mut super::room_parts(screen, &snapshot, beside, &viewer, &mut ids()));
            let whole = page(screen, &snapshot, &viewer);
            let on_page: BTreeSet<&str> = values_of(&whole, "data-part=\"").into_iter().collect();
            assert_eq!(live.keys().copied().collect::<BTreeSet<_>>(), on_page, "{state}, {screen:?}");
        }
    }
}

#[test]
fn the_chair_has_exactly_one_next_act_until_the_meeting_is_closed() {
    for (state, snapshot) in states() {
        let html = chair(&snapshot, &member(0), &mut ids()).render().unwrap();
        let main = html.matches("act__button--main").count();
        assert_eq!(main, usize::from(state != "closed"), "{state}");
    }
}

#[test]
fn the_list_shows_every_meeting_with_its_doors() {
    for (state, snapshot) in states() {
        let shown = |viewer: &Viewer| card(&snapshot, viewer, &mut ids());
        let doors = |viewer: &Viewer| shown(viewer).doors.into_iter().map(|door| door.label).collect::<Vec<_>>();
        assert_eq!(doors(&member(0)), ["Leitstand", "Öffentlichkeit", "Ladung", "Teilnahme"], "{state}");
        assert_eq!(doors(&clerk()), ["Schriftführung", "Öffentlichkeit", "Ladung"], "{state}");
        assert_eq!(shown(&member(3)).acts, [], "{state}");
        assert_eq!(shown(&member(0)).acts.len(), if state == "planned" { 2 } else { 0 }, "{state}");
        assert_eq!(shown(&clerk()).when, "Dienstag, 24. November 2026, 19:00 Uhr");
    }
}

#[test]
fn picture_and_sound_are_there_while_the_meeting_is() {
    for (state, snapshot) in states() {
        let chamber = seat_room(&snapshot, &member(7), &mut ids()).chamber;
        assert_eq!(chamber.is_some(), !matches!(state, "planned" | "closed"), "{state}");
        if let Some(chamber) = chamber {
            // The twelve others, and the hall where there is one.
            let (tiles, slots) = if state.starts_with("digital") { (12, 12) } else { (13, 13) };
            assert_eq!((chamber.tiles.len(), chamber.slots, chamber.own_seat.as_str()), (tiles, slots, "sitz-07"));
            assert_eq!((chamber.silent, chamber.publish.is_some()), (false, true), "{state}");
        }
    }
}

#[test]
fn a_device_in_the_hall_sends_nothing_and_plays_no_sound() {
    for (state, snapshot) in evening().into_iter().filter(|(state, _)| !matches!(*state, "planned" | "closed")) {
        let chamber = chair(&snapshot, &member(0), &mut ids()).chamber;
        let in_room = snapshot.meeting.is_in_room(&council::seat(0));
        assert_eq!(
            chamber.is_some(),
            in_room,
            "{state}: the chair of a hybrid meeting is in the room, or not yet there"
        );
        assert!(chamber.is_none_or(|chamber| chamber.silent && chamber.publish.is_none()), "{state}");
    }
}

#[test]
fn nobody_is_connected_before_they_consented() {
    let mut asked = 0;
    for (state, snapshot) in states() {
        for number in [7, 9, 12] {
            let (seat, viewer) = (council::seat(number), member(number));
            let way = super::chamber(Screen::Seat, &snapshot, &viewer, &mut ids()).map(|(way, _)| way);
            let consents = snapshot.meeting.before.consents(&seat);
            let expected = match (snapshot.meeting.is_in_room(&seat), consents) {
                (true, _) => ChamberWay::Watches,
                (false, true) => ChamberWay::Both,
                (false, false) => ChamberWay::Asks,
            };
            asked += usize::from(way == Some(ChamberWay::Asks));
            assert!(way.is_none_or(|way| way == expected), "{state}, {number}: {way:?}");
        }
    }
    assert!(asked > 0, "nobody was ever asked");
}

#[test]
fn the_hall_shows_everybody_and_is_heard() {
    for (state, snapshot) in states() {
        let chamber = hall(&snapshot, &hall_device()).chamber;
        let hybrid = !state.starts_with("digital") && !matches!(state, "planned" | "closed");
        assert_eq!(chamber.is_some(), hybrid, "{state}");
        if let Some(chamber) = chamber {
            assert_eq!(
                (chamber.tiles.len(), chamber.own_seat.as_str(), chamber.silent),
                (13, "saal", false),
                "{state}"
            );
            assert!(chamber.publish.is_some(), "{state}");
        }
    }
}
