//! The composition root: the only place that knows every adapter.

use crate::adapters::chance::OsEntropy;
use crate::adapters::clock::SystemClock;
use crate::adapters::mail::{Letters, SmtpServer, SmtpTls};
use crate::adapters::matrix::RoomEvents;
use crate::adapters::media::{self, MediaConfig};
use crate::adapters::pdf::{PdfPrinter, PdfReader};
use crate::adapters::secrets::LocalSecrets;
use crate::adapters::sign::{InstanceKey, SealFiles, TownSeal};
use crate::adapters::store::{
    Db, LedgerDb, SqlAccounts, SqlDrafts, SqlPapers, SqlRequests, SqlRoom, SqlSealTimes, SqlSessions, SqlTown,
};
use crate::app::accounts::Accounts;
use crate::app::circulation::Circulations;
use crate::app::filing::Filing;
use crate::app::outbox::Outbox;
use crate::app::papers::{Papers, Press};
use crate::app::ports::accounts::AccountStore;
use crate::app::ports::chance::{Entropy, fresh_id};
use crate::app::ports::clock::Clock;
use crate::app::ports::ledger::LedgerStore;
use crate::app::ports::mail::Mailer;
use crate::app::ports::media::{MediaEngine, MediaEvent};
use crate::app::ports::secrets::Secrets;
use crate::app::registry::Registry;
use crate::app::rooms::Rooms;
use crate::app::sitting::Outside;
use crate::app::sittings::Sittings;
use crate::app::town::Town;
use crate::config::{self, Config, Database, MailTarget, MailTls};
use crate::domain::time::{Date, Instant, LocalTime};
use crate::web::live::{Seating, SlotBoard};
use crate::web::security::Protection;
use crate::web::sign_in::{PeopleState, session_layer};
use crate::web::{self, WebState};
use axum::Router;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Anything that keeps the house from opening, as a person reads it.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// How often what is expired is swept away.
const SWEEP_EVERY: Duration = Duration::from_mins(5);
/// How long it takes at most until a town that was changed by another process is in force in this one.
const TOWN_EVERY: Duration = Duration::from_secs(5);
/// How long a draft is kept that nobody touches: until the minutes are long known, in milliseconds.
const DRAFTS_KEPT_MS: i64 = 180 * 86_400_000;
/// How long a stop may take before it is cut short.
const STOP_PATIENCE: Duration = Duration::from_secs(10);
/// How the names of processes that share a database begin.
const NODE_PREFIX: &str = "node";
/// The name of whoever works in the data folder.
const NODE_FILE: &str = "node";
/// Longest such name that is believed, in bytes.
const NODE_BYTES_MAX: usize = 64;

/// The house with everything in it, before its doors open.
pub struct House {
    pub state: WebState,
    pub accounts: Arc<dyn AccountStore>,
    pub secrets: Arc<dyn Secrets>,
    pub clock: Arc<dyn Clock>,
    sessions: SqlSessions,
    protection: Protection,
    outbox: Outbox,
    /// Held as long as this process lives; `None` if another one works in the same folder.
    place: Option<File>,
    events: mpsc::Receiver<MediaEvent>,
}

/// Opens database, keys and media engine, and takes up the town; `town` is the one of the file.
///
/// # Errors
/// Whatever is missing or broken, in words.
pub async fn build(config: &Config, town: Town) -> Result<House, Trouble> {
    let (media, events, media_address) = media::start(media_config(&config.media))?;
    tracing::info!(%media_address, "picture and sound");
    furnish(config, town, media, events).await
}

/// The same without the media engine: for commands beside the running server, whose port it is.
///
/// # Errors
/// As [`build`].
pub async fn office(config: &Config, town: Town) -> Result<House, Trouble> {
    let ((calls, _), (_, events)) = (mpsc::channel(1), mpsc::channel(1));
    furnish(config, town, MediaEngine::new(calls), events).await
}

