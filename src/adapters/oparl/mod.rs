//! OParl 1.1: the meetings of a council information system. The types are the crate's; vendors break the specification in
//! a few known ways, which are mended before, and told.

mod mend;
#[cfg(test)]
mod tests;

use crate::app::ports::import::{ForeignItem, ForeignMeeting};
use crate::domain::time::Instant;
use oparl_types::{AgendaItem, Meeting};
use serde_json::Value;

/// Largest file that is read, in bytes. The agenda of 394 items of a real council has 1.1 million.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// All meetings of a file of OParl objects: one, a list of them, or a page of a list.
///
/// # Errors
/// A German sentence if the file is too large or nothing in it can be read.
pub fn read(file: &[u8]) -> Result<Vec<ForeignMeeting>, String> {
    if file.len() > FILE_BYTES_MAX {
        return Err(format!("Die Datei ist größer als {FILE_BYTES_MAX} Bytes."));
    }
    let (value, mended) = mend::parse(file)?;
    let meetings = mend::meetings(value);
    if meetings.is_empty() {
        return Err("Darin steht keine Sitzung.".to_owned());
    }
    meetings.into_iter().map(|value| meeting(value, mended.clone())).collect()
}

fn meeting(mut value: Value, mut mended: Vec<String>) -> Result<ForeignMeeting, String> {
    mend::meeting(&mut value, &mut mended);
    let papers = papers(&value);
    let meeting: Meeting = if let Ok(meeting) = serde_json::from_value(value.clone()) {
        meeting
    } else {
        mend::only_what_is_needed(&mut value);
        let meeting = serde_json::from_value(value).map_err(|why| format!("Das ist keine OParl-Sitzung: {why}"))?;
        mended.push("Anhänge oder Nebenangaben waren unlesbar und sind weggelassen.".to_owned());
        meeting
    };
    let id = meeting.id.to_string();
    let key = id.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let mut items = meeting.agenda_item;
    items.sort_by_key(|item| item.order);
    let location = meeting.location.as_ref();
    let place = location.and_then(|place| place.room.clone().or_else(|| place.description.clone()));
    Ok(ForeignMeeting {
        key,
        organizations: meeting.organization.iter().map(ToString::to_string).collect(),
        name: meeting.name.map(String::from),
        place: place.or_else(|| location.and_then(|place| place.street_address.clone())),
        start: meeting.start.map(|start| Instant(jiff::Zoned::from(start).timestamp().as_millisecond())),
        cancelled: meeting.cancelled == Some(true) || meeting.deleted == Some(true),
        items: items.into_iter().filter(|item| item.deleted != Some(true)).map(item).collect(),
        papers,
        mended,
    })
}

fn item(item: AgendaItem) -> ForeignItem {
    ForeignItem { number: item.number, title: item.name.map(String::from), public: item.public, result: item.result }
}

/// Everything below a meeting that can be opened and read.
fn papers(value: &Value) -> usize {
    let of = |object: &Value| {
        let files = object.get("auxiliaryFile").and_then(Value::as_array).map_or(0, Vec::len);
        let single = ["invitation", "resultsProtocol", "verbatimProtocol", "resolutionFile", "consultation"];
        files + single.iter().filter(|name| object.get(**name).is_some()).count()
    };
    of(value) + value.get("agendaItem").and_then(Value::as_array).into_iter().flatten().map(of).sum::<usize>()
}
