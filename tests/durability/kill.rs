//! `kill -9` at random moments: every acknowledged command has its receipt, whole, in a chain that verifies.
//!
//! `RATSSAAL_KILLS` is the number of kills (10; the long run takes 200), `RATSSAAL_SEED` where chance begins.

use super::ledger_kit::{TempDir, assert_chain, meeting, sqlite};
use super::{ACK, only, this_binary, with_task};
use ratssaal::app::ports::ledger::{LedgerStore as _, Receipt};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Kills in a row on the same meeting.
const KILLS_PER_MEETING: u32 = 10;
/// Most entries of one command of the child.
const ENTRIES_MAX: u64 = 3;

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect(name))
}

/// A number below `end`; xorshift, so that a seed repeats the run's choices.
fn chance(state: &mut u64, end: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % end
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let kills = u32::try_from(from_environment("RATSSAAL_KILLS", 10)).expect("RATSSAAL_KILLS");
    let seed = from_environment("RATSSAAL_SEED", 37).max(1);
    let (dir, mut state, mut total) = (TempDir::new(), seed, 0);
    for round in 0..kills {
        let name = format!("m-{}", round / KILLS_PER_MEETING);
        let (after, micros) = (chance(&mut state, 60), chance(&mut state, 5_000));
        let acknowledged = killed_child(&dir.file(), &name, after, Duration::from_micros(micros));
        total += acknowledged.len();
        assert_survived(&dir.file(), &name, &acknowledged, &format!("seed {seed}, round {round}")).await;
    }
    assert!(total > 0, "no round acknowledged anything");
    println!("{kills} kills, {total} commands acknowledged, none lost");
}

/// Starts the child, kills it a little after so many acknowledgements, and returns all it had given.
fn killed_child(file: &Path, meeting: &str, after: u64, pause: Duration) -> Vec<Receipt> {
    let mut command = Command::new(this_binary());
    command.args(only("child")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = with_task(&mut command, file, meeting, u32::MAX).spawn().expect("this binary starts again");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut acknowledged = lines.filter_map(|line| {
        let line = line.expect("text");
        let (_, receipt) = line.split_once(ACK)?;
        Some(serde_json::from_str::<Receipt>(receipt).expect("a whole receipt"))
    });
    let mut receipts = Vec::new();
    while (receipts.len() as u64) < after {
        receipts.push(acknowledged.next().expect("the child runs until it is killed"));
    }
    std::thread::sleep(pause);
    child.kill().expect("SIGKILL");
    child.wait().expect("it is dead");
    receipts.extend(acknowledged);
    receipts
}

async fn assert_survived(file: &Path, name: &str, acknowledged: &[Receipt], when: &str) {
    let (store, id) = (sqlite(file).await, meeting(name));
    let ledger = store.load(&id).await.unwrap();
    assert_chain(&ledger);
    for receipt in acknowledged {
        let known = store.receipt(&id, &receipt.command).await.unwrap();
        assert_eq!(known.as_ref().map(|(known, _)| known), Some(receipt), "{when}");
    }
    // Whatever is there is there whole, and at most one command was written and not yet acknowledged.
    let mut first = 1;
    while let Some(entry) = usize::try_from(first - 1).ok().and_then(|at| ledger.get(at)) {
        let (receipt, _) = store.receipt(&id, &entry.envelope.command).await.unwrap().expect(when);
        let last = ledger.get(usize::try_from(receipt.last - 1).unwrap()).expect(when);
        assert_eq!((receipt.first, receipt.head, &receipt.command), (first, last.digest, &last.envelope.command));
        first = receipt.last + 1;
    }
    if let Some(last) = acknowledged.last() {
        assert!(ledger.len() as u64 <= last.last + ENTRIES_MAX, "{when}: too much is unacknowledged");
    }
}
