//! Bounded texts, parsed at the door: trimmed, not empty, without control characters except line breaks.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A text of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// A name of a person, a body, a faction, a place.
pub type Name = Text<120>;
/// The title of a meeting or an agenda item. The longest seen in a real council had 250 characters.
pub type Title = Text<500>;
/// The wording of a motion (`Beschlussantrag`).
pub type Wording = Text<8000>;
/// What the clerk writes on one item (`Niederschrift`): some pages.
pub type Passage = Text<20_000>;
/// A remark, a reason, a complaint.
pub type Remark = Text<2000>;

/// Why a text was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAText {
    Empty,
    TooLong { chars: usize, chars_max: usize },
    Control,
}

impl fmt::Display for NotAText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Hier fehlt ein Text."),
            Self::TooLong { chars, chars_max } => write!(f, "Der Text hat {chars} Zeichen, erlaubt sind {chars_max}."),
            Self::Control => f.write_str("Der Text enthält Steuerzeichen."),
        }
    }
}

impl std::error::Error for NotAText {}

impl<const MAX: usize> Text<MAX> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = NotAText;

    fn try_from(text: String) -> Result<Self, NotAText> {
        let text = text.replace("\r\n", "\n");
        let trimmed = text.trim();
        let chars = trimmed.chars().count();
        if chars == 0 {
            return Err(NotAText::Empty);
        }
        if chars > MAX {
            return Err(NotAText::TooLong { chars, chars_max: MAX });
        }
        if trimmed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(NotAText::Control);
        }
        Ok(Self(trimmed.to_owned()))
    }
}

impl<const MAX: usize> std::str::FromStr for Text<MAX> {
    type Err = NotAText;
    fn from_str(text: &str) -> Result<Self, NotAText> {
        Self::try_from(text.to_owned())
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_counted_in_characters_and_free_of_control() {
        assert_eq!("  Öl \r\n".parse::<Text<2>>().unwrap().as_str(), "Öl");
        assert_eq!("Öle".parse::<Text<2>>(), Err(NotAText::TooLong { chars: 3, chars_max: 2 }));
        assert_eq!(" \n ".parse::<Text<2>>(), Err(NotAText::Empty));
        assert_eq!("a\u{1b}".parse::<Text<9>>(), Err(NotAText::Control));
    }
}
