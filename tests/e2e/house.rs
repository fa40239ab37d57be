//! The real house for an evening: everything wired as `ratssaal serve` does it, a small invented town, letters in a
//! folder.

use super::browser::Page;
use axum::Router;
use ratssaal::app::accounts::Accounts;
use ratssaal::app::planning::{MeetingDraft, plan_from};
use ratssaal::config::{Config, Database, Mail, MailTarget, Media, Server, parse_town};
use ratssaal::wire::{self, town_hall_clock};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio_util::sync::CancellationToken;

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
"#;

const DRAFT: &str = r#"
id = "erfundenhausen-gr-1"
body = "gemeinderat"
title = "1. Sitzung des Gemeinderats"
place = "Dorfsaal"
day = "{day}"
starts_at = {now}
agenda = [
    { number = "1", title = "Bank am Dorfbrunnen", motion = "Am Dorfbrunnen wird eine Bank aufgestellt." },
    { number = "2", title = "Farbe der Bank", motion = "Die Bank am Dorfbrunnen wird grün gestrichen." },
    { number = "3", title = "Pflege der Bank", motion = "Der Bauhof pflegt die Bank am Dorfbrunnen." },
    { number = "4", title = "Grundstück an der Quellenwiese", public = false },
]
"#;

/// A running house; its folder goes with it.
pub struct House {
    pub url: String,
    accounts: Arc<Accounts>,
    folder: PathBuf,
    stop: CancellationToken,
    served: Option<tokio::task::JoinHandle<Result<(), wire::Trouble>>>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("ratssaal-e2e-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("a folder");
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let listener = tokio::net::TcpListener::bind((local, 0)).await.expect("loopback has a free port");
        let listen = listener.local_addr().expect("it is bound");
        let url = format!("http://{listen}");
        let config = Config {
            server: Server { listen, public_url: url.clone(), trusted_proxies: Vec::new() },
            database: Database::Sqlite(folder.join("ratssaal.db")),
            media: Media { bind: local, announced: local, port: 0 },
            mail: Some(Mail { from: "ratssaal@example.org".into(), to: MailTarget::Folder(folder.join("mail")) }),
            town: PathBuf::new(),
            data: folder.clone(),
        };
        let town = parse_town("erfundenhausen.toml", TOWN).expect("a town");
        let house = wire::build(&config, town).await.expect("a house");
        let now = house.clock.now();
        let dated = DRAFT.replace("{day}", &town_hall_clock(now).date.to_string()).replace("{now}", &now.0.to_string());
        let draft: MeetingDraft = toml::from_str(&dated).expect("a meeting");
        let plan = plan_from(&draft, house.state.people.accounts.town()).expect("a plan");
        house.state.sittings.plan(&draft.id, &plan).await.expect("it is planned");
        let accounts = Arc::clone(&house.state.people.accounts);
        let stop = CancellationToken::new();
        let served = tokio::spawn(house.open(listener, Router::new(), stop.clone().cancelled_owned()));
        Self { url, accounts, folder, stop, served: Some(served) }
    }

    /// Keeps a file as long as the house stands.
    pub fn keep(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.join(name);
        std::fs::write(&file, text).expect("a file");
        file
    }

    /// Stops in good order.
    pub async fn close(mut self) {
        self.stop.cancel();
        let served = self.served.take().expect("it was opened");
        served.await.expect("the server did not panic").expect("it ends well");
    }

    /// From the letter to the signed-in page: link, password, second factor, sign-in.
    pub async fn enrol(&self, page: &Page, person: &str, email: &str) {
        self.accounts.invite(&person.parse().expect("an id")).await.expect("a letter is written");
        page.open(&self.link_for(email)).await;
        page.press("main form button[type=submit]").await;
        page.until("location.pathname === '/einrichten'").await;
        let secret = page.value("document.querySelector('#secret').textContent").await;
        let secret = secret.as_str().expect("a text").replace(char::is_whitespace, "");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
        page.write("#password", PASSWORD).await;
        page.write("#again", PASSWORD).await;
        page.write("#code", &code(&secret, now)).await;
        page.press("main form button[type=submit]").await;
        page.until("location.pathname === '/anmelden'").await;
        page.write("#email", email).await;
        page.write("#password", PASSWORD).await;
        // The enrolment has used up the code of its step.
        page.write("#code", &code(&secret, now + TOTP_STEP)).await;
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

fn code(secret: &str, at: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    totp_rs::Builder::new().with_secret(secret).build().expect("an authenticator").generate(at).to_string()
}
