//! When papers were sealed.

use super::Place;
use super::ledger_kit::{MINUTE, NOW, meeting};
use ratssaal::adapters::store::SqlSealTimes;
use ratssaal::app::ports::seal::SealTimes as _;
use ratssaal::domain::ledger::{Digest, Head};

pub async fn the_first_sealing_is_remembered(place: Place) {
    let nodes = [SqlSealTimes(place.db().await), SqlSealTimes(place.db().await)];
    let head = |number: u64| Head { meeting: meeting("m"), number, digest: Digest::sha256(&number.to_be_bytes()) };
    let tasks: Vec<_> = (0..20_i64)
        .map(|task| {
            let times = nodes[usize::try_from(task % 2).unwrap()].clone();
            tokio::spawn(async move { times.first(&head(7), "zertifikat", NOW.plus_millis(task * MINUTE)).await })
        })
        .collect();
    let mut told = Vec::new();
    for task in tasks {
        told.push(task.await.unwrap().unwrap());
    }
    assert!(told.iter().all(|at| *at == told[0]), "everybody is told the same moment: {told:?}");
    let later = NOW.plus_millis(60 * MINUTE);
    assert_eq!(nodes[1].first(&head(7), "zertifikat", later).await.unwrap(), told[0]);
    assert_eq!(nodes[1].first(&head(8), "zertifikat", later).await.unwrap(), later, "another entry is another paper");
    assert_eq!(nodes[0].first(&head(7), "anderes", later).await.unwrap(), later, "another certificate, another seal");
}
