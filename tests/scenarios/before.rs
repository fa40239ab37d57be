//! What is done before a meeting, in the words of the scenarios.

use super::meeting_kit::{item, seat};
use super::words::{ANSWERS, meaning};
use ratssaal::app::planning::late_item;
use ratssaal::app::record::law_to_pin;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::{Preparation, Summons};
use ratssaal::domain::time::{Date, Instant};

/// The command of a line; `today` is the day on which it is said.
pub fn command(what: &str, today: Option<Date>) -> Option<Command> {
    let summons = |emergency: Option<&str>| {
        let emergency = emergency.map(|why| why.parse().unwrap());
        Summons { today, emergency, ..Summons::default() }
    };
    let step = if let Some(reason) = what.strip_prefix("sagt ab: ") {
        Preparation::Cancel { reason: reason.parse().ok()? }
    } else if let Some(rest) = what.strip_prefix("verlegt auf ") {
        let (day, reason) = rest.split_once(": ")?;
        Preparation::Reschedule {
            day: day.parse().ok()?,
            starts_at: Instant(1),
            place: "Ratssaal am Marktplatz".parse().ok()?,
            reason: reason.parse().ok()?,
            law: law_to_pin("bw").ok()?,
            summons: summons(None),
        }
    } else if let Some(rest) = what.strip_prefix("trägt nach TOP ") {
        let (number, rest) = rest.split_once(": ")?;
        let (title, emergency) = rest.split_once(", Notfall ").map_or((rest, None), |(title, why)| (title, Some(why)));
        let item = late_item(number, title.parse().ok()?, true, None).ok()?;
        Preparation::AddItem { item, summons: summons(emergency) }
    } else if let Some(number) = what.strip_prefix("nimmt von der Tagesordnung TOP ") {
        Preparation::DropItem { item: item(number) }
    } else if let Some(answer) = what.strip_prefix("kommt ") {
        let (answer, consent) = answer.strip_suffix(" und stimmt zu").map_or((answer, false), |answer| (answer, true));
        Preparation::Reply { answer: meaning(&ANSWERS, answer)?, consent, reason: None }
    } else if what == "notiert Rücklauf bei Apfelkern" {
        Preparation::NoteBounce { seat: seat(1) }
    } else {
        return None;
    };
    Some(Command::Prepare(step))
}
