//! One entry of the ledger, sealed to its predecessor.

use super::{Class, Digest, NotCanonical, canonical, canonical_of};
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// 128 bits of chance that keep a deleted part from being guessed from its digest. Handed in; on the wire 32 hexadecimal
/// digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(String);

impl Salt {
    /// A salt from 16 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        use fmt::Write as _;
        Self(bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    /// The salt as stored.
    #[must_use]
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// What is hashed and chained: never deleted, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    pub meeting: MeetingId,
    /// 1 for the first entry, then one more each time.
    pub number: u64,
    /// Digest of the entry before; [`Digest::NONE`] for the first.
    pub previous: Digest,
    /// The command this entry came from.
    pub command: CommandId,
    /// Whose authority: `chair:<seat>`, `clerk`, `seat:<seat>`, `technician`, `administrator`, `system`.
    pub actor: String,
    /// Which owner of the running meeting wrote it.
    pub epoch: u64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was written; later than `occurred_at` if entered afterwards (`nachgetragen`).
    pub recorded_at: Instant,
    /// Frozen wire name of the event.
    pub name: String,
    /// Version of the event's payload.
    pub version: u16,
    /// Per class the salted digest of that part of the payload.
    pub parts: BTreeMap<Class, Digest>,
}

/// A part of an entry's payload with its salt: these two are deleted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub salt: Salt,
    /// Canonical JSON.
    pub payload: String,
}

impl Part {
    /// The digest that stands in the envelope.
    #[must_use]
    pub fn digest(&self, class: Class) -> Digest {
        let head = format!("{}\n{}\n", class.wire_name(), self.salt.as_str());
        Digest::of("ratssaal part v1", &[head.as_bytes(), self.payload.as_bytes()])
    }
}

/// An entry with its digest and whatever of its parts still exists (`None`: deleted).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub envelope: Envelope,
    pub digest: Digest,
    pub parts: BTreeMap<Class, Option<Part>>,
}

impl Envelope {
    /// The digest of the entry: over its canonical JSON.
    ///
    /// # Errors
    /// Never for an envelope built by [`seal`]; the type has integers only.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        Ok(Digest::of("ratssaal entry v1", &[canonical_of(self)?.as_bytes()]))
    }
}

/// Seals a payload into an entry. `parts` are the payload's parts as JSON with a fresh salt each; the digests of the
/// envelope are computed here and nowhere else.
///
/// # Errors
/// If a part holds a number that is not an integer.
pub fn seal(mut envelope: Envelope, parts: BTreeMap<Class, (Salt, serde_json::Value)>) -> Result<Sealed, NotCanonical> {
    let mut kept = BTreeMap::new();
    envelope.parts.clear();
    for (class, (salt, value)) in parts {
        let part = Part { salt, payload: canonical(&value)? };
        envelope.parts.insert(class, part.digest(class));
        kept.insert(class, Some(part));
    }
    let digest = envelope.digest()?;
    Ok(Sealed { envelope, digest, parts: kept })
}
