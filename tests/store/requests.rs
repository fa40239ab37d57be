//! What councillors have asked for.

use super::Place;
use super::ledger_kit::{MINUTE, NOW};
use ratssaal::adapters::store::SqlRequests;
use ratssaal::app::ports::requests::{Answered, KeptRequest, Lodged, Outcome, RequestStore as _};
use ratssaal::domain::id::RequestId;
use ratssaal::domain::law::requests::{Request, Wanted};

fn lodged(subject: &str) -> Lodged {
    Lodged {
        body: "gr".parse().unwrap(),
        subject: subject.parse().unwrap(),
        asking: vec![("s-1".parse().unwrap(), "Anton Apfelkern".parse().unwrap())],
        faction: Some("Äpfel & „Birnen“".parse().unwrap()),
        received_on: "2026-11-20".parse().unwrap(),
        request: Request {
            wants: Wanted::Item,
            councillors: 12,
            members: Some(13),
            asking: 1,
            faction: true,
            in_remit: true,
            handwritten: false,
            dealt_with: Some("2026-01-31".parse().unwrap()),
        },
        by: "nusszweig".parse().unwrap(),
    }
}

fn answered(outcome: Outcome) -> Answered {
    Answered {
        outcome,
        meeting: Some("gr-2026-07".parse().unwrap()),
        remark: Some("Punkt 4.".parse().unwrap()),
        at: NOW.plus_millis(9 * MINUTE),
        by: "nusszweig".parse().unwrap(),
    }
}

pub async fn a_request_is_kept_and_answered_once(place: Place) {
    let [one, two] = [SqlRequests(place.db().await), SqlRequests(place.db().await)];
    let id = |text: &str| -> RequestId { text.parse().unwrap() };
    let at = |minute: i64| NOW.plus_millis(minute * MINUTE);
    assert!(one.lodge(id("v-1"), lodged("Der Brunnen"), at(0)).await.unwrap());
    assert!(one.lodge(id("v-2"), lodged("Die Linde"), at(1)).await.unwrap());
    // The same form once more is the same request; with other words it is none, and what is kept stays.
    assert!(two.lodge(id("v-1"), lodged("Der Brunnen"), at(2)).await.unwrap());
    assert!(!two.lodge(id("v-1"), lodged("Ganz anders"), at(3)).await.unwrap());
    let kept = |name: &str, subject: &str, minute, answered| KeptRequest {
        id: id(name),
        lodged: lodged(subject),
        recorded_at: at(minute),
        answered,
    };
    let open = [kept("v-2", "Die Linde", 1, None), kept("v-1", "Der Brunnen", 0, None)];
    assert_eq!(two.all().await.unwrap(), open);
    let (v1, v2) = (id("v-2"), id("v-9"));
    let (first, second) =
        tokio::join!(one.answer(&v1, answered(Outcome::Scheduled)), two.answer(&v1, answered(Outcome::Withdrawn)));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first ^ second, "of two answers one counts");
    assert!(!one.answer(&v2, answered(Outcome::Declined)).await.unwrap(), "there is no such request");
    let outcome = if first { Outcome::Scheduled } else { Outcome::Withdrawn };
    let after = [kept("v-1", "Der Brunnen", 0, None), kept("v-2", "Die Linde", 1, Some(answered(outcome)))];
    assert_eq!(one.all().await.unwrap(), after, "open ones first");
}
