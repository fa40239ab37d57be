//! Claims: who may write, and what is known of whoever wrote before.

use super::Place;
use super::ledger_kit::{MINUTE, NOW, Writer, meeting};
use ratssaal::app::ports::ledger::{Appended, LedgerError, LedgerStore as _};
use ratssaal::domain::time::Instant;

const LATER: Instant = NOW.plus_millis(2 * MINUTE);

pub async fn a_stale_owner_writes_nothing(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    let id = meeting("m");
    let mut old = Writer::claim(&one, &id, "a").await;
    old.append(&one, old.simple("eins")).await;
    two.claim(&id, "b", None, LATER, LATER.plus_millis(MINUTE)).await.unwrap();
    assert_eq!(one.append(old.simple("zwei")).await, Err(LedgerError::NotOwner));

    let mut guess = old.clone();
    guess.owner.epoch += 1;
    assert_eq!(one.append(guess.simple("drei")).await, Err(LedgerError::NotOwner), "the epoch alone is not enough");
    let mut unclaimed = old.clone();
    (unclaimed.owner.meeting, unclaimed.head.meeting) = (meeting("nie"), meeting("nie"));
    (unclaimed.head.number, unclaimed.head.digest) = (0, ratssaal::domain::ledger::Digest::NONE);
    assert_eq!(one.append(unclaimed.simple("vier")).await, Err(LedgerError::NotOwner));
    assert_eq!(two.load(&id).await.unwrap().len(), 1);
}

/// While one node still writes, its clock being behind, another takes over: what the new owner loads is final.
pub async fn nothing_lands_behind_a_claim(place: Place) {
    let old = place.open().await;
    // SQLite's waiting between processes is not fair: the claim might never get its turn. One process is its rule.
    let new = if matches!(place, Place::Sqlite(_)) { old.clone() } else { place.open().await };
    for round in 0..5 {
        let id = meeting(&format!("m-{round}"));
        let mut writer = Writer::claim(&old, &id, "a").await;
        let (store, started) = (old.clone(), std::sync::Arc::new(tokio::sync::Notify::new()));
        let signal = started.clone();
        let writing = tokio::spawn(async move {
            for n in 0..10_000 {
                match store.append(writer.simple(&format!("c-{n}"))).await {
                    Ok(Appended::Now(receipt)) => {
                        (writer.head.number, writer.head.digest) = (receipt.last, receipt.head);
                        signal.notify_one();
                    }
                    other => return (other, writer.head.number),
                }
            }
            panic!("nobody stopped it");
        });
        started.notified().await;
        new.claim(&id, "b", None, LATER, LATER.plus_millis(MINUTE)).await.unwrap();
        let ledger = new.load(&id).await.unwrap();
        let (end, acknowledged) = writing.await.unwrap();
        assert_eq!(end, Err(LedgerError::NotOwner));
        assert_eq!(ledger.len() as u64, acknowledged);
        assert_eq!(new.load(&id).await.unwrap(), ledger);
    }
}

pub async fn an_expired_owner_writes_nothing(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let mut late = writer.simple("eins");
    late.now = NOW.plus_millis(MINUTE);
    assert_eq!(store.append(late.clone()).await, Err(LedgerError::NotOwner));
    late.now = NOW.plus_millis(MINUTE - 1);
    writer.append(&store, late).await;
}

pub async fn one_claim_wins(place: Place) {
    let nodes = [place.open().await, place.open().await];
    for round in 0..5 {
        let id = meeting(&format!("m-{round}"));
        let tasks: Vec<_> = (0..20)
            .map(|task| {
                let (store, id) = (nodes[task % 2].clone(), id.clone());
                let node = format!("node-{task}");
                tokio::spawn(async move { store.claim(&id, &node, None, NOW, NOW.plus_millis(MINUTE)).await })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(claim) => {
                    won += 1;
                    assert_eq!((claim.owner.epoch, claim.last_alive), (1, None));
                }
                Err(LedgerError::NotOwner) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
    }
}

pub async fn a_claim_is_prolonged(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let half = NOW.plus_millis(MINUTE / 2);
    let first = store.claim(&id, "a", None, NOW, NOW.plus_millis(MINUTE)).await.unwrap();
    let same = store.claim(&id, "a", Some(first.owner.epoch), half, LATER).await.unwrap();
    assert_eq!(same.owner, first.owner);
    let refused = store.claim(&id, "b", None, NOW.plus_millis(MINUTE), LATER).await;
    assert_eq!(refused, Err(LedgerError::NotOwner), "it was prolonged");

    let restarted = store.claim(&id, "a", None, half, LATER).await.unwrap();
    assert_eq!(restarted.owner.epoch, first.owner.epoch + 1, "the same node, started again, need not wait");
    let ghost = store.claim(&id, "a", Some(first.owner.epoch), half, LATER).await;
    assert_eq!(ghost, Err(LedgerError::NotOwner), "the process before the restart does not come back");

    let expired = store.claim(&id, "a", Some(restarted.owner.epoch), LATER, LATER.plus_millis(MINUTE)).await.unwrap();
    assert_eq!(expired.owner.epoch, restarted.owner.epoch + 1, "what has expired is not prolonged");
}

pub async fn the_last_sign_of_life_is_told(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let mut append = writer.simple("eins");
    append.now = NOW.plus_millis(7_000);
    writer.append(&store, append).await;
    let next = store.claim(&id, "b", None, LATER, LATER.plus_millis(MINUTE)).await.unwrap();
    assert_eq!(next.last_alive, Some(NOW.plus_millis(7_000)), "the append was one");
    let pulse = LATER.plus_millis(9_000);
    store.claim(&id, "b", Some(next.owner.epoch), pulse, pulse.plus_millis(MINUTE)).await.unwrap();
    let end = pulse.plus_millis(MINUTE);
    let third = store.claim(&id, "c", None, end, end.plus_millis(MINUTE)).await.unwrap();
    assert_eq!(third.last_alive, Some(pulse), "the prolongation was one, its expiry is not");
}

pub async fn a_released_meeting_is_free(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let writer = Writer::claim(&store, &id, "a").await;
    let mut stale = writer.owner.clone();
    stale.epoch = 0;
    store.release(&stale, NOW).await.unwrap();
    assert_eq!(store.claim(&id, "b", None, NOW, LATER).await, Err(LedgerError::NotOwner), "nothing was released");
    store.release(&writer.owner, NOW).await.unwrap();
    assert_eq!(store.append(writer.simple("eins")).await, Err(LedgerError::NotOwner));
    let next = store.claim(&id, "b", None, NOW, LATER).await.unwrap();
    assert_eq!((next.owner.epoch, next.last_alive), (writer.owner.epoch + 1, Some(NOW)));
    store.release(&writer.owner, NOW).await.unwrap();
    assert_eq!(store.claim(&id, "a", None, NOW, LATER).await, Err(LedgerError::NotOwner), "b's claim still lives");
}
