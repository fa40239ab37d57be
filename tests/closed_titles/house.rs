//! A whole server on loopback with the invented town, a door for tests, and visitors that ask for everything.

use super::{MOTION, PUBLIC, TITLE};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use futures_util::StreamExt as _;
use ratssaal::app::planning::{MeetingDraft, plan_from};
use ratssaal::app::ports::accounts::Assurance;
use ratssaal::app::record::law_to_pin;
use ratssaal::app::sitting::Denied;
use ratssaal::config::{Config, Database, Mail, MailTarget, Media, Server, parse_town};
use ratssaal::domain::id::{BallotId, ItemId, MeetingId, MotionId, PersonId};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::meeting::event::{Choice, Method, MotionKind, Outlet};
use ratssaal::domain::meeting::{Actor, Command};
use ratssaal::web::WebState;
use ratssaal::web::sign_in::begin_session;
use ratssaal::wire;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_util::sync::CancellationToken;
use tower_sessions::Session;

const MEETING: &str = "gr-1";
const PATIENCE: Duration = Duration::from_secs(10);
static COMMANDS: AtomicU32 = AtomicU32::new(0);
static VISITORS: AtomicU32 = AtomicU32::new(1);

/// What was logged, from everywhere in this process.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub fn listen_to_the_log() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        // More than any operator would keep: whatever says the marker at this level says it too loudly.
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    })
    .clone()
}

pub fn chair() -> Actor {
    member(0)
}

fn member(number: u32) -> Actor {
    Actor { seat: Some(format!("sitz-{number:02}").parse().unwrap()), strong: true, ..Actor::default() }
}

fn clerk() -> Actor {
    Actor { clerk: true, strong: true, ..Actor::default() }
}

