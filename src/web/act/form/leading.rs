//! The forms about the chair: handed over, taken over, and who is the oldest member.

use super::{Command, Fields, Unreadable, optional, seat};

/// The verbs this file reads.
pub const VERBS: [&str; 5] =
    ["vorsitz_abgeben", "vorsitz_uebernehmen", "aeltestes_benennen", "verhindert_vermerken", "verhindert_beenden"];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "vorsitz_abgeben" => Command::HandOverChair { item: optional(fields, "punkt")? },
        "vorsitz_uebernehmen" => Command::TakeChair,
        "verhindert_vermerken" => Command::NoteHindrance { seat: seat(fields)?, hindered: true },
        "verhindert_beenden" => Command::NoteHindrance { seat: seat(fields)?, hindered: false },
        _ => Command::NameEldest { seat: seat(fields)? },
    })
}

/// What is said to whoever did it.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::HandOverChair { .. } => "Der Vorsitz ist abgegeben. Er wartet auf die Stellvertretung.",
        Command::NameEldest { .. } => "Vermerkt. Das Mitglied kann den Vorsitz jetzt übernehmen.",
        Command::NoteHindrance { hindered: true, .. } => "Die Verhinderung ist vermerkt.",
        Command::NoteHindrance { hindered: false, .. } => "Die Verhinderung ist beendet.",
        _ => "Sie leiten die Sitzung.",
    }
}
