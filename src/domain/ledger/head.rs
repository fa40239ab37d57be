//! The head of a ledger: whoever knows it can prove later that nothing before it was changed.

use super::Digest;
use crate::domain::id::MeetingId;
use serde::{Deserialize, Serialize};

/// The newest entry of a ledger at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub meeting: MeetingId,
    /// 0 before the first entry.
    pub number: u64,
    pub digest: Digest,
}

impl Head {
    /// The head of a ledger without entries.
    #[must_use]
    pub const fn start(meeting: MeetingId) -> Self {
        Self { meeting, number: 0, digest: Digest::NONE }
    }

    /// The text that is signed.
    #[must_use]
    pub fn signed_text(&self) -> String {
        format!("ratssaal head v1\n{}\n{}\n{}\n", self.meeting, self.number, self.digest)
    }
}

/// A head under the instance's key (ECDSA P-256 with SHA-256, FIPS 186-5), at opening, at every declaration and at
/// closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    #[serde(flatten)]
    pub head: Head,
    /// The 64 bytes r‖s in hexadecimal digits.
    pub signature: String,
}
