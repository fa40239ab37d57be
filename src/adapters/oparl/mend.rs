//! What vendors get wrong, put right. Everything is told in the report, but blank texts and nulls, which say nothing.

use serde_json::{Map, Value, json};

const MEETING: &str = "https://schema.oparl.org/1.1/Meeting";
const ITEM: &str = "https://schema.oparl.org/1.1/AgendaItem";
const LOCATION: &str = "https://schema.oparl.org/1.1/Location";
/// Stands where an object does not say when it was made; nothing here depends on it.
const LONG_AGO: &str = "1970-01-01T00:00:00+00:00";
/// Where local times without an offset are meant.
const ZONE: &str = "Europe/Berlin";
/// The only form of time the types read.
const TIME: &str = "%Y-%m-%dT%H:%M:%S%:z";

/// Bytes as JSON, without byte order mark, raw control characters and broken letters.
pub fn parse(file: &[u8]) -> Result<(Value, Vec<String>), String> {
    let mut mended = Vec::new();
    let text = String::from_utf8_lossy(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file));
    if text.contains(char::REPLACEMENT_CHARACTER) {
        mended.push("Zeichen, die kein UTF-8 sind, sind durch „\u{fffd}“ ersetzt.".to_owned());
    }
    if let Ok(value) = serde_json::from_str(&text) {
        return Ok((value, mended));
    }
    // Between two values they mean the same as a space; inside a text they are not allowed.
    let spaced: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let value = serde_json::from_str(&spaced).map_err(|why| format!("Das ist kein JSON: {why}"))?;
    mended.push("Steuerzeichen in Texten sind durch Leerzeichen ersetzt.".to_owned());
    Ok((value, mended))
}

/// The meetings of a file: one, a list, or a page of a list (`data`).
pub fn meetings(mut value: Value) -> Vec<Value> {
    let list = match value.get_mut("data") {
        Some(page) if page.is_array() => page.take(),
        Some(_) | None => value,
    };
    let list = if let Value::Array(list) = list { list } else { vec![list] };
    list.into_iter().filter(is_meeting).collect()
}

/// By its type, or, where that is missing, by what only meetings have.
fn is_meeting(value: &Value) -> bool {
    match value.get("type").and_then(Value::as_str) {
        Some(name) if !name.trim().is_empty() => name.ends_with("/Meeting"),
        Some(_) | None => value.get("agendaItem").is_some() || value.get("start").is_some(),
    }
}

/// Mends a meeting with its agenda.
pub fn meeting(value: &mut Value, mended: &mut Vec<String>) {
    let Some(meeting) = value.as_object_mut() else { return };
    object(meeting, MEETING, mended);
    times(meeting, &["start", "end"], mended);
    lists(meeting, &["agendaItem", "organization", "participant", "auxiliaryFile", "keyword"], mended);
    if let Some(Value::Array(organizations)) = meeting.get_mut("organization") {
        for organization in organizations {
            // An embedded object where its address belongs.
            if let Some(id) = organization.get("id").cloned() {
                *organization = id;
                tell(mended, "Gremien stehen als Objekt, wo ihre Kennung hingehört.");
            }
        }
    }
    match meeting.get_mut("location") {
        Some(Value::Array(places)) => {
            let first = places.iter().find(|place| place.is_object()).cloned();
            mended.push("Von mehreren Orten gilt der erste.".to_owned());
            match first {
                Some(first) => drop(meeting.insert("location".to_owned(), first)),
                None => drop(meeting.remove("location")),
            }
        }
        Some(Value::String(_)) => {
            mended.push("Der Ort ist nur verlinkt und deshalb nicht übernommen.".to_owned());
            meeting.remove("location");
        }
        Some(_) | None => {}
    }
    let id = meeting.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(Value::Object(place)) = meeting.get_mut("location") {
        object(place, LOCATION, mended);
        named(place, || format!("{id}#location"), mended);
    }
    if let Some(Value::Array(items)) = meeting.get_mut("agendaItem") {
        let before = items.len();
        items.retain(Value::is_object);
        if items.len() < before {
            mended.push(format!("{} Punkte der Tagesordnung sind nur verlinkt und fehlen.", before - items.len()));
        }
        for (position, item) in items.iter_mut().enumerate() {
            if let Some(item) = item.as_object_mut() {
                self::item(item, position, mended);
                named(item, || format!("{id}#item-{position}"), mended);
            }
        }
    }
}

