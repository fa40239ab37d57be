//! The evidence bundle (`Beweisbündel`): everything somebody else needs to check a meeting, in one text file.
//!
//! Every line is canonical JSON, so that every byte matters: a header, the entries with whatever parts still exist, each
//! signed head directly behind its entry, the files that belong to it, and an end line over all bytes before it. The
//! reader on the other side is `crate::audit`, which shares no code with this one.

use crate::domain::id::MeetingId;
use crate::domain::ledger::{Class, Digest, Envelope, Head, NotCanonical, Sealed, SignedHead, canonical_of};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the header says; a changed meaning is a new format.
pub const FORMAT: &str = "ratssaal bundle v1";

/// What is left out of a bundle for the public (§ 35 (2) GemO BW).
pub const CLOSED: [Class; 2] = [Class::NonPublic, Class::ClosedFinding];

/// Name under which a bundle is laid down.
pub const FILE_NAME: &str = "beweis.jsonl";

/// A file that lies beside the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundledFile {
    /// 1 to 100 characters of `A–Z a–z 0–9 . _ -`, not beginning with a dot.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
}

impl BundledFile {
    /// The file `name` with this content.
    #[must_use]
    pub fn of(name: &str, content: &[u8]) -> Self {
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        Self { name: name.to_owned(), sha256: Digest::sha256(content), bytes }
    }

    fn is_well_named(&self) -> bool {
        (1..=100).contains(&self.name.len())
            && !self.name.starts_with('.')
            && self.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    }
}

/// Why there is no bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// No ledger, no evidence.
    #[error("Diese Sitzung hat noch keine Aufzeichnung.")]
    Empty,
    /// An entry is of another meeting.
    #[error("Eintrag {0} gehört zu einer anderen Sitzung.")]
    OtherMeeting(u64),
    /// A head signs no entry of this ledger.
    #[error("Der unterschriebene Stand {0} passt zu keinem Eintrag.")]
    StrayHead(u64),
    /// Only the non-public part may be left out of what others check; everything else is deleted by an entry or there.
    #[error("Die Klasse „{0}“ kann nicht vorenthalten werden.")]
    NotWithholdable(&'static str),
    /// A file name that could lead elsewhere.
    #[error("„{0}“ ist kein zulässiger Dateiname.")]
    FileName(String),
    /// An entry that cannot be written.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

#[derive(Serialize)]
struct HeaderLine<'a> {
    format: &'a str,
    key: &'a str,
    meeting: &'a MeetingId,
}

#[derive(Serialize)]
struct EntryLine<'a> {
    entry: &'a Envelope,
    digest: &'a Digest,
    parts: BTreeMap<Class, Option<PartLine<'a>>>,
}

#[derive(Serialize)]
struct PartLine<'a> {
    salt: &'a str,
    payload: &'a str,
}

#[derive(Serialize)]
struct HeadLine<'a> {
    head: &'a Head,
    signature: &'a str,
}

#[derive(Serialize)]
struct FileLine<'a> {
    file: &'a BundledFile,
}

#[derive(Serialize)]
struct EndLine {
    end: End,
}

#[derive(Serialize)]
struct End {
    /// Lines before this one.
    lines: u64,
    /// SHA-256 of all bytes before this line.
    sha256: Digest,
}

/// Writes the bundle of a meeting. `key` is the instance's public key as [`Signer::public_key`] gives it; parts of the
/// classes in `withhold` are left out (of a bundle for the public: those of [`CLOSED`]).
///
/// [`Signer::public_key`]: super::ports::signer::Signer::public_key
///
/// # Errors
/// [`BundleError`] if there is nothing to write, or entries, heads and files do not belong together.
pub fn bundle(
    meeting: &MeetingId,
    key: &str,
    entries: &[Sealed],
    heads: &[SignedHead],
    files: &[BundledFile],
    withhold: &BTreeSet<Class>,
) -> Result<String, BundleError> {
    if entries.is_empty() {
        return Err(BundleError::Empty);
    }
    if let Some(class) = withhold.iter().find(|class| !matches!(class, Class::NonPublic | Class::ClosedFinding)) {
        return Err(BundleError::NotWithholdable(class.wire_name()));
    }
    let mut unplaced: BTreeMap<u64, &SignedHead> = heads.iter().map(|signed| (signed.head.number, signed)).collect();
    let mut text = Lines::default();
    text.push(&HeaderLine { format: FORMAT, key, meeting })?;
    for sealed in entries {
        let number = sealed.envelope.number;
        if sealed.envelope.meeting != *meeting {
            return Err(BundleError::OtherMeeting(number));
        }
        text.push(&entry_line(sealed, withhold))?;
        if let Some(signed) = unplaced.remove(&number) {
            if signed.head.digest != sealed.digest || signed.head.meeting != *meeting {
                return Err(BundleError::StrayHead(number));
            }
            text.push(&HeadLine { head: &signed.head, signature: &signed.signature })?;
        }
    }
    if let Some(number) = unplaced.keys().next() {
        return Err(BundleError::StrayHead(*number));
    }
    for file in files {
        if !file.is_well_named() {
            return Err(BundleError::FileName(file.name.clone()));
        }
        text.push(&FileLine { file })?;
    }
    let end = End { lines: text.count, sha256: Digest::sha256(text.text.as_bytes()) };
    text.push(&EndLine { end })?;
    Ok(text.text)
}

fn entry_line<'a>(sealed: &'a Sealed, withhold: &BTreeSet<Class>) -> EntryLine<'a> {
    // Of what happened behind closed doors nothing is shown, a choice or a complaint as little as the finding.
    let whole = withhold.contains(&Class::ClosedFinding) && sealed.parts.contains_key(&Class::ClosedFinding);
    let parts = sealed
        .parts
        .iter()
        .map(|(class, part)| {
            let shown = part.as_ref().filter(|_| !whole && !withhold.contains(class));
            (*class, shown.map(|part| PartLine { salt: part.salt.as_str(), payload: &part.payload }))
        })
        .collect();
    EntryLine { entry: &sealed.envelope, digest: &sealed.digest, parts }
}

/// The file as it grows, with its lines counted.
#[derive(Default)]
struct Lines {
    text: String,
    count: u64,
}

impl Lines {
    fn push(&mut self, line: &impl Serialize) -> Result<(), NotCanonical> {
        self.text.push_str(&canonical_of(line)?);
        self.text.push('\n');
        self.count += 1;
        Ok(())
    }
}
