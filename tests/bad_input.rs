//! Bad input against the real server: each is answered by a clear German error, nothing is lost, nothing panics, and
//! the meeting works afterwards (every test ends with a whole roll call).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "bad_input/ballots.rs"]
mod ballots;
#[path = "bad_input/chamber.rs"]
mod chamber;
#[path = "bad_input/command_line.rs"]
mod command_line;
#[path = "bad_input/doors.rs"]
mod doors;
#[path = "bad_input/forms.rs"]
mod forms;
#[path = "bad_input/sockets.rs"]
mod sockets;
mod town_kit;

use std::sync::{Mutex, Once};

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// From now on every panic that does not begin in a test is remembered.
fn watch_for_panics() {
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if info.location().is_some_and(|place| !place.file().contains("tests/")) {
                PANICS.lock().unwrap().push(info.to_string());
            }
            usual(info);
        }));
    });
}

/// What the hook's own proof leaves.
const REHEARSED: &str = "cannot access key \"erprobt\"";

fn assert_no_panic() {
    let panics = PANICS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found: Vec<&String> = panics.iter().filter(|panic| !panic.contains(REHEARSED)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_panic_outside_the_tests_is_remembered() {
    watch_for_panics();
    let caught = std::panic::catch_unwind(|| serde_json::json!(1)["erprobt"] = serde_json::json!(2));
    assert!(caught.is_err());
    assert!(PANICS.lock().unwrap().iter().any(|panic| panic.contains(REHEARSED)));
}

/// Chance from a seed, so that a failure can be repeated.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[3]).collect()
    }
}