fn item(item: &mut Map<String, Value>, position: usize, mended: &mut Vec<String>) {
    object(item, ITEM, mended);
    times(item, &["start", "end"], mended);
    lists(item, &["auxiliaryFile", "keyword"], mended);
    if let Some(Value::Number(number)) = item.get("number") {
        let number = number.to_string();
        item.insert("number".to_owned(), Value::String(number));
        tell(mended, "Nummern von Punkten stehen als Zahl statt als Text.");
    }
    let order = item.get("order").and_then(Value::as_u64).and_then(|order| u32::try_from(order).ok());
    if order.is_none() {
        item.insert("order".to_owned(), json!(position));
        tell(mended, "Punkte ohne Platz in der Reihenfolge stehen, wo die Datei sie nennt.");
    }
    if let Some(Value::String(public)) = item.get("public") {
        let public = matches!(public.as_str(), "true" | "1" | "ja");
        item.insert("public".to_owned(), Value::Bool(public));
        tell(mended, "Ob ein Punkt öffentlich ist, steht als Text; nur „true“, „1“ und „ja“ gelten als öffentlich.");
    }
}

/// What every object needs, and nothing that is only blank.
fn object(object: &mut Map<String, Value>, kind: &str, mended: &mut Vec<String>) {
    object.retain(|_, value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
    });
    if !object.get("type").is_some_and(|name| *name == kind) {
        if !object.contains_key("type") {
            tell(mended, "Objekte ohne Typ sind nach ihrer Stelle erkannt.");
        }
        object.insert("type".to_owned(), Value::String(kind.to_owned()));
    }
    times(object, &["created", "modified"], mended);
    for name in ["created", "modified"] {
        object.entry(name).or_insert_with(|| Value::String(LONG_AGO.to_owned()));
    }
}

/// An object without identifier gets one from where it stands.
fn named(object: &mut Map<String, Value>, id: impl FnOnce() -> String, mended: &mut Vec<String>) {
    if !object.contains_key("id") {
        object.insert("id".to_owned(), Value::String(id()));
        tell(mended, "Objekte ohne Kennung haben eine nach ihrer Stelle.");
    }
}

/// A single object where a list belongs.
fn lists(object: &mut Map<String, Value>, names: &[&str], mended: &mut Vec<String>) {
    for name in names {
        if let Some(value) = object.get_mut(*name)
            && !value.is_array()
        {
            *value = Value::Array(vec![value.take()]);
            tell(mended, "Einzelne Objekte stehen, wo eine Liste hingehört.");
        }
    }
}

/// Times in the one form the types read; what is none is left out.
fn times(object: &mut Map<String, Value>, names: &[&str], mended: &mut Vec<String>) {
    for name in names {
        let Some(value) = object.get(*name) else { continue };
        let text = value.as_str().unwrap_or_default();
        if jiff::Zoned::strptime(TIME, text).is_ok() {
            continue;
        }
        if let Some(time) = moment(text) {
            object.insert((*name).to_owned(), Value::String(time));
            tell(mended, "Zeiten in anderer Schreibweise sind umgerechnet.");
        } else {
            mended.push(format!("Die Zeitangabe „{name}“ ist unlesbar und weggelassen."));
            object.remove(*name);
        }
    }
}

fn moment(text: &str) -> Option<String> {
    let zone = jiff::tz::TimeZone::get(ZONE).ok()?;
    let zoned = match text.parse::<jiff::Timestamp>() {
        Ok(timestamp) => timestamp.to_zoned(zone),
        Err(_) => text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(zone).ok()?,
    };
    Some(zoned.strftime(TIME).to_string())
}

/// Leaves only what a planned meeting is made of.
pub fn only_what_is_needed(value: &mut Value) {
    const MEETING: [&str; 11] = [
        "id",
        "type",
        "name",
        "cancelled",
        "deleted",
        "start",
        "location",
        "organization",
        "agendaItem",
        "created",
        "modified",
    ];
    const ITEM: [&str; 9] = ["id", "type", "order", "number", "name", "public", "deleted", "created", "modified"];
    const PLACE: [&str; 7] = ["id", "type", "description", "room", "streetAddress", "created", "modified"];
    let Some(meeting) = value.as_object_mut() else { return };
    meeting.retain(|name, _| MEETING.contains(&name.as_str()));
    if let Some(Value::Object(place)) = meeting.get_mut("location") {
        place.retain(|name, _| PLACE.contains(&name.as_str()));
    }
    for item in meeting.get_mut("agendaItem").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(item) = item.as_object_mut() {
            item.retain(|name, _| ITEM.contains(&name.as_str()));
        }
    }
}

/// Says a thing once, however often it was done.
fn tell(mended: &mut Vec<String>, what: &str) {
    if !mended.iter().any(|told| told == what) {
        mended.push(what.to_owned());
    }
}
