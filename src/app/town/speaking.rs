//! `Redezeit`: how long somebody may speak at a time, only where the body's Geschäftsordnung says so (§ 36 (2) GemO BW:
//! the body orders its own course). It is shown, and cuts nobody off: the chair leads (§ 36 (1) GemO BW).

use super::TownError;
use super::parse::text;
use serde::Serialize;

/// Longest speaking time a town file may set, in minutes: more is no limit.
pub const MINUTES_MAX: u16 = 120;

/// How long a contribution may last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakingTime {
    /// From 1 to [`MINUTES_MAX`].
    pub minutes: u16,
    /// Where it stands, for instance „§ 14 Abs. 3 Geschäftsordnung“.
    pub reference: String,
}

impl SpeakingTime {
    /// In milliseconds.
    #[must_use]
    pub fn millis(&self) -> i64 {
        i64::from(self.minutes) * 60_000
    }
}

/// The setting with its reference; neither goes without the other.
pub(super) fn speaking(
    body: &str,
    minutes: Option<u16>,
    reference: Option<&str>,
) -> Result<Option<SpeakingTime>, TownError> {
    match (minutes, reference) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(TownError::SpeakingWithoutMinutes(body.to_owned())),
        (Some(_), None) => Err(TownError::SpeakingWithoutReference(body.to_owned())),
        (Some(minutes), Some(_)) if !(1..=MINUTES_MAX).contains(&minutes) => {
            Err(TownError::SpeakingMinutes { body: body.to_owned(), minutes })
        }
        (Some(minutes), Some(reference)) => {
            let reference = text(&format!("„speaking_reference“ des Gremiums „{body}“"), reference)?;
            Ok(Some(SpeakingTime { minutes, reference }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaking_time_names_its_place_in_the_geschaeftsordnung_or_does_not_exist() {
        assert_eq!(speaking("rat", None, None), Ok(None));
        let there = speaking("rat", Some(5), Some(" § 14 Geschäftsordnung ")).unwrap().unwrap();
        assert_eq!((there.millis(), there.reference.as_str()), (300_000, "§ 14 Geschäftsordnung"));
        let why = speaking("rat", Some(5), None).unwrap_err().to_string();
        assert!(why.contains("speaking_reference"), "{why}");
        let why = speaking("rat", None, Some("§ 14")).unwrap_err().to_string();
        assert!(why.contains("speaking_minutes"), "{why}");
        for minutes in [0, 121] {
            assert!(speaking("rat", Some(minutes), Some("§ 14")).is_err(), "{minutes}");
        }
        assert!(speaking("rat", Some(5), Some("\u{1}")).is_err());
    }
}
