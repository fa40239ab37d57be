//! From the meeting to the screens: pure functions that fill the structs of [`super::pages`].
//!
//! Whether a button may be pressed is asked of the core, never decided here. What somebody may not see is left out
//! here, before anything is rendered. The room beside the picture is no part of a [`Snapshot`]: pages get it with
//! [`room()`] and [`chat_desk`], live lines with [`room_parts`].

mod advisers;
mod agenda;
mod ballot;
mod card;
mod circulation;
mod clerk;
mod complaint;
mod convening;
mod doors;
mod doubt;
mod due;
mod election;
mod faults;
mod figures;
mod filming;
mod floor;
mod frame;
mod leading;
mod minutes;
mod more;
mod next;
mod notes;
mod order;
mod own;
mod papers;
mod people;
mod presumption;
mod print;
mod reply;
mod requests;
mod results;
mod room;
mod say;
mod scene;
mod second;
mod shown;
mod speaking;
mod summons;
mod technics;
mod timeline;
mod viewer;
mod vote;
mod voting;
mod waiting;
mod when;
mod words;

use crate::app::sitting::Snapshot;
use crate::app::town::SpeakingTime;
use crate::app::waiting::Waiter;
use crate::domain::time::Instant;
use crate::web::pages::before::{Period, ReplyPage, SummonsDesk};
use crate::web::pages::floor::Floor;
use crate::web::pages::frame::Frame;
use crate::web::pages::print::{PrintedAgenda, PublicNotice, RollSheet};
use crate::web::pages::room::Room;
use crate::web::pages::rooms::{ChairDesk, ClerkDesk, HallView, PublicView, SeatRoom, TechnicianDesk};
use crate::web::pages::shown::ShownPaper;
use crate::web::pages::{Part, frame::Phase};
use askama::Template;
use scene::{Forms, Scene};
use std::collections::BTreeMap;

pub use crate::web::pages::chamber::Way as ChamberWay;
pub use card::card;
pub use circulation::{Looking, circulation, circulation_card, circulation_decision, circulation_form};
pub use due::{circulation_rows, deadlines, left};
pub use minutes::{CLOSED_BOOK, book, inspection, minutes};
pub use notes::{NOTE_CHARS_MAX, has_notes, noted, notes, notes_page};
pub use papers::size;
pub use people::tiles;
pub use requests::{Asked, request_card, request_law, request_rows};
pub use results::results;
pub use room::{Beside, chat_desk, room};
pub use say::say;
pub use shown::shown_paper;
pub use viewer::Viewer;
pub use vote::receipt;
pub use when::{appointment, field as hour, long, minute, moment, second};

/// Makes an id for each form of one rendering: a [`crate::domain::id::CommandId`], or for a new ballot its id.
pub type Ids<'a> = &'a mut dyn FnMut() -> String;

/// The screens of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Screen {
    Chair,
    Seat,
    Clerk,
    Hall,
    Technician,
    Public,
}