async fn furnish(
    config: &Config,
    town: Town,
    media: MediaEngine,
    events: mpsc::Receiver<MediaEvent>,
) -> Result<House, Trouble> {
    std::fs::create_dir_all(&config.data)?;
    let db = match &config.database {
        Database::Sqlite(file) => Db::sqlite(file).await?,
        Database::Postgres(url) => Db::postgres(url.reveal()).await?,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(OsEntropy::open()?);
    let signer = Arc::new(InstanceKey::open_or_create(&config.data.join("instance-key.pem"))?);
    let store: Arc<dyn LedgerStore> = Arc::new(LedgerDb::new(db.clone()));
    let accounts: Arc<dyn AccountStore> = Arc::new(SqlAccounts(db.clone()));
    let secrets: Arc<dyn Secrets> = Arc::new(LocalSecrets::new()?);
    let (node, place) = node(&config.data, &*entropy)?;
    let mailer = mailer(config)?;
    let kept = Arc::new(SqlTown(db.clone()));
    let towns = Registry::open(kept, Arc::clone(&accounts), Arc::clone(&clock), town_hall_clock, &town).await?;
    let people = Accounts::new(
        Arc::clone(&accounts),
        Arc::clone(&secrets),
        Arc::clone(&clock),
        mailer.clone(),
        towns.current(),
        &config.server.public_url,
    );
    let outside = Outside {
        store: Arc::clone(&store),
        signer: signer.clone(),
        announcer: Arc::new(RoomEvents),
        clock: Arc::clone(&clock),
        node: node.clone(),
        entropy,
        media,
        local: Arc::new(town_hall_clock),
    };
    let circulations = Circulations::new(outside.clone());
    let sittings = Sittings::new(outside);
    let rooms = Arc::new(Rooms::new(Arc::new(SqlRoom(db.clone())), Arc::new(RoomEvents), Arc::clone(&clock)));
    let outbox = Outbox {
        store: Arc::clone(&store),
        room: rooms.clone(),
        mailer,
        accounts: Arc::clone(&accounts),
        clock: Arc::clone(&clock),
        node,
        municipality: people.town().municipality().to_owned(),
        sittings: Some(sittings.clone()),
        circulations: Some(circulations.clone()),
        public_url: config.server.public_url.clone(),
    };
    let seal = seal(config, people.town().municipality(), clock.now())?;
    let press =
        Press { printer: Arc::new(PdfPrinter), seal: Arc::new(seal), times: Arc::new(SqlSealTimes(db.clone())) };
    let papers = Papers::new(store, signer, press, Arc::clone(&clock), Arc::new(town_hall_clock));
    let stored = Arc::new(SqlPapers(db.clone()));
    let filing = Filing::new(stored, Arc::new(PdfReader), Arc::clone(&clock), config.paper_bytes_max);
    let state = WebState {
        people: PeopleState { accounts: Arc::new(people) },
        towns: Arc::new(towns),
        sittings,
        circulations,
        slots: Arc::default(),
        seating: Arc::<Seating>::default(),
        audience: Arc::default(),
        rooms,
        papers: Arc::new(papers),
        drafts: Arc::new(SqlDrafts(db.clone())),
        requests: Arc::new(SqlRequests(db.clone())),
        filing: Arc::new(filing),
        waiting: Arc::default(),
        showing: Arc::default(),
        stopping: CancellationToken::new(),
    };
    let (public_url, trusted_proxies) = (config.server.public_url.clone(), config.server.trusted_proxies.clone());
    let protection = Protection { public_url, trusted_proxies };
    let sessions = SqlSessions::new(db, Arc::clone(&clock));
    Ok(House { state, accounts, secrets, clock, sessions, protection, outbox, place, events })
}

impl House {
    /// Opens the doors on `listener` and keeps them open until `stop` comes.
    ///
    /// # Errors
    /// If the server cannot run.
    pub async fn open(
        self,
        listener: tokio::net::TcpListener,
        more: Router<WebState>,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Trouble> {
        let Self { state, sessions, protection, outbox, place, events, .. } = self;
        resume_running(&state).await;
        tokio::spawn(pass_on(events, state.sittings.clone(), Arc::clone(&state.slots)));
        tokio::spawn(sweep(state.clone()));
        tokio::spawn(follow_town(state.clone()));
        tokio::spawn(outbox.run(state.stopping.clone()));
        let files = Router::new().nest("/static", embedded::load().index_file(None).into_router());
        let router = web::router(state.clone(), more, files, session_layer(sessions), &protection);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let (sittings, stopping) = (state.sittings.clone(), state.stopping.clone());
        let ended = stopping.clone();
        let server = axum::serve(listener, service).with_graceful_shutdown(async move {
            stop.await;
            stopping.cancel();
        });
        tokio::select! {
            served = server => served?,
            () = async { ended.cancelled().await; tokio::time::sleep(STOP_PATIENCE).await } => {
                tracing::warn!("some connections did not end in time");
            }
        }
        sittings.stop().await;
        drop(place);
        Ok(())
    }
}

/// The name of this process among those that share the database. Whoever holds the data folder keeps its name over a
/// restart, so that it may take up its meetings at once, even after a crash; anybody else there (a command beside the
/// running server) gets a name of its own and waits like any other node.
fn node(data: &Path, entropy: &dyn Entropy) -> Result<(String, Option<File>), Trouble> {
    let fresh = fresh_id(entropy, NODE_PREFIX);
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(data.join(NODE_FILE))?;
    if file.try_lock().is_err() {
        return Ok((fresh, None));
    }
    let mut known = Vec::new();
    Read::by_ref(&mut file).take(NODE_BYTES_MAX as u64 + 1).read_to_end(&mut known)?;
    if let Ok(known) = String::from_utf8(known)
        && known.len() <= NODE_BYTES_MAX
        && known.starts_with(NODE_PREFIX)
    {
        return Ok((known, Some(file)));
    }
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(fresh.as_bytes())?;
    file.sync_all()?;
    Ok((fresh, Some(file)))
}

/// Meetings that were running when the process ended are taken up at once: they stand interrupted, not forgotten.
async fn resume_running(state: &WebState) {
    match state.sittings.list().await {
        Ok(meetings) => {
            for meeting in meetings {
                if let Err(why) = state.sittings.get(&meeting).await {
                    tracing::warn!(%meeting, %why, "a meeting is not taken up");
                }
            }
        }
        Err(why) => tracing::error!(%why, "meetings could not be listed"),
    }
}

/// Carries the media engine's word to the meetings and to the galleries.
async fn pass_on(mut events: mpsc::Receiver<MediaEvent>, sittings: Sittings, slots: Arc<SlotBoard>) {
    while let Some(event) = events.recv().await {
        slots.tell(&event);
        sittings.tell(&event).await;
    }
}

async fn sweep(state: WebState) {
    let mut turn = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = turn.tick() => {}
            () = state.stopping.cancelled() => return,
        }
        if let Err(why) = state.people.accounts.sweep().await {
            tracing::warn!(%why, "expired sessions could not be swept");
        }
        if let Err(why) = state.drafts.sweep(state.people.accounts.now().plus_millis(-DRAFTS_KEPT_MS)).await {
            tracing::warn!(%why, "old drafts could not be swept");
        }
    }
}

