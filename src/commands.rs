//! What the commands do, apart from the demonstration and the audit.

mod import;
mod law;
mod progress;
mod replay;

pub use import::import;
pub use law::{Law, law};
pub use replay::{Past, replay};

use crate::app::planning::{MeetingDraft, plan_from};
use crate::app::sittings::Planned;
use crate::app::town::TownDraft;
use crate::config::{self, Config};
use crate::domain::id::PersonId;
use crate::wire::{self, Trouble};
use axum::Router;
use std::path::Path;
use tracing_subscriber::EnvFilter;

/// Largest file a command reads whole, in bytes.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The log: JSON lines, without personal data; `RUST_LOG` sets its level.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second call in one process is a test's business and changes nothing.
    let log = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    // A log on a full disk must not end a connection: told of a failed write, the subscriber would print, and panic.
    let _ = log.log_internal_errors(false).try_init();
}

fn runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// `ratssaal serve`.
///
/// # Errors
/// Whatever keeps the house from opening.
pub fn serve(config: &Path) -> Result<(), Trouble> {
    start_log();
    let config = Config::load(config)?;
    let town = config::read_town(&config.town)?;
    runtime()?.block_on(async {
        let house = wire::build(&config, town).await?;
        let listener = tokio::net::TcpListener::bind(config.server.listen).await?;
        tracing::info!(address = %listener.local_addr()?, "open");
        house.open(listener, Router::new(), interrupted()).await
    })
}

/// Until somebody ends the process in good order.
pub async fn interrupted() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// `ratssaal plan`.
///
/// # Errors
/// What is wrong with the file, or the machine's fault.
pub fn plan(config: &Path, meeting: &Path) -> Result<(), Trouble> {
    let config = Config::load(config)?;
    let town = config::read_town(&config.town)?;
    let draft: MeetingDraft = toml::from_str(&read(meeting)?)?;
    runtime()?.block_on(async {
        let house = wire::office(&config, town).await?;
        let planned = plan_from(&draft, &house.state.people.accounts.town())?;
        match house.state.sittings.plan(&draft.id, &planned).await? {
            Planned::Now => println!("Geplant: {} ({})", draft.title, draft.id),
            Planned::Before => println!("War schon geplant: {} ({})", draft.title, draft.id),
            Planned::Otherwise => {
                return Err(
                    format!("Die Sitzung „{}“ ist schon anders geplant und bleibt, wie sie ist.", draft.id).into()
                );
            }
        }
        Ok(())
    })
}

/// `ratssaal town`.
///
/// # Errors
/// Whatever keeps the town from being read.
pub fn town(config: &Path) -> Result<(), Trouble> {
    let config = Config::load(config)?;
    let file = config::read_town(&config.town)?;
    let house = runtime()?.block_on(wire::office(&config, file))?;
    print!("{}", toml::to_string(&TownDraft::from(&*house.state.people.accounts.town()))?);
    Ok(())
}

/// `ratssaal invite`.
///
/// # Errors
/// If a person is unknown or no mail server takes a letter.
pub fn invite(config: &Path, people: &[String]) -> Result<(), Trouble> {
    let config = Config::load(config)?;
    let town = config::read_town(&config.town)?;
    runtime()?.block_on(async {
        let house = wire::office(&config, town).await?;
        let invited: Vec<PersonId> = if people.is_empty() {
            house.state.people.accounts.town().people().iter().map(|person| person.id.clone()).collect()
        } else {
            people.iter().map(|id| id.parse()).collect::<Result<_, _>>()?
        };
        for person in &invited {
            house.state.people.accounts.invite(person).await.map_err(|why| format!("{person}: {why}"))?;
            println!("Einladung verschickt: {person}");
        }
        Ok(())
    })
}

fn read(file: &Path) -> Result<String, Trouble> {
    let place = file.display();
    let size = std::fs::metadata(file).map_err(|why| format!("{place}: {why}"))?.len();
    if size > FILE_BYTES_MAX {
        return Err(format!("{place}: größer als {FILE_BYTES_MAX} Bytes").into());
    }
    Ok(std::fs::read_to_string(file).map_err(|why| format!("{place}: {why}"))?)
}
