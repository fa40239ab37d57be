//! The room beside the picture. What is told there is public; what is said there is hidden from whoever is recused while
//! their item is called.

use super::scene::{Forms, Scene, blocked};
use super::{Ids, Viewer, when};
use crate::app::chat;
use crate::app::ports::announcer::Line;
use crate::app::ports::drafts::Draft;
use crate::app::rooms::{self, SAID_CHARS_MAX};
use crate::app::showing::Shown;
use crate::app::sitting::Snapshot;
use crate::app::town;
use crate::app::waiting::Waiter;
use crate::domain::meeting::Phase;
use crate::web::pages::act::{Act, Tone};
use crate::web::pages::entry::Entry;
use crate::web::pages::room::{Chat, Room, RoomLine};

/// Lines shown at once; the others are folded away.
const AT_ONCE: usize = 6;

/// What a screen shows that is no part of the ledger: the room of the meeting, whether its body may chat in it, and what
/// the viewer noted.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    pub room: &'a rooms::Room,
    pub chat: Option<&'a town::Chat>,
    /// Who waits to be recognised by the technician.
    pub waiters: &'a [Waiter],
    /// `None`: the viewer has no notes, or they cannot be read now.
    pub notes: Option<&'a [Draft]>,
    /// The body's speaking time.
    pub speaking: Option<&'a town::SpeakingTime>,
    /// What was put before everybody's eyes last.
    pub shown: Option<&'a Shown>,
}

impl<'a> Beside<'a> {
    /// The room, and nothing else.
    #[must_use]
    pub const fn of(room: &'a rooms::Room) -> Self {
        Self { room, chat: None, waiters: &[], notes: None, speaking: None, shown: None }
    }
}

/// Part `room`; without a viewer as the public sees it.
#[must_use]
pub fn room(snapshot: &Snapshot, beside: Beside<'_>, viewer: Option<&Viewer>) -> Room {
    let recused = viewer.and_then(|viewer| chat::recused_at(snapshot, &viewer.actor));
    let hidden = recused.is_some();
    let lines = beside.room.lines.iter().rev().filter(|line| line.author.is_none() || !hidden);
    let mut newest: Vec<RoomLine> = lines.map(line).collect();
    let older = newest.split_off(newest.len().min(AT_ONCE));
    let word = match (beside.chat, recused) {
        (None, _) => String::new(),
        (Some(_), Some(item)) => format!(
            "Sie sind zu TOP {} befangen. Was die anderen im Chat schreiben, sehen Sie wieder, wenn der Punkt abgeschlossen ist.",
            item.number
        ),
        (Some(chat), None) => stand(snapshot, beside.room, chat),
    };
    Room { with_chat: beside.chat.is_some(), word, newest, older }
}

/// Part `chat`, for those who write or lead; `None` where the Geschäftsordnung allows none.
#[must_use]
pub fn chat_desk(snapshot: &Snapshot, beside: Beside<'_>, viewer: &Viewer, ids: Ids<'_>) -> Option<Chat> {
    let setting = beside.chat?;
    let actor = &viewer.actor;
    let mut forms = Forms::new(Scene::new(snapshot, Some(viewer)), ids);
    let to = format!("/sitzung/{}/raum", snapshot.meeting.id);
    let sits = matches!(snapshot.meeting.phase, Phase::Sitting { .. } | Phase::Interrupted { .. });
    let open = beside.room.chat_open && sits;
    let write = (open && (actor.seat.is_some() || actor.clerk)).then(|| {
        let mut entry = Entry::new("chat-schreiben", to.clone(), "chat_schreiben", forms.id(), "Senden")
            .line("text", format!("Nachricht, höchstens {SAID_CHARS_MAX} Zeichen"), SAID_CHARS_MAX)
            .note("Auch die Öffentlichkeit liest mit.");
        entry.blocked = chat::may_write(snapshot, actor).err().map(blocked);
        entry
    });
    let acts = if chat::may_lead(snapshot, actor).is_ok() { vec![lead(&mut forms, &to, open)] } else { Vec::new() };
    // Where one can write, the room above says how the chat stands.
    let word = if write.is_some() { String::new() } else { stand(snapshot, beside.room, setting) };
    Some(Chat { word, write, acts })
}

fn lead(forms: &mut Forms<'_, '_>, to: &str, open: bool) -> Act {
    let (id, verb, label) = if open {
        ("chat-schliessen", "chat_schliessen", "Chat schließen")
    } else {
        ("chat-oeffnen", "chat_oeffnen", "Chat öffnen")
    };
    Act::new(id, to, verb, forms.id(), label).tone(Tone::Quiet)
}

fn stand(snapshot: &Snapshot, room: &rooms::Room, chat: &town::Chat) -> String {
    let reference = &chat.reference;
    match snapshot.meeting.phase {
        Phase::Planned | Phase::Convened(_) => {
            format!("Der Chat der Mitglieder ist noch nicht geöffnet ({reference}).")
        }
        Phase::Closed(_) => "Die Sitzung ist geschlossen. Was im Chat stand, wird gelöscht.".into(),
        Phase::Sitting { .. } | Phase::Interrupted { .. } if room.chat_open => format!(
            "Der Chat der Mitglieder ist geöffnet ({reference}). Er steht nicht in der Niederschrift und wird mit dem Schließen der Sitzung gelöscht."
        ),
        Phase::Sitting { .. } | Phase::Interrupted { .. } => {
            format!("Der Chat der Mitglieder ist geschlossen ({reference}).")
        }
    }
}

fn line(line: &Line) -> RoomLine {
    RoomLine {
        at: when::clock(line.at),
        author: line.author.as_ref().map(|author| author.name.clone()),
        text: line.text.clone(),
    }
}
