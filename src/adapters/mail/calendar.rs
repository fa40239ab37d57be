//! The calendar part of a summons (RFC 5545, RFC 5546): one event a meeting, times in UTC.

use crate::app::ports::mail::{SummonsKind, SummonsMail};
use crate::domain::time::Instant;
use icalendar::{Calendar, Component as _, Event, Property};

/// How long a calendar keeps the evening free: nobody knows when a sitting ends, and without a length it would show none.
const LENGTH: &str = "PT3H";

/// The method of RFC 5546 for a letter; it stands in the calendar and in the part's header.
pub const fn method(kind: SummonsKind) -> &'static str {
    match kind {
        SummonsKind::Invitation | SummonsKind::Update => "REQUEST",
        SummonsKind::Cancellation => "CANCEL",
    }
}

/// The calendar of a letter. `organizer` is the address the letter comes from.
pub fn calendar(mail: &SummonsMail, organizer: &str) -> String {
    let cancelled = mail.kind == SummonsKind::Cancellation;
    let mut event = Event::new();
    event
        .add_property("UID", mail.uid.as_str())
        .add_property("SEQUENCE", mail.sequence.to_string())
        .add_property("DTSTAMP", utc(mail.now))
        .add_property("DTSTART", utc(mail.starts_at))
        .add_property("DURATION", LENGTH)
        .add_property("SUMMARY", format!("{}: {}", mail.body_name, mail.title))
        .add_property("LOCATION", mail.place.as_str())
        .add_property("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" })
        .add_property("TRANSP", if cancelled { "TRANSPARENT" } else { "OPAQUE" });
    if !cancelled {
        event.add_property("DESCRIPTION", description(mail)).add_property("URL", mail.link.as_str());
    }
    let organized = Property::new("ORGANIZER", format!("mailto:{organizer}"))
        .add_parameter("CN", &parameter(&mail.municipality))
        .done();
    let attendee = Property::new("ATTENDEE", format!("mailto:{}", mail.to_address))
        .add_parameter("CN", &parameter(&mail.to_name))
        .add_parameter("CUTYPE", "INDIVIDUAL")
        .add_parameter("ROLE", "REQ-PARTICIPANT")
        .add_parameter("PARTSTAT", "NEEDS-ACTION")
        // The reply is given on the meeting's page: nobody reads what a calendar answers by mail.
        .add_parameter("RSVP", "FALSE")
        .done();
    event.append_property(organized).append_multi_property(attendee);
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Ratssaal//Ladung//DE"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", method(mail.kind)))
        .push(event.done());
    calendar.to_string()
}

fn description(mail: &SummonsMail) -> String {
    let items = mail.agenda.iter().map(|item| format!("{} {}", item.number, item.title));
    let lines: Vec<String> =
        [format!("Sitzungsform: {} ({})", mail.format, mail.format_norm)].into_iter().chain(items).collect();
    format!("{}\n\n{}", lines.join("\n"), mail.link)
}

/// `20261126T180000Z` (RFC 5545, 3.3.5, form 2).
fn utc(at: Instant) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A parameter's value can hold neither quotes nor line breaks (RFC 5545, 3.2).
fn parameter(text: &str) -> String {
    text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect()
}
