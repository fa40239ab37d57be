//! The lines of a complaint: `rügt: …` by the member, and one that came beside the chamber.

use super::meeting_kit::seat;
use super::people::people;
use super::words::meaning;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::TakenComplaint;
use ratssaal::domain::meeting::event::Channel;

const CHANNELS: [(&str, Channel); 4] = [
    ("am Telefon", Channel::Telephone),
    ("als Nachricht", Channel::Message),
    ("im Saal", Channel::Hall),
    ("durch andere", Channel::Messenger),
];

/// `rügt: Kein Bild.`, `nimmt am Telefon eine Rüge von Apfelkern entgegen, vor 5 Minuten: Kein Bild.`
pub fn command(what: &str, all: usize) -> Option<Command> {
    if let Some(text) = what.strip_prefix("rügt: ") {
        return Some(Command::Complain { text: text.parse().ok()?, heard: None });
    }
    let (way, rest) = what.strip_prefix("nimmt ")?.split_once(" eine Rüge von ")?;
    let (name, rest) = rest.split_once(" entgegen")?;
    let (ago, text) = rest.split_once(": ")?;
    let minutes_ago = match ago.strip_prefix(", vor ") {
        Some(ago) => ago.strip_suffix(" Minuten")?.parse().ok()?,
        None => 0,
    };
    let seat = seat(*people(name, all).ok()?.first()?);
    let heard = TakenComplaint { seat, channel: meaning(&CHANNELS, way)?, minutes_ago };
    Some(Command::Complain { text: text.parse().ok()?, heard: Some(heard) })
}
