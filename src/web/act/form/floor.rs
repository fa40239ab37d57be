//! The forms of the floor and of the agenda in the sitting.

use super::{DISPOSALS, Fields, Unreadable, YES_NO, clip, item, needed, optional, word};
use crate::app::planning::{is_item_number, item_id};
use crate::domain::meeting::Command;
use crate::domain::meeting::event::{MotionKind, Speaker, Turn};

const TURNS: [(&str, Turn); 2] = [("sache", Turn::Speech), ("geschaeftsordnung", Turn::Procedure)];
const KINDS: [(&str, MotionKind); 3] =
    [("aenderung", MotionKind::Amendment), ("geschaeftsordnung", MotionKind::Procedural), ("sache", MotionKind::Main)];

/// The command of a verb of the floor.
///
/// # Errors
/// [`Unreadable`].
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "wortmeldung" => Command::RequestFloor { seat: optional(fields, "sitz")?, turn: word(fields, "art", &TURNS)? },
        "wortmeldung_zurueck" => Command::DeclineFloor { seat: optional(fields, "sitz")? },
        "wort_erteilen" => Command::GiveFloor {
            to: match optional(fields, "gast")? {
                Some(name) => Speaker::Guest { name },
                None => Speaker::Member { seat: needed(fields, "sitz")? },
            },
        },
        "rede_beenden" => Command::EndSpeech,
        "redeliste_schliessen" => Command::CloseList { closed: word(fields, "ja", &YES_NO)? },
        "antrag_stellen" => Command::MoveMotion {
            motion: needed(fields, "antrag")?,
            mover: optional(fields, "sitz")?,
            kind: word(fields, "art", &KINDS)?,
            wording: needed(fields, "wortlaut")?,
        },
        "befangen_zweifel" => Command::DoubtRecusal {
            seat: needed(fields, "sitz")?,
            mover: optional(fields, "von")?,
            motion: needed(fields, "antrag")?,
        },
        "antrag_aendern" => {
            Command::RewordMotion { motion: needed(fields, "antrag")?, wording: needed(fields, "wortlaut")? }
        }
        "antrag_zurueckziehen" => Command::WithdrawMotion { motion: needed(fields, "antrag")? },
        "erklaerung" => Command::RecordStatement { seat: optional(fields, "sitz")?, text: needed(fields, "text")? },
        "gast_rufen" => Command::CallGuest { name: needed(fields, "gast")? },
        "gast_entlassen" => Command::DismissGuest { name: needed(fields, "gast")? },
        "punkt_verschieben" => Command::MoveItem { item: item(fields)?, before: optional(fields, "vor")? },
        "punkt_streichen" => Command::DropItem { item: item(fields)?, disposal: word(fields, "ergebnis", &DISPOSALS)? },
        "punkt_ergaenzen" => {
            let number: String = needed(fields, "nummer")?;
            if !is_item_number(&number) {
                return Err(Unreadable(format!("„{}“ ist keine Nummer wie 5 oder 5.1.", clip(&number))));
            }
            Command::AddItem {
                item: item_id(&number).map_err(|why| Unreadable(why.to_string()))?,
                number,
                title: needed(fields, "titel")?,
                motion: optional(fields, "wortlaut")?,
                ground: optional(fields, "begruendung")?,
            }
        }
        "punkt_wieder_aufnehmen" => Command::ReopenItem { item: item(fields)?, reason: needed(fields, "begruendung")? },
        other => return Err(Unreadable(format!("„{}“ kann man hier nicht tun.", clip(other)))),
    })
}
