//! The screens of a meeting.

use super::agenda::{Agenda, CurrentItem};
use super::ballot::BallotBoard;
use super::chamber::Chamber;
use super::clerk::{Attendance, Downloads, HallCount, Heard, Timeline};
use super::figures::Figures;
use super::floor::{Floor, Motions};
use super::frame::{Frame, Live};
use super::minutes::CurrentText;
use super::next::{Faults, MoreActs, NextStep};
use super::notes::Notes;
use super::papers::PaperList;
use super::people::People;
use super::room::{Chat, Room};
use super::shown::ShownPaper;
use super::technics::{Lines, Readiness};
use super::vote::{OwnPlace, VoteCard};
use super::waiting::Waiting;
use askama::Template;

/// Leitstand: the chair's one screen.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/chair.html")]
pub struct ChairDesk {
    pub frame: Frame,
    pub figures: Figures,
    pub next: NextStep,
    pub readiness: Readiness,
    pub faults: Faults,
    pub ballot: BallotBoard,
    /// The chair's own vote.
    pub vote: VoteCard,
    pub more: MoreActs,
    pub floor: Floor,
    pub shown: ShownPaper,
    pub motions: Motions,
    pub people: People,
    pub agenda: Agenda,
    pub papers: PaperList,
    pub room: Room,
    pub chat: Option<Chat>,
    /// Of whoever looks, and nobody else's.
    pub notes: Option<Notes>,
    /// The chair's own camera and the gallery, where this device takes part in picture and sound.
    pub chamber: Option<Chamber>,
}

/// Mein Platz: a member of the council.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/seat.html")]
pub struct SeatRoom {
    pub frame: Frame,
    pub figures: Figures,
    pub own: OwnPlace,
    pub floor: Floor,
    pub shown: ShownPaper,
    pub motions: Motions,
    pub item: CurrentItem,
    pub vote: VoteCard,
    pub ballot: BallotBoard,
    pub agenda: Agenda,
    pub people: People,
    pub papers: PaperList,
    pub room: Room,
    pub chat: Option<Chat>,
    pub chamber: Option<Chamber>,
}

/// Schriftführung: the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/clerk.html")]
pub struct ClerkDesk {
    pub frame: Frame,
    pub figures: Figures,
    pub item: CurrentItem,
    pub attendance: Attendance,
    pub floor: Floor,
    pub shown: ShownPaper,
    pub motions: Motions,
    pub count: HallCount,
    pub heard: Heard,
    pub ballot: BallotBoard,
    pub agenda: Agenda,
    pub timeline: Timeline,
    pub downloads: Downloads,
    pub texts: CurrentText,
    pub papers: PaperList,
    pub room: Room,
    pub chat: Option<Chat>,
}

/// Technik: whoever admits, tests and looks after the lines (technische Moderation).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/technician.html")]
pub struct TechnicianDesk {
    pub frame: Frame,
    pub figures: Figures,
    pub lines: Lines,
    pub readiness: Readiness,
    pub waiting: Waiting,
    pub item: CurrentItem,
    pub timeline: Timeline,
}

/// Öffentlichkeit: anybody, without signing in.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/public.html")]
pub struct PublicView {
    pub frame: Frame,
    pub figures: Figures,
    pub item: CurrentItem,
    pub ballot: BallotBoard,
    pub floor: Floor,
    pub shown: ShownPaper,
    pub motions: Motions,
    pub agenda: Agenda,
    pub people: People,
    /// Where the results stand, to be read and printed.
    pub results: String,
    pub room: Room,
}

/// Saal: the device that sends the room's picture and sound and shows the remote members to the room
/// (§ 37a (1) s. 3 and 4 GemO BW). Nothing can be pressed here but camera and microphone.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/hall.html")]
pub struct HallView {
    pub frame: Frame,
    pub figures: Figures,
    pub item: CurrentItem,
    /// As the public sees it: no figures while it runs.
    pub ballot: BallotBoard,
    pub floor: Floor,
    pub shown: ShownPaper,
    /// Absent before the convening, and where the format has no hall device.
    pub chamber: Option<Chamber>,
}
