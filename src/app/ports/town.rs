//! Where the municipality is kept: every version of it, none overwritten.

use super::accounts::Seeded;
use super::{Answer, Fault};
use crate::domain::id::PersonId;
use crate::domain::time::Instant;

/// A version without its text: who changed what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownEntry {
    /// From 1, without gaps.
    pub number: u64,
    pub recorded_at: Instant,
    /// Who changed it in the browser; `None`: the town file did.
    pub by: Option<PersonId>,
    /// One German sentence.
    pub what: String,
}

/// A whole version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownVersion {
    pub entry: TownEntry,
    /// Canonical JSON of the town's draft.
    pub town: String,
}

/// Keeps the versions. Each method is one transaction.
pub trait TownStore: Send + Sync {
    /// The number of the version in force; 0 if there is none yet.
    ///
    /// # Errors
    /// If it cannot be read now.
    fn newest_number(&self) -> Answer<'_, Result<u64, Fault>>;

    /// The version in force.
    ///
    /// # Errors
    /// If it cannot be read now.
    fn newest(&self) -> Answer<'_, Result<Option<TownVersion>, Fault>>;

    /// The last version that came from the town file.
    ///
    /// # Errors
    /// If it cannot be read now.
    fn newest_of_file(&self) -> Answer<'_, Result<Option<TownVersion>, Fault>>;

    /// Adds a version and makes the accounts exactly those of `people`: new ones appear, names and addresses follow, and
    /// who is missing can no longer sign in, loses sessions and links; keys of those who stay are kept. `false`, and
    /// nothing changed, if somebody else has taken the number.
    ///
    /// # Errors
    /// If it cannot be kept now.
    fn append(&self, version: TownVersion, people: Vec<Seeded>) -> Answer<'_, Result<bool, Fault>>;

    /// At most `limit` versions with numbers below `before`, the newest first.
    ///
    /// # Errors
    /// If they cannot be read now.
    fn entries(&self, before: u64, limit: u32) -> Answer<'_, Result<Vec<TownEntry>, Fault>>;
}
