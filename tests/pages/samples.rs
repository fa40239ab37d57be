//! Every page in every state, with the invented town.

use super::beside::{chat, room};
use super::clerks::clerk;
use super::lead::{faults, more, next};
use super::speech::{Eyes, floor, motions, shown};
use super::technics::{readiness, technician};
use super::town::{COUNCIL, State, agenda, chamber, figures, frame, item, people};
use super::votes::{board, own_place, running, vote};
use askama::Template;
use ratssaal::web::pages::ballot::Stage;
use ratssaal::web::pages::rooms::{ChairDesk, HallView, PublicView, SeatRoom};

pub type Rendered = (String, String);

/// The four rooms in every state.
pub fn rooms() -> Vec<Rendered> {
    let mut pages = vec![("leitstand-digital".to_owned(), text(&remote_chair()))];
    for state in State::ALL {
        pages.push((format!("leitstand-{}", state.name()), text(&chair(state))));
        pages.push((format!("platz-{}", state.name()), text(&seat(state))));
        pages.push((format!("schrift-{}", state.name()), text(&clerk(state))));
        if let Some(hall) = hall(state) {
            pages.push((format!("saal-{}", state.name()), text(&hall)));
        }
        if matches!(state, State::Planned | State::Fault | State::Closed) {
            pages.push((format!("technik-{}", state.name()), text(&technician(state))));
        }
        if state != State::Disconnected {
            pages.push((format!("oeffentlich-{}", state.name()), text(&public(state))));
        }
    }
    pages.extend(nothing_yet());
    pages
}

/// Where there is nothing yet: no papers, nobody connected, no items, nobody on the list, no motions, nothing told, the chat
/// closed. Every part says so.
fn nothing_yet() -> Vec<Rendered> {
    let (mut desk, mut place, mut office, mut open) =
        (chair(State::Open), seat(State::Open), clerk(State::Open), public(State::Open));
    for floor in [&mut desk.floor, &mut place.floor, &mut office.floor, &mut open.floor] {
        floor.hidden = false;
    }
    for motions in [&mut desk.motions, &mut place.motions, &mut office.motions, &mut open.motions] {
        motions.hidden = false;
    }
    for agenda in [&mut desk.agenda, &mut place.agenda, &mut office.agenda, &mut open.agenda] {
        agenda.items.clear();
    }
    for people in [&mut desk.people, &mut place.people, &mut open.people] {
        people.groups[0].rows.clear();
        people.groups[2].rows.clear();
    }
    for papers in [&mut desk.papers, &mut place.papers, &mut office.papers] {
        papers.groups.clear();
    }
    for room in [&mut desk.room, &mut place.room, &mut office.room, &mut open.room] {
        *room = super::beside::room(State::Planned);
    }
    desk.chat = chat(State::Interrupted, Eyes::Chair);
    place.chat = chat(State::Interrupted, Eyes::Member);
    office.chat = chat(State::Interrupted, Eyes::Clerk);
    office.timeline.entries.clear();
    let pages = [
        ("leitstand-leer", text(&desk)),
        ("platz-leer", text(&place)),
        ("schrift-leer", text(&office)),
        ("oeffentlich-leer", text(&open)),
    ];
    pages.map(|(name, html)| (name.to_owned(), html)).into()
}

pub fn text(page: &impl Template) -> String {
    page.render().expect("a page of plain texts renders")
}

pub fn chair(state: State) -> ChairDesk {
    let views = [("Leitstand", "/sitzung/gr-2026-07/leitstand"), ("Mein Platz", "/sitzung/gr-2026-07/platz")];
    ChairDesk {
        frame: frame("Leitstand", Some("Frieda Musterberg · Vorsitz"), state, &views),
        figures: figures(state),
        next: next(state),
        readiness: readiness(state),
        faults: faults(state),
        ballot: board(state),
        vote: vote(state, "sitz-01"),
        more: more(state),
        floor: floor(state, Eyes::Chair),
        shown: shown(state, Eyes::Chair),
        motions: motions(state, Eyes::Chair),
        people: people(state, true),
        agenda: agenda(state, true, true),
        papers: super::before::papers(state),
        room: room(state),
        chat: chat(state, Eyes::Chair),
        notes: Some(super::after::notes(state)),
        chamber: chamber("sitz-01", state),
    }
}

/// An all-remote meeting (§ 37a (4) GemO BW): the chair is remote too.
fn remote_chair() -> ChairDesk {
    let mut desk = chair(State::Ballot);
    if let Some(chamber) = desk.chamber.as_mut() {
        chamber.publish = Some("/media/gr-2026-07/whip".into());
        chamber.silent = false;
    }
    desk
}

pub fn seat(state: State) -> SeatRoom {
    let own = if state == State::Recused { "sitz-06" } else { "sitz-04" };
    let name = COUNCIL.iter().find(|person| person.seat == own).map_or("", |person| person.name);
    SeatRoom {
        frame: frame("Mein Platz", Some(&format!("{name} · Ratsmitglied")), state, &[]),
        figures: figures(state),
        own: own_place(state),
        floor: floor(state, Eyes::Member),
        shown: shown(state, Eyes::Member),
        motions: motions(state, Eyes::Member),
        item: item(state),
        vote: vote(state, own),
        ballot: board(state),
        agenda: agenda(state, false, true),
        people: people(state, true),
        papers: super::before::papers(state),
        room: room(state),
        chat: chat(state, Eyes::Member),
        chamber: chamber(own, state),
    }
}

pub fn hall(state: State) -> Option<HallView> {
    if !matches!(state, State::Open | State::Recused | State::Ballot | State::Counted) {
        return None;
    }
    let mut chamber = chamber("sitz-01", state)?;
    chamber.publish = Some("/media/gr-2026-07/whip".into());
    chamber.is_hall = true;
    chamber.paragraph = "§ 37a Abs. 2 Satz 2 GemO".into();
    chamber.silent = false;
    chamber.own_seat = "saal".into();
    chamber.own_name = "Großer Saal".into();
    chamber.tiles.remove(0);
    let public = public(state);
    Some(HallView {
        frame: frame("Saal", Some("Großer Saal · Gerät"), state, &[]),
        figures: public.figures,
        item: public.item,
        ballot: public.ballot,
        floor: public.floor,
        shown: public.shown,
        chamber: Some(chamber),
    })
}

pub fn public(state: State) -> PublicView {
    let mut numbers = figures(state);
    numbers.cast = None;
    numbers.missing = None;
    PublicView {
        frame: frame("Öffentlichkeit", None, state, &[]),
        figures: numbers,
        item: item(state),
        ballot: if state.votes() { running(Stage::Hidden) } else { board(state) },
        floor: floor(state, Eyes::Everybody),
        shown: shown(state, Eyes::Everybody),
        motions: motions(state, Eyes::Everybody),
        agenda: agenda(state, false, false),
        people: people(state, false),
        results: "/oeffentlich/gr-2026-07/ergebnisse".into(),
        room: room(state),
    }
}
