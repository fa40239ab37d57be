//! The meeting's room as Matrix sees it. Until a homeserver is connected, the events lie in our own database, in the
//! same shape.

use crate::app::ports::announcer::Announcer;
use crate::domain::id::MeetingId;
use crate::domain::majority::Outcome;
use crate::domain::meeting::effect::Announcement;
use ruma::events::room::message::RoomMessageEventContent;
use ruma::events::{AnyMessageLikeEventContent, MessageLikeEventContent};

/// Writes announcements as `m.room.message` notices: plain text that stands alone, and the same as HTML.
#[derive(Debug, Clone, Copy, Default)]
pub struct RoomEvents;

impl Announcer for RoomEvents {
    fn write(&self, meeting: &MeetingId, announcement: &Announcement) -> String {
        let (plain, html) = words(announcement);
        let content = AnyMessageLikeEventContent::RoomMessage(RoomMessageEventContent::notice_html(plain, html));
        let kind = content.event_type();
        // The content of a notice is text and nothing that serialisation could refuse.
        let content = serde_json::to_value(&content).unwrap_or_default();
        serde_json::json!({"type": kind.to_string(), "meeting": meeting, "content": content}).to_string()
    }
}

fn words(announcement: &Announcement) -> (String, String) {
    match announcement {
        Announcement::Opened { title } => both(&[("Die Sitzung ist eröffnet: ", false), (title, true)]),
        Announcement::ItemCalled { number, title } => {
            both(&[("TOP ", false), (number, true), (" ist aufgerufen: ", false), (title, true)])
        }
        Announcement::BallotOpened { number, wording } => {
            both(&[("Abstimmung zu TOP ", false), (number, true), (": ", false), (wording, true)])
        }
        Announcement::Result { number, wording, outcome, yes, no, abstain } => {
            let outcome = match outcome {
                Outcome::Adopted => "angenommen",
                Outcome::Rejected => "abgelehnt",
                Outcome::NoDecision => "kein Beschluss",
            };
            let tally = format!(" ({yes} Ja, {no} Nein, {abstain} Enthaltungen): ");
            both(&[("TOP ", false), (number, true), (" – ", false), (outcome, true), (&tally, false), (wording, false)])
        }
        Announcement::Interrupted { by_fault: true } => {
            both(&[("Die Sitzung ist unterbrochen", true), (": technische Störung im Bereich der Gemeinde.", false)])
        }
        Announcement::Interrupted { by_fault: false } => both(&[("Die Sitzung ist unterbrochen.", true)]),
        Announcement::Resumed => both(&[("Die Sitzung wird fortgesetzt.", true)]),
        Announcement::Closed { title } => both(&[("Die Sitzung ist geschlossen: ", false), (title, true)]),
    }
}

/// The same words plain and as HTML, the marked ones strong.
fn both(words: &[(&str, bool)]) -> (String, String) {
    let plain = words.iter().map(|(text, _)| *text).collect();
    let html = words
        .iter()
        .map(|(text, strong)| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
            if *strong { format!("<strong>{text}</strong>") } else { text }
        })
        .collect();
    (plain, html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_stands_alone_in_plain_text_and_is_escaped_in_html() {
        let announcement = Announcement::Result {
            number: "3".into(),
            wording: "Ausgaben < 5 & mehr".into(),
            outcome: Outcome::Adopted,
            yes: 9,
            no: 2,
            abstain: 1,
        };
        let event: serde_json::Value =
            serde_json::from_str(&RoomEvents.write(&"m-1".parse().unwrap(), &announcement)).unwrap();
        assert_eq!(event["type"], "m.room.message");
        assert_eq!(event["content"]["msgtype"], "m.notice");
        assert_eq!(event["content"]["body"], "TOP 3 – angenommen (9 Ja, 2 Nein, 1 Enthaltungen): Ausgaben < 5 & mehr");
        assert!(event["content"]["formatted_body"].as_str().unwrap().contains("Ausgaben &lt; 5 &amp; mehr"));
    }
}
