//! The doors of a real chamber: who is connected is cut off by the media engine before the non-public part can begin, comes
//! back by declaring to be alone, and everybody is there again afterwards.

use super::town_kit::server::{CHAIR, CLERK, REMOTE, Running};
use super::town_kit::{MEETING, Place, until};
use ratssaal::play::peer::Line;

async fn packets(line: &Line) -> u64 {
    line.received().await.iter().map(|received| received.packets).sum()
}

/// Whether anything arrives in the next second.
async fn receives(line: &Line) -> bool {
    let before = packets(line).await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    packets(line).await > before
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_follow_is_cut_off_before_the_non_public_part_begins() {
    let running = Running::start_at(Place::with_closed_part(), &[]).await;
    let (chair, clerk) = (running.council.chair(), running.council.of(CLERK));
    let [one, two] = &running.council.lines[..] else { panic!("two lines") };
    let present = async |number: u32| {
        let what = format!("{number} are present");
        until(&what, || async { chair.look(MEETING).await["figures"]["present"] == number }).await;
    };
    assert!(receives(one).await && receives(two).await);
    chair
        .act(MEETING, "aufrufen", &[("punkt", "top-3")])
        .await
        .refused(422, "wenn die Öffentlichkeit ausgeschlossen ist");

    chair.act(MEETING, "oeffentlichkeit_ausschliessen", &[]).await.receipt();
    present(11).await;
    clerk.act(MEETING, "zugang_bestaetigen", &[("zugang", "saal")]).await.receipt();
    // The platform confirms by itself, once the engine has carried it out.
    let began = async || chair.act(MEETING, "nichtoeffentlich_beginnen", &[]).await.status == 200;
    until("the platform has confirmed", began).await;
    assert!(!receives(one).await && !receives(two).await, "nothing arrives any more at who is cut off");
    let page = running.council.of(REMOTE[0]).get("/sitzung/gr-7/platz").await.text;
    assert!(page.contains("Ich bin allein und nehme teil"), "{page}");

    running.council.of(REMOTE[0]).act(MEETING, "allein", &[]).await.receipt();
    present(12).await;
    until("picture and sound are back", || receives(one)).await;
    assert!(!receives(two).await, "only who has declared it");
    // A new connection does not help.
    chair.act(MEETING, "aufrufen", &[("punkt", "top-3")]).await.receipt();
    let ballot = [("abstimmung", "b-9"), ("art", "namentlich"), ("wortlaut", "Das Grundstück wird gekauft.")];
    chair.act(MEETING, "abstimmung_oeffnen", &ballot).await.receipt();
    let vote = [("abstimmung", "b-9"), ("wahl", "ja")];
    running.council.of(REMOTE[0]).act(MEETING, "stimme", &vote).await.receipt();
    running.council.of(REMOTE[1]).act(MEETING, "stimme", &vote).await.refused(422, "allein zu sein");
    chair.act(MEETING, "abstimmung_verwerfen", &[("abstimmung", "b-9")]).await.receipt();

    chair.act(MEETING, "oeffentlichkeit_herstellen", &[]).await.receipt();
    present(13).await;
    until("everybody is back", || receives(two)).await;
    running.council.of(CHAIR).act(MEETING, "zugang_bestaetigen", &[("zugang", "saal")]).await.receipt();
    chair.act(MEETING, "nichtoeffentlich_beenden", &[]).await.receipt();
    chair.act(MEETING, "aufrufen", &[("punkt", "top-2")]).await.receipt();
    running.end().await;
}
