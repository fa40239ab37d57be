//! Exact shares: „die Hälfte“, „ein Viertel“. Integers only, so that 11.5 of 23 is never rounded by accident.

use std::fmt;

/// A share of a whole, written `num/den`; `den` is never zero and `num` never exceeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    num: u32,
    den: u32,
}

/// Why a text is not a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAFraction(pub String);

impl fmt::Display for NotAFraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "„{}“ ist kein Bruch der Form 1/2 (zwischen 0 und 1)", self.0.escape_debug())
    }
}

impl std::error::Error for NotAFraction {}

impl Fraction {
    /// `num/den`, or `None` if `den` is zero or the share is more than the whole.
    #[must_use]
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 || num > den { None } else { Some(Self { num, den }) }
    }

    /// „mindestens die Hälfte von …“: the smallest number that is at least this share of `whole`.
    #[must_use]
    pub fn ceil_of(self, whole: u32) -> u32 {
        let exact = (u64::from(whole) * u64::from(self.num)).div_ceil(u64::from(self.den));
        u32::try_from(exact).unwrap_or(whole)
    }

    /// The largest whole number that is not more than this share of `whole`.
    #[must_use]
    pub fn floor_of(self, whole: u32) -> u32 {
        let exact = u64::from(whole) * u64::from(self.num) / u64::from(self.den);
        u32::try_from(exact).unwrap_or(whole)
    }

    /// „mehr als die Hälfte von …“: is `part` strictly more than this share of `whole`?
    #[must_use]
    pub fn more_than(self, part: u32, whole: u32) -> bool {
        u64::from(part) * u64::from(self.den) > u64::from(whole) * u64::from(self.num)
    }
}

impl std::str::FromStr for Fraction {
    type Err = NotAFraction;

    fn from_str(text: &str) -> Result<Self, NotAFraction> {
        let wrong = || NotAFraction(text.chars().take(32).collect());
        let part = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if plain { digits.parse::<u32>().ok() } else { None }
        };
        let (num, den) = text.split_once('/').ok_or_else(wrong)?;
        let (Some(num), Some(den)) = (part(num), part(den)) else { return Err(wrong()) };
        Self::new(num, den).ok_or_else(wrong)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

#[cfg(test)]
mod tests {
    use super::Fraction;

    fn share(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    #[test]
    fn at_least_half_rounds_up() {
        assert_eq!(share("1/2").ceil_of(23), 12);
        assert_eq!(share("1/2").ceil_of(22), 11);
        assert_eq!(share("1/2").ceil_of(0), 0);
        assert_eq!(share("1/4").ceil_of(23), 6);
        assert_eq!(share("1/1").ceil_of(u32::MAX), u32::MAX);
    }

    #[test]
    fn more_than_half_excludes_exactly_half() {
        assert!(!share("1/2").more_than(11, 22));
        assert!(share("1/2").more_than(12, 22));
        assert!(share("1/2").more_than(12, 23));
        assert!(!share("1/2").more_than(11, 23));
    }

    #[test]
    fn malformed_shares_are_refused() {
        for text in ["", "1", "1/0", "3/2", "1/2/3", "-1/2", "+1/2", "0,5", "1 /2", "1/99999999999"] {
            assert!(text.parse::<Fraction>().is_err(), "{text}");
        }
    }
}
