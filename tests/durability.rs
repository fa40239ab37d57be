//! What is acknowledged is durable: seen in the system calls, on a full disk, and after `kill -9`.
//!
//! Each test starts this very binary again as the process that appends ([`child`]).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "durability/disk.rs"]
mod disk;
#[path = "durability/kill.rs"]
mod kill;
mod ledger_kit;
#[path = "durability/trace.rs"]
mod trace;

use ledger_kit::{Writer, meeting, sqlite};
use ratssaal::domain::ledger::Class;
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What stands before an acknowledged receipt on the child's standard output.
const ACK: &str = "ACK ";
const FILE: &str = "RATSSAAL_CHILD_FILE";
const MEETING: &str = "RATSSAAL_CHILD_MEETING";
const COUNT: &str = "RATSSAAL_CHILD_COUNT";

/// The process that is watched and killed: claims a meeting, appends `COUNT` commands of one to three entries and
/// acknowledges each on standard output as soon as it is appended.
#[tokio::test]
#[ignore = "started by the other tests, with its task in the environment"]
async fn child() {
    let Some(file) = std::env::var_os(FILE) else { return };
    let of = |name: &str| std::env::var(name).expect(name);
    let store = sqlite(&PathBuf::from(file)).await;
    let mut writer = Writer::claim(&store, &meeting(&of(MEETING)), "child").await;
    for _ in 0..of(COUNT).parse::<u32>().expect(COUNT) {
        let number = writer.head.number + 1;
        let ballot = [(Class::Finding, json!({"seat": number})), (Class::Choice, json!("ja"))];
        let entries: [&[_]; 3] = [&ballot, &ballot[..1], &[]];
        let several = usize::try_from(number % 3).expect("small") + 1;
        let receipt = writer.append(&store, writer.draft(&format!("c-{number}"), &entries[..several])).await;
        let line = format!("{ACK}{}\n", serde_json::to_string(&receipt).expect("JSON"));
        std::io::stdout().write_all(line.as_bytes()).expect("somebody listens");
    }
}

/// The arguments that make this binary run one of its ignored tests and nothing else.
fn only(name: &str) -> [&str; 4] {
    [name, "--exact", "--ignored", "--nocapture"]
}

fn with_task<'a>(command: &'a mut Command, file: &Path, meeting: &str, count: u32) -> &'a mut Command {
    command.env(FILE, file).env(MEETING, meeting).env(COUNT, count.to_string())
}

fn this_binary() -> PathBuf {
    std::env::current_exe().expect("the path of this test")
}
