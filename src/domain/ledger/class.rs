//! Deletion classes (`Löschklassen`).

use serde::{Deserialize, Serialize};

/// What a part of an entry is, and therefore whether it may be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// What was found and decided: quorum, tally, attendance, wording, results. Permanent (§ 38 (1) GemO BW).
    Finding,
    /// Raw measurement behind a finding.
    Measurement,
    /// A single choice; deletable once it has been corrected, the final ones stand in the result.
    Choice,
    /// Free text about persons.
    PersonalText,
    /// What belongs to the non-public part (§ 35 (2) GemO BW); left out of what the public may check.
    NonPublic,
    /// What was found and decided behind closed doors (§§ 35 (2), 38 (1) GemO BW): permanent, and left out of what the
    /// public may check, with everything else of its entry.
    ClosedFinding,
}

impl Class {
    /// Every class, in the order of the wire.
    pub const ALL: [Self; 6] =
        [Self::Finding, Self::Measurement, Self::Choice, Self::PersonalText, Self::NonPublic, Self::ClosedFinding];

    /// The frozen name on the wire.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Measurement => "measurement",
            Self::Choice => "choice",
            Self::PersonalText => "personal_text",
            Self::NonPublic => "non_public",
            Self::ClosedFinding => "closed_finding",
        }
    }

    /// The class of a frozen name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.wire_name() == name)
    }

    /// Findings stay; everything else may be deleted by an entry that says so.
    #[must_use]
    pub const fn deletable(self) -> bool {
        !matches!(self, Self::Finding | Self::ClosedFinding)
    }
}
