//! The forms about the chair: handed over, taken over, and who is the oldest member.

use super::{Command, Fields, Unreadable, optional, seat};

/// The verbs this file reads.
pub const VERBS: [&str; 3] = ["vorsitz_abgeben", "vorsitz_uebernehmen", "aeltestes_benennen"];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "vorsitz_abgeben" => Command::HandOverChair { item: optional(fields, "punkt")? },
        "vorsitz_uebernehmen" => Command::TakeChair,
        _ => Command::NameEldest { seat: seat(fields)? },
    })
}

/// What is said to whoever did it.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::HandOverChair { .. } => "Der Vorsitz ist abgegeben. Er wartet auf die Stellvertretung.",
        Command::NameEldest { .. } => "Vermerkt. Das Mitglied kann den Vorsitz jetzt übernehmen.",
        _ => "Sie leiten die Sitzung.",
    }
}
