//! The outbox worker: every notice arrives, in order, once; whatever stands in the way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod ledger_kit;

use ledger_kit::{NOW, TempDir, Writer, meeting};
use ratssaal::adapters::store::{Db, LedgerDb, SqlAccounts, SqlRoom, SqlTown};
use ratssaal::app::outbox::{Outbox, TRIES_MAX};
use ratssaal::app::ports::accounts::Seeded;
use ratssaal::app::ports::clock::Clock;
use ratssaal::app::ports::ledger::{Lane, LedgerStore as _, Notice};
use ratssaal::app::ports::mail::{CirculationMail, EnrolmentMail, HeadMail, MailTrouble, Mailer, SummonsMail};
use ratssaal::app::ports::room::{ChatBounds, RoomEvent, RoomPage, RoomPort, Saying};
use ratssaal::app::ports::town::{TownEntry, TownStore as _, TownVersion};
use ratssaal::app::ports::{Answer, Fault};
use ratssaal::domain::id::{MeetingId, PersonId};
use ratssaal::domain::time::Instant;
use serde_json::json;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Debug)]
struct HandClock(AtomicI64);

impl HandClock {
    fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// A mail server that can be down, and that refuses one mailbox for good.
#[derive(Default)]
struct Post {
    down: AtomicBool,
    refused: Option<&'static str>,
    letters: Mutex<Vec<HeadMail>>,
}

impl Mailer for Post {
    fn enrolment(&self, _: EnrolmentMail) -> Answer<'_, Result<(), Fault>> {
        Box::pin(async { Ok(()) })
    }

    fn head(&self, mail: HeadMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(async move {
            if self.down.load(Ordering::SeqCst) {
                return Err(MailTrouble::NotNow(Fault::new("keine Verbindung")));
            }
            if self.refused.is_some_and(|name| mail.to_address.starts_with(name)) {
                return Err(MailTrouble::Refused(Fault::new("550 unbekannt")));
            }
            self.letters.lock().unwrap().push(mail);
            Ok(())
        })
    }

    fn summons(&self, _: SummonsMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(async { Ok(()) })
    }

    fn circulation(&self, _: CirculationMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(async { Ok(()) })
    }
}

/// A room that can be unreachable.
struct Room {
    kept: SqlRoom,
    down: AtomicBool,
}

impl RoomPort for Room {
    fn tell(&self, event: RoomEvent) -> Answer<'_, Result<(), Fault>> {
        if self.down.load(Ordering::SeqCst) {
            return Box::pin(async { Err(Fault::new("der Raum antwortet nicht")) });
        }
        self.kept.tell(event)
    }

    fn read<'a>(&'a self, meeting: &'a MeetingId, after: u64, most: u32) -> Answer<'a, Result<RoomPage, Fault>> {
        self.kept.read(meeting, after, most)
    }

    fn say(&self, event: RoomEvent, author: PersonId, bounds: ChatBounds) -> Answer<'_, Result<Saying, Fault>> {
        self.kept.say(event, author, bounds)
    }

    fn open_chat<'a>(&'a self, meeting: &'a MeetingId, open: bool) -> Answer<'a, Result<(), Fault>> {
        self.kept.open_chat(meeting, open)
    }

    fn end_chat<'a>(&'a self, meeting: &'a MeetingId) -> Answer<'a, Result<(), Fault>> {
        if self.down.load(Ordering::SeqCst) {
            return Box::pin(async { Err(Fault::new("der Raum antwortet nicht")) });
        }
        self.kept.end_chat(meeting)
    }
}

struct Bench {
    dir: TempDir,
    store: LedgerDb,
    clock: Arc<HandClock>,
    post: Arc<Post>,
    room: Arc<Room>,
    outbox: Outbox,
}

