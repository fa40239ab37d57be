//! The head of a text and the items it deals with.

use super::{ITEMS_MAX, lines};
use crate::app::ports::official::{OfficialItem, OfficialText, WallTime};
use crate::domain::time::Date;

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];
/// Lines below an item that say who moved or asked; the word may have another before it („Interfraktioneller Antrag“).
const MOVERS: [&str; 6] = ["antrag:", "anträge:", "anfrage:", "anfragen:", "antragsteller:", "antragstellerin:"];
const NUMBER_CHARS_MAX: usize = 20;
const NAMES_MAX: usize = 200;

/// „Niederschrift 6. Plenarsitzung …“, day and hour, public or not, place, chair, attendance.
pub fn head(head: &[String], text: &mut OfficialText) -> Result<(), String> {
    let mut found = false;
    for line in head.iter().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').map_or(("", ""), |(name, value)| (name.trim(), value.trim()));
        match name.to_lowercase().as_str() {
            "vorsitzender" | "vorsitzende" | "vorsitz" if !value.is_empty() => text.chair = Some(value.to_owned()),
            "anwesend" | "anwesende" | "anwesende mitglieder" => match number_in(value) {
                Some(number) => text.present = Some(number),
                None => text.unread.push(format!("Anwesenheit ohne Zahl: „{}“.", clip(line))),
            },
            "abwesend" | "entschuldigt" | "es fehlen" | "es fehlt" => {
                text.absent
                    .extend(value.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).map(Into::into));
                text.absent.truncate(NAMES_MAX);
            }
            _ if !found => {
                let rest = line.strip_prefix("Niederschrift").ok_or_else(|| {
                    format!("Das ist keine Niederschrift: Vor dem ersten Punkt steht „{}“.", clip(line))
                })?;
                rest.trim_start_matches([':', ' ']).clone_into(&mut text.session);
                found = true;
            }
            _ => plain(line, text),
        }
    }
    if found {
        Ok(())
    } else {
        Err("Das ist keine Niederschrift: Die Überschrift „Niederschrift“ fehlt.".to_owned())
    }
}

fn plain(line: &str, text: &mut OfficialText) {
    if let Some((day, begins)) = day_and_hour(line) {
        (text.day, text.begins) = (Some(day), begins);
        return;
    }
    match line.to_lowercase().replace(' ', "").as_str() {
        "öffentlich" => text.public = Some(true),
        "nichtöffentlich" => text.public = Some(false),
        _ if text.place.is_none() => text.place = Some(line.to_owned()),
        _ => text.unread.push(format!("Im Kopf steht „{}“.", clip(line))),
    }
}

/// „21. Januar 2025, 15:30 Uhr“, „21.01.2025“
fn day_and_hour(line: &str) -> Option<(Date, Option<WallTime>)> {
    let (day, hour) = line.split_once(',').map_or((line, ""), |(day, hour)| (day, hour));
    let words: Vec<&str> = day.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    let [day, month, year] = words.as_slice() else { return None };
    let by_name = MONTHS.iter().position(|name| *name == month.to_lowercase()).and_then(|at| u8::try_from(at).ok());
    let month = by_name.map_or_else(|| month.parse().ok(), |at| Some(at.saturating_add(1)))?;
    Some((Date::new(year.parse().ok()?, month, day.parse().ok()?)?, time(hour.trim())))
}

/// „15:30 Uhr“, „15.30 Uhr“
pub fn time(text: &str) -> Option<WallTime> {
    let clock = text.split(' ').next()?;
    let (hour, minute) = clock.split_once([':', '.'])?;
    let minute = minute.trim_end_matches(|c: char| !c.is_ascii_digit());
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(WallTime { hour, minute })
}

/// The number and the rest of a line that begins an item.
pub fn numbered(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("Punkt ").or_else(|| line.strip_prefix("Tagesordnungspunkt "))?;
    let (number, rest) = rest.split_once([' ', ':'])?;
    let rest = rest.strip_prefix("der Tagesordnung").unwrap_or(rest).trim_start_matches([':', ' ']);
    let number = number.trim_end_matches('.');
    is_number(number).then_some((number, rest))
}

pub fn is_number(number: &str) -> bool {
    number.len() <= NUMBER_CHARS_MAX
        && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()))
}

/// The items: title, who moved, paper.
pub fn items(block: &[String], text: &mut OfficialText) -> Result<(), String> {
    let mut found: Vec<(OfficialItem, Vec<String>, Vec<String>)> = Vec::new();
    let mut in_title = false;
    for line in block {
        if let Some((number, title)) = numbered(line) {
            if found.len() >= ITEMS_MAX {
                return Err(format!("Ein Text behandelt höchstens {ITEMS_MAX} Punkte."));
            }
            let item = OfficialItem { number: number.to_owned(), ..OfficialItem::default() };
            found.push((item, vec![title.to_owned()], Vec::new()));
            in_title = true;
            continue;
        }
        let Some((item, title, by)) = found.last_mut() else { continue };
        let lower = line.to_lowercase();
        if let Some(paper) = lower.starts_with("vorlage:").then(|| line.split_once(':')).flatten() {
            item.paper = Some(paper.1.trim().to_owned()).filter(|paper| !paper.is_empty());
            in_title = false;
        } else if MOVERS.iter().any(|mover| lower.split_inclusive(':').next().is_some_and(|name| name.ends_with(mover)))
        {
            by.push(line.clone());
            in_title = false;
        } else if line.is_empty() {
            // A list of movers may go on behind an empty line; a title does not.
            in_title = false;
        } else if in_title {
            title.push(line.clone());
        } else if item.paper.is_none() && !by.is_empty() {
            by.push(line.clone());
        } else {
            text.unread.push(format!("Bei Punkt {} steht „{}“.", item.number, clip(line)));
        }
    }
    for (mut item, title, by) in found {
        if text.items.iter().any(|known| known.number == item.number) {
            return Err(format!("Punkt {} steht zweimal im Text.", item.number));
        }
        item.title = lines::flow(&title);
        item.by = Some(lines::flow(&by)).filter(|by| !by.is_empty());
        text.items.push(item);
    }
    Ok(())
}

fn number_in(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|word| !word.is_empty())?.parse().ok()
}

/// A line for a report: short.
pub fn clip(line: &str) -> String {
    let mut clipped: String = line.chars().take(60).collect();
    if line.chars().count() > 60 {
        clipped.push('…');
    }
    clipped
}