/// Other processes share the database and may change the town, too.
async fn follow_town(state: WebState) {
    let mut turn = tokio::time::interval(TOWN_EVERY);
    loop {
        tokio::select! {
            _ = turn.tick() => {}
            () = state.stopping.cancelled() => return,
        }
        if let Err(why) = state.towns.refresh().await {
            tracing::warn!(%why, "the town could not be looked up");
        }
    }
}

/// The municipality's seal: the one it configured, or one issued to itself.
fn seal(config: &Config, municipality: &str, now: Instant) -> Result<TownSeal, Trouble> {
    Ok(match &config.seal {
        Some(config::Seal { certificate, key }) => {
            TownSeal::open(&SealFiles { certificate: certificate.clone(), key: key.clone() }, now)?
        }
        None => TownSeal::open_or_issue(&config.data, municipality, now)?,
    })
}

fn media_config(media: &config::Media) -> MediaConfig {
    let mut made = MediaConfig::at(SocketAddr::new(media.bind, media.port));
    made.announce = vec![SocketAddr::new(media.announced, 0)];
    made
}

fn mailer(config: &Config) -> Result<Option<Arc<dyn Mailer>>, Trouble> {
    let Some(mail) = &config.mail else { return Ok(None) };
    let letters = match &mail.to {
        MailTarget::Folder(folder) => Letters::folder(folder, &mail.from)?,
        MailTarget::Smtp { host, port, tls, login, authority } => {
            let tls = match tls {
                MailTls::StartTls => SmtpTls::StartTls,
                MailTls::None => SmtpTls::None,
            };
            let credentials = login.as_ref().map(|(user, password)| (user.clone(), password.reveal().to_owned()));
            let authority = authority.as_ref().map(|file| {
                let unreadable = |why| format!("„mail.authority“: {} ist nicht lesbar: {why}", file.display());
                std::fs::read(file).map_err(unreadable)
            });
            let (host, port, authority) = (host.clone(), *port, authority.transpose()?);
            Letters::smtp(SmtpServer { host, port, tls, credentials, authority }, &mail.from)?
        }
    };
    Ok(Some(Arc::new(letters)))
}

/// The time on the wall of a German town hall.
#[must_use]
pub fn town_hall_clock(at: Instant) -> LocalTime {
    let zoned = jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(jiff::tz::TimeZone::get("Europe/Berlin").unwrap_or(jiff::tz::TimeZone::UTC));
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    let date = Date::new(u16::try_from(zoned.year()).unwrap_or(0), small(zoned.month()), small(zoned.day()));
    LocalTime {
        date: date.unwrap_or(Date::EPOCH),
        hour: small(zoned.hour()),
        minute: small(zoned.minute()),
        second: small(zoned.second()),
    }
}

/// The files of `static/`, embedded by the build.
#[expect(unused_qualifications, reason = "the embedding writes its paths out")]
mod embedded {
    pub fn load() -> memory_serve::MemoryServe {
        memory_serve::load!()
    }
}
