//! Sixty people sign in at once while a meeting runs: nobody's presence is disturbed and votes are answered about as
//! fast as before. Ratios only: how fast this machine is does not matter.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod town_kit;

use std::time::{Duration, Instant};
use town_kit::server::{MEMBERS, Running};
use town_kit::visitor::Visitor;
use town_kit::{MEETING, Place};

/// Sign-ins at once.
const WAVE: usize = 60;
/// How many times slower the median vote may be during the wave. Hashing has one core; the rest is left to the meeting.
const SLOWER_MAX: u32 = 6;
/// Votes measured before the wave; during it as many as fit.
const VOTES: usize = 60;

async fn median_vote(running: &Running, ballot: &str, enough: impl Fn(usize) -> bool) -> (Duration, usize) {
    let mut took = Vec::new();
    while !enough(took.len()) {
        let member = running.council.of(MEMBERS[1 + took.len() % 10]);
        let choice = ["ja", "nein", "enthaltung"][took.len() / 10 % 3];
        let began = Instant::now();
        member.act(MEETING, "stimme", &[("abstimmung", ballot), ("wahl", choice)]).await.receipt();
        took.push(began.elapsed());
    }
    took.sort();
    (took[took.len() / 2], took.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wave_of_sign_ins_does_not_disturb_the_meeting() {
    let running = Running::start_at(Place::with_guests(WAVE), &[]).await;
    let before = running.council.chair().look(MEETING).await;
    running.council.open_ballot("b-1").await;
    let (calm, _) = median_vote(&running, "b-1", |votes| votes >= VOTES).await;
    running.council.close_ballot("b-1").await;
    running.council.open_ballot("b-2").await;

    let url = running.place.url();
    let people: Vec<_> =
        running.keys.iter().filter(|(id, _)| id.starts_with("gast")).map(|(_, one)| one.clone()).collect();
    assert_eq!(people.len(), WAVE);
    let wave = tokio::spawn(async move {
        let visitor = Visitor::stranger(&url);
        let tries = people.iter().map(|person| visitor.try_sign_in(person));
        let began = Instant::now();
        let told = futures_util::future::join_all(tries).await;
        (told.iter().filter(|told| told.status == 303).count(), began.elapsed())
    });
    let (busy, votes) = median_vote(&running, "b-2", |votes| wave.is_finished() && votes > 0).await;
    let (signed_in, wave_took) = wave.await.unwrap();
    assert_eq!(signed_in, WAVE);
    let ratio = busy.as_secs_f64() / calm.as_secs_f64();
    println!(
        "{signed_in} sign-ins in {wave_took:?}, {votes} votes meanwhile: median {busy:?} \
         instead of {calm:?}, ratio {ratio:.1}"
    );
    assert!(busy <= calm * SLOWER_MAX, "a vote took {busy:?} instead of {calm:?}");

    // Nobody was found disturbed: the record has the votes and acts of this test and no finding of presence.
    let seen = running.council.chair().look(MEETING).await;
    assert_eq!(seen["figures"]["present"], 13);
    let acts = u64::try_from(VOTES + votes).unwrap() + 4;
    let numbers = [&before, &seen].map(|seen| seen["head"]["number"].as_u64().unwrap());
    assert_eq!(numbers[1] - numbers[0], acts, "something else was recorded");
    running.council.close_ballot("b-2").await;
    running.end().await;
}