/// Leitstand.
#[must_use]
pub fn chair(snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> ChairDesk {
    let scene = Scene::new(snapshot, Some(viewer));
    let mut forms = Forms::new(scene, ids);
    ChairDesk {
        frame: frame::frame(scene, Screen::Chair),
        figures: figures::figures(scene),
        next: next::step(&mut forms),
        readiness: technics::readiness(scene),
        faults: faults::faults(&mut forms),
        ballot: ballot::desk(&mut forms),
        vote: vote::card(&mut forms),
        more: more::more(&mut forms),
        floor: floor::floor(&mut forms),
        shown: ShownPaper::default(),
        motions: floor::motions(&mut forms),
        people: people::people(scene),
        agenda: agenda::agenda_of_chair(&mut forms),
        papers: papers::papers(scene),
        room: Room::default(),
        chat: None,
        notes: None,
        chamber: people::chamber(scene, ids),
    }
}

/// Mein Platz.
#[must_use]
pub fn seat(snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> SeatRoom {
    let scene = Scene::new(snapshot, Some(viewer));
    let mut forms = Forms::new(scene, ids);
    SeatRoom {
        frame: frame::frame(scene, Screen::Seat),
        figures: figures::figures(scene),
        own: own::place(&mut forms),
        floor: floor::floor(&mut forms),
        shown: ShownPaper::default(),
        motions: floor::motions(&mut forms),
        item: agenda::current(scene),
        vote: vote::card(&mut forms),
        ballot: ballot::board(scene),
        agenda: agenda::agenda(scene),
        people: people::people(scene),
        papers: papers::papers(scene),
        room: Room::default(),
        chat: None,
        chamber: people::chamber(scene, ids),
    }
}

/// Schriftführung.
#[must_use]
pub fn clerk(snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> ClerkDesk {
    let scene = Scene::new(snapshot, Some(viewer));
    let mut forms = Forms::new(scene, ids);
    ClerkDesk {
        frame: frame::frame(scene, Screen::Clerk),
        figures: figures::figures(scene),
        item: agenda::current(scene),
        attendance: clerk::attendance(&mut forms),
        floor: floor::floor(&mut forms),
        shown: ShownPaper::default(),
        motions: floor::motions(&mut forms),
        count: clerk::hall_count(&mut forms),
        heard: clerk::heard(&mut forms),
        ballot: ballot::desk(&mut forms),
        agenda: agenda::agenda(scene),
        timeline: timeline::timeline(scene),
        downloads: clerk::downloads(scene),
        texts: minutes::current(scene),
        papers: papers::papers(scene),
        room: Room::default(),
        chat: None,
    }
}

/// Technik.
#[must_use]
pub fn technician(snapshot: &Snapshot, waiters: &[Waiter], viewer: &Viewer, ids: Ids<'_>) -> TechnicianDesk {
    let scene = Scene::new(snapshot, Some(viewer));
    TechnicianDesk {
        frame: frame::frame(scene, Screen::Technician),
        figures: figures::figures(scene),
        lines: technics::lines(scene),
        readiness: technics::readiness(scene),
        waiting: waiting::waiting(scene, waiters, ids),
        item: agenda::current(scene),
        timeline: timeline::timeline(scene),
    }
}

/// Saal. Everybody in the room reads it, the public too.
#[must_use]
pub fn hall(snapshot: &Snapshot, viewer: &Viewer) -> HallView {
    let (scene, public) = (Scene::new(snapshot, Some(viewer)), Scene::new(snapshot, None));
    HallView {
        frame: frame::frame(scene, Screen::Hall),
        figures: figures::figures(public),
        item: agenda::current(public),
        ballot: ballot::board(public),
        floor: floor::board(public),
        shown: ShownPaper::default(),
        chamber: people::chamber_of_hall(scene),
    }
}

/// Öffentlichkeit.
#[must_use]
pub fn public(snapshot: &Snapshot) -> PublicView {
    let scene = Scene::new(snapshot, None);
    PublicView {
        frame: frame::frame(scene, Screen::Public),
        figures: figures::figures(scene),
        item: agenda::current(scene),
        ballot: ballot::board(scene),
        floor: floor::board(scene),
        shown: ShownPaper::default(),
        motions: floor::motions_board(scene),
        agenda: agenda::agenda(scene),
        people: people::people(scene),
        results: format!("/oeffentlich/{}/ergebnisse", snapshot.meeting.id),
        room: Room::default(),
    }
}

/// Ladung, at this moment; papers may be so large, in bytes.
#[must_use]
pub fn summons(snapshot: &Snapshot, viewer: &Viewer, now: Instant, paper_bytes_max: u64, ids: Ids<'_>) -> SummonsDesk {
    let scene = Scene::new(snapshot, Some(viewer));
    let upload = papers::upload(scene, ids, paper_bytes_max);
    SummonsDesk { upload, ..summons::desk(&mut Forms::new(scene, ids), now) }
}

/// Frame and period of the planning page, at this moment.
#[must_use]
pub fn planning(snapshot: &Snapshot, viewer: &Viewer, now: Instant) -> (Frame, Period) {
    let scene = Scene::new(snapshot, Some(viewer));
    (frame::still(scene, "Planung", "vorbereiten"), summons::period(scene, when::date(now)))
}

/// Bekanntmachung, for everybody.
#[must_use]
pub fn notice(snapshot: &Snapshot) -> PublicNotice {
    print::notice(Scene::new(snapshot, None))
}

/// Tagesordnung to print, as the viewer may see it.
#[must_use]
pub fn printed_agenda(snapshot: &Snapshot, viewer: &Viewer) -> PrintedAgenda {
    print::agenda(Scene::new(snapshot, Some(viewer)))
}

/// Anwesenheits- und Abstimmungsliste to print.
#[must_use]
pub fn roll_sheet(snapshot: &Snapshot, viewer: &Viewer) -> RollSheet {
    print::roll(Scene::new(snapshot, Some(viewer)))
}

/// Teilnahme.
#[must_use]
pub fn reply(snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> ReplyPage {
    reply::page(&mut Forms::new(Scene::new(snapshot, Some(viewer)), ids))
}

/// Puts the body's speaking time beside whoever has the floor.
pub fn limit_speaking(floor: &mut Floor, snapshot: &Snapshot, viewer: Option<&Viewer>, time: Option<&SpeakingTime>) {
    speaking::limit(floor, Scene::new(snapshot, viewer), time);
}

/// The live parts of a screen, rendered, by name. For [`Screen::Public`] viewer and ids do not matter.
#[must_use]
pub fn parts(
    screen: Screen,
    snapshot: &Snapshot,
    beside: Beside<'_>,
    viewer: &Viewer,
    ids: Ids<'_>,
) -> BTreeMap<&'static str, String> {
    let mut parts = Parts::default();
    let limit = |floor: &mut Floor, viewer| limit_speaking(floor, snapshot, viewer, beside.speaking);
    match screen {
        Screen::Chair => {
            let mut desk = chair(snapshot, viewer, ids);
            limit(&mut desk.floor, Some(viewer));
            parts.phase(desk.frame.phase).add(&desk.figures).add(&desk.next).add(&desk.faults).add(&desk.ballot);
            parts.add(&desk.vote).add(&desk.more).add(&desk.people).add(&desk.agenda);
            parts.add(&desk.floor).add(&desk.motions).add(&desk.readiness).add(&desk.papers);
        }
        Screen::Seat => {
            let mut room = seat(snapshot, viewer, ids);
            limit(&mut room.floor, Some(viewer));
            parts.phase(room.frame.phase).add(&room.figures).add(&room.own).add(&room.item).add(&room.vote);
            parts
                .add(&room.ballot)
                .add(&room.agenda)
                .add(&room.people)
                .add(&room.floor)
                .add(&room.motions)
                .add(&room.papers);
        }
        Screen::Clerk => {
            let mut desk = clerk(snapshot, viewer, ids);
            limit(&mut desk.floor, Some(viewer));
            parts.phase(desk.frame.phase).add(&desk.figures).add(&desk.item).add(&desk.attendance).add(&desk.count);
            parts.add(&desk.heard).add(&desk.ballot).add(&desk.agenda).add(&desk.timeline).add(&desk.downloads);
            parts.add(&desk.floor).add(&desk.motions).add(&desk.texts).add(&desk.papers);
        }
        Screen::Hall => {
            let mut view = hall(snapshot, viewer);
            limit(&mut view.floor, None);
            parts.phase(view.frame.phase).add(&view.figures).add(&view.item).add(&view.ballot).add(&view.floor);
        }
        Screen::Technician => {
            // Who waits comes with the room, see `room_parts`.
            let desk = technician(snapshot, &[], viewer, ids);
            parts.phase(desk.frame.phase).add(&desk.figures).add(&desk.lines).add(&desk.readiness).add(&desk.item);
            parts.add(&desk.timeline);
        }
        Screen::Public => {
            let mut view = public(snapshot);
            limit(&mut view.floor, None);
            parts.phase(view.frame.phase).add(&view.figures).add(&view.item).add(&view.ballot);
            parts.add(&view.agenda).add(&view.people).add(&view.floor).add(&view.motions);
        }
    }
    parts.0
}

/// What stands beside the record, rendered, by name: the room beside the picture, the paper shown, the viewer's notes, and
/// for the technician who waits.
#[must_use]
pub fn room_parts(
    screen: Screen,
    snapshot: &Snapshot,
    beside: Beside<'_>,
    viewer: &Viewer,
    ids: Ids<'_>,
) -> BTreeMap<&'static str, String> {
    let mut parts = Parts::default();
    let viewer = match screen {
        Screen::Chair | Screen::Seat | Screen::Clerk => Some(viewer),
        Screen::Public | Screen::Hall => None,
        Screen::Technician => {
            parts.add(&waiting::waiting(Scene::new(snapshot, Some(viewer)), beside.waiters, ids));
            return parts.0;
        }
    };
    parts.add(&shown_paper(snapshot, beside, viewer, ids));
    if screen == Screen::Hall {
        return parts.0;
    }
    parts.add(&room(snapshot, beside, viewer));
    if let Some(desk) = viewer.and_then(|viewer| chat_desk(snapshot, beside, viewer, ids)) {
        parts.add(&desk);
    }
    if let (Screen::Chair, Some(viewer), Some(drafts)) = (screen, viewer, beside.notes)
        && let Some(notes) = notes(snapshot, viewer, drafts)
    {
        parts.add(&notes);
    }
    parts.0
}

/// The chamber of a screen, rendered, while the meeting has one. It is none of the [`parts`]: a page gets it once, and
/// from then on its pictures play undisturbed, until who sits there comes into the hall or leaves it.
#[must_use]
pub fn chamber(screen: Screen, snapshot: &Snapshot, viewer: &Viewer, ids: Ids<'_>) -> Option<(ChamberWay, String)> {
    let scene = Scene::new(snapshot, Some(viewer));
    let chamber = match screen {
        Screen::Chair | Screen::Seat => people::chamber(scene, ids)?,
        Screen::Hall => people::chamber_of_hall(scene)?,
        Screen::Clerk | Screen::Technician | Screen::Public => return None,
    };
    Some((chamber.way(), chamber.render().ok()?))
}

#[derive(Default)]
struct Parts(BTreeMap<&'static str, String>);

impl Parts {
    /// A part that could not be rendered is left out; the page keeps the one it has.
    fn add<P: Part>(&mut self, part: &P) -> &mut Self {
        if let Ok(text) = part.render() {
            self.0.insert(P::NAME, text);
        }
        self
    }

    fn phase(&mut self, phase: Option<Phase>) -> &mut Self {
        if let Some(phase) = phase {
            self.add(&phase);
        }
        self
    }
}

#[cfg(test)]
mod tests;
