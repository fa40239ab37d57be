use super::*;
use crate::domain::meeting::effect::Announcement;
use crate::domain::time::Instant;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A room in memory that counts how often it is read, and can fail.
#[derive(Default)]
struct Memory {
    events: Mutex<Vec<crate::app::ports::room::Placed>>,
    reads: AtomicU32,
    down: AtomicBool,
}

impl RoomPort for Memory {
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>> {
        let mut events = self.events.lock().unwrap();
        let place = events.len() as u64 + 1;
        events.push(crate::app::ports::room::Placed { place, event });
        Box::pin(async { Ok(()) })
    }

    fn read<'a>(&'a self, _: &'a MeetingId, after: u64, most: u32) -> Answer<'a, Result<RoomPage, Fault>> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if self.down.load(Ordering::SeqCst) {
            return Box::pin(async { Err(Fault::new("nicht lesbar")) });
        }
        let mut events: Vec<_> = self.events.lock().unwrap().clone();
        events.retain(|placed| placed.place > after);
        let surplus = events.len().saturating_sub(most as usize);
        events.drain(..surplus);
        Box::pin(async { Ok(RoomPage { chat_open: false, events }) })
    }

    fn say(&self, _: RoomEvent, _: PersonId, _: ChatBounds) -> Answer<'_, Result<Saying, Fault>> {
        Box::pin(async { Ok(Saying::Closed) })
    }

    fn open_chat<'a>(&'a self, _: &'a MeetingId, _: bool) -> Answer<'a, Result<(), Fault>> {
        Box::pin(async { Ok(()) })
    }

    fn end_chat<'a>(&'a self, _: &'a MeetingId) -> Answer<'a, Result<(), Fault>> {
        self.events.lock().unwrap().retain(|placed| !placed.event.id.starts_with("chat"));
        Box::pin(async { Ok(()) })
    }
}

/// Every event is a line, but those that say nothing.
#[derive(Debug)]
struct Plain;

impl Announcer for Plain {
    fn write(&self, _: &MeetingId, _: &Announcement, _: Instant) -> Vec<String> {
        Vec::new()
    }

    fn said(&self, _: &MeetingId, line: &Line) -> String {
        line.text.clone()
    }

    fn line(&self, event: &str, told: Instant) -> Option<Line> {
        (event != "-").then(|| Line { at: told, author: None, text: event.to_owned() })
    }
}

#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        Instant(0)
    }
}

fn meeting() -> MeetingId {
    "m".parse().unwrap()
}

fn event(text: &str, at: i64) -> RoomEvent {
    RoomEvent { id: text.into(), meeting: meeting(), number: 1, content: text.into(), at: Instant(at) }
}

fn rooms() -> (Arc<Memory>, Rooms) {
    let memory = Arc::new(Memory::default());
    (Arc::clone(&memory), Rooms::new(memory, Arc::new(Plain), Arc::new(Still)))
}

fn texts(room: &watch::Receiver<Arc<Room>>) -> Vec<String> {
    room.borrow().lines.iter().map(|line| line.text.clone()).collect()
}

#[tokio::test]
async fn a_thousand_followers_are_one_reading_a_change() {
    let (memory, rooms) = rooms();
    rooms.tell(event("eins", 1)).await.unwrap();
    assert_eq!(memory.reads.load(Ordering::SeqCst), 0, "nobody looks");
    let mut followers = Vec::new();
    for _ in 0..1_000 {
        followers.push(rooms.follow(&meeting()).await);
    }
    assert_eq!(memory.reads.load(Ordering::SeqCst), 1);
    rooms.tell(event("zwei", 2)).await.unwrap();
    assert_eq!(memory.reads.load(Ordering::SeqCst), 2);
    for follower in &mut followers {
        assert!(follower.has_changed().unwrap());
        assert_eq!(texts(follower), ["eins", "zwei"]);
        follower.mark_unchanged();
    }
    rooms.tell(event("-", 3)).await.unwrap();
    assert!(!followers[0].has_changed().unwrap(), "what is for machines changes no screen");
}

#[tokio::test]
async fn lines_stand_in_the_order_of_the_acts_and_no_more_than_fifty() {
    let (_, rooms) = rooms();
    let follower = rooms.follow(&meeting()).await;
    rooms.tell(event("später", 20)).await.unwrap();
    rooms.tell(event("früher", 10)).await.unwrap();
    assert_eq!(texts(&follower), ["früher", "später"]);
    for number in 0..80 {
        rooms.tell(event(&format!("n{number}"), 100 + number)).await.unwrap();
    }
    let shown = texts(&follower);
    assert_eq!((shown.len(), shown[0].as_str(), shown[49].as_str()), (LINES_MAX, "n30", "n79"));
    let anew = rooms.look(&meeting()).await;
    assert_eq!(anew.lines.len(), LINES_MAX);
}

#[tokio::test]
async fn a_reading_that_failed_is_made_up_for_and_a_deletion_is_seen() {
    let (memory, rooms) = rooms();
    memory.down.store(true, Ordering::SeqCst);
    let follower = rooms.follow(&meeting()).await;
    rooms.tell(event("eins", 1)).await.unwrap();
    assert!(texts(&follower).is_empty());
    memory.down.store(false, Ordering::SeqCst);
    rooms.tell(event("chat-zwei", 2)).await.unwrap();
    assert_eq!(texts(&follower), ["eins", "chat-zwei"]);
    rooms.end_chat(&meeting()).await.unwrap();
    assert_eq!(texts(&follower), ["eins"]);
}
