//! The room kept in our own database.

use super::Place;
use super::ledger_kit::{NOW, meeting};
use ratssaal::adapters::store::SqlRoom;
use ratssaal::app::ports::room::{ChatBounds, RoomEvent, RoomPort as _, Saying};
use ratssaal::domain::id::PersonId;

pub async fn the_room_is_told_once(place: Place) {
    let nodes = [SqlRoom(place.db().await), SqlRoom(place.db().await)];
    let told = |id: &str, content: &str| RoomEvent {
        id: id.into(),
        meeting: meeting("m"),
        number: 1,
        content: content.into(),
        at: NOW,
    };
    let tasks: Vec<_> = (0..20)
        .map(|task| {
            let (room, event) = (nodes[task % 2].clone(), told(&format!("m-1-{}", task % 4), "zuerst"));
            tokio::spawn(async move { room.tell(event).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    nodes[0].tell(told("m-1-0", "danach")).await.unwrap();
    assert_eq!(place.change("UPDATE room_event SET number = number WHERE content = 'zuerst'").await, 4);
    assert_eq!(place.change("UPDATE room_event SET number = number").await, 4, "told twice is told once");
}

const BOUNDS: ChatBounds = ChatBounds { per_minute: 3, total: 5 };

fn event(of: &str, id: &str, second: i64) -> RoomEvent {
    let at = NOW.plus_millis(second * 1000);
    RoomEvent { id: id.into(), meeting: meeting(of), number: 7, content: format!("\u{201e}{id}\u{201c} Öl"), at }
}

async fn ids(room: &SqlRoom, of: &str, after: u64, most: u32) -> Vec<String> {
    let page = room.read(&meeting(of), after, most).await.unwrap();
    assert!(page.events.is_sorted_by(|one, next| one.place < next.place), "in order");
    page.events.into_iter().map(|placed| placed.event.id).collect()
}

pub async fn a_room_is_read_on_from_where_one_was(place: Place) {
    let room = SqlRoom(place.db().await);
    assert!(ids(&room, "m", 0, 50).await.is_empty());
    // Ids do not order the room: what was told first stands first.
    for (second, id) in (0..).zip(["m-9-0", "m-10-0", "m-10-1", "m-11-0"]) {
        room.tell(event("m", id, second)).await.unwrap();
        room.tell(event("other", &format!("o{id}"), second)).await.unwrap();
    }
    room.tell(event("m", "m-9-0", 9)).await.unwrap();
    assert_eq!(ids(&room, "m", 0, 50).await, ["m-9-0", "m-10-0", "m-10-1", "m-11-0"]);
    assert_eq!(ids(&room, "m", 0, 2).await, ["m-10-1", "m-11-0"], "the newest, if there are too many");
    assert!(ids(&room, "m", 0, 0).await.is_empty());
    let page = room.read(&meeting("m"), 0, 50).await.unwrap();
    assert_eq!(page.events[1].event, event("m", "m-10-0", 1));
    let (second, last) = (page.events[1].place, page.events[3].place);
    assert_eq!(ids(&room, "m", second, 50).await, ["m-10-1", "m-11-0"]);
    assert!(ids(&room, "m", last, 50).await.is_empty() && ids(&room, "m", u64::MAX, 50).await.is_empty());
    room.tell(event("m", "m-12-0", 5)).await.unwrap();
    assert_eq!(ids(&room, "m", last, 50).await, ["m-12-0"], "what came again left no place behind");
}

pub async fn whoever_reads_on_misses_nothing(place: Place) {
    let rooms = [SqlRoom(place.db().await), SqlRoom(place.db().await)];
    rooms[0].open_chat(&meeting("m"), true).await.unwrap();
    let writers: Vec<_> = (0..8)
        .map(|writer: i64| {
            let room = rooms[usize::try_from(writer % 2).unwrap()].clone();
            tokio::spawn(async move {
                for number in 0..5 {
                    room.tell(event("m", &format!("w-{writer}-{number}"), number)).await.unwrap();
                }
            })
        })
        .collect();
    let (mut seen, mut after) = (Vec::new(), 0);
    while seen.len() < 40 {
        let page = rooms[0].read(&meeting("m"), after, 500).await.unwrap();
        after = page.events.last().map_or(after, |newest| newest.place);
        seen.extend(page.events.into_iter().map(|placed| placed.event.id));
        if writers.iter().all(tokio::task::JoinHandle::is_finished) && seen.len() < 40 {
            let page = rooms[0].read(&meeting("m"), after, 500).await.unwrap();
            assert!(!page.events.is_empty(), "{} of 40 were seen", seen.len());
        }
    }
    for writer in writers {
        writer.await.unwrap();
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 40);
}

pub async fn what_is_said_is_bounded_and_kept_once(place: Place) {
    let room = SqlRoom(place.db().await);
    let (anna, bert): (PersonId, PersonId) = ("anna".parse().unwrap(), "bert".parse().unwrap());
    let say = async |who: &PersonId, id: &str, second: i64| {
        room.say(event("m", id, second), who.clone(), BOUNDS).await.unwrap()
    };
    assert_eq!(say(&anna, "c-1", 0).await, Saying::Closed, "nobody opened it");
    room.open_chat(&meeting("m"), true).await.unwrap();
    assert!(room.read(&meeting("m"), 0, 1).await.unwrap().chat_open);
    for id in ["c-1", "c-2", "c-3"] {
        assert_eq!(say(&anna, id, 0).await, Saying::Kept);
    }
    assert_eq!(say(&anna, "c-4", 1).await, Saying::TooOften);
    assert_eq!(say(&anna, "c-3", 1).await, Saying::Kept, "asked again");
    assert_eq!(say(&bert, "c-5", 1).await, Saying::Kept, "another one may");
    assert_eq!(say(&anna, "c-4", 61).await, Saying::Kept, "and the same in the next minute");
    assert_eq!(say(&bert, "c-6", 200).await, Saying::Full);
    room.tell(event("m", "m-1-0", 200)).await.unwrap();
    assert_eq!(
        ids(&room, "m", 0, 50).await,
        ["c-1", "c-2", "c-3", "c-5", "c-4", "m-1-0"],
        "the meeting is always told"
    );
    room.open_chat(&meeting("m"), false).await.unwrap();
    assert_eq!(say(&bert, "c-7", 300).await, Saying::Closed);
    assert_eq!(say(&bert, "c-5", 300).await, Saying::Kept, "what was kept stays kept");
}

pub async fn a_chat_that_ended_is_gone_for_good(place: Place) {
    let room = SqlRoom(place.db().await);
    for of in ["m", "other"] {
        room.open_chat(&meeting(of), true).await.unwrap();
        room.tell(event(of, &format!("{of}-1-0"), 0)).await.unwrap();
        let said = room.say(event(of, &format!("chat-{of}"), 1), "anna".parse().unwrap(), BOUNDS).await.unwrap();
        assert_eq!(said, Saying::Kept);
    }
    for _ in 0..2 {
        room.end_chat(&meeting("m")).await.unwrap();
    }
    assert_eq!(ids(&room, "m", 0, 50).await, ["m-1-0"]);
    assert_eq!(ids(&room, "other", 0, 50).await, ["other-1-0", "chat-other"], "only this one");
    room.open_chat(&meeting("m"), true).await.unwrap();
    assert!(!room.read(&meeting("m"), 0, 50).await.unwrap().chat_open);
    let said = room.say(event("m", "spät", 2), "anna".parse().unwrap(), BOUNDS).await.unwrap();
    assert_eq!(said, Saying::Closed);
    room.end_chat(&meeting("never")).await.unwrap();
}
