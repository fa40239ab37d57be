//! The commands: serve, demo, verify, law, plan, import, replay, town, invite.

use clap::{Parser, Subcommand};
use ratssaal::wire::Trouble;
use ratssaal::{audit, commands, demo};
use std::path::PathBuf;
use std::process::ExitCode;

/// Ratssaal: der Sitzungssaal, den es auch im Netz gibt.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Der Server.
    Serve {
        #[arg(long, default_value = "ratssaal.toml")]
        config: PathBuf,
    },
    /// Eine erfundene Gemeinde mit tagendem Gemeinderat, alles auf diesem Rechner.
    Demo(demo::Options),
    /// Prüft ein Beweisbündel, ohne Server und Datenbank.
    Verify {
        /// Das Bündel, oder der Ordner, in dem es als beweis.jsonl liegt.
        bundle: PathBuf,
        /// Eine Prüfsumme von anderswo: aus der gedruckten Niederschrift, einer Mail, einem Bildschirm.
        #[arg(long)]
        head: Option<String>,
        /// Ein Stimmbeleg (JSON); mehrere sind möglich.
        #[arg(long = "receipt")]
        receipts: Vec<PathBuf>,
        /// Der öffentliche Schlüssel der Gemeinde: Ziffern oder eine PEM-Datei.
        #[arg(long)]
        key: Option<String>,
    },
    /// Regelwerke prüfen und Beispielfälle rechnen.
    #[command(subcommand)]
    Law(commands::Law),
    /// Plant eine Sitzung aus einer Datei.
    Plan {
        #[arg(long, default_value = "ratssaal.toml")]
        config: PathBuf,
        meeting: PathBuf,
    },
    /// Übernimmt Sitzungen aus einem anderen System, soweit die Gemeinde ein Gremium dafür hat.
    #[command(subcommand)]
    Import(Import),
    /// Stellt eine vergangene Sitzung aus ihrer amtlichen Niederschrift nach und legt unsere daneben.
    Replay(commands::Past),
    /// Druckt die geltende Gemeinde, wie sie in der Gemeindedatei stünde.
    Town {
        #[arg(long, default_value = "ratssaal.toml")]
        config: PathBuf,
    },
    /// Schickt Einladungslinks zum Einrichten des Zugangs: an alle, oder an die genannten Personen.
    Invite {
        #[arg(long, default_value = "ratssaal.toml")]
        config: PathBuf,
        people: Vec<String>,
    },
    /// Simulierte Ratsmitglieder: kennt nur Adresse und Zugangsdaten.
    #[command(hide = true)]
    Simulate {
        /// Eine JSON-Datei mit Adresse und Zugangsdaten.
        #[arg(long)]
        credentials: PathBuf,
        /// Die Sitzung bis zum Ende führen und hier ablegen, was man mitnimmt; sonst nur teilnehmen.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Aus Dateien in der Form von OParl 1.1: eine Sitzung, eine Liste, eine Seite einer Liste, oder ein Ordner davon.
    Oparl {
        #[arg(long, default_value = "ratssaal.toml")]
        config: PathBuf,
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    // One TLS provider for everything.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("Fehler: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Trouble> {
    let done = |()| ExitCode::SUCCESS;
    match cli.command {
        Command::Serve { config } => commands::serve(&config).map(done),
        Command::Demo(options) => demo::run(options),
        Command::Verify { bundle, head, receipts, key } => {
            Ok(audit::run(&audit::Paths { bundle, head, receipts, key }))
        }
        Command::Law(law) => commands::law(law),
        Command::Plan { config, meeting } => commands::plan(&config, &meeting).map(done),
        Command::Import(Import::Oparl { config, paths }) => commands::import(&config, &paths),
        Command::Replay(past) => commands::replay(&past),
        Command::Town { config } => commands::town(&config).map(done),
        Command::Invite { config, people } => commands::invite(&config, &people).map(done),
        Command::Simulate { credentials, out } => ratssaal::play::run(&credentials, out.as_deref()).map(done),
    }
}
