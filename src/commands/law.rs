//! `ratssaal law`: rule files checked, worked cases computed, real roll calls put through the core. Needs no configuration
//! and changes nothing.

use crate::app::rollcalls::{self, Row, SHEET_BYTES_MAX, Sheet, Silent};
use crate::domain::law::cases::{self, Packs};
use crate::domain::law::{RulePack, packs};
use crate::wire::Trouble;
use clap::Subcommand;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The Land whose rules apply where nobody names one.
const LAND: &str = "bw";

/// Questions to the law.
#[derive(Subcommand)]
pub enum Law {
    /// Liest jedes Regelwerk und nennt jeden Fehler; mit --local auch das Ortsrecht einer Gemeinde.
    Check {
        /// Eine Datei mit dem, was Hauptsatzung und Geschäftsordnung anders bestimmen ([[local]]).
        #[arg(long)]
        local: Option<PathBuf>,
        /// Land, dessen Recht dem Ortsrecht vorgeht.
        #[arg(long, default_value = LAND)]
        land: String,
    },
    /// Rechnet die Beispielfälle eines Ordners.
    Test {
        #[arg(default_value = "legal/cases")]
        folder: PathBuf,
    },
    /// Führt namentliche Abstimmungen aus Dateien durch denselben Kern wie eine Sitzung.
    ///
    /// Gerechnet wird als Präsenzsitzung nach dem Recht Baden-Württembergs am Tag der Abstimmung, auch wenn der Rat
    /// anderswo saß: für andere Länder als die mitgelieferten gibt es kein Regelwerk. Eine Zeile je Abstimmung: Tag,
    /// Nummer, Ja, Nein, Enthaltung, Ergebnis (adopted, rejected, not_quorate). Eine Datei ist JSON mit date (JJJJ-MM-TT),
    /// members (Liste) und ballots (Liste mit votes: ein Zeichen je Mitglied: J, N, E, O keine Stimme, - kein Mitglied).
    Replay {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Ein anderes Regelwerk als das mitgelieferte.
        #[arg(long)]
        rules: Option<PathBuf>,
        /// Liest O als abwesend statt als anwesend ohne Stimme; die Dateien sagen es nicht.
        #[arg(long)]
        o_absent: bool,
    },
}

/// Answers one of them; success if nothing was wrong.
///
/// # Errors
/// If a file cannot be read, with the file and the place in it.
pub fn law(law: Law) -> Result<ExitCode, Trouble> {
    match law {
        Law::Check { local: None, .. } => Ok(check()),
        Law::Check { local: Some(file), land } => check_local(&file, &land).map(|()| ExitCode::SUCCESS),
        Law::Test { folder } => test(&folder),
        Law::Replay { files, rules, o_absent } => {
            let silent = if o_absent { Silent::Absent } else { Silent::Present };
            replay(&files, rules.as_deref(), silent).map(|()| ExitCode::SUCCESS)
        }
    }
}

fn check() -> ExitCode {
    let mut sound = true;
    for land in packs::LANDS {
        match packs::pack(land) {
            Ok(pack) => {
                println!("{}: {} Regeln, Prüfsumme {}", pack.name(), RulePack::keys().len(), pack.digest());
            }
            Err(why) => {
                sound = false;
                println!("{land}: {why}");
            }
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check_local(file: &Path, land: &str) -> Result<(), Trouble> {
    let packs = Packs::bundled()?;
    let pack = packs.of(land).ok_or_else(|| format!("Für das Land „{land}“ gibt es kein Regelwerk."))?;
    let local = pack.with_local(&super::read(file)?).map_err(|why| format!("{}: {why}", file.display()))?;
    println!("{} mit Ortsrecht: Prüfsumme {}", pack.name(), local.digest());
    Ok(())
}

fn test(folder: &Path) -> Result<ExitCode, Trouble> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    let packs = Packs::bundled()?;
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for file in files {
        for case in cases::parse(&super::read(&file)?).map_err(|why| format!("{}: {why}", file.display()))? {
            match cases::run(&packs, &case) {
                Ok(()) => passed += 1,
                Err(mismatch) => {
                    failed += 1;
                    println!("{}: {mismatch}", file.display());
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn bundled() -> Result<RulePack, Trouble> {
    Ok(packs::pack(LAND)?.clone())
}

/// Every file is read before the first line is printed.
fn replay(files: &[PathBuf], rules: Option<&Path>, silent: Silent) -> Result<(), Trouble> {
    let pack = match rules {
        None => bundled()?,
        Some(file) => RulePack::parse(&super::read(file)?).map_err(|why| format!("{}: {why}", file.display()))?,
    };
    let sheets = files.iter().map(|file| Ok((file, sheet(file)?))).collect::<Result<Vec<_>, Trouble>>()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut ballots, mut cast, mut ties) = (0_u64, 0_u64, 0_u64);
    for (file, sheet) in sheets {
        for row in rollcalls::replay(&sheet, &pack, silent).map_err(|why| format!("{}: {why}", file.display()))? {
            writeln!(out, "{row}")?;
            ballots += 1;
            cast += Row::cast(&row);
            ties += u64::from(row.is_tie());
        }
    }
    writeln!(out, "{ballots} ballots, {cast} cast, {ties} ties")?;
    out.flush()?;
    Ok(())
}

fn sheet(file: &Path) -> Result<Sheet, Trouble> {
    let place = file.display();
    let size = std::fs::metadata(file).map_err(|why| format!("{place}: {why}"))?.len();
    if size > SHEET_BYTES_MAX as u64 {
        return Err(format!("{place}: größer als {SHEET_BYTES_MAX} Bytes").into());
    }
    let bytes = std::fs::read(file).map_err(|why| format!("{place}: {why}"))?;
    Ok(Sheet::parse(&bytes).map_err(|why| format!("{place}: {why}"))?)
}
