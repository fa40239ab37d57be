//! Whether a body's Geschäftsordnung lets its members chat beside the sitting.

use super::TownError;
use super::parse::text;
use serde::{Deserialize, Serialize};

/// The setting as the file spells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatDraft {
    #[default]
    Off,
    /// Members and clerk write, everybody reads in the public part.
    Members,
}

impl ChatDraft {
    /// Nothing that would have to be written down.
    #[must_use]
    pub fn is_off(&self) -> bool {
        *self == Self::Off
    }
}

/// The members of a body may chat beside the sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chat {
    /// Where it stands, for instance „§ 12 Geschäftsordnung“.
    pub reference: String,
}

/// The setting with its reference; neither goes without the other.
pub(super) fn chat(body: &str, draft: ChatDraft, reference: Option<&str>) -> Result<Option<Chat>, TownError> {
    match (draft, reference) {
        (ChatDraft::Off, None) => Ok(None),
        (ChatDraft::Off, Some(_)) => Err(TownError::ChatOffWithReference(body.to_owned())),
        (ChatDraft::Members, None) => Err(TownError::ChatWithoutReference(body.to_owned())),
        (ChatDraft::Members, Some(reference)) => {
            Ok(Some(Chat { reference: text(&format!("„chat_reference“ des Gremiums „{body}“"), reference)? }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_names_its_place_in_the_geschaeftsordnung_or_does_not_exist() {
        assert_eq!(chat("rat", ChatDraft::Off, None), Ok(None));
        let there = chat("rat", ChatDraft::Members, Some(" § 12 Geschäftsordnung ")).unwrap().unwrap();
        assert_eq!(there.reference, "§ 12 Geschäftsordnung");
        let why = chat("rat", ChatDraft::Members, None).unwrap_err().to_string();
        assert!(why.contains("chat_reference"), "{why}");
        assert!(chat("rat", ChatDraft::Off, Some("§ 12")).is_err());
        assert!(chat("rat", ChatDraft::Members, Some("\u{1}")).is_err());
    }
}
