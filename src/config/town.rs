//! The town file.

use super::{ConfigError, german};
use crate::app::town::{Town, TownDraft};
use std::path::Path;

/// Largest town file, in bytes. A thousand people need a tenth of it.
const TOWN_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Reads a town from its file.
///
/// # Errors
/// The first thing that is wrong, with line or name.
pub fn read_town(file: &Path) -> Result<Town, ConfigError> {
    let place = file.display().to_string();
    let wrong = |why: String| ConfigError { place: place.clone(), why };
    let size = std::fs::metadata(file).map_err(|why| wrong(format!("nicht lesbar: {why}")))?.len();
    if size > TOWN_BYTES_MAX {
        return Err(wrong(format!("größer als {TOWN_BYTES_MAX} Bytes")));
    }
    let text = std::fs::read_to_string(file).map_err(|why| wrong(format!("nicht lesbar: {why}")))?;
    parse_town(&place, &text)
}

/// Parses a town from its text; `place` is named in errors.
///
/// # Errors
/// As [`read_town`].
pub fn parse_town(place: &str, text: &str) -> Result<Town, ConfigError> {
    let draft: TownDraft = toml::from_str(text).map_err(|error| german::of_toml(place, text, &error))?;
    let town = Town::try_from(draft).map_err(|why| ConfigError { place: place.to_owned(), why: why.to_string() })?;
    town.chairs_are_lawful().map_err(|why| ConfigError { place: place.to_owned(), why: why.to_string() })?;
    town.local_law_is_lawful().map_err(|beyond| {
        let line = line_of_local(text, beyond.place);
        let place = line.map_or_else(|| place.to_owned(), |line| format!("{place}, Zeile {line}"));
        ConfigError { place, why: beyond.to_string() }
    })?;
    Ok(town)
}

/// The line in which the so-manieth `[[local]]` begins, from 1.
fn line_of_local(text: &str, place: usize) -> Option<usize> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let (_, locals) = table.get_ref().iter().find(|(key, _)| key.get_ref().as_ref() == "local")?;
    let start = locals.get_ref().as_array()?.get(place)?.span().start;
    Some(text.get(..start)?.matches('\n').count() + 1)
}
