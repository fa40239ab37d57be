//! The outbox: order, leases, parked notices.

use super::Place;
use super::ledger_kit::{MINUTE, NOW, Writer, meeting, notice};
use ratssaal::adapters::store::LedgerDb;
use ratssaal::app::ports::ledger::{Lane, LedgerError, LedgerStore as _, Sent};
use ratssaal::domain::time::Instant;

const SOON: Instant = NOW.plus_millis(5_000);

/// Appends two commands that leave `eins`, `zwei` and `drei` for the room and one mail.
async fn fill(store: &LedgerDb, name: &str) -> Writer {
    let mut writer = Writer::claim(store, &meeting(name), "a").await;
    let mut first = writer.simple("eins");
    first.outbox =
        vec![notice(Lane::Room, "eins", NOW), notice(Lane::Mail, "mail", NOW), notice(Lane::Room, "zwei", NOW)];
    writer.append(store, first).await;
    let mut second = writer.simple("zwei");
    second.outbox = vec![notice(Lane::Room, "drei", NOW)];
    writer.append(store, second).await;
    writer
}

async fn leased(store: &LedgerDb, lane: Lane, node: &str, most: u32, now: Instant) -> Vec<String> {
    let leased = store.lease(lane, node, most, now, now.plus_millis(1_000)).await.unwrap();
    leased.into_iter().map(|leased| leased.id).collect()
}

pub async fn notices_keep_their_order(place: Place) {
    let store = place.open().await;
    fill(&store, "m").await;
    let first = store.lease(Lane::Room, "a", 1, NOW, SOON).await.unwrap();
    assert_eq!((first[0].id.as_str(), first[0].number, first[0].attempts), ("m-1-0", 1, 0));
    assert_eq!(first[0].content, r#"{"text":"eins"}"#);
    assert_eq!(leased(&store, Lane::Mail, "a", 9, NOW).await, ["m-1-1"], "the lanes do not wait for each other");

    store.settle("m-1-0", Sent::Later(SOON), NOW).await.unwrap();
    assert!(leased(&store, Lane::Room, "a", 9, NOW).await.is_empty(), "the later ones wait behind the first");
    let again = store.lease(Lane::Room, "a", 9, SOON, SOON.plus_millis(9)).await.unwrap();
    assert_eq!(again.iter().map(|leased| leased.id.as_str()).collect::<Vec<_>>(), ["m-1-0", "m-1-2", "m-2-0"]);
    assert_eq!(again[0].attempts, 1);

    store.settle("m-1-0", Sent::Done, SOON).await.unwrap();
    store.settle("m-1-0", Sent::Later(SOON), SOON).await.unwrap();
    assert_eq!(leased(&store, Lane::Room, "a", 9, SOON).await, ["m-1-2", "m-2-0"], "what is sent stays sent");
    let unknown = store.settle("m-9-9", Sent::Done, SOON).await;
    assert!(matches!(unknown, Err(LedgerError::Fault(_))), "{unknown:?}");
}

pub async fn a_lease_is_exclusive(place: Place) {
    let nodes = [place.open().await, place.open().await];
    for name in ["m", "n", "o"] {
        let writer = fill(&nodes[0], name).await;
        nodes[0].release(&writer.owner, NOW).await.unwrap();
    }
    let tasks: Vec<_> = (0..20)
        .map(|task| {
            let store = nodes[task % 2].clone();
            let most = u32::try_from(task % 4 + 1).unwrap();
            tokio::spawn(async move { leased(&store, Lane::Room, &format!("node-{task}"), most, NOW).await })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        let got = task.await.unwrap();
        all.extend(got.iter().map(|id| id[..1].to_owned()).collect::<std::collections::BTreeSet<_>>());
    }
    all.sort();
    assert_eq!(all, ["m", "n", "o"], "each meeting's lane went to one node");
    assert!(leased(&nodes[0], Lane::Room, "late", 9, NOW.plus_millis(999)).await.is_empty());
    assert_eq!(leased(&nodes[0], Lane::Room, "late", 9, NOW.plus_millis(1_000)).await.len(), 9, "leases expire");
}

pub async fn a_parked_notice_lets_the_next_pass(place: Place) {
    let store = place.open().await;
    fill(&store, "m").await;
    assert_eq!(leased(&store, Lane::Room, "a", 1, NOW).await, ["m-1-0"]);
    store.settle("m-1-0", Sent::Parked("Der Raum ist gelöscht.".repeat(100)), NOW).await.unwrap();
    assert_eq!(leased(&store, Lane::Room, "a", 9, NOW).await, ["m-1-2", "m-2-0"]);
}

pub async fn whoever_runs_the_meeting_sends(place: Place) {
    let store = place.open().await;
    let writer = fill(&store, "m").await;
    assert!(leased(&store, Lane::Room, "b", 9, NOW).await.is_empty(), "a runs the meeting");
    let expired = NOW.plus_millis(MINUTE);
    assert_eq!(leased(&store, Lane::Room, "b", 9, expired).await.len(), 3, "a is gone");
    store.release(&writer.owner, NOW).await.unwrap();
    assert_eq!(leased(&store, Lane::Mail, "b", 9, NOW).await, ["m-1-1"], "a has given it up");
}
