//! The real house for an evening: `ratssaal serve` as a process of its own, a small invented town, letters in a folder.

use super::browser_kit::{PATIENCE, Page, Process};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub const MEETING: &str = "erfundenhausen-gr-1";
/// Stands on the agenda, and must never reach the public.
pub const CLOSED_TITLE: &str = "Grundstück an der Quellenwiese";
const PASSWORD: &str = "vier gelbe Quitten";
const TOTP_STEP: u64 = 30;

const TOWN: &str = r#"
municipality = "Erfundenhausen"
land = "bw"
people = [
    { id = "vorlage", name = "Vera Vorlage", email = "vera.vorlage@example.org" },
    { id = "regenbogen", name = "Ruth Regenbogen", email = "ruth.regenbogen@example.org" },
    { id = "sonnenschein", name = "Sven Sonnenschein", email = "sven.sonnenschein@example.org" },
    { id = "wolkenlos", name = "Walter Wolkenlos", email = "walter.wolkenlos@example.org" },
    { id = "papier", name = "Paul Papier", email = "paul.papier@example.org" },
]

[[bodies]]
id = "gemeinderat"
name = "Gemeinderat"
statutory_seats = 3
roles = [{ person = "papier", role = "clerk" }]
seats = [
    { id = "sitz-0", person = "vorlage", function = "mayor" },
    { id = "sitz-1", person = "regenbogen", function = "councillor", faction = "Liste Regen" },
    { id = "sitz-2", person = "sonnenschein", function = "councillor", faction = "Liste Sonne" },
    { id = "sitz-3", person = "wolkenlos", function = "councillor", faction = "Liste Sonne" },
]

[[bylaws]]
kind = "emergency_2025"
reference = "§ 4a Abs. 4 Hauptsatzung"
decided_on = "2025-10-14"
in_force_from = "2025-11-01"
carried = { yes = 11, members = 13 }

[[bylaws]]
kind = "non_public_2025"
reference = "§ 4a Abs. 2 Hauptsatzung"
decided_on = "2025-10-14"
in_force_from = "2025-11-01"
carried = { yes = 11, members = 13 }
"#;

const DRAFT: &str = r#"
id = "erfundenhausen-gr-1"
body = "gemeinderat"
title = "1. Sitzung des Gemeinderats"
place = "Dorfsaal"
day = "{day}"
summoned_on = "{summoned}"
starts_at = {now}
agenda = [
    { number = "1", title = "Bank am Dorfbrunnen", motion = "Am Dorfbrunnen wird eine Bank aufgestellt." },
    { number = "2", title = "Farbe der Bank", motion = "Die Bank am Dorfbrunnen wird grün gestrichen." },
    { number = "3", title = "Pflege der Bank", motion = "Der Bauhof pflegt die Bank am Dorfbrunnen." },
    { number = "4", title = "Grundstück an der Quellenwiese", public = false },
]
"#;

const CONFIG: &str = r#"
[server]
listen = "127.0.0.1:{port}"
public_url = "http://127.0.0.1:{port}"

[database]
sqlite = "ratssaal.db"

[media]
bind = "127.0.0.1"
announced = "127.0.0.1"
port = {port}

[mail]
from = "ratssaal@example.org"
folder = "mail"

[town]
file = "erfundenhausen.toml"

[data]
directory = "."
"#;

/// A running house; its folder goes with it.
pub struct House {
    pub url: String,
    folder: PathBuf,
    server: Option<Process>,
}

/// What somebody signs in with.
pub struct Keys {
    email: &'static str,
    secret: String,
    /// The step of the last code that was used.
    used: u64,
}

