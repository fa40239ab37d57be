//! Ballots that do not count, and ballots that are asked again.

use super::town_kit::server::{CLERK, REMOTE, Running, seat};
use super::town_kit::visitor::{Visitor, cookie, fresh};
use super::town_kit::{MEETING, OTHER_MEETING, until};
use super::{assert_no_panic, watch_for_panics};

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_is_entitled_votes() {
    watch_for_panics();
    let running = Running::start(&["pfefferminz"]).await;
    let council = &running.council;
    let member = council.of("apfelkern");
    council.open_ballot("b-1").await;
    let vote = |more: &'static [(&'static str, &'static str)]| {
        let mut fields = vec![("abstimmung", "b-1"), ("wahl", "ja")];
        fields.extend_from_slice(more);
        fields
    };

    // No seat at all; a seat in another body; only a link; nobody.
    council.of(CLERK).act(MEETING, "stimme", &vote(&[])).await.refused(403, "keinen Sitz");
    council.of("quittenhof").act(MEETING, "stimme", &vote(&[])).await.refused(403, "keinen Sitz");
    let stranger = Visitor::stranger(&running.place.url());
    stranger.act(MEETING, "stimme", &vote(&[])).await.refused(401, "melden Sie sich an");
    let confirmed = stranger.send(stranger.post("/einladung").form(&[("token", &running.links[0])])).await.unwrap();
    let link_only = stranger.with_cookie(&cookie(&confirmed).unwrap());
    link_only.act(MEETING, "stimme", &vote(&[])).await.refused(403, "keinen Sitz");

    // For somebody else's seat; on another ballot; in another meeting.
    member.act(MEETING, "stimme", &vote(&[("sitz", "sitz-05")])).await.refused(403, "nur für den eigenen Sitz");
    let heard = [("abstimmung", "b-1"), ("wahl", "ja"), ("sitz", "sitz-05")];
    member.act(MEETING, "gehoert", &heard).await.refused(403, "nur die Schriftführung");
    member.act(MEETING, "stimme", &[("abstimmung", "b-9"), ("wahl", "ja")]).await.refused(403, "keine Stimmen mehr an");
    member.act(OTHER_MEETING, "stimme", &vote(&[])).await.refused(403, "noch nicht eröffnet");
    member
        .act(MEETING, "stimme", &[("abstimmung", "b-1"), ("wahl", "vielleicht")])
        .await
        .refused(403, "keine der Möglichkeiten");

    // Twice under one id: one vote, one receipt. The same id for something else: a conflict, and nothing changes.
    let id = fresh();
    let first = member.vote(MEETING, &id, "b-1", "ja").await.unwrap().receipt();
    let asked: Vec<_> = futures_util::future::join_all((0..8).map(|_| member.vote(MEETING, &id, "b-1", "ja"))).await;
    assert!(asked.into_iter().all(|told| told.unwrap().receipt() == first));
    let head = member.look(MEETING).await["head"].clone();
    member.vote(MEETING, &id, "b-1", "nein").await.unwrap().refused(409, "schon für etwas anderes");
    council.of("birnbaum").vote(MEETING, &id, "b-1", "ja").await.unwrap().refused(409, "schon für etwas anderes");
    member.act(MEETING, "stimme", &vote(&[])).await.refused(409, "schon so gezählt");
    assert_eq!(member.look(MEETING).await["head"], head, "nothing was recorded");

    // Late; and the id of then still gives the receipt of then.
    let result = council.close_ballot("b-1").await;
    assert_eq!((&result["yes"], &result["no"], &result["abstain"]), (&1.into(), &0.into(), &0.into()), "{result}");
    council.of("birnbaum").act(MEETING, "stimme", &vote(&[])).await.refused(403, "keine Stimmen mehr an");
    assert_eq!(member.vote(MEETING, &id, "b-1", "ja").await.unwrap().receipt(), first);
    running.end().await;
    assert_no_panic();
}

/// Signed in by the link of a mail, a member has a seat and no vote.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_not_a_vote() {
    watch_for_panics();
    let running = Running::start(&["apfelkern"]).await;
    let stranger = Visitor::stranger(&running.place.url());
    running.council.open_ballot("b-1").await;
    let confirmed = stranger.send(stranger.post("/einladung").form(&[("token", &running.links[0])])).await.unwrap();
    let link_only = stranger.with_cookie(&cookie(&confirmed).unwrap());
    let fields = [("abstimmung", "b-1"), ("wahl", "ja")];
    link_only
        .act(MEETING, "stimme", &fields)
        .await
        .refused(403, "Mit einem Link per E-Mail kann nicht abgestimmt werden");
    let offer = link_only.post(&format!("/media/{MEETING}/whip")).header("content-type", "application/sdp").body("v=0");
    link_only.send(offer).await.unwrap().refused(403, "Einmalcode");
    link_only.get(&format!("/sitzung/{MEETING}/beweis.jsonl")).await.refused(403, "für das Gremium");
    running.council.close_ballot("b-1").await;
    running.end().await;
    assert_no_panic();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recused_and_the_unseen_do_not_vote() {
    watch_for_panics();
    let running = Running::start(&[]).await;
    let council = &running.council;
    let recused = [("sitz", seat("birnbaum")), ("punkt", "top-1".to_owned())];
    let recused: Vec<(&str, &str)> = recused.iter().map(|(name, value)| (*name, value.as_str())).collect();
    council.chair().act(MEETING, "befangen", &recused).await.receipt();
    council.open_ballot("b-1").await;
    let fields = [("abstimmung", "b-1"), ("wahl", "ja")];
    council.of("birnbaum").act(MEETING, "stimme", &fields).await.refused(422, "Befangenheit");

    let far = council.of(REMOTE[1]);
    running.council.lines[1].stop_picture();
    let seat = seat(REMOTE[1]);
    let perception = async || {
        let seen = far.look(MEETING).await;
        let people = seen["people"].as_array().unwrap().clone();
        people.into_iter().find(|one| one["seat"] == seat.as_str()).unwrap()["perception"].clone()
    };
    until("the loss is found", || async { perception().await != "perceptible" }).await;
    far.act(MEETING, "stimme", &fields).await.refused(422, "Bild");
    running.council.lines[1].resume_picture();
    until("it is back", || async { perception().await == "perceptible" }).await;
    far.act(MEETING, "stimme", &fields).await.receipt();
    council.close_ballot("b-1").await;
    council.chair().act(MEETING, "befangen_aufheben", &recused).await.receipt();
    running.end().await;
    assert_no_panic();
}
