//! `ratssaal import`: what comes from another system, with a report a clerk can read.

use super::progress::Progress;
use super::runtime;
use crate::adapters::oparl;
use crate::app::import::{self, Fate, Imported};
use crate::app::sittings::Planned;
use crate::config::{self, Config};
use crate::wire::{self, Trouble};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `ratssaal import oparl`: plans what the files hold, tells what was mended and what is left out.
///
/// # Errors
/// If a folder cannot be read or the house cannot be opened.
pub fn import(config: &Path, paths: &[PathBuf]) -> Result<ExitCode, Trouble> {
    let config = Config::load(config)?;
    let town = config::read_town(&config.town)?;
    let files = json_files(paths)?;
    runtime()?.block_on(async {
        let house = wire::office(&config, town).await?;
        let (sittings, town) = (&house.state.sittings, house.state.people.accounts.town());
        let (mut tally, mut sound) = (Tally::default(), true);
        let progress = Progress::of(files.len(), "Dateien");
        for (number, file) in (1..).zip(&files) {
            let place = format!("{number}/{} {}", files.len(), file.display());
            let bytes = match std::fs::metadata(file) {
                Ok(about) if about.len() > oparl::FILE_BYTES_MAX as u64 => Err("Die Datei ist zu groß.".to_owned()),
                Ok(_) => std::fs::read(file).map_err(|why| why.to_string()),
                Err(why) => Err(why.to_string()),
            };
            match bytes.and_then(|bytes| oparl::read(&bytes)) {
                Err(why) => {
                    sound = false;
                    progress.say(&format!("{place}\n  unlesbar: {why}"));
                }
                Ok(meetings) => {
                    for foreign in meetings {
                        let day_of = |at| wire::town_hall_clock(at).date;
                        let imported = import::import(sittings, &town, day_of, &foreign).await;
                        progress.say(&format!("{place}\n{}", told(&imported, foreign.papers)));
                        sound &= !matches!(imported.fate, Fate::Failed(_));
                        tally.count(&imported);
                    }
                }
            }
            progress.step();
        }
        drop(progress);
        println!("{tally}");
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// The JSON files among these paths and in the folders among them, each once, in order.
fn json_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let mut files = BTreeSet::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|why| format!("{}: {why}", path.display()))?;
            let inside = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
            files.extend(inside.filter(|file| file.extension().is_some_and(|end| end == "json")));
        } else {
            files.insert(path.clone());
        }
    }
    Ok(files.into_iter().collect())
}

fn told(imported: &Imported, papers: usize) -> String {
    let Imported { name, fate, mended } = imported;
    let fate = match fate {
        Fate::Planned { meeting, items, how } => {
            let how = match how {
                Planned::Now => "geplant",
                Planned::Before => "war schon geplant",
                Planned::Otherwise => "ist schon anders geplant und bleibt, wie sie ist",
            };
            format!("{how}: {meeting}, {items} Punkte; {papers} Unterlagen sind gezählt und nicht übernommen")
        }
        Fate::LeftOut(why) => format!("nicht übernommen: {why}"),
        Fate::Failed(why) => format!("abgelehnt: {why}"),
    };
    let mended = mended.iter().map(|what| format!("    ausgebessert: {what}"));
    let lines: Vec<String> = [format!("  {name}"), format!("    {fate}")].into_iter().chain(mended).collect();
    lines.join("\n")
}

/// What an import came to.
#[derive(Default)]
struct Tally {
    planned: usize,
    before: usize,
    otherwise: usize,
    left_out: usize,
    failed: usize,
    items: usize,
    mended: usize,
}

impl Tally {
    fn count(&mut self, imported: &Imported) {
        self.mended += imported.mended.len();
        match &imported.fate {
            Fate::Planned { how, items, .. } => {
                self.items += items;
                *match how {
                    Planned::Now => &mut self.planned,
                    Planned::Before => &mut self.before,
                    Planned::Otherwise => &mut self.otherwise,
                } += 1;
            }
            Fate::LeftOut(_) => self.left_out += 1,
            Fate::Failed(_) => self.failed += 1,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { planned, before, otherwise, left_out, failed, items, mended } = self;
        write!(
            f,
            "\n{planned} geplant, {before} waren es schon, {otherwise} sind anders geplant, {left_out} nicht übernommen, \
             {failed} abgelehnt; {items} Punkte, {mended} Ausbesserungen."
        )
    }
}