impl Bench {
    /// A meeting `m` whose first command left these notices, run by nobody any more.
    async fn with(post: Post, notices: Vec<Notice>) -> Self {
        let dir = TempDir::new();
        let db = Db::sqlite(&dir.file()).await.unwrap();
        let (store, accounts) = (LedgerDb::new(db.clone()), SqlAccounts(db.clone()));
        let people = ["anna", "bert", "cleo"].map(|name| Seeded {
            person: name.parse().unwrap(),
            name: name.to_owned(),
            email: format!("{name}@example.org"),
        });
        let entry = TownEntry { number: 1, recorded_at: NOW, by: None, what: String::new() };
        let version = TownVersion { entry, town: "{}".into() };
        assert!(SqlTown(db.clone()).append(version, people.into()).await.unwrap());
        let mut writer = Writer::claim(&store, &meeting("m"), "a").await;
        let mut append = writer.simple("c-1");
        append.outbox = notices;
        writer.append(&store, append).await;
        store.release(&writer.owner, NOW).await.unwrap();
        let clock = Arc::new(HandClock(AtomicI64::new(NOW.0)));
        let (post, room) = (Arc::new(post), Arc::new(Room { kept: SqlRoom(db), down: AtomicBool::new(false) }));
        let outbox = Outbox {
            store: Arc::new(store.clone()),
            room: room.clone(),
            mailer: Some(post.clone()),
            accounts: Arc::new(accounts),
            clock: clock.clone(),
            node: "a".into(),
            municipality: "Musterstadt".into(),
            sittings: None,
            circulations: None,
            public_url: "https://rat.example.org".into(),
        };
        Self { dir, store, clock, post, room, outbox }
    }

    /// Until nothing is due.
    async fn deliver(&self, lane: Lane) {
        while self.outbox.turn(lane).await.unwrap() > 0 {}
    }

    fn reached(&self) -> Vec<String> {
        self.post.letters.lock().unwrap().iter().map(|mail| mail.to_name.clone()).collect()
    }
}

fn head_for(person: &str) -> Notice {
    let content = json!({"kind": "head", "meeting": "m", "title": "7. Sitzung", "number": 1,
        "digest": "0".repeat(64), "person": person});
    Notice { lane: Lane::Mail, content: content.to_string(), not_before: NOW }
}

fn told(text: &str) -> Notice {
    ledger_kit::notice(Lane::Room, text, NOW)
}

/// What the room was told, in order.
async fn room(file: &Path) -> Vec<String> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows: Vec<(String,)> =
        sqlx::query_as("SELECT content FROM room_event ORDER BY rowid").fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows.into_iter()
        .map(|(text,)| serde_json::from_str::<serde_json::Value>(&text).unwrap()["text"].as_str().unwrap().to_owned())
        .collect()
}

async fn states(file: &Path) -> Vec<(String, i64, Option<String>)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let rows =
        sqlx::query_as("SELECT state, attempts, reason FROM outbox ORDER BY place").fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

#[tokio::test]
async fn every_member_gets_the_head_once() {
    let bench = Bench::with(Post::default(), ["anna", "bert", "cleo"].map(head_for).into()).await;
    bench.deliver(Lane::Mail).await;
    bench.clock.advance(3_600);
    bench.deliver(Lane::Mail).await;
    assert_eq!(bench.reached(), ["anna", "bert", "cleo"]);
    let letters = bench.post.letters.lock().unwrap();
    assert_eq!((letters[0].number, letters[0].title.as_str()), (1, "7. Sitzung"));
    assert_eq!(letters[0].to_address, "anna@example.org");
}

#[tokio::test]
async fn a_mail_server_that_is_down_is_asked_again_ever_more_seldom() {
    let bench = Bench::with(Post::default(), ["anna", "bert"].map(head_for).into()).await;
    bench.post.down.store(true, Ordering::SeqCst);
    let mut asked = Vec::new();
    for second in 0..400 {
        if bench.outbox.turn(Lane::Mail).await.unwrap() > 0 {
            asked.push(second);
        }
        bench.clock.advance(1);
    }
    assert_eq!(asked, [0, 5, 15, 35, 75, 155, 315], "the wait doubles");
    bench.post.down.store(false, Ordering::SeqCst);
    bench.clock.advance(300);
    bench.deliver(Lane::Mail).await;
    assert_eq!(bench.reached(), ["anna", "bert"], "in order, once each");
}

#[tokio::test]
async fn what_never_works_is_parked_and_lets_the_next_pass() {
    let post = Post { refused: Some("anna"), ..Post::default() };
    let mut notices: Vec<Notice> = ["anna", "nobody", "bert"].map(head_for).into();
    notices.push(Notice { lane: Lane::Mail, content: "{\"kind\":\"later\"}".into(), not_before: NOW });
    notices.push(head_for("cleo"));
    let bench = Bench::with(post, notices).await;
    bench.deliver(Lane::Mail).await;
    assert_eq!(bench.reached(), ["bert", "cleo"]);
    let states = states(&bench.dir.file()).await;
    let parked: Vec<bool> = states.iter().map(|(state, ..)| state == "parked").collect();
    assert_eq!(parked, [true, true, false, true, false]);
    assert!(states[0].2.as_ref().unwrap().contains("550"), "{states:?}");
}

