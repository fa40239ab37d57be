//! Times as people in the town read them: German, on the clock of Europe/Berlin.

use crate::domain::time::{Date, Instant};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};
use std::sync::LazyLock;

/// The bundled zone, so that every machine shows the same; UTC could only appear if the bundle lacked Berlin.
static BERLIN: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/Berlin").unwrap_or(TimeZone::UTC));

const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn local(at: Instant) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(BERLIN.clone())
}

/// The day on the wall calendar of the town hall.
pub fn date(at: Instant) -> Date {
    local(at).date().to_string().parse().unwrap_or(Date::EPOCH)
}

/// „Montag, 7. Dezember 2026“.
pub fn long(day: Date) -> String {
    let name = WEEKDAYS.get(usize::from(day.weekday() - 1)).unwrap_or(&"");
    moment(day, "12:00").map_or_else(|| day.german(), |noon| format!("{name}, {}", self::day(noon)))
}

/// „19:02“, as a form field holds it.
pub fn field(at: Instant) -> String {
    local(at).strftime("%H:%M").to_string()
}

/// The moment a clock on the wall of the town hall shows `HH:MM` on that day; an hour that is skipped in March is the one
/// after it, of one that comes twice in October it is the first.
pub fn moment(day: Date, time: &str) -> Option<Instant> {
    let day: jiff::civil::Date = day.to_string().parse().ok()?;
    let time: jiff::civil::Time = time.parse().ok()?;
    let at = BERLIN.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok()?;
    Some(Instant(at.timestamp().as_millisecond()))
}

/// „19:23:05 Uhr“.
pub fn second(at: Instant) -> String {
    format!("{} Uhr", local(at).strftime("%H:%M:%S"))
}

/// „19:02 Uhr“.
pub fn minute(at: Instant) -> String {
    format!("{} Uhr", local(at).strftime("%H:%M"))
}

/// „19:02“, where what stands around it says that it is a time.
pub fn clock(at: Instant) -> String {
    local(at).strftime("%H:%M").to_string()
}

/// „19:23:05“, with the day before it if that is not the day of the sitting.
pub fn stamp(at: Instant, sitting: Date) -> String {
    let at = local(at);
    let format = if at.date().to_string() == sitting.to_string() { "%H:%M:%S" } else { "%d.%m. %H:%M:%S" };
    at.strftime(format).to_string()
}

/// „18.11. 09:02 Uhr“.
pub fn short(at: Instant) -> String {
    format!("{} Uhr", local(at).strftime("%d.%m. %H:%M"))
}

/// „24. November 2026“.
pub fn day(at: Instant) -> String {
    let at = local(at);
    let month = usize::try_from(at.month() - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{}. {month} {}", at.day(), at.year())
}

/// „Dienstag, 24. November 2026, 19:00 Uhr“.
pub fn appointment(instant: Instant) -> String {
    let weekday = usize::try_from(local(instant).weekday().to_monday_zero_offset()).unwrap_or(0);
    format!("{}, {}, {}", WEEKDAYS.get(weekday).unwrap_or(&""), day(instant), minute(instant))
}
