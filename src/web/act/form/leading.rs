//! The forms about the chair: handed over, taken over, who is the oldest member, and whom it lets be connected.

use super::{Command, Fields, Unreadable, optional, seat};

/// The verbs this file reads.
pub const VERBS: [&str; 7] = [
    "vorsitz_abgeben",
    "vorsitz_uebernehmen",
    "aeltestes_benennen",
    "verhindert_vermerken",
    "verhindert_beenden",
    "zuschaltung_zulassen",
    "zuschaltung_zuruecknehmen",
];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "vorsitz_abgeben" => Command::HandOverChair { item: optional(fields, "punkt")? },
        "vorsitz_uebernehmen" => Command::TakeChair,
        "verhindert_vermerken" => Command::NoteHindrance { seat: seat(fields)?, hindered: true },
        "verhindert_beenden" => Command::NoteHindrance { seat: seat(fields)?, hindered: false },
        "zuschaltung_zulassen" => Command::AdmitAdviser { seat: seat(fields)?, admitted: true },
        "zuschaltung_zuruecknehmen" => Command::AdmitAdviser { seat: seat(fields)?, admitted: false },
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
        Command::AdmitAdviser { admitted: true, .. } => {
            "Die Zuschaltung ist zugelassen. Gezählt wird diese Person nicht."
        }
        Command::AdmitAdviser { admitted: false, .. } => "Die Zuschaltung ist nicht mehr zugelassen.",
        _ => "Sie leiten die Sitzung.",
    }
}
