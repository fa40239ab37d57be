//! The forms that keep order: from the call to order to the exclusion from coming sittings.

use super::{Command, Fields, Unreadable, needed, optional, seat, text};
use crate::domain::meeting::event::Misconduct;

/// The verbs this file reads.
pub const VERBS: [&str; 2] = ["ordnung", "ausschliessen"];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    let seat = seat(fields)?;
    if verb == "ausschliessen" {
        return Ok(Command::ExcludeMember {
            seat,
            sessions: needed(fields, "sitzungen")?,
            ballot: optional(fields, "abstimmung")?,
        });
    }
    let reason = optional(fields, "begruendung")?;
    Ok(match text(fields, "art")? {
        "ordnungsruf" => Command::CallToOrder { seat, reason },
        "wortentzug" => Command::WithdrawFloor { seat },
        "verweis_grob" => Command::Expel { seat, ground: Misconduct::Gross, reason },
        "verweis_wiederholt" => Command::Expel { seat, ground: Misconduct::Repeated, reason },
        _ => return Err(Unreadable("Die Maßnahme ist keine der Möglichkeiten.".into())),
    })
}

/// What is said to whoever did it.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::CallToOrder { .. } => "Der Ordnungsruf ist festgehalten.",
        Command::WithdrawFloor { .. } => "Das Wort ist entzogen.",
        Command::Expel { .. } => "Der Verweis ist festgehalten.",
        _ => "Der Ausschluss ist festgehalten.",
    }
}
