//! `ratssaal replay`: a past meeting of a town's own, once more under our decisions, beside its official minutes. It needs
//! no configuration, no database and no server, and changes nothing anywhere but in the folder it is told.

use super::progress::Progress;
use crate::adapters::chance::OsEntropy;
use crate::adapters::official;
use crate::adapters::oparl;
use crate::adapters::pdf::PdfPrinter;
use crate::adapters::sign::InstanceKey;
use crate::app::bundle::{self, BundledFile, bundle};
use crate::app::ports::import::ForeignMeeting;
use crate::app::ports::minutes::MinutesPrinter as _;
use crate::app::ports::official::OfficialText;
use crate::app::ports::signer::Signer as _;
use crate::app::replay::{self, Replayed};
use crate::domain::text::Name;
use crate::wire::{Trouble, town_hall_clock};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Texts one meeting may have.
const TEXTS_MAX: usize = 1000;
const TABLE: &str = "vergleich.txt";
const MINUTES: &str = "niederschrift.pdf";

/// Which meeting, and what is known of it.
#[derive(Args)]
pub struct Past {
    /// Die Sitzung mit Tagesordnung, als OParl-1.1-Datei.
    #[arg(long)]
    meeting: PathBuf,
    /// Ihre Niederschrift als Texte (UTF-8, eine Datei je Punkt): Dateien oder ein Ordner mit *.txt.
    #[arg(long, required = true, num_args = 1..)]
    minutes: Vec<PathBuf>,
    /// Name der Gemeinde, für unsere Niederschrift.
    #[arg(long, default_value = "Gemeinde nicht angegeben")]
    municipality: String,
    /// Land, dessen Recht am Tag der Sitzung gilt.
    #[arg(long, default_value = "bw")]
    land: String,
    /// Mitglieder des Gremiums mit Bürgermeister/in; ohne Angabe die größte Zahl, die zugleich abstimmte.
    #[arg(long)]
    seats: Option<usize>,
    /// Ordner für Vergleich, Niederschrift (PDF) und Beweisbündel.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Prints the table; success if every difference has a name and every text could be read.
///
/// # Errors
/// If the files do not belong together, the meeting cannot be opened, or the folder cannot be written.
pub fn replay(past: &Past) -> Result<ExitCode, Trouble> {
    let (mut texts, mut sound) = (Vec::new(), true);
    let files = text_files(&past.minutes)?;
    let progress = Progress::of(files.len(), "Texte gelesen");
    for file in files {
        match text(&file) {
            Ok(text) => texts.push(text),
            Err(why) => {
                sound = false;
                progress.say(&format!("unlesbar: {}: {why}", file.display()));
            }
        }
        progress.step();
    }
    drop(progress);
    let meeting = meeting(&past.meeting, &texts)?;
    for mended in &meeting.mended {
        println!("ausgebessert: {mended}");
    }
    let municipality: Name = past.municipality.parse().map_err(|why| format!("Name der Gemeinde: {why}"))?;
    let entropy = OsEntropy::open()?;
    let progress = Progress::while_doing("Die Sitzung wird nachgestellt");
    let replayed = replay::replay(
        &replay::Past {
            meeting: &meeting,
            texts: &texts,
            municipality,
            land: &past.land,
            seats: past.seats,
            local: &town_hall_clock,
        },
        &entropy,
    )?;
    drop(progress);
    println!("{}", replayed.comparison);
    if let Some(out) = &past.out {
        let progress = Progress::while_doing("Niederschrift und Beweisbündel entstehen");
        lay_down(out, &replayed)?;
        drop(progress);
        println!("{}: {TABLE}, {MINUTES}, {}", out.display(), bundle::FILE_NAME);
    }
    Ok(if sound && replayed.comparison.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The table, our minutes, and the evidence, signed with a key that nobody keeps.
fn lay_down(out: &Path, replayed: &Replayed) -> Result<(), Trouble> {
    std::fs::create_dir_all(out).map_err(|why| format!("{}: {why}", out.display()))?;
    let write = |name: &str, content: &[u8]| {
        let place = out.join(name);
        std::fs::write(&place, content).map_err(|why| format!("{}: {why}", place.display()))
    };
    let pdf = PdfPrinter.print(&replayed.minutes)?;
    let key_file = out.join(".nachstellung.pem");
    let key = InstanceKey::open_or_create(&key_file)?;
    std::fs::remove_file(&key_file).map_err(|why| format!("{}: {why}", key_file.display()))?;
    let heads = replayed.heads.iter().map(|head| key.sign(head)).collect::<Result<Vec<_>, _>>()?;
    let files = [BundledFile::of(MINUTES, &pdf)];
    let withhold = BTreeSet::from(bundle::CLOSED);
    let evidence = bundle(&replayed.meeting.id, &key.public_key(), &replayed.entries, &heads, &files, &withhold)?;
    write(TABLE, replayed.comparison.to_string().as_bytes())?;
    write(MINUTES, &pdf)?;
    write(bundle::FILE_NAME, evidence.as_bytes())?;
    Ok(())
}

/// The text files among these paths and in the folders among them, each once, in order.
fn text_files(paths: &[PathBuf]) -> Result<BTreeSet<PathBuf>, Trouble> {
    let mut files = BTreeSet::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|why| format!("{}: {why}", path.display()))?;
            let inside = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
            files.extend(inside.filter(|file| file.extension().is_some_and(|end| end == "txt")));
        } else {
            files.insert(path.clone());
        }
        if files.len() > TEXTS_MAX {
            return Err(format!("Es sind mehr als {TEXTS_MAX} Texte.").into());
        }
    }
    Ok(files)
}

fn text(file: &Path) -> Result<OfficialText, String> {
    let size = std::fs::metadata(file).map_err(|why| why.to_string())?.len();
    if size > official::FILE_BYTES_MAX as u64 {
        return Err(format!("Der Text ist größer als {} Bytes.", official::FILE_BYTES_MAX));
    }
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    official::read(&name, &std::fs::read(file).map_err(|why| why.to_string())?)
}

/// The one meeting of the file, or the one on the day of the texts.
fn meeting(file: &Path, texts: &[OfficialText]) -> Result<ForeignMeeting, Trouble> {
    let place = file.display();
    let size = std::fs::metadata(file).map_err(|why| format!("{place}: {why}"))?.len();
    if size > oparl::FILE_BYTES_MAX as u64 {
        return Err(format!("{place}: Die Datei ist zu groß.").into());
    }
    let bytes = std::fs::read(file).map_err(|why| format!("{place}: {why}"))?;
    let mut meetings = oparl::read(&bytes).map_err(|why| format!("{place}: {why}"))?;
    if meetings.len() > 1 {
        let day = texts.iter().find_map(|text| text.day);
        meetings.retain(|meeting| meeting.start.map(|start| town_hall_clock(start).date) == day);
    }
    match (meetings.pop(), meetings.is_empty()) {
        (Some(meeting), true) => Ok(meeting),
        (Some(_), false) => Err(format!("{place}: Am Tag der Niederschrift stehen darin mehrere Sitzungen.").into()),
        (None, _) => Err(format!("{place}: Am Tag der Niederschrift steht darin keine Sitzung.").into()),
    }
}
