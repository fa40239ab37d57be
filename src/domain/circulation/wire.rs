//! Events as they lie in the ledger: a frozen name, a version, and the payload split by deletion class.

use super::event::{self, Event};
use crate::domain::ledger::Class;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Version of every payload so far.
pub const VERSION: u16 = 1;

/// How the identifier of a circulation begins; no meeting has one like it.
pub const PREFIX: &str = "umlauf-";

/// The fields that do not belong to the permanent findings.
const PERSONAL: [(&str, &str); 2] = [("circulation.delivered", "reason"), ("circulation.answered", "reason")];

macro_rules! names {
    ($($variant:ident($payload:ty) = $name:literal,)+) => {
        impl Event {
            /// The frozen name.
            #[must_use]
            pub const fn wire_name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)+ }
            }

            /// Every name ever released.
            pub const WIRE_NAMES: &'static [&'static str] = &[$($name),+];
        }

        fn payload(event: &Event) -> Result<Value, serde_json::Error> {
            match event { $(Event::$variant(payload) => to_value(payload),)+ }
        }

        fn from_payload(name: &str, payload: Value) -> Result<Event, String> {
            match name {
                $($name => from_value::<$payload>(payload).map(Event::$variant),)+
                _ => Err(format!("„{name}“ gehört in kein Umlaufverfahren")),
            }
        }
    };
}

names! {
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

fn to_value<T: Serialize>(payload: &T) -> Result<Value, serde_json::Error> {
    serde_json::to_value(payload)
}

fn from_value<T: DeserializeOwned>(payload: Value) -> Result<T, String> {
    serde_json::from_value(payload).map_err(|error| error.to_string())
}

/// The payload of an event, split by class; the findings are always there.
///
/// # Errors
/// If the payload cannot be written as JSON, which no event of this module brings about.
pub fn parts(event: &Event) -> Result<BTreeMap<Class, Value>, String> {
    let name = event.wire_name();
    let Value::Object(fields) = payload(event).map_err(|error| error.to_string())? else {
        return Err("kein Objekt".to_owned());
    };
    let mut parts = BTreeMap::from([(Class::Finding, Map::new())]);
    for (field, value) in fields {
        let class = if PERSONAL.contains(&(name, &field)) { Class::PersonalText } else { Class::Finding };
        parts.entry(class).or_default().insert(field, value);
    }
    Ok(parts.into_iter().map(|(class, fields)| (class, Value::Object(fields))).collect())
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
        return Err(format!("Fassung {version}"));
    }
    let mut payload = Map::new();
    for (_, text) in parts {
        let Value::Object(fields) = serde_json::from_str(text).map_err(|error| error.to_string())? else {
            return Err("kein Objekt".to_owned());
        };
        payload.extend(fields);
    }
    from_payload(name, Value::Object(payload))
}
