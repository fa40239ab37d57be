//! From an event to the parts of an entry and back: frozen names, and fields split by deletion class.

use super::Class;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Gives the events of a record their frozen names: `wire_name` and `WIRE_NAMES` of the `Event` in scope, and beside them
/// the functions `payload` and `from_payload`.
macro_rules! wire_names {
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

        fn payload(event: &Event) -> Result<serde_json::Value, String> {
            match event {
                $(Event::$variant(payload) => serde_json::to_value(payload).map_err(|error| error.to_string()),)+
            }
        }

        fn from_payload(name: &str, payload: serde_json::Value) -> Result<Event, String> {
            match name {
                $($name => serde_json::from_value::<$payload>(payload)
                    .map(Event::$variant)
                    .map_err(|error| error.to_string()),)+
                _ => Err("unbekannter Name".into()),
            }
        }
    };
}
pub(in crate::domain) use wire_names;

/// A payload split by class. The findings are always there, if only as an empty object; `found` is the class they have in
/// this entry (behind closed doors they are kept apart from those the public may check).
///
/// # Errors
/// If it is no object.
pub fn split(payload: Value, found: Class, class_of: impl Fn(&str) -> Class) -> Result<BTreeMap<Class, Value>, String> {
    let Value::Object(fields) = payload else { return Err("kein Objekt".into()) };
    let mut parts = BTreeMap::from([(found, Map::new())]);
    for (field, value) in fields {
        let own = class_of(&field);
        let class = if own == Class::Finding { found } else { own };
        parts.entry(class).or_default().insert(field, value);
    }
    Ok(parts.into_iter().map(|(class, fields)| (class, Value::Object(fields))).collect())
}

/// A payload from whatever parts still exist.
///
/// # Errors
/// If a part is no object, or a field stands in a class that is not its own.
pub fn join<'a>(
    parts: impl IntoIterator<Item = (Class, &'a str)>,
    class_of: impl Fn(&str) -> Class,
) -> Result<Value, String> {
    let mut fields = Map::new();
    for (class, text) in parts {
        let part: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for (field, value) in part {
            let own = class_of(&field);
            let closed = class == Class::ClosedFinding && own == Class::Finding;
            if !closed && own != class {
                return Err(format!("„{field}“ steht in der falschen Klasse"));
            }
            fields.insert(field, value);
        }
    }
    Ok(Value::Object(fields))
}
