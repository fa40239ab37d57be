//! `ratssaal demo`: an invented municipality with a council in session, on loopback, everything embedded. With `--play`
//! the same without people, from the first connection to the checked evidence.

mod doors;
mod town;

use crate::audit;
use crate::commands::{interrupted, start_log};
use crate::config::{Config, Database, Mail, MailTarget, Media, Server};
use crate::play::{Credentials, Format};
use crate::wire::{self, Trouble};
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

/// The demonstration's options.
#[derive(Debug, Args)]
pub struct Options {
    /// Ohne Menschen: eine ganze Sitzung mit simulierten Mitgliedern, danach wird das Bündel geprüft.
    #[arg(long)]
    pub play: bool,
    /// Wohin Niederschrift und Beweisbündel gelegt werden.
    #[arg(long, default_value = "demo-out")]
    pub out: PathBuf,
    /// Der Port auf diesem Rechner; 0 wählt einen freien.
    #[arg(long, default_value_t = 8700)]
    pub port: u16,
    /// In welcher Form getagt wird: hybrid (Saal und Zugeschaltete) oder digital (Notfall, alle zu Hause).
    #[arg(long, default_value = "hybrid", value_name = "hybrid|digital")]
    pub format: Format,
    /// Nur die Gemeinde und die geplante Sitzung, niemand nimmt teil.
    #[arg(long, conflicts_with = "play")]
    pub empty: bool,
}

/// Runs the demonstration.
///
/// # Errors
/// Whatever keeps it from running, in words.
pub fn run(options: Options) -> Result<ExitCode, Trouble> {
    if std::env::var_os("RUST_LOG").is_some() {
        start_log();
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let folder = Folder::create()?;
        let port = if options.play { 0 } else { options.port };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|why| format!("Port {port} ist nicht frei ({why}). Mit --port 0 wird ein freier gewählt."))?;
        let config = config(&folder.0, listener.local_addr()?);
        let house = wire::build(&config, town::town()?).await?;
        let meeting = town::plan(&house).await?;
        let credentials = town::enrol_everybody(&house, &config.server.public_url, options.format).await?;
        let doors = doors::Doors::new(&house, &meeting, options.format)?;
        let stop = CancellationToken::new();
        let served = tokio::spawn(house.open(listener, doors.routes(), stop.clone().cancelled_owned()));
        let outcome = if options.play {
            play(&credentials, &folder.0, &options.out).await
        } else {
            show(&doors, &config.server.public_url, (!options.empty).then_some((&credentials, folder.0.as_path())))
                .await
        };
        stop.cancel();
        served.await??;
        outcome
    })
}

/// A folder that goes away with the demonstration.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Self, Trouble> {
        let path = std::env::temp_dir().join(format!("ratssaal-demo-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config(folder: &Path, address: SocketAddr) -> Config {
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    Config {
        server: Server { listen: address, public_url: format!("http://{address}"), trusted_proxies: Vec::new() },
        database: Database::Sqlite(folder.join("ratssaal.db")),
        media: Media { bind: local, announced: local, port: 0 },
        mail: Some(Mail {
            from: "Ratssaal <ratssaal@example.org>".into(),
            to: MailTarget::Folder(folder.join("mail")),
        }),
        seal: None,
        town: PathBuf::new(),
        data: folder.to_owned(),
        paper_bytes_max: 50 * 1024 * 1024,
    }
}

async fn play(credentials: &Credentials, folder: &Path, out: &Path) -> Result<ExitCode, Trouble> {
    let mut child = simulate(credentials, folder, Some(out))?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("ohne Ausgabe")?).lines();
    while let Some(line) = lines.next_line().await? {
        println!("{line}");
    }
    let ended = child.wait().await?;
    if !ended.success() {
        println!("Die Sitzung ist nicht zu Ende geführt worden ({ended}).");
        return Ok(ExitCode::FAILURE);
    }
    println!("\nPrüfung des Beweisbündels, wie sie jeder andere Rechner auch kann:");
    let paths = audit::Paths { bundle: out.to_owned(), receipts: vec![out.join("beleg.json")], ..Default::default() };
    Ok(audit::run(&paths))
}

async fn show(doors: &doors::Doors, url: &str, attend: Option<(&Credentials, &Path)>) -> Result<ExitCode, Trouble> {
    println!("Ratssaal läuft. Musterstadt am Hang und alle Personen sind erfunden.\n");
    for (role, link) in doors.links(url) {
        println!("  {role:<16} {link}");
    }
    let child = match attend {
        None => None,
        Some((credentials, folder)) => {
            println!("\nDie simulierten Mitglieder nehmen Platz …");
            let mut child = simulate(credentials, folder, None)?;
            let mut lines = BufReader::new(child.stdout.take().ok_or("ohne Ausgabe")?).lines();
            while let Some(line) = lines.next_line().await? {
                if line == "ready" {
                    break;
                }
            }
            Some(child)
        }
    };
    println!("\nDer Gemeinderat tagt. Beenden mit Strg+C.");
    interrupted().await;
    if let Some(mut child) = child {
        child.kill().await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts the simulated council: it gets a file with URL and credentials, and nothing else.
fn simulate(credentials: &Credentials, folder: &Path, out: Option<&Path>) -> Result<Child, Trouble> {
    let file = folder.join("credentials.json");
    std::fs::write(&file, serde_json::to_vec(credentials)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("simulate")
        .arg("--credentials")
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    Ok(command.spawn()?)
}
