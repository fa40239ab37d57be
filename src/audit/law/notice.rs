//! What a summons is judged by: from when its period runs, how long it is, and what can never do with less.

use super::super::local;
use super::version;
use toml::{Table, Value};

/// The period of a summons.
pub struct NoticeLaw {
    days: i64,
    second_days: i64,
    /// Neither the first day nor the day of the sitting counts.
    full_days: bool,
    /// It runs from receipt, which is never later in the week than this day (1 is Monday).
    received: Option<i64>,
    shorter: Shorter,
    /// Matters that cannot be decided with less.
    hard: Vec<String>,
}

enum Shorter {
    No,
    Reasoned,
    /// Received on the day before at the latest.
    DayBefore,
}

/// `None` where a rule is missing, as in the packs of the first releases, or unknown.
pub(super) fn read(table: &Table, day: &str) -> Option<NoticeLaw> {
    let rule = |key: &str| version(table, key, day).map(|(value, _)| value);
    let number = |key: &str| rule(key)?.as_integer();
    let days = number("notice.days")?;
    // A longer period of the body's own holds for the second sitting as well.
    let own = local::value(table, "notice.days", day).is_some();
    let last = match rule("notice.receipt")?.as_str()? {
        "same_day" => 7,
        "not_on_sunday" => 6,
        "working_day" => 5,
        _ => return None,
    };
    let hard = rule("notice.hard_for")?.as_array()?.iter().filter_map(Value::as_str);
    Some(NoticeLaw {
        days,
        second_days: if own { days } else { number("notice.second_session_days")? },
        full_days: rule("notice.count")?.as_str()? == "full_days",
        received: (rule("notice.anchor")?.as_str()? == "received").then_some(last),
        shorter: match rule("notice.short")?.as_str()? {
            "with_reason" => Shorter::Reasoned,
            "urgent_day_before" => Shorter::DayBefore,
            "emergency_only" if rule("notice.emergency")?.as_bool()? => Shorter::Reasoned,
            "emergency_only" => Shorter::No,
            _ => return None,
        },
        hard: hard.map(str::to_owned).collect(),
    })
}

/// A finding on a summons, with its days as numbers.
pub struct Summoned {
    pub on: i64,
    pub received: Option<i64>,
    pub sitting: i64,
    pub days: i64,
    pub needed: i64,
    pub kept: bool,
    pub reason: bool,
    /// Every matter is dealt with a second time.
    pub second: bool,
}

impl NoticeLaw {
    /// The finding once more.
    ///
    /// # Errors
    /// A German sentence if it is another one, or the meeting could not be convened with it.
    pub fn check(&self, found: &Summoned) -> Result<(), String> {
        let from = match (self.received, found.received) {
            (None, None) => found.on,
            // Late on a Thursday it is received on Friday or, at the latest, the Monday after.
            (Some(last), Some(day)) if (found.on..=found.on + 4).contains(&day) && weekday(day) <= last => day,
            _ => return Err("Der Zugang der Ladung ist falsch festgehalten.".into()),
        };
        let days = (found.sitting - from - i64::from(self.full_days)).max(0);
        let needed = if found.second { self.second_days } else { self.days };
        let kept = days >= needed && from <= found.sitting;
        if (days, needed, kept) != (found.days, found.needed, found.kept) {
            return Err(format!(
                "Die Ladungsfrist ist falsch festgehalten: es waren {days} Tage, nötig sind {needed}."
            ));
        }
        let shorter = match self.shorter {
            Shorter::No => false,
            Shorter::Reasoned => true,
            Shorter::DayBefore => from < found.sitting,
        };
        if kept || (shorter && found.reason) {
            return Ok(());
        }
        Err("Mit dieser Ladungsfrist konnte nicht einberufen werden.".into())
    }

    /// Whether a matter could be decided of which the members knew so many days before.
    pub fn could_decide(&self, matter: &str, days: i64) -> bool {
        days >= self.days || !self.hard.iter().any(|hard| hard == matter)
    }
}

/// The day of the week: 1 is Monday. Day 0, 1 January 1970, was a Thursday.
const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// The number of a day `JJJJ-MM-TT`, counted from 1 January 1970.
#[must_use]
pub fn number(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // The year begins in March here, so that the leap day is its last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leaps + (month * 153 + 2) / 5 + day - 719_469)
}

#[cfg(test)]
mod tests {
    use super::{number, weekday};

    #[test]
    fn days_are_numbered_from_1970() {
        let days = [("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("2000-03-01", 11_017)];
        for (day, expected) in days {
            assert_eq!(number(day), Some(expected), "{day}");
        }
        assert_eq!(number("2026-11-26").map(weekday), Some(4), "a Thursday");
        assert_eq!(number("2026-11"), None);
    }
}
