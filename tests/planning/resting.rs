//! More meetings than a node holds open at once: one is let go for another, and none is lost.

use super::town_kit::Place;
use ratssaal::domain::id::MeetingId;

#[tokio::test(flavor = "multi_thread")]
async fn a_town_has_more_meetings_than_a_node_holds_open() {
    let place = Place::new();
    let house = place.house().await;
    let ids = ["sitzung-a", "sitzung-b", "sitzung-c"];
    for id in ids {
        place.plan(&house, id).await;
    }
    let few = house.state.sittings.clone().at_most(2);
    let get = async |id: &str| few.get(&id.parse::<MeetingId>().unwrap()).await;
    for _ in 0..2 {
        for id in ids {
            assert_eq!(get(id).await.unwrap().snapshot().meeting.title.to_string(), format!("Sitzung {id}"));
        }
    }
    // Whom somebody looks at is not taken from them.
    let (first, second) = (get(ids[0]).await.unwrap(), get(ids[1]).await.unwrap());
    assert!(get(ids[2]).await.unwrap_err().to_string().contains("zu viele Sitzungen"));
    assert!(!first.is_stopped() && !second.is_stopped());
    drop(first);
    assert!(get(ids[2]).await.is_ok());
    few.stop().await;
}
