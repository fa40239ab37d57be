//! The meeting's room as Matrix sees it. Until a homeserver is connected, the events lie in our own database, in the
//! same shape.

mod own;
#[cfg(test)]
mod tests;
mod words;

use crate::app::ports::announcer::{Announcer, Author, Line};
use crate::domain::id::{MeetingId, PersonId};
use crate::domain::meeting::effect::Announcement;
use crate::domain::time::Instant;
use own::NAMESPACE;
use ruma::events::room::message::{MessageType, RoomMessageEventContent};
use serde::Deserialize;
use serde_json::{Value, json};

/// Writes every announcement twice: as an event of our own, typed, and as its visible twin, an `m.room.message` notice
/// that stands alone as plain text and says the same as HTML. What people say is an `m.text` without HTML.
#[derive(Debug, Clone, Copy, Default)]
pub struct RoomEvents;

/// An event as it is read again.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    /// Missing in events of the first releases.
    origin_server_ts: Option<i64>,
    sender: Option<PersonId>,
    content: Value,
}

impl Announcer for RoomEvents {
    fn write(&self, meeting: &MeetingId, announcement: &Announcement, at: Instant) -> Vec<String> {
        let (name, fields) = own::event(announcement);
        let name = format!("{NAMESPACE}.{name}");
        let (plain, html) = words::words(announcement);
        let mut twin = message(&RoomMessageEventContent::notice_html(plain, html));
        twin[format!("{NAMESPACE}.twin_of")] = json!(name);
        vec![envelope(meeting, &name, at, &fields), envelope(meeting, MESSAGE, at, &twin)]
    }

    fn said(&self, meeting: &MeetingId, line: &Line) -> String {
        let mut content = message(&RoomMessageEventContent::text_plain(&line.text));
        let author = line.author.as_ref();
        content[AUTHOR_NAME] = json!(author.map(|author| &author.name));
        json!({
            "type": MESSAGE, "meeting": meeting, "origin_server_ts": line.at.0,
            "sender": author.map(|author| &author.person), "content": content,
        })
        .to_string()
    }

    fn line(&self, event: &str, told: Instant) -> Option<Line> {
        let event: Envelope = serde_json::from_str(event).ok()?;
        if event.kind != MESSAGE {
            return None;
        }
        let name = event.content.get(AUTHOR_NAME).and_then(Value::as_str).unwrap_or_default().to_owned();
        let content: RoomMessageEventContent = serde_json::from_value(event.content).ok()?;
        let text = match content.msgtype {
            MessageType::Text(text) => text.body,
            MessageType::Notice(notice) => notice.body,
            _ => return None,
        };
        let author = event.sender.map(|person| Author { person, name });
        Some(Line { at: event.origin_server_ts.map_or(told, Instant), author, text })
    }
}

/// The one type every client shows.
const MESSAGE: &str = "m.room.message";
/// Whose words these are, as it was when they were said: the name of an account may change.
const AUTHOR_NAME: &str = "org.example.ratssaal.name";

/// The content of a message is text and nothing that serialisation could refuse.
fn message(content: &RoomMessageEventContent) -> Value {
    serde_json::to_value(content).unwrap_or_default()
}

fn envelope(meeting: &MeetingId, kind: &str, at: Instant, content: &Value) -> String {
    json!({"type": kind, "meeting": meeting, "origin_server_ts": at.0, "content": content}).to_string()
}