pub struct House {
    pub state: WebState,
    url: String,
    folder: PathBuf,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

impl House {
    pub async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = std::env::temp_dir().join(format!("ratssaal-closed-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (local, url) = (IpAddr::V4(Ipv4Addr::LOCALHOST), format!("http://{address}"));
        let config = Config {
            server: Server { listen: address, public_url: url.clone(), trusted_proxies: vec![local] },
            database: Database::Sqlite(folder.join("ratssaal.db")),
            media: Media { bind: local, announced: local, port: 0 },
            mail: Some(Mail {
                from: "Ratssaal <ratssaal@example.org>".into(),
                to: MailTarget::Folder(folder.join("mail")),
            }),
            seal: None,
            town: PathBuf::new(),
            data: folder.clone(),
            paper_bytes_max: 1024 * 1024,
        };
        let stranger = "\n[[people]]\nid = \"fremdling\"\nname = \"Fritz Fremdling\"\nemail = \"fritz@example.org\"\n";
        let text = include_str!("../../src/demo/musterstadt.toml").to_owned() + stranger;
        let house = wire::build(&config, parse_town("musterstadt.toml", &text).unwrap()).await.unwrap();
        let now = house.clock.now();
        let today = wire::town_hall_clock(now).date;
        let draft: MeetingDraft = toml::from_str(&format!(
            "id = \"{MEETING}\"\nbody = \"gemeinderat\"\ntitle = \"7. Sitzung\"\nplace = \"Ratssaal\"\n\
             day = \"{today}\"\nstarts_at = {}\n\
             [[agenda]]\nnumber = \"1\"\ntitle = \"Sanierung der {PUBLIC}\"\nmotion = \"Die {PUBLIC} wird saniert.\"\n\
             [[agenda]]\nnumber = \"2\"\ntitle = \"{TITLE}\"\nmotion = \"{MOTION}\"\npublic = false\n",
            now.0
        ))
        .unwrap();
        let plan = plan_from(&draft, &house.state.people.accounts.town()).unwrap();
        house.state.sittings.plan(&draft.id, &plan).await.unwrap();
        let (state, stop) = (house.state.clone(), CancellationToken::new());
        let opened = house.open(listener, door(), stop.clone().cancelled_owned());
        let served = tokio::spawn(async move { opened.await.unwrap() });
        Self { state, url, folder, stop, served }
    }

    pub async fn try_to(&self, actor: Actor, command: Command) -> Result<(), Denied> {
        let meeting: MeetingId = MEETING.parse().unwrap();
        let sitting = self.state.sittings.get(&meeting).await.unwrap();
        let id = format!("k-{}", COMMANDS.fetch_add(1, Ordering::Relaxed)).parse().unwrap();
        sitting.command(id, actor, command).await.map(drop)
    }

    pub async fn act(&self, actor: Actor, command: Command) {
        self.try_to(actor, command).await.unwrap();
    }

    /// Everybody in the room, the first item decided by roll call.
    pub async fn open_and_decide(&self) {
        let (format, law) = (MeetingFormat::InPerson, law_to_pin("bw").unwrap());
        // The letters go out, too.
        let summons = Summons { emergency: Some("Hochwasser am Hangbach".parse().unwrap()), ..Summons::default() };
        self.act(chair(), Command::Convene { format, ground: None, reason: None, public_room: None, law, summons })
            .await;
        for number in 0..9 {
            let seat = member(number).seat.unwrap();
            self.act(clerk(), Command::AttestRoom { seat, present: true }).await;
        }
        self.act(chair(), Command::Open).await;
        self.act(chair(), Command::CallItem { item: "top-1".parse().unwrap() }).await;
        let ballot: BallotId = "a1".parse().unwrap();
        let wording = format!("Die {PUBLIC} wird saniert.").parse().unwrap();
        self.act(
            chair(),
            Command::OpenBallot {
                ballot: ballot.clone(),
                method: Method::RollCall,
                wording,
                motion: None,
                terms: Default::default(),
            },
        )
        .await;
        for number in 0..9 {
            self.act(member(number), Command::Cast { ballot: ballot.clone(), choice: Choice::Yes }).await;
        }
        self.act(chair(), Command::CloseBallot { ballot: ballot.clone() }).await;
        self.act(chair(), Command::DeclareResult { ballot }).await;
        // It cannot be called yet, and the reason does not tell what it is about.
        let refused = self.try_to(chair(), Command::CallItem { item: "top-2".parse().unwrap() }).await;
        assert!(refused.is_err_and(|why| !super::has_marker(&why.to_string())));
    }

    /// Behind closed doors, with the markers in everything that is said, moved, voted and written there. Birnbaum is recused.
    pub async fn go_behind_doors(&self) {
        let (item, motion): (ItemId, MotionId) = ("top-2".parse().unwrap(), "m-geheim".parse().unwrap());
        self.act(clerk(), Command::Recuse { item: item.clone(), seat: member(2).seat.unwrap() }).await;
        self.act(chair(), Command::ExcludePublic).await;
        self.act(clerk(), Command::ConfirmDoors { outlet: Outlet::Hall }).await;
        self.act(chair(), Command::BeginClosedPart).await;
        self.act(chair(), Command::CallItem { item: item.clone() }).await;
        let secret = |what: &str| format!("{what} {MOTION}");
        self.act(chair(), Command::CallGuest { name: secret("Gutachter").parse().unwrap() }).await;
        let (wording, kind) = (secret("Verkauf").parse().unwrap(), MotionKind::Main);
        let mover = member(1).seat;
        self.act(member(1), Command::MoveMotion { motion: motion.clone(), mover, kind, wording }).await;
        self.act(member(1), Command::RecordStatement { seat: None, text: secret("Erklärung").parse().unwrap() }).await;
        self.act(member(1), Command::Complain { text: secret("Rüge").parse().unwrap(), heard: None }).await;
        let text = Some(secret("Vortrag").parse().unwrap());
        self.act(clerk(), Command::WriteItemText { item, text, replaces: 0 }).await;
        let (ballot, wording) = ("a2".parse::<BallotId>().unwrap(), secret("Verkauf").parse().unwrap());
        let (method, motion) = (Method::RollCall, Some(motion));
        self.act(
            chair(),
            Command::OpenBallot { ballot: ballot.clone(), method, wording, motion, terms: Default::default() },
        )
        .await;
        for number in (0..9).filter(|number| *number != 2) {
            self.act(member(number), Command::Cast { ballot: ballot.clone(), choice: Choice::Yes }).await;
        }
        self.act(chair(), Command::CloseBallot { ballot: ballot.clone() }).await;
        self.act(chair(), Command::DeclareResult { ballot }).await;
    }

    pub async fn go_public_again(&self) {
        self.act(chair(), Command::ReadmitPublic).await;
        self.act(clerk(), Command::ConfirmDoors { outlet: Outlet::Hall }).await;
        self.act(chair(), Command::EndClosedPart).await;
    }

    pub fn anonymous(&self) -> Visitor {
        Visitor::new("nobody", None)
    }

    /// Somebody who has signed in: `voll` with both factors, `link` only by a letter.
    pub async fn visitor(&self, who: &'static str, how: &str) -> Visitor {
        let visitor = Visitor::new(who, None);
        let answer = visitor.client.get(format!("{}/tuer/{who}/{how}", self.url)).send().await.unwrap();
        let cookie = answer.headers().get("set-cookie").expect("a session").to_str().unwrap();
        Visitor::new(who, cookie.split(';').next().map(str::to_owned))
    }

    /// Every letter that was sent, its long lines put together again.
    pub fn letters(&self) -> String {
        let files = std::fs::read_dir(self.folder.join("mail")).unwrap().flatten();
        let letter =
            |file: std::fs::DirEntry| String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
        files.map(letter).collect::<String>().replace("=\r\n", "").replace("=\n", "")
    }

    /// Everything the meeting's room was told, once nothing waits to be told any more.
    pub async fn room(&self) -> String {
        let file = self.folder.join("ratssaal.db");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        let delivered = async {
            let mut turn = tokio::time::interval(Duration::from_millis(100));
            loop {
                turn.tick().await;
                let waiting: (i64,) =
                    sqlx::query_as("SELECT count(*) FROM outbox WHERE content <> ''").fetch_one(&pool).await.unwrap();
                if waiting.0 == 0 {
                    break;
                }
            }
        };
        tokio::time::timeout(3 * PATIENCE, delivered).await.expect("room and mail are told in time");
        let rows: Vec<(String,)> = sqlx::query_as("SELECT content FROM room_event").fetch_all(&pool).await.unwrap();
        pool.close().await;
        rows.into_iter().map(|(content,)| content + "\n").collect()
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.served.await.unwrap();
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// A door only this test has.
fn door() -> Router<WebState> {
    let enter = async |State(state): State<WebState>, Path((who, how)): Path<(String, String)>, session: Session| {
        let person: PersonId = who.parse().unwrap();
        let assurance = if how == "voll" { Assurance::PasswordAndTotp } else { Assurance::LinkOnly };
        begin_session(&session, person, assurance, state.people.accounts.now()).await.unwrap();
        StatusCode::NO_CONTENT
    };
    Router::new().route("/tuer/{who}/{how}", get(enter))
}

pub struct Visitor {
    pub name: &'static str,
    client: reqwest::Client,
    cookie: Option<String>,
    /// Everybody comes from an address of their own, so that no limit answers instead of the page.
    address: String,
}

impl Visitor {
    fn new(name: &'static str, cookie: Option<String>) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let number = VISITORS.fetch_add(1, Ordering::Relaxed);
        Self { name, client, cookie, address: format!("192.0.2.{number}") }
    }

    fn dressed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let request = request.header("x-forwarded-for", &self.address);
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    pub async fn bytes(&self, house: &House, path: &str) -> (u16, Vec<u8>) {
        let answer = self.dressed(self.client.get(format!("{}{path}", house.url))).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    }

    pub async fn get(&self, house: &House, path: &str) -> (u16, String) {
        let (status, bytes) = self.bytes(house, path).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    pub async fn post(&self, house: &House, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let request = self.client.post(format!("{}{path}", house.url)).form(form).header("origin", &house.url);
        let answer = self.dressed(request).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The first message of the participant's line, or the refusal.
    pub async fn socket(&self, house: &House, view: &str) -> String {
        let url = format!("{}/sitzung/{MEETING}/live?ansicht={view}", house.url.replace("http", "ws"));
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", house.url.parse().unwrap());
        headers.insert("x-forwarded-for", self.address.parse().unwrap());
        if let Some(cookie) = &self.cookie {
            headers.insert("cookie", cookie.parse().unwrap());
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((mut socket, _)) => {
                let first = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap();
                let _ = socket.close(None).await;
                first.unwrap().unwrap().to_string()
            }
            Err(refused) => format!("{refused:?}"),
        }
    }

    /// The first message of the spectators' line.
    pub async fn events(&self, house: &House) -> String {
        let url = format!("{}/oeffentlich/{MEETING}/live", house.url);
        let mut answer = self.dressed(self.client.get(url)).send().await.unwrap();
        let mut text = String::new();
        while !text.contains("\n\n") {
            let chunk = tokio::time::timeout(PATIENCE, answer.chunk()).await.unwrap().unwrap();
            text.push_str(&String::from_utf8_lossy(&chunk.expect("an event")));
        }
        text
    }
}

/// The text of a PDF as a reader shows it.
pub fn text_of_pdf(house: &House, pdf: &[u8]) -> String {
    let file = house.folder.join("niederschrift.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output();
    let output = read.expect("pdftotext (package poppler-utils) is installed");
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned()
}