#[tokio::test]
async fn after_a_day_without_an_answer_a_notice_is_parked() {
    let bench = Bench::with(Post::default(), ["anna", "bert"].map(head_for).into()).await;
    bench.post.down.store(true, Ordering::SeqCst);
    for _ in 0..TRIES_MAX {
        bench.outbox.turn(Lane::Mail).await.unwrap();
        bench.clock.advance(301);
    }
    let states = states(&bench.dir.file()).await;
    assert_eq!((states[0].0.as_str(), states[0].1), ("parked", i64::from(TRIES_MAX)), "{states:?}");
    assert_eq!(states[1].0, "waiting");
}

#[tokio::test]
async fn the_room_is_told_in_order_and_after_a_restart_nothing_twice() {
    let bench = Bench::with(Post::default(), ["eins", "zwei", "drei"].map(told).into()).await;
    bench.room.down.store(true, Ordering::SeqCst);
    assert_eq!(bench.outbox.turn(Lane::Room).await.unwrap(), 3);
    assert_eq!(states(&bench.dir.file()).await.iter().map(|(_, attempts, _)| *attempts).collect::<Vec<_>>(), [1, 0, 0]);
    bench.room.down.store(false, Ordering::SeqCst);

    // A node told the room the first one and died before it could say so.
    let now = bench.clock.now().plus_millis(10_000);
    let leased =
        bench.store.lease(Lane::Room, "dead", 1, now.plus_millis(60_000), now.plus_millis(61_000)).await.unwrap();
    let lost = RoomEvent {
        id: leased[0].id.clone(),
        meeting: leased[0].meeting.clone(),
        number: leased[0].number,
        content: leased[0].content.clone(),
        at: now,
    };
    bench.room.tell(lost).await.unwrap();
    bench.clock.advance(120);
    bench.deliver(Lane::Room).await;
    assert_eq!(room(&bench.dir.file()).await, ["eins", "zwei", "drei"]);
    assert!(states(&bench.dir.file()).await.iter().all(|(state, ..)| state == "sent"));
}

#[tokio::test]
async fn without_a_mail_server_the_notice_says_why_it_lies_there() {
    let mut bench = Bench::with(Post::default(), [head_for("anna")].into()).await;
    bench.outbox.mailer = None;
    bench.deliver(Lane::Mail).await;
    let states = states(&bench.dir.file()).await;
    assert_eq!(states[0].2.as_deref(), Some("Es ist kein Mailversand eingerichtet."));
}

#[tokio::test]
async fn what_people_said_is_deleted_with_the_closing_even_if_the_room_was_away() {
    let order = Notice { lane: Lane::Room, content: r#"{"order":"end_chat"}"#.into(), not_before: NOW };
    let bench = Bench::with(Post::default(), vec![told("geschlossen"), order]).await;
    let room = &bench.room.kept;
    room.open_chat(&meeting("m"), true).await.unwrap();
    let (at, bounds) = (bench.clock.now(), ChatBounds { per_minute: 9, total: 9 });
    let said = RoomEvent { id: "chat-1".into(), meeting: meeting("m"), number: 1, content: "{}".into(), at };
    assert_eq!(room.say(said.clone(), "anna".parse().unwrap(), bounds).await.unwrap(), Saying::Kept);
    bench.room.down.store(true, Ordering::SeqCst);
    bench.outbox.turn(Lane::Room).await.unwrap();
    assert_eq!(room.read(&meeting("m"), 0, 9).await.unwrap().events.len(), 1, "the order waits");
    bench.room.down.store(false, Ordering::SeqCst);
    bench.clock.advance(120);
    bench.deliver(Lane::Room).await;
    let page = room.read(&meeting("m"), 0, 9).await.unwrap();
    let left: Vec<&str> = page.events.iter().map(|placed| placed.event.content.as_str()).collect();
    assert_eq!((left, page.chat_open), (vec![r#"{"text":"geschlossen"}"#], false));
    let again = RoomEvent { id: "chat-2".into(), ..said };
    assert_eq!(room.say(again, "anna".parse().unwrap(), bounds).await.unwrap(), Saying::Closed);
}
