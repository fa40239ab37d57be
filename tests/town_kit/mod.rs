//! A real town for a test: its files, its people with keys, a server in this process or as one of its own, and visitors
//! that send exactly what they are told.
#![allow(dead_code, reason = "each test binary uses its part")]

pub mod server;
pub mod visitor;

use ratssaal::app::planning::{MeetingDraft, plan_from};
use ratssaal::app::ports::accounts::AccountKeys;
use ratssaal::config::{self, Config};
use ratssaal::domain::time::Date;
use ratssaal::play::Person;
use ratssaal::wire::{self, House, town_hall_clock};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

pub const MEETING: &str = "gr-7";
/// Another meeting of the same body.
pub const OTHER_MEETING: &str = "gr-8";
const TOWN: &str = include_str!("../../src/demo/musterstadt.toml");
/// A second body, whose member has no seat in the first.
const COMMITTEE: &str = r#"
[[people]]
id = "quittenhof"
name = "Quirin Quittenhof"
email = "quirin.quittenhof@example.org"

[[bodies]]
id = "ortschaftsrat"
name = "Ortschaftsrat"
statutory_seats = 1
seats = [
    { id = "ort-00", person = "blumenfeld", function = "mayor" },
    { id = "ort-01", person = "quittenhof", function = "councillor" },
]
"#;

pub type Keys = BTreeMap<String, Person>;

/// Says past the test harness that something was not tested; under `CI=true` it has to be.
pub fn skipped(why: &str) {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "not tested: {why}");
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// A folder with everything a server needs; it goes with its owner.
pub struct Place {
    pub folder: PathBuf,
    pub port: u16,
    keep: bool,
    /// The meetings have a non-public item too.
    closed: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

static SERIAL: AtomicU32 = AtomicU32::new(0);

impl Place {
    /// A fresh folder, and a free port for TCP and UDP.
    pub fn new() -> Self {
        let number = SERIAL.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ratssaal-town-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self::at(folder, false)
    }

    /// With so many more people, who have no seat.
    pub fn with_guests(count: usize) -> Self {
        let place = Self::new();
        let guests: String = (0..count)
            .map(|n| format!("[[people]]\nid = \"gast-{n}\"\nname = \"Gast {n}\"\nemail = \"gast-{n}@example.org\"\n"))
            .collect();
        let town = TOWN.replacen("[[people]]", &format!("{guests}[[people]]"), 1);
        std::fs::write(place.folder.join("town.toml"), format!("{town}{COMMITTEE}")).unwrap();
        place
    }

    /// Whose Geschäftsordnung lets the council chat beside the sitting.
    pub fn with_chat() -> Self {
        let place = Self::new();
        let body = "id = \"gemeinderat\"\nname = \"Gemeinderat\"\n";
        let chat = "chat = \"members\"\nchat_reference = \"§ 12 Geschäftsordnung\"\n";
        assert_eq!(TOWN.matches(body).count(), 1, "the council of the town");
        let town = TOWN.replacen(body, &format!("{body}{chat}"), 1);
        std::fs::write(place.folder.join("town.toml"), format!("{town}{COMMITTEE}")).unwrap();
        place
    }

    /// With a non-public item, at which the Hauptsatzung lets connected members take part.
    pub fn with_closed_part() -> Self {
        let mut place = Self::new();
        place.closed = true;
        let clause = "kind = \"non_public_2025\"\nreference = \"§ 4a Abs. 2 Hauptsatzung\"\n\
                      decided_on = \"2025-10-14\"\nin_force_from = \"2025-11-01\"\ncarried = { yes = 11, members = 13 }\n";
        std::fs::write(place.folder.join("town.toml"), format!("{TOWN}\n[[bylaws]]\n{clause}{COMMITTEE}")).unwrap();
        place
    }

    /// The same in a folder that is somebody else's.
    pub fn at(folder: PathBuf, keep: bool) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port();
        let place = Self { folder, port, keep, closed: false };
        std::fs::write(place.folder.join("town.toml"), format!("{TOWN}{COMMITTEE}")).unwrap();
        std::fs::write(place.config(), place.text()).unwrap();
        place
    }

