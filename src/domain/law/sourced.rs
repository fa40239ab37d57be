//! A value and the place it comes from, inseparable.

use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest literal quotation of a norm, in words.
pub const QUOTE_WORDS_MAX: usize = 25;

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Stands in the text of the norm.
    Certain,
    /// Stands in the text that was read; its words are not copied here.
    Read,
    /// Not in the text, but uniform practice (rules of procedure).
    Practice,
    /// Open: a setting with a strict default.
    Doubtful,
}

impl Certainty {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "certain" => Some(Self::Certain),
            "read" => Some(Self::Read),
            "practice" => Some(Self::Practice),
            "doubtful" => Some(Self::Doubtful),
            _ => None,
        }
    }
}

/// `Fundstelle`: paragraph, quotation, source and the day it was last checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    norm: String,
    quote: String,
    source: String,
    verified_on: Date,
    certainty: Certainty,
}

/// What a citation lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationGap {
    /// No paragraph.
    Norm,
    /// No source.
    Source,
    /// „certain“ is claimed without a quotation.
    Quote,
    /// The quotation is longer than [`QUOTE_WORDS_MAX`] words.
    QuoteTooLong,
}

impl fmt::Display for CitationGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Norm => f.write_str("„norm“ ist leer: jeder Wert braucht seine Vorschrift"),
            Self::Source => f.write_str("„source“ ist leer: jeder Wert braucht seine Quelle"),
            Self::Quote => f.write_str("„quote“ ist leer: wer „certain“ sagt, zitiert den Wortlaut"),
            Self::QuoteTooLong => write!(f, "„quote“ hat mehr als {QUOTE_WORDS_MAX} Wörter"),
        }
    }
}

impl std::error::Error for CitationGap {}

impl Citation {
    /// A complete citation.
    ///
    /// # Errors
    /// If norm or source is empty, a certain value is not quoted, or the quotation is too long.
    pub fn new(
        norm: String,
        quote: String,
        source: String,
        verified_on: Date,
        certainty: Certainty,
    ) -> Result<Self, CitationGap> {
        if norm.trim().is_empty() {
            return Err(CitationGap::Norm);
        }
        if source.trim().is_empty() {
            return Err(CitationGap::Source);
        }
        if certainty == Certainty::Certain && quote.trim().is_empty() {
            return Err(CitationGap::Quote);
        }
        if quote.split_whitespace().count() > QUOTE_WORDS_MAX {
            return Err(CitationGap::QuoteTooLong);
        }
        Ok(Self { norm, quote, source, verified_on, certainty })
    }

    /// The exact paragraph, e.g. „§ 37 Abs. 2 Satz 1 GemO“.
    #[must_use]
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// The literal words, in German; empty where there are none (practice, open questions).
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The text that was read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The day somebody last compared value and source.
    #[must_use]
    pub const fn verified_on(&self) -> Date {
        self.verified_on
    }

    /// How sure the value is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }
}

/// A value of the law. There is no way to make one without its [`Citation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    value: T,
    citation: Citation,
}

impl<T> Sourced<T> {
    /// Ties a value to where it comes from.
    #[must_use]
    pub const fn new(value: T, citation: Citation) -> Self {
        Self { value, citation }
    }

    /// The value.
    #[must_use]
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The paragraph, as shown to people.
    #[must_use]
    pub fn norm(&self) -> &str {
        self.citation.norm()
    }

    /// The whole citation.
    #[must_use]
    pub const fn citation(&self) -> &Citation {
        &self.citation
    }
}

impl<T: Copy> Sourced<T> {
    /// The value itself, where it is small.
    #[must_use]
    pub const fn get(&self) -> T {
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Citation, CitationGap};
    use crate::domain::time::Date;

    fn cite(norm: &str, quote: &str, source: &str, certainty: Certainty) -> Result<Citation, CitationGap> {
        let day = Date::new(2026, 9, 30).unwrap();
        Citation::new(norm.into(), quote.into(), source.into(), day, certainty)
    }

    #[test]
    fn a_value_without_its_place_cannot_be_made() {
        assert_eq!(cite(" ", "Wort", "GBl.", Certainty::Certain), Err(CitationGap::Norm));
        assert_eq!(cite("§ 1", "Wort", "", Certainty::Certain), Err(CitationGap::Source));
        assert_eq!(cite("§ 1", "", "GBl.", Certainty::Certain), Err(CitationGap::Quote));
        assert!(cite("§ 1", "", "GO", Certainty::Practice).is_ok());
    }

    #[test]
    fn quotations_stay_short() {
        let words = |n: usize| vec!["Wort"; n].join(" ");
        assert!(cite("§ 1", &words(25), "GBl.", Certainty::Certain).is_ok());
        assert_eq!(cite("§ 1", &words(26), "GBl.", Certainty::Certain), Err(CitationGap::QuoteTooLong));
    }
}
