//! From bytes to lines of known shape. Whatever is not written in exactly the one spelling is refused with its line.

use super::hash::{canonical, plain, purposed, unhex};
use super::report::{Failure, shown};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Largest bundle that is read, in bytes.
pub const BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most lines of a bundle.
pub const LINES_MAX: usize = 1_000_000;
/// Longest line, in bytes; the longest real one carries the text of the law.
const LINE_BYTES_MAX: usize = 8 * 1024 * 1024;
const FORMAT: &str = "ratssaal bundle v1";

/// A bundle, read but not yet checked.
pub struct Bundle {
    pub header: Header,
    pub entries: Vec<Entry>,
    pub heads: Vec<SignedHead>,
    pub files: Vec<NamedFile>,
    /// What is wrong with the end line, if anything.
    end: Result<usize, Failure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    format: String,
    /// Public key, SEC1 compressed, hexadecimal.
    pub key: String,
    pub meeting: String,
}

/// One entry with its place in the file.
pub struct Entry {
    pub line: usize,
    pub envelope: Envelope,
    /// As written beside the entry.
    pub digest: String,
    /// As computed from the entry.
    pub computed: String,
    pub parts: BTreeMap<Class, Option<Part>>,
}

impl Entry {
    /// What happened behind closed doors and is not in this bundle.
    pub fn is_withheld(&self) -> bool {
        self.parts.get(&Class::ClosedFinding).is_some_and(Option::is_none)
    }

    /// A failure at this entry.
    pub fn failure(&self, what: impl Into<String>) -> Failure {
        let Envelope { number, recorded_at, .. } = self.envelope;
        Failure { line: Some(self.line), number: Some(number), at: Some(recorded_at), what: what.into() }
    }
}

/// Deletion class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Finding,
    Measurement,
    Choice,
    PersonalText,
    NonPublic,
    ClosedFinding,
}

impl Class {
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

