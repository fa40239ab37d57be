//! How long a full evening waits for its server: sixty members and a thousand spectators are connected while ballots are
//! opened, and the chair loads a screen with as many items as any real agenda had.
//!
//! `tests/bench.sh` runs it. Every figure stands beside a floor of the same run and machine: the bare `fdatasync` of the disk
//! the ledger lies on, and the smallest answer the server gives. The load is made on the same cores as the answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark says what is wrong by failing, and lives in real time"
)]

#[path = "audience.rs"]
mod audience;
#[allow(dead_code, reason = "each of its users uses its part")]
#[path = "../crash/process.rs"]
mod process;
#[allow(dead_code, reason = "each of its users uses its part")]
#[path = "town.rs"]
mod town;
#[path = "../town_kit/mod.rs"]
mod town_kit;

use audience::{Audience, Kind};
use std::io::Write as _;
use std::time::{Duration, Instant};
use town::{ITEMS, LONG_MEETING, Setup};
use town_kit::MEETING;
use town_kit::visitor::Visitor;

const WARM_UP: usize = 5;
const ROUNDS: usize = 60;
const LOADS: usize = 100;
/// Roll calls in which everybody votes in the same moment.
const WAVES: usize = 10;
/// What the screens need to draw what was before; a chair takes longer to say a word.
const PAUSE: Duration = Duration::from_millis(300);
const SPECTATORS: usize = 1_000;

/// Samples of one thing.
struct Figures {
    what: String,
    took: Vec<Duration>,
}

impl Figures {
    fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), took: Vec::new() }
    }

    /// The sample below which this share of all lies.
    fn at(&mut self, share: f64) -> Duration {
        self.took.sort_unstable();
        let place = (self.took.len() as f64 * share).ceil() as usize;
        self.took[place.clamp(1, self.took.len()) - 1]
    }

    fn print(&mut self, floor: Option<Duration>) {
        let (median, late) = (self.at(0.5), self.at(0.99));
        let ratio = floor.map(|floor| format!("{:8.1} x", median.as_secs_f64() / floor.as_secs_f64()));
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let (what, many) = (&self.what, self.took.len());
        println!("{what:<58} {:9.2} ms {:9.2} ms {:>10}  {many:>6}", ms(median), ms(late), ratio.unwrap_or_default());
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(evening());
}

async fn evening() {
    let setup = Setup::start().await;
    let mut audience = Audience::default();
    for (number, member) in setup.members.iter().enumerate() {
        audience.member(&setup.url, member, if number == 0 { "leitstand" } else { "platz" }).await;
    }
    for _ in 0..SPECTATORS {
        audience.spectator(&setup.url).await;
    }
    println!("{:<58} {:>12} {:>12} {:>10}  {:>6}", "", "p50", "p99", "to floor", "times");
    ballots(&setup, &mut audience).await;
    drop(audience);
    screens(&setup).await;
    setup.end();
}

/// Ballot opened: acknowledged when it is durable, and seen by everybody.
async fn ballots(setup: &Setup, audience: &mut Audience) {
    let mut disk = std::fs::File::create(setup.folder().join("floor")).unwrap();
    let mut sync = Figures::new("floor: 4 KiB written and fdatasync");
    let mut durable = Figures::new("ballot opened, acknowledged durable");
    let mut member = Figures::new(format!("visible to a member ({} connected)", setup.members.len()));
    let mut last_member = Figures::new("visible to the last member");
    let mut spectator = Figures::new(format!("visible to a spectator ({SPECTATORS} connected)"));
    let mut last_spectator = Figures::new("visible to the last spectator");
    for round in 0..WARM_UP + ROUNDS {
        let counts = round >= WARM_UP;
        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        disk.write_all(&[7; 4096]).unwrap();
        disk.sync_data().unwrap();
        if counts {
            sync.took.push(began.elapsed());
        }
        let began = Instant::now();
        let receipt = open(setup.chair(), round).await;
        let seen = audience.all_saw(round, began).await;
        setup.chair().act(MEETING, "abstimmung_verwerfen", &[("abstimmung", &ballot(round))]).await.receipt();
        if !counts {
            continue;
        }
        durable.took.push(receipt);
        for (kind, all, last) in
            [(Kind::Member, &mut member, &mut last_member), (Kind::Spectator, &mut spectator, &mut last_spectator)]
        {
            let took = seen.iter().filter(|(who, _)| *who == kind).map(|(_, took)| *took);
            all.took.extend(took.clone());
            last.took.push(took.max().unwrap());
        }
    }
    let floor = sync.at(0.5);
    let mut vote = Figures::new(format!("{} votes at once: one acknowledged", setup.members.len()));
    let mut last_vote = Figures::new(format!("{} votes at once: the last acknowledged", setup.members.len()));
    for round in WARM_UP + ROUNDS..WARM_UP + ROUNDS + WAVES {
        tokio::time::sleep(PAUSE).await;
        open(setup.chair(), round).await;
        audience.all_saw(round, Instant::now()).await;
        tokio::time::sleep(PAUSE).await;
        let took = wave(setup, &ballot(round)).await;
        last_vote.took.push(*took.iter().max().unwrap());
        vote.took.extend(took);
        setup.chair().act(MEETING, "abstimmung_verwerfen", &[("abstimmung", &ballot(round))]).await.receipt();
    }
    sync.print(None);
    for figures in
        [&mut durable, &mut member, &mut last_member, &mut spectator, &mut last_spectator, &mut vote, &mut last_vote]
    {
        figures.print(Some(floor));
    }
}

/// Everybody votes in the same moment; how long each one's receipt took.
async fn wave(setup: &Setup, ballot: &str) -> Vec<Duration> {
    let votes = setup.members.iter().map(async |member| {
        let began = Instant::now();
        member.act(MEETING, "stimme", &[("abstimmung", ballot), ("wahl", "ja")]).await.receipt();
        began.elapsed()
    });
    futures_util::future::join_all(votes).await
}

fn ballot(round: usize) -> String {
    format!("b-{round}")
}

async fn open(chair: &Visitor, round: usize) -> Duration {
    let (ballot, wording) = (ballot(round), audience::wording(round));
    let fields = [("abstimmung", ballot.as_str()), ("art", "namentlich"), ("wortlaut", &wording)];
    let began = Instant::now();
    chair.act(MEETING, "abstimmung_oeffnen", &fields).await.receipt();
    began.elapsed()
}

/// The chair's screen with the longest agenda of a real council.
async fn screens(setup: &Setup) {
    let mut floor = Figures::new("floor: the smallest answer (/healthz)");
    let mut page = Figures::new(format!("page of the Leitstand with {ITEMS} items"));
    let mut bytes = 0;
    for round in 0..WARM_UP + LOADS {
        for (figures, path) in
            [(&mut floor, "/healthz".to_owned()), (&mut page, format!("/sitzung/{LONG_MEETING}/leitstand"))]
        {
            let began = Instant::now();
            let told = setup.chair().get(&path).await;
            assert!(told.status < 300, "{path}: {}", told.status);
            if round >= WARM_UP {
                figures.took.push(began.elapsed());
            }
            bytes = told.text.len();
        }
    }
    let smallest = floor.at(0.5);
    floor.print(None);
    page.print(Some(smallest));
    println!("{:<58} {:9} KiB", "its size", bytes / 1024);
}
