//! Why a row is as it is. A difference that has none of these reasons is a failure.

use std::fmt;

/// A difference, or something worth knowing, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A line of the agenda without number and without result.
    Heading,
    /// The agenda itself says that it was dropped.
    Dropped,
    /// Non-public items cannot be called yet.
    NonPublic,
    /// No text is at hand; the agenda alone says how it ended.
    OnlyAgenda,
    /// Neither text nor result.
    NothingKnown,
    /// The text gives no numbers of a vote.
    NoCounts,
    /// The text gives no wording of what was voted on.
    NoWording,
    /// The wording is longer than any of ours may be.
    WordingCut,
    /// The agenda's result is another than the minutes'.
    AgendaSaysOtherwise(String),
    /// The minutes' title is another than the agenda's.
    TitleOtherwise(String),
    /// Decision and course of the same text name another body.
    ReferredElsewhere(String),
    /// These were called and debated together.
    Together(Vec<String>),
    /// So many present members gave no vote, and the text does not say so.
    Silent(u32),
    /// Unanimous with abstentions: here that word is kept for those without.
    UnanimousWithAbstentions,
    /// Somebody else chaired this item.
    ChairOtherwise(String),
    /// Something the reader of the text did not understand.
    Unread(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading => f.write_str("Überschrift der Tagesordnung, kein Gegenstand der Verhandlung."),
            Self::Dropped => f.write_str("Nach der Tagesordnung entfallen; hier nicht aufgerufen."),
            Self::NonPublic => f.write_str("Nichtöffentlich; solche Punkte können noch nicht aufgerufen werden."),
            Self::OnlyAgenda => f.write_str(
                "Ein Text der Niederschrift liegt nicht vor; wie der Punkt endete, sagt nur die Tagesordnung.",
            ),
            Self::NothingKnown => f.write_str("Weder Niederschrift noch Tagesordnung sagen, wie der Punkt endete."),
            Self::NoCounts => f.write_str("Die Zahlen der Abstimmung fehlen; hier ist nicht abgestimmt worden."),
            Self::NoWording => {
                f.write_str("Die Niederschrift gibt keinen Wortlaut; abgestimmt ist über die Bezeichnung des Antrags.")
            }
            Self::WordingCut => f.write_str("Der Wortlaut ist zu lang und hier gekürzt."),
            Self::AgendaSaysOtherwise(word) => {
                write!(f, "In der Tagesordnung steht „{word}“; es gilt die Niederschrift.")
            }
            Self::TitleOtherwise(title) => write!(f, "Der Titel der Niederschrift lautet „{title}“."),
            Self::ReferredElsewhere(body) => {
                write!(f, "Der Verlauf nennt „{body}“, der Beschluss nicht; es gilt der Beschluss.")
            }
            Self::Together(numbers) => {
                write!(f, "Gemeinsam beraten: TOP {}; hier nacheinander aufgerufen.", numbers.join(", "))
            }
            Self::Silent(count) => {
                write!(f, "{count} Anwesende gaben keine Stimme ab; die Niederschrift weist das nicht aus.")
            }
            Self::UnanimousWithAbstentions => {
                f.write_str("„Einstimmig“ bei Enthaltungen; hier heißt es nur ohne Enthaltung so.")
            }
            Self::ChairOtherwise(name) => write!(f, "Den Vorsitz hatte hier {name}; ein Wechsel ist nicht abgebildet."),
            Self::Unread(what) => f.write_str(what),
        }
    }
}