impl Drop for House {
    fn drop(&mut self) {
        self.server = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    /// Sets the house up as its administrator does: files, the meeting, the server, the letters.
    pub async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("ratssaal-e2e-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("a folder");
        let free = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let port = free.local_addr().expect("it is bound").port();
        drop(free);
        let mut house = Self { url: format!("http://127.0.0.1:{port}"), folder, server: None };
        house.keep("ratssaal.toml", &CONFIG.replace("{port}", &port.to_string()));
        house.keep("erfundenhausen.toml", TOWN);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis();
        let now = ratssaal::domain::time::Instant(now.try_into().expect("a clock of this age"));
        let today = ratssaal::wire::town_hall_clock(now).date;
        let summoned = today.plus_days(-14).expect("a day a fortnight ago").to_string();
        let draft = DRAFT.replace("{summoned}", &summoned).replace("{day}", &today.to_string());
        let meeting = house.keep("sitzung.toml", &draft.replace("{now}", &now.0.to_string()));
        house.start().await;
        // Beside the running server, as an administrator does it.
        house.run("plan", &[meeting.to_str().expect("a path of letters")]);
        house.run("invite", &[]);
        house
    }

    fn ratssaal(&self, command: &str, arguments: &[&str]) -> Command {
        let mut ratssaal = Command::new(env!("CARGO_BIN_EXE_ratssaal"));
        // It refuses what it does not know; these are for tests.
        for ours in ["RATSSAAL_KILLS", "RATSSAAL_SEED", "RATSSAAL_SEEDS", "RATSSAAL_PICTURES"] {
            ratssaal.env_remove(ours);
        }
        ratssaal.arg(command).arg("--config").arg(self.folder.join("ratssaal.toml")).args(arguments);
        ratssaal
    }

    fn run(&self, command: &str, arguments: &[&str]) {
        let done = self.ratssaal(command, arguments).output().expect("it runs");
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Starts the server and waits until it is ready.
    pub async fn start(&mut self) {
        let log = File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        let mut serve = self.ratssaal("serve", &[]);
        self.server = Some(Process(serve.stdout(Stdio::null()).stderr(log).spawn().expect("the server starts")));
        let until = Instant::now() + PATIENCE;
        while !reqwest::get(format!("{}/readyz", self.url)).await.is_ok_and(|answer| answer.status().is_success()) {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(Instant::now() < until, "the server is not ready: {log}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// SIGKILL: nothing is said, written or closed any more.
    pub fn kill(&mut self) {
        let mut server = self.server.take().expect("it runs");
        server.0.kill().expect("it can be killed");
        server.0.wait().expect("it is gone");
    }

    /// Stops in good order.
    pub async fn stop(mut self) {
        let mut server = self.server.take().expect("it runs");
        let ended = tokio::task::spawn_blocking(move || server.end());
        assert!(tokio::time::timeout(PATIENCE, ended).await.expect("in time").expect("no panic"), "it ends well");
    }

    /// Keeps a file as long as the house stands.
    pub fn keep(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.join(name);
        std::fs::write(&file, text).expect("a file");
        file
    }

    /// From the letter to the signed-in page: link, password, second factor, sign-in.
    pub async fn enrol(&self, page: &Page, email: &'static str) -> Keys {
        page.open(&self.link_for(email)).await;
        page.press("main form button[type=submit]").await;
        page.until("location.pathname === '/einrichten'").await;
        let secret = page.value("document.querySelector('#secret').textContent").await;
        let secret = secret.as_str().expect("a text").replace(char::is_whitespace, "");
        let used = step_now();
        page.write("#password", PASSWORD).await;
        page.write("#again", PASSWORD).await;
        page.write("#code", &code(&secret, used)).await;
        page.press("main form button[type=submit]").await;
        page.until("location.pathname === '/anmelden'").await;
        let mut keys = Keys { email, secret, used };
        self.sign_in(page, &mut keys).await;
        keys
    }

    /// Signs in with the next code that has not been used; the server takes one that is a step early.
    pub async fn sign_in(&self, page: &Page, keys: &mut Keys) {
        let step = step_now().max(keys.used + 1);
        while step > step_now() + 1 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        keys.used = step;
        page.open(&format!("{}/anmelden", self.url)).await;
        page.write("#email", keys.email).await;
        page.write("#password", PASSWORD).await;
        page.write("#code", &code(&keys.secret, step)).await;
        page.press("main form button[type=submit]").await;
        page.until("location.pathname === '/'").await;
    }

    /// The link in this person's letter, soft line breaks taken out (RFC 2045, 6.7).
    fn link_for(&self, email: &str) -> String {
        let letters = std::fs::read_dir(self.folder.join("mail")).expect("letters were written").flatten();
        let texts = letters.map(|file| std::fs::read_to_string(file.path()).expect("a letter"));
        let to = |letter: &String| letter.lines().any(|line| line.starts_with("To:") && line.contains(email));
        let letter = texts.into_iter().find(to).expect("a letter to this person").replace("=\r\n", "");
        let start = letter.find(&self.url).expect("a link");
        letter[start..].split_whitespace().next().expect("a link").to_owned()
    }
}

/// The step of one-time codes that runs now.
fn step_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs() / TOTP_STEP
}

fn code(secret: &str, step: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    let device = totp_rs::Builder::new().with_secret(secret).build().expect("an authenticator");
    device.generate(step * TOTP_STEP).to_string()
}
