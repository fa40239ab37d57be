//! The server as a process of its own.

use super::town_kit::visitor::Visitor;
use super::town_kit::{Keys, MEETING, Place, enrol};
use std::fs::File;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_ratssaal");

/// Ends with the test, however that ends.
pub struct Server {
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts the server and waits until its record can be read.
    pub async fn start(place: &Place) -> Self {
        let log = File::options().create(true).append(true).open(place.folder.join("server.log")).unwrap();
        let child = ratssaal()
            .args(["serve", "--config"])
            .arg(place.config())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self { child };
        let stranger = Visitor::stranger(&place.url());
        let patience = Instant::now() + Duration::from_secs(40);
        loop {
            let asked = stranger.send(stranger.client.get(format!("{}/api/v1/meetings/{MEETING}", place.url()))).await;
            if asked.is_ok_and(|told| told.status == 200) {
                return server;
            }
            let ended = server.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < patience, "{ended:?}: {}", log_of(place));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// SIGKILL: nothing is said, written or closed any more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

pub fn log_of(place: &Place) -> String {
    std::fs::read_to_string(place.folder.join("server.log")).unwrap_or_default()
}

/// Plans the meeting by the command and gives everybody keys, before the server runs.
pub async fn prepare(place: &Place) -> Keys {
    let planned =
        run(&["plan", "--config", place.config().to_str().unwrap(), place.meeting_file(MEETING).to_str().unwrap()]);
    assert!(planned.status.success(), "{}", String::from_utf8_lossy(&planned.stderr));
    let house = place.house().await;
    enrol(&house).await
}

pub fn run(arguments: &[&str]) -> Output {
    ratssaal().args(arguments).output().unwrap()
}

/// The program, without the variables that are meant for this test: it refuses what it does not know.
fn ratssaal() -> Command {
    let mut command = Command::new(BINARY);
    for ours in ["RATSSAAL_KILLS", "RATSSAAL_SEED", "RATSSAAL_SEEDS"] {
        command.env_remove(ours);
    }
    command
}
