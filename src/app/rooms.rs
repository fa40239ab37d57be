//! The rooms as the screens see them: one reading a change, however many look. Stands in front of the room port, so that
//! whatever reaches a room is read once and passed on to everybody who follows it.

use crate::app::ports::announcer::{Announcer, Author, Line};
use crate::app::ports::clock::Clock;
use crate::app::ports::room::{ChatBounds, RoomEvent, RoomPage, RoomPort, Saying};
use crate::app::ports::{Answer, Fault};
use crate::domain::id::{CommandId, MeetingId, PersonId};
use crate::domain::text::Text;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Lines a screen shows.
pub const LINES_MAX: usize = 50;
/// Events that hold [`LINES_MAX`] lines: an announcement is two events, one of them a line.
const EVENTS_MAX: u32 = 100;
/// Rooms followed at once; more than a node runs meetings.
const BOARDS_MAX: usize = 512;
/// Longest thing said at once, in characters.
pub const SAID_CHARS_MAX: usize = 500;
/// How much may be said: more than a debate needs, and less than hurts.
const BOUNDS: ChatBounds = ChatBounds { per_minute: 6, total: 1_000 };

/// What somebody says in the chat: plain text.
pub type Said = Text<SAID_CHARS_MAX>;

/// A room as it stands: the newest lines, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Members may write now.
    pub chat_open: bool,
    pub lines: Vec<Line>,
}

/// All rooms somebody looks at.
pub struct Rooms {
    port: Arc<dyn RoomPort>,
    announcer: Arc<dyn Announcer>,
    clock: Arc<dyn Clock>,
    boards: Mutex<BTreeMap<MeetingId, Arc<Board>>>,
}

/// What is known of one room.
struct Board {
    room: watch::Sender<Arc<Room>>,
    /// The place up to which it is known, `None` before the first reading; whoever holds it reads.
    known: tokio::sync::Mutex<Option<u64>>,
}

impl Rooms {
    #[must_use]
    pub fn new(port: Arc<dyn RoomPort>, announcer: Arc<dyn Announcer>, clock: Arc<dyn Clock>) -> Self {
        Self { port, announcer, clock, boards: Mutex::default() }
    }

    /// The room now and from now on. Only the first who looks makes it read.
    pub async fn follow(&self, meeting: &MeetingId) -> watch::Receiver<Arc<Room>> {
        let (board, first) = self.board(meeting);
        let follower = board.room.subscribe();
        // Nobody looked for a while, or whoever came first has not read yet.
        if first || board.known.lock().await.is_none() {
            self.refresh(meeting, &board, false).await;
        }
        follower
    }

    /// The room as it stands.
    pub async fn look(&self, meeting: &MeetingId) -> Arc<Room> {
        self.follow(meeting).await.borrow().clone()
    }

    /// Keeps durably what somebody says after the entry `number`, and shows it.
    ///
    /// # Errors
    /// If it is uncertain whether it was kept.
    pub async fn write(
        &self,
        meeting: &MeetingId,
        number: u64,
        id: &CommandId,
        author: Author,
        said: &Said,
    ) -> Result<Saying, Fault> {
        let person: PersonId = author.person.clone();
        let line = Line { at: self.clock.now(), author: Some(author), text: said.to_string() };
        let event = RoomEvent {
            id: format!("chat-{meeting}-{person}-{id}"),
            meeting: meeting.clone(),
            number,
            content: self.announcer.said(meeting, &line),
            at: line.at,
        };
        RoomPort::say(self, event, person, BOUNDS).await
    }

    fn board(&self, meeting: &MeetingId) -> (Arc<Board>, bool) {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        if boards.len() >= BOARDS_MAX && !boards.contains_key(meeting) {
            boards.retain(|_, board| board.room.receiver_count() > 0);
        }
        let board = boards.entry(meeting.clone()).or_insert_with(|| {
            Arc::new(Board { room: watch::Sender::new(Arc::default()), known: tokio::sync::Mutex::new(None) })
        });
        (Arc::clone(board), board.room.receiver_count() == 0)
    }

    /// Reads on for those who look, if anybody does.
    async fn renew(&self, meeting: &MeetingId, whole: bool) {
        let board = self.boards.lock().unwrap_or_else(PoisonError::into_inner).get(meeting).cloned();
        if let Some(board) = board {
            self.refresh(meeting, &board, whole).await;
        }
    }

    /// Reads what came since the last reading, or everything anew where something was deleted.
    async fn refresh(&self, meeting: &MeetingId, board: &Board, whole: bool) {
        let mut known = board.known.lock().await;
        if whole {
            *known = None;
        }
        let from = known.unwrap_or(0);
        match self.port.read(meeting, from, EVENTS_MAX).await {
            Ok(page) => {
                let before = if known.is_none() { Vec::new() } else { board.room.borrow().lines.clone() };
                *known = Some(page.events.last().map_or(from, |newest| newest.place));
                let room = Arc::new(self.room(before, &page));
                board.room.send_if_modified(|shown| {
                    let changed = **shown != *room;
                    *shown = room;
                    changed
                });
            }
            // The next change reads from the same place on.
            Err(why) => tracing::error!(%meeting, %why, "a room could not be read"),
        }
    }

    fn room(&self, mut lines: Vec<Line>, page: &RoomPage) -> Room {
        let new = page.events.iter().filter_map(|placed| {
            let event = &placed.event;
            self.announcer.line(&event.content, event.at)
        });
        lines.extend(new);
        // An announcement comes a moment after its act, or later if the outbox had to wait: it stands where it belongs.
        lines.sort_by_key(|line| line.at);
        let surplus = lines.len().saturating_sub(LINES_MAX);
        lines.drain(..surplus);
        Room { chat_open: page.chat_open, lines }
    }
}

impl RoomPort for Rooms {
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async move {
            let meeting = event.meeting.clone();
            self.port.tell(event).await?;
            self.renew(&meeting, false).await;
            Ok(())
        })
    }

    fn read<'a>(&'a self, meeting: &'a MeetingId, after: u64, most: u32) -> Answer<'a, Result<RoomPage, Fault>> {
        self.port.read(meeting, after, most)
    }

    fn say(&self, event: RoomEvent, author: PersonId, bounds: ChatBounds) -> Answer<'_, Result<Saying, Fault>> {
        Box::pin(async move {
            let meeting = event.meeting.clone();
            let saying = self.port.say(event, author, bounds).await?;
            self.renew(&meeting, false).await;
            Ok(saying)
        })
    }

    fn open_chat<'a>(&'a self, meeting: &'a MeetingId, open: bool) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.port.open_chat(meeting, open).await?;
            self.renew(meeting, false).await;
            Ok(())
        })
    }

    fn end_chat<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.port.end_chat(meeting).await?;
            self.renew(meeting, true).await;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests;
