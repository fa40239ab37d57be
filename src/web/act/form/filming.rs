//! The forms about film and sound recordings: the answer of each person, beginning and end.

use super::{Command, Fields, Unreadable, YES_NO, optional, word};
use crate::domain::law::recording::Purpose;
use crate::domain::meeting::command::FilmingStep;
use crate::domain::meeting::event::Speaker;

/// The verbs this file reads.
pub const VERBS: [&str; 4] = ["aufnahme_einwilligen", "aufnahme_antwort", "aufnahme_beginnen", "aufnahme_beenden"];
const PURPOSES: [(&str, Purpose); 3] =
    [("veroeffentlichung", Purpose::Publish), ("niederschrift", Purpose::Minutes), ("andere", Purpose::Others)];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "aufnahme_beginnen" => Command::Film(FilmingStep::Start { purpose: word(fields, "zweck", &PURPOSES)? }),
        "aufnahme_beenden" => Command::Film(FilmingStep::Stop),
        "aufnahme_einwilligen" => {
            Command::Film(FilmingStep::Answer { of: None, consents: word(fields, "antwort", &YES_NO)? })
        }
        _ => Command::Film(FilmingStep::Answer {
            of: Some(person(fields)?),
            consents: word(fields, "antwort", &YES_NO)?,
        }),
    })
}

/// A member of the list, or somebody else by name: one of the two.
fn person(fields: &Fields) -> Result<Speaker, Unreadable> {
    match (optional(fields, "sitz")?, optional(fields, "gast")?) {
        (Some(seat), None) => Ok(Speaker::Member { seat }),
        (None, Some(name)) => Ok(Speaker::Guest { name }),
        (Some(_), Some(_)) => {
            Err(Unreadable("Wählen Sie ein Mitglied oder nennen Sie jemand anderen, nicht beides.".into()))
        }
        (None, None) => Err(Unreadable("Wählen Sie ein Mitglied, oder nennen Sie, wer geantwortet hat.".into())),
    }
}

/// What is said to whoever did it.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::Film(FilmingStep::Start { .. }) => {
            "Der Beginn der Aufnahme ist festgehalten. Sagen Sie es im Saal an."
        }
        Command::Film(FilmingStep::Stop) => "Das Ende der Aufnahme ist festgehalten. Bitte die Kamera ausschalten.",
        _ => "Die Antwort ist festgehalten.",
    }
}
