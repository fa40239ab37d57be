//! Events as they lie in the ledger: a frozen name, a version, and the payload split by deletion class.

use super::event::{self, Event};
use crate::domain::ledger::Class;
use crate::domain::ledger::payload::{join, split, wire_names};
use serde_json::Value;
use std::collections::BTreeMap;

/// Version of every payload so far.
pub const VERSION: u16 = 1;

/// How the identifier of a circulation begins; no meeting has one like it.
pub const PREFIX: &str = "umlauf-";

/// The fields that do not belong to the permanent findings.
const PERSONAL: [(&str, &str); 2] = [("circulation.delivered", "reason"), ("circulation.answered", "reason")];

fn class_of(name: &str, field: &str) -> Class {
    if PERSONAL.contains(&(name, field)) { Class::PersonalText } else { Class::Finding }
}

wire_names! {
    Opened(Box<event::Opened>) = "circulation.opened",
    Delivered(event::Delivered) = "circulation.delivered",
    Answered(event::Answered) = "circulation.answered",
    Recused(event::Recused) = "circulation.recused",
    RecusalLifted(event::RecusalLifted) = "circulation.recusal_lifted",
    Found(event::Found) = "circulation.found",
    Announced(event::Announced) = "circulation.announced",
    Withheld(event::Withheld) = "circulation.withheld",
    Ended(event::Ended) = "circulation.ended",
}

/// The payload of an event, split by class; the findings are always there.
///
/// # Errors
/// If the payload cannot be written as JSON, which no event of this module brings about.
pub fn parts(event: &Event) -> Result<BTreeMap<Class, Value>, String> {
    let name = event.wire_name();
    split(payload(event)?, Class::Finding, |field| class_of(name, field))
}

/// The event of an entry, from whatever parts still exist.
///
/// # Errors
/// If the name is unknown or the payload is not of that event.
pub fn from_parts<'a>(
    name: &str,
    version: u16,
    parts: impl IntoIterator<Item = (Class, &'a str)>,
) -> Result<Event, String> {
    if version != VERSION {
        return Err(format!("unbekannte Fassung {version}"));
    }
    from_payload(name, join(parts, |field| class_of(name, field))?)
}
