//! The forms at the doors: the public leaves, comes back, and is told.

use super::{Fields, Unreadable, ballot, item, optional, word};
use crate::domain::meeting::Command;
use crate::domain::meeting::event::{Outlet, Withheld};

/// The handlings of this module.
pub const VERBS: [&str; 9] = [
    "oeffentlichkeit_ausschliessen",
    "oeffentlichkeit_herstellen",
    "zugang_bestaetigen",
    "nichtoeffentlich_beginnen",
    "nichtoeffentlich_beenden",
    "allein",
    "bekanntgeben",
    "nicht_bekanntgeben",
    "seite_beantragen",
];
const OUTLETS: [(&str, Outlet); 2] = [("saal", Outlet::Hall), ("raum", Outlet::PublicRoom)];
const WITHHELD: [(&str, Withheld); 2] =
    [("naechste_sitzung", Withheld::NextSitting), ("interessen", Withheld::Interests)];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "oeffentlichkeit_ausschliessen" => Command::ExcludePublic,
        "oeffentlichkeit_herstellen" => Command::ReadmitPublic,
        "zugang_bestaetigen" => Command::ConfirmDoors { outlet: word(fields, "zugang", &OUTLETS)? },
        "nichtoeffentlich_beginnen" => Command::BeginClosedPart,
        "nichtoeffentlich_beenden" => Command::EndClosedPart,
        "allein" => Command::DeclareAlone,
        "seite_beantragen" => Command::MoveSwitch { item: item(fields)?, mover: optional(fields, "sitz")? },
        "bekanntgeben" => Command::AnnounceDecision { ballot: ballot(fields)? },
        _ => Command::WithholdDecision { ballot: ballot(fields)?, until: word(fields, "grund", &WITHHELD)? },
    })
}
