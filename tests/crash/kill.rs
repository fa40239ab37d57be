//! `kill -9` at random moments: every acknowledged ballot is there, the meeting stands interrupted, nobody remote is
//! present until measured anew, the chair goes on, and the evidence holds.
//!
//! `RATSSAAL_KILLS` is the number of kills (5; the long run takes 200), `RATSSAAL_SEED` where chance begins.

use super::process::{Server, log_of, prepare, run};
use super::town_kit::server::{CLERK, Council, MEMBERS, REMOTE, seat};
use super::town_kit::visitor::{Visitor, fresh};
use super::town_kit::{MEETING, Place, until};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::JoinSet;

/// Kills in a row on the same meeting.
const KILLS_PER_MEETING: u32 = 20;
/// Receipts that are laid before `verify`.
const RECEIPTS_CHECKED: usize = 40;
const CHOICES: [&str; 3] = ["ja", "nein", "enthaltung"];

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect(name))
}

fn chance(state: &mut u64, end: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % end
}

/// A ballot somebody sent, and the receipt if it was acknowledged.
#[derive(Debug, Clone)]
struct Cast {
    member: &'static str,
    id: String,
    choice: &'static str,
    receipt: Option<Value>,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_over_http_survives_a_kill() {
    let kills = u32::try_from(from_environment("RATSSAAL_KILLS", 5)).unwrap();
    let mut state = from_environment("RATSSAAL_SEED", 37).max(1);
    let (mut left, mut acknowledged, mut uncertain) = (kills, 0, 0);
    while left > 0 {
        let rounds = left.min(KILLS_PER_MEETING);
        let (one, other) = meeting_with_kills(rounds, &mut state).await;
        (left, acknowledged, uncertain) = (left - rounds, acknowledged + one, uncertain + other);
    }
    assert!(acknowledged > 0, "nothing was acknowledged");
    println!(
        "{kills} kills, {acknowledged} ballots acknowledged, 0 lost, {uncertain} answers uncertain and asked again"
    );
}

/// A whole meeting with so many kills; how many ballots were acknowledged, and how many answers were cut off.
async fn meeting_with_kills(rounds: u32, state: &mut u64) -> (usize, usize) {
    let place = Place::new();
    let keys = prepare(&place).await;
    let mut server = Server::start(&place).await;
    let mut council = Council::sign_in(&place.url(), &keys).await;
    council.arrive().await;
    council.open().await;
    let (mut all, mut uncertain) = (Vec::new(), 0);
    for round in 0..rounds {
        let ballot = format!("b-{round}");
        council.everybody_is_there().await;
        council.open_ballot(&ballot).await;
        let pause = Duration::from_millis(chance(state, 400));
        let casts = killed_while_voting(server, &council, &ballot, pause).await;
        server = Server::start(&place).await;
        let counted = assert_survived(&council, &ballot, &casts, &place).await;
        uncertain += casts.iter().filter(|cast| cast.receipt.is_none()).count();
        all.extend(casts.into_iter().filter_map(|cast| cast.receipt));
        go_on(&mut council, &ballot, &counted, chance(state, 3) > 0).await;
    }
    council.chair().act(MEETING, "schliessen", &[]).await.receipt();
    assert_evidence(&council, &place, &all).await;
    until("everybody has the head by mail", || async { place.letters().len() >= MEMBERS.len() }).await;
    assert_eq!(place.letters().len(), MEMBERS.len(), "one letter a member");
    council.drop_lines().await;
    (all.len(), uncertain)
}

/// Everybody votes and corrects, over and over, until the server is gone.
async fn killed_while_voting(server: Server, council: &Council, ballot: &str, pause: Duration) -> Vec<Cast> {
    let mut voters = JoinSet::new();
    for (number, member) in MEMBERS.into_iter().enumerate() {
        let (visitor, ballot) = (council.of(member).clone(), ballot.to_owned());
        voters.spawn(async move { votes(visitor, member, &ballot, number).await });
    }
    tokio::time::sleep(pause).await;
    server.kill();
    voters.join_all().await.into_iter().flatten().collect()
}

async fn votes(visitor: Visitor, member: &'static str, ballot: &str, first: usize) -> Vec<Cast> {
    let mut casts = Vec::new();
    for choice in CHOICES.iter().cycle().skip(first) {
        let id = fresh();
        let told = visitor.vote(MEETING, &id, ballot, choice).await;
        let receipt = match &told {
            Ok(told) => Some(told.receipt()),
            Err(_) => None,
        };
        casts.push(Cast { member, id, choice, receipt });
        if told.is_err() {
            break;
        }
    }
    casts
}

/// What must hold right after the restart; the choice of each member in the hall that stands in the record.
async fn assert_survived(
    council: &Council,
    ballot: &str,
    casts: &[Cast],
    place: &Place,
) -> BTreeMap<&'static str, &'static str> {
    let seen = council.chair().look(MEETING).await;
    assert_eq!(seen["phase"], "interrupted", "{}", log_of(place));
    let people = seen["people"].as_array().unwrap();
    for member in REMOTE {
        let one = people.iter().find(|one| one["seat"] == seat(member).as_str()).unwrap();
        assert_eq!((&one["place"], &one["perception"]), (&"remote".into(), &"absent".into()), "{one}");
    }
    let mut counted = BTreeMap::new();
    for cast in casts {
        let told = council.of(cast.member).vote(MEETING, &cast.id, ballot, cast.choice).await.unwrap();
        match &cast.receipt {
            Some(receipt) => assert_eq!(told.receipt(), *receipt, "{cast:?}"),
            // Cut off: it is in the record or it is not, and then it is not taken while the meeting stands.
            None if told.status == 200 => drop(told.receipt()),
            None => {
                told.refused(403, "unterbrochen");
                continue;
            }
        }
        counted.insert(cast.member, cast.choice);
    }
    counted.retain(|member, _| !REMOTE.contains(member));
    counted
}

/// Measured anew, the chair resumes; the ballot goes on from what was counted, or is repeated.
async fn go_on(council: &mut Council, ballot: &str, counted: &BTreeMap<&'static str, &'static str>, goes_on: bool) {
    let early = council.of(REMOTE[0]).act(MEETING, "stimme", &[("abstimmung", ballot), ("wahl", "ja")]).await;
    early.refused(403, "unterbrochen");
    council.connect().await;
    let undecided = council.chair().act(MEETING, "fortsetzen", &[]).await;
    undecided.refused(403, "ob die offene Abstimmung weitergeht");
    let choice = if goes_on { "ja" } else { "nein" };
    council.chair().act(MEETING, "fortsetzen", &[("abstimmung_geht_weiter", choice)]).await.receipt();
    let (ballot, counted) = if goes_on {
        (ballot.to_owned(), counted.clone())
    } else {
        let again = format!("{ballot}-neu");
        council.open_ballot(&again).await;
        (again, BTreeMap::new())
    };
    let mut expected = [0_u64; 3];
    for member in MEMBERS {
        let choice = counted.get(member).copied().unwrap_or("ja");
        expected[CHOICES.iter().position(|known| *known == choice).unwrap()] += 1;
        if counted.contains_key(member) {
            continue;
        }
        let told = council.of(member).vote(MEETING, &fresh(), &ballot, choice).await.unwrap();
        // Somebody remote whose choice outlived the crash has voted this way already.
        assert!(told.status == 200 || told.code() == "same_choice", "{member}: {}", told.text);
    }
    let result = council.close_ballot(&ballot).await;
    let found = [&result["yes"], &result["no"], &result["abstain"]].map(|count| count.as_u64().unwrap());
    assert_eq!(found, expected, "what was acknowledged is what counts: {result}");
}

async fn assert_evidence(council: &Council, place: &Place, receipts: &[Value]) {
    let bundle = council.of(CLERK).get(&format!("/sitzung/{MEETING}/beweis.jsonl")).await;
    assert_eq!(bundle.status, 200, "{}", bundle.text);
    let file = place.folder.join("beweis.jsonl");
    std::fs::write(&file, &bundle.text).unwrap();
    let mut arguments = vec!["verify".to_owned(), file.to_str().unwrap().to_owned()];
    let step = (receipts.len() / RECEIPTS_CHECKED).max(1);
    for (number, receipt) in receipts.iter().step_by(step).enumerate() {
        let file = place.folder.join(format!("beleg-{number}.json"));
        std::fs::write(&file, receipt.to_string()).unwrap();
        arguments.extend(["--receipt".to_owned(), file.to_str().unwrap().to_owned()]);
    }
    let verified = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
