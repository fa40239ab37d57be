//! `Zuschaltung` and `Aufnahmen`: the words of a rule file about what local law may open (§§ 35 (3), 37a GemO BW).

use super::{RuleValue, Value, words};

words! {
    /// Which local law a rule asks for.
    Instrument {
        /// `Hauptsatzung`, with the majority of all members.
        MainBylaw = "hauptsatzung",
        /// `Geschäftsordnung`.
        RulesOfProcedure = "geschaeftsordnung",
    }

    /// Does the law allow it?
    ByClause {
        /// No.
        Never = "never",
        /// Only where the Hauptsatzung has a clause for it.
        ByClause = "by_clause",
        /// Yes, without a clause.
        Always = "always",
    }

    /// What those in the hall are asked about the transmission of a hybrid sitting. (Open question O7.)
    OthersConsent {
        /// Nothing: the law carries it, and they are informed (Art. 13 GDPR).
        Inform = "inform",
    }

    /// Who decides.
    Decider {
        /// `Bürgermeister`.
        Mayor = "mayor",
        /// Who chairs the body.
        Chair = "chair",
        /// The body itself.
        Council = "council",
    }

    /// When it has to be decided.
    DecidedWhen {
        /// With the convening, not later.
        Convening = "convening",
    }

    /// `Heilung`: when a fault in the municipality's sphere does not matter.
    Healing {
        /// The member took part in the decision without objecting.
        TookPart = "took_part",
        /// The member was kept from it and did not object without delay to whom the rule names.
        NoPromptObjection = "no_prompt_objection",
    }

    /// `Rüge`: by when a member has to object.
    ObjectionTiming {
        /// `unverzüglich`.
        WithoutDelay = "without_delay",
    }

    /// Who must be able to perceive the connected members.
    PerceivedBy {
        /// The chair.
        Chair = "chair",
        /// The members in the room.
        Room = "room",
        /// The other connected members.
        Remote = "remote",
        /// The audience in the room of a public sitting.
        Public = "public",
    }

    /// `Film- und Tonaufnahmen`: on what ground they may be made.
    RecordingGround {
        /// Where the Hauptsatzung has a clause for it; without it, with the consent of all members present.
        ByClause = "by_clause",
        /// Only if every member present consents.
        ConsentOfAll = "consent_of_all",
        /// Each person recorded must consent.
        Consent = "consent",
        /// Allowed, unless the person recorded objects.
        ConsentOrObjection = "consent_or_objection",
        /// Not at all.
        Never = "never",
    }

    /// `Zulassung`: what approval the system needs.
    Certification {
        /// None.
        Unneeded = "none",
    }
}

impl ByClause {
    /// Whether the law allows it where the Hauptsatzung has such a clause, or has none.
    #[must_use]
    pub const fn holds(self, clause: bool) -> bool {
        match self {
            Self::Never => false,
            Self::ByClause => clause,
            Self::Always => true,
        }
    }
}

/// May who has only an advisory voice be connected? (Open question O6.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvisoryRemote {
    /// No.
    Never,
    /// Whom the chair lets, for one sitting.
    ChairDecides,
}

impl RuleValue for AdvisoryRemote {
    fn read(value: &Value) -> Result<Self, String> {
        match value {
            // The word of the first releases, in sittings convened under them.
            Value::Flag(false) => Ok(Self::Never),
            Value::Text(word) if word == "never" => Ok(Self::Never),
            Value::Text(word) if word == "chair_decides" => Ok(Self::ChairDecides),
            Value::Flag(_) | Value::Number(_) | Value::Text(_) | Value::List(_) | Value::Entry(_) => {
                Err("muss eines dieser Wörter sein: never, chair_decides".into())
            }
        }
    }
}
