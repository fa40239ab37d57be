//! Identifiers, made from names. Nobody types one, and none is used twice.

use super::TownDraft;
use std::collections::BTreeSet;

/// Longest part of an identifier that comes from a name; the rest of the 64 is for what is put around it.
const STEM_CHARS_MAX: usize = 40;

/// „Jörg Müßig-Öhl“ becomes `joerg-muessig-oehl`; a name without a letter that can be written so becomes `other`.
pub fn stem(name: &str, other: &str) -> String {
    let mut stem = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let written = match letter {
            'a'..='z' | '0'..='9' => {
                stem.push(letter);
                continue;
            }
            'ä' | 'æ' => "ae",
            'ö' | 'œ' | 'ø' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ő' => "o",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ť' | 'ţ' | 'ț' => "t",
            'ù' | 'ú' | 'û' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            _ if stem.is_empty() || stem.ends_with('-') => "",
            _ => "-",
        };
        stem.push_str(written);
    }
    let short: String = stem.chars().take(STEM_CHARS_MAX).collect();
    match short.trim_matches('-') {
        "" => other.to_owned(),
        short => short.to_owned(),
    }
}

/// `stem`, or `stem-2` and so on, whichever is free.
pub fn free(draft: &TownDraft, stem: &str) -> String {
    let taken: BTreeSet<&str> = draft.identifiers().chain(draft.retired.iter().map(String::as_str)).collect();
    if !taken.contains(stem) {
        return stem.to_owned();
    }
    let more = (2_u32..).map(|count| format!("{stem}-{count}"));
    more.into_iter().find(|id| !taken.contains(id.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_identifier_that_can_be_read() {
        assert_eq!(stem("Jörg Müßig-Öhl", "x"), "joerg-muessig-oehl");
        assert_eq!(stem("  Łucja d’Été (Dr.) ", "x"), "lucja-d-ete-dr");
        assert_eq!(stem("Ελένη", "person"), "person");
        assert_eq!(stem(&"ab ".repeat(100), "x").len(), 40);
        assert!(stem(&"ab ".repeat(100), "x").parse::<crate::domain::id::PersonId>().is_ok());
    }
}
