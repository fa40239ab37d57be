//! Time as a value. Nothing here reads a clock.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A point in time: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// This instant, `millis` later (or earlier, when negative); stops at the ends of the scale.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to `self`; negative if `self` is the earlier one.
    #[must_use]
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A calendar day, as statutes name it: the day of a sitting, the day a rule came into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A point in time as a clock on the wall of the town hall shows it. The time zone is known outside; here it is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    pub date: Date,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

/// Why a text is not a day (ISO 8601 `YYYY-MM-DD`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(pub String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "„{}“ ist kein Datum der Form JJJJ-MM-TT", self.0.escape_debug())
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// 1 January 1970.
    pub const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// A day of the Gregorian calendar, or `None` if there is no such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > length || year > 9999 { None } else { Some(Self { year, month, day }) }
    }

    /// The day as people write it in German: `26.11.2026`.
    #[must_use]
    pub fn german(self) -> String {
        format!("{:02}.{:02}.{:04}", self.day, self.month, self.year)
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        u8::try_from((self.days_since(Self::EPOCH) + 3).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// Days from `earlier` to `self`; negative if `self` is the earlier one.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.number().saturating_sub(earlier.number())
    }

    /// The day so many days later (or earlier, when negative), or `None` beyond the scale.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let step = |day: Self| if days < 0 { day.day_before() } else { day.next_day() };
        let mut day = self;
        for _ in 0..days.unsigned_abs().min(4_000_000) {
            day = step(day)?;
        }
        Some(day)
    }

    const fn day_before(self) -> Option<Self> {
        if self.day > 1 {
            return Self::new(self.year, self.month, self.day - 1);
        }
        if self.month == 1 {
            return if self.year == 0 { None } else { Self::new(self.year - 1, 12, 31) };
        }
        let mut last = 31;
        while last > 28 {
            if let Some(day) = Self::new(self.year, self.month - 1, last) {
                return Some(day);
            }
            last -= 1;
        }
        Self::new(self.year, self.month - 1, last)
    }

    /// The day's place in the Gregorian calendar, counted from 1 March of the year 0.
    const fn number(self) -> i64 {
        // January and February belong to the year before, so that the leap day is the last of its year.
        let (year, month) = if self.month > 2 {
            (self.year as i64, self.month as i64 - 3)
        } else {
            (self.year as i64 - 1, self.month as i64 + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + self.day as i64
            - 1
    }

    /// The same day so many months later, or the last day of a shorter month (§ 188 (2) and (3) BGB).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Option<Self> {
        let count = u32::from(self.year) * 12 + u32::from(self.month) - 1;
        let count = count.checked_add(months)?;
        let (year, month) = (u16::try_from(count / 12).ok()?, u8::try_from(count % 12 + 1).ok()?);
        (1..=self.day).rev().find_map(|day| Self::new(year, month, day))
    }

    /// The day after, or `None` at the end of the scale.
    #[must_use]
    pub const fn next_day(self) -> Option<Self> {
        if let Some(next) = Self::new(self.year, self.month, self.day + 1) {
            return Some(next);
        }
        if let Some(next) = Self::new(self.year, self.month + 1, 1) {
            Some(next)
        } else {
            Self::new(self.year + 1, 1, 1)
        }
    }
}

impl std::str::FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let wrong = || NotADate(text.chars().take(32).collect());
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(wrong());
        }
        let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<u16>().ok());
        let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
            return Err(wrong());
        };
        let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else { return Err(wrong()) };
        Self::new(year, month, day).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn the_day_after_crosses_months_years_and_leap_days() {
        let after = |text: &str| text.parse::<Date>().unwrap().next_day().map(|day| day.to_string());
        assert_eq!(after("2025-08-31").as_deref(), Some("2025-09-01"));
        assert_eq!(after("2025-12-31").as_deref(), Some("2026-01-01"));
        assert_eq!(after("2028-02-28").as_deref(), Some("2028-02-29"));
        assert_eq!(after("2026-02-28").as_deref(), Some("2026-03-01"));
        assert_eq!(after("9999-12-31"), None);
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        let later = |text: &str, months| text.parse::<Date>().unwrap().plus_months(months).map(|day| day.to_string());
        assert_eq!(later("2026-11-26", 1).as_deref(), Some("2026-12-26"));
        assert_eq!(later("2026-01-31", 1).as_deref(), Some("2026-02-28"));
        assert_eq!(later("2027-12-31", 2).as_deref(), Some("2028-02-29"));
        assert_eq!(later("9999-12-01", 1), None);
        assert_eq!(later("2026-12-01", u32::MAX), None);
    }

    #[test]
    fn days_are_counted_as_on_a_wall_calendar() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(day("2026-11-26").days_since(day("2026-11-18")), 8);
        assert_eq!(
            ["1969-12-31", "1970-01-05", "2026-11-26", "2026-11-29"].map(|text| day(text).weekday()),
            [3, 1, 4, 7]
        );
        assert_eq!(day("2028-03-01").days_since(day("2028-02-28")), 2);
        assert_eq!(day("2026-01-01").days_since(day("2026-12-31")), -364);
        assert_eq!(day("2100-03-01").days_since(day("2000-03-01")), 36_524);
        let (mut one, mut count) = (day("2023-12-25"), 0);
        while one != day("2029-01-03") {
            assert_eq!(one.days_since(day("2023-12-25")), count);
            assert_eq!(day("2023-12-25").plus_days(count), Some(one));
            assert_eq!(one.plus_days(-count), Some(day("2023-12-25")));
            one = one.next_day().unwrap();
            count += 1;
        }
    }
}