    pub fn config(&self) -> PathBuf {
        self.folder.join("ratssaal.toml")
    }

    pub fn text(&self) -> String {
        let port = self.port;
        format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\n\
             [database]\nsqlite = \"ratssaal.sqlite\"\n\
             [media]\nbind = \"127.0.0.1\"\nannounced = \"127.0.0.1\"\nport = {port}\n\
             [mail]\nfrom = \"Ratssaal <ratssaal@example.org>\"\nfolder = \"mail\"\n\
             [town]\nfile = \"town.toml\"\n[data]\ndirectory = \"data\"\n"
        )
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The file a meeting is planned from.
    pub fn meeting_file(&self, id: &str) -> PathBuf {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
        let now = i64::try_from(now).unwrap();
        let today: Date = town_hall_clock(ratssaal::domain::time::Instant(now)).date;
        let summoned = today.plus_days(-14).unwrap();
        let text = format!(
            "id = \"{id}\"\nbody = \"gemeinderat\"\ntitle = \"Sitzung {id}\"\nplace = \"Ratssaal\"\nday = \"{today}\"\n\
             summoned_on = \"{summoned}\"\n\
             starts_at = {now}\n[[agenda]]\nnumber = \"1\"\ntitle = \"Brunnen\"\nmotion = \"Der Brunnen wird saniert.\"\n\
             [[agenda]]\nnumber = \"2\"\ntitle = \"Linde\"\n"
        );
        let closed = "[[agenda]]\nnumber = \"3\"\ntitle = \"Grundstück\"\npublic = false\n";
        let text = text + if self.closed { closed } else { "" };
        let file = self.folder.join(format!("{id}.toml"));
        std::fs::write(&file, text).unwrap();
        file
    }

    /// The house, its doors still closed.
    pub async fn house(&self) -> House {
        let config = Config::from_parts(&self.config(), []).unwrap();
        let town = config::read_town(&config.town).unwrap();
        wire::build(&config, town).await.unwrap()
    }

    pub async fn plan(&self, house: &House, id: &str) {
        let draft: MeetingDraft = toml::from_str(&std::fs::read_to_string(self.meeting_file(id)).unwrap()).unwrap();
        let plan = plan_from(&draft, &house.state.people.accounts.town()).unwrap();
        house.state.sittings.plan(&draft.id, &plan).await.unwrap();
    }

    /// Every mail that was written, as text, in the order of writing.
    pub fn letters(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.folder.join("mail")) else { return Vec::new() };
        let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "eml"));
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }
}

/// A port that is free for TCP and UDP just now.
pub fn free_port() -> u16 {
    loop {
        let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = tcp.local_addr().unwrap().port();
        if std::net::UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Gives everybody a password and a second factor, as an enrolment would.
pub async fn enrol(house: &House) -> Keys {
    let password = "acht gelbe Quitten".to_owned();
    let password_hash = house.secrets.hash_password(password.clone()).await.unwrap();
    let now = house.clock.now();
    let mut keys = Keys::new();
    let town = house.state.people.accounts.town();
    let people = town.people();
    for person in people.iter().filter(|person| !person.email.is_empty()) {
        let totp_secret = house.secrets.totp_secret().unwrap();
        let account = AccountKeys { password_hash: password_hash.clone(), totp_secret: totp_secret.clone() };
        let link = house.secrets.digest(&house.secrets.token().unwrap());
        house.accounts.put_link(&person.id, &link, now, now.plus_millis(60_000)).await.unwrap();
        house.accounts.take_link(&link, now).await.unwrap();
        assert!(house.accounts.enrol(&person.id, &link, account, now.0 / 30_000 - 100, now).await.unwrap());
        let (name, email) = (person.name.clone(), person.email.clone());
        keys.insert(person.id.to_string(), Person { name, email, password: password.clone(), totp_secret });
    }
    keys
}

/// Waits for something, and says what if it does not come.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(40);
    while !holds().await {
        assert!(std::time::Instant::now() < end, "in vain: {what}");
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}
