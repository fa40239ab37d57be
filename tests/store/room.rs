//! The room kept in our own database.

use super::Place;
use super::ledger_kit::{NOW, meeting};
use ratssaal::adapters::store::SqlRoom;
use ratssaal::app::ports::room::{RoomEvent, RoomPort as _};

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