    pub const fn german(self) -> &'static str {
        match self {
            Self::Finding => "Feststellung",
            Self::Measurement => "Messwerte",
            Self::Choice => "Einzelstimme",
            Self::PersonalText => "Text über Personen",
            Self::NonPublic => "nichtöffentlich",
            Self::ClosedFinding => "nichtöffentliche Feststellung",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    pub meeting: String,
    pub number: u64,
    pub previous: String,
    pub command: String,
    pub actor: String,
    pub epoch: u64,
    pub occurred_at: i64,
    pub recorded_at: i64,
    pub name: String,
    pub version: u16,
    pub parts: BTreeMap<Class, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub salt: String,
    pub payload: String,
}

/// A signed head with its place in the file.
pub struct SignedHead {
    pub line: usize,
    pub head: Head,
    pub signature: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub meeting: String,
    pub number: u64,
    pub digest: String,
}

/// A file that should lie beside the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedFile {
    pub name: String,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    entry: Value,
    digest: String,
    parts: BTreeMap<Class, Option<Part>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadLine {
    head: Head,
    signature: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileLine {
    file: NamedFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine {
    end: End,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    lines: u64,
    sha256: String,
}

/// Reads all lines, in their order: header, entries each with its head behind it, files, end.
///
/// # Errors
/// The first line that is too long, not in the one spelling, of unknown shape or out of place. A wrong end line is kept
/// for [`check_end`]: what is wrong before it is named first.
pub fn read(bytes: &[u8]) -> Result<Bundle, Failure> {
    if bytes.len() > BYTES_MAX {
        return Err(Failure::whole(format!("Das Bündel ist größer als {} MB.", BYTES_MAX / 1024 / 1024)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Failure::at_line(before.split(|b| *b == b'\n').count(), "Das ist kein Text in UTF-8.")
    })?;
    let mut lines = Lines { rest: text, text, line: 0 };
    let header: Header = match lines.next()? {
        Some(value) => shaped(1, value)?,
        None => return Err(Failure::whole("Das Bündel ist leer.")),
    };
    if header.format != FORMAT {
        return Err(Failure::at_line(1, format!("Unbekanntes Format „{}“.", shown(&header.format))));
    }
    let (mut entries, mut heads, mut files) = (Vec::<Entry>::new(), Vec::<SignedHead>::new(), Vec::new());
    let mut after_entry = false;
    loop {
        let before = lines.consumed();
        let Some(value) = lines.next()? else {
            let end = Err(Failure::at_line(lines.line, "Die Schlusszeile fehlt: Das Bündel ist abgeschnitten."));
            return Ok(Bundle { header, entries, heads, files, end });
        };
        let line = lines.line;
        let was_after_entry = std::mem::take(&mut after_entry);
        if value.get("entry").is_some() && files.is_empty() {
            entries.push(entry(line, shaped(line, value)?)?);
            after_entry = true;
        } else if value.get("head").is_some() && was_after_entry {
            let HeadLine { head, signature } = shaped(line, value)?;
            heads.push(SignedHead { line, head, signature });
        } else if value.get("file").is_some() {
            let FileLine { file } = shaped(line, value)?;
            files.push(well_named(line, file)?);
        } else if value.get("end").is_some() {
            let EndLine { end } = shaped(line, value)?;
            let end = compare_end(&end, line, before);
            if !lines.rest.is_empty() {
                return Err(Failure::at_line(line + 1, "Hinter der Schlusszeile steht noch etwas."));
            }
            return Ok(Bundle { header, entries, heads, files, end });
        } else {
            return Err(Failure::at_line(line, "Diese Zeile gehört nicht hierher oder ist unbekannt."));
        }
    }
}

/// Is the end line right: number of lines, digest of everything before it?
///
/// # Errors
/// If it is missing or wrong.
pub fn check_end(bundle: &Bundle) -> Result<String, Failure> {
    let lines = bundle.end.clone()?;
    Ok(format!("{lines} Zeilen, jede in der festgelegten Schreibweise, vollständig bis zur Schlusszeile"))
}

fn compare_end(end: &End, line: usize, before: &str) -> Result<usize, Failure> {
    if usize::try_from(end.lines).ok() != Some(line - 1) || end.sha256 != plain(before.as_bytes()) {
        let what = "Die Schlusszeile passt nicht zum Inhalt: Am Bündel wurde nach dem Schreiben etwas geändert.";
        return Err(Failure::at_line(line, what));
    }
    Ok(line)
}

/// The lines of a text, each parsed and compared with its one spelling.
struct Lines<'a> {
    text: &'a str,
    rest: &'a str,
    /// Number of the line last read, from 1.
    line: usize,
}

impl<'a> Lines<'a> {
    /// Everything read so far.
    fn consumed(&self) -> &'a str {
        self.text.get(..self.text.len() - self.rest.len()).unwrap_or_default()
    }

    fn next(&mut self) -> Result<Option<Value>, Failure> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        let wrong = |what: &str| Failure::at_line(self.line, what);
        if self.line > LINES_MAX {
            return Err(wrong("Das Bündel hat zu viele Zeilen."));
        }
        let Some((line, rest)) = self.rest.split_once('\n') else {
            return Err(wrong("Die Zeile endet nicht: Das Bündel ist abgeschnitten."));
        };
        if line.len() > LINE_BYTES_MAX {
            return Err(wrong("Diese Zeile ist zu lang."));
        }
        self.rest = rest;
        let value: Value = serde_json::from_str(line).map_err(|_| wrong("Diese Zeile ist kein lesbares JSON."))?;
        if canonical(&value).as_deref() != Some(line) {
            return Err(wrong("Diese Zeile steht nicht in der festgelegten Schreibweise."));
        }
        Ok(Some(value))
    }
}

fn shaped<T: DeserializeOwned>(line: usize, value: Value) -> Result<T, Failure> {
    serde_json::from_value(value).map_err(|error| {
        let why = shown(&error.to_string());
        Failure::at_line(line, format!("Diese Zeile hat nicht die festgelegten Felder ({why})."))
    })
}

fn entry(line: usize, read: EntryLine) -> Result<Entry, Failure> {
    let wrong = |what: &str| Failure::at_line(line, what);
    let text = canonical(&read.entry).ok_or_else(|| wrong("Der Eintrag enthält eine Zahl mit Bruch."))?;
    let envelope: Envelope = shaped(line, read.entry)?;
    let entry = Entry {
        line,
        envelope,
        digest: read.digest,
        computed: purposed("ratssaal entry v1", &[&text]),
        parts: read.parts,
    };
    let digests = entry.envelope.parts.values().chain([&entry.envelope.previous, &entry.digest]);
    if digests.into_iter().any(|digest| unhex::<32>(digest).is_none()) {
        return Err(entry.failure("Eine Prüfsumme hat nicht 64 Ziffern aus 0–9 und a–f."));
    }
    if entry.parts.values().flatten().any(|part| unhex::<16>(&part.salt).is_none()) {
        return Err(entry.failure("Ein Zufallswert hat nicht 32 Ziffern aus 0–9 und a–f."));
    }
    Ok(entry)
}

/// A name can only mean a file beside the bundle.
fn well_named(line: usize, file: NamedFile) -> Result<NamedFile, Failure> {
    let plain_name = (1..=100).contains(&file.name.len())
        && !file.name.starts_with('.')
        && file.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if plain_name && unhex::<32>(&file.sha256).is_some() {
        Ok(file)
    } else {
        Err(Failure::at_line(line, "Name oder Prüfsumme der Datei ist unzulässig."))
    }
}
