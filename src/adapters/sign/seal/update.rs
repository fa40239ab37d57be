//! One more revision behind a PDF (incremental update, ISO 32000-1, 7.5.6): an invisible signature field on the first page,
//! and the signature's dictionary with a gap where the signature will stand. Not a byte of the file itself changes.

use super::object::spell;
use crate::domain::ledger::Digest;
use crate::domain::time::Instant;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};
use std::ops::Range;

/// Name of the field; unique in the file.
const FIELD: &str = "Siegel";
/// What somebody hears whose screen is read aloud.
const FIELD_TOLD: &str = "Elektronisches Siegel der Gemeinde";
/// Print and Locked (ISO 32000-1, table 165): a hidden field would break PDF/A.
const FLAGS: i64 = 132;
/// Form filling and further signatures remain possible, nothing else (ISO 32000-1, table 254).
const DOC_MDP: i64 = 2;
/// Digits of a place in the file: files are well below 10 GB.
const PLACE_DIGITS: usize = 10;

/// Why nothing could be appended.
#[derive(Debug, thiserror::Error)]
pub enum NoUpdate {
    #[error(transparent)]
    Pdf(#[from] lopdf::Error),
    #[error("{0}")]
    Shape(&'static str),
}

/// What the dictionary says beside the signature.
pub struct Claim<'a> {
    /// Whose seal.
    pub name: &'a str,
    /// What it is for, and what not.
    pub reason: &'a str,
    /// When, as far as the sealing machine knows.
    pub at: Instant,
}

/// A file with a gap in it.
pub struct Gap {
    pub file: Vec<u8>,
    /// Where the signature will stand, with its angle brackets.
    pub place: Range<usize>,
}

impl Gap {
    /// The two stretches around the gap: what is signed.
    pub fn covered(&self) -> [&[u8]; 2] {
        let before = self.file.get(..self.place.start).unwrap_or_default();
        let behind = self.file.get(self.place.end..).unwrap_or_default();
        [before, behind]
    }

    /// Fills the gap with `content` in hexadecimal digits, and zeros behind it.
    pub fn fill(mut self, content: &[u8]) -> Result<Vec<u8>, NoUpdate> {
        let inner = self.place.start + 1..self.place.end - 1;
        let gap = self.file.get_mut(inner).ok_or(NoUpdate::Shape("keine Lücke"))?;
        if content.len() * 2 > gap.len() {
            return Err(NoUpdate::Shape("die Signatur ist größer als der Platz dafür"));
        }
        for (pair, byte) in gap.chunks_exact_mut(2).zip(content) {
            pair.copy_from_slice(format!("{byte:02x}").as_bytes());
        }
        Ok(self.file)
    }
}

/// Appends the revision, with room for `bytes` bytes of signature.
pub fn append(pdf: &[u8], claim: &Claim<'_>, bytes: usize) -> Result<Gap, NoUpdate> {
    let old = Document::load_mem(pdf)?;
    if old.trailer.has(b"Encrypt") {
        return Err(NoUpdate::Shape("verschlüsselte Dokumente werden nicht gesiegelt"));
    }
    if !is_table(pdf, old.xref_start) {
        return Err(NoUpdate::Shape("das Verzeichnis des Dokuments ist keine einfache Tabelle"));
    }
    let root = old.trailer.get(b"Root").and_then(Object::as_reference)?;
    let page = old.page_iter().next().ok_or(NoUpdate::Shape("das Dokument hat keine Seite"))?;
    let (field, signature) = ((old.max_id + 1, 0), (old.max_id + 2, 0));

    let mut update = Update::behind(pdf);
    update.object(root, &Object::Dictionary(catalog(old.get_dictionary(root)?, field, signature)?));
    update.object(page, &Object::Dictionary(page_with(&old, page, field)?));
    update.object(field, &Object::Dictionary(widget(page, signature)));
    let place = update.signature(signature, claim, bytes)?;
    update.end(&old, signature.0 + 1)?;
    let mut gap = Gap { file: update.file, place };
    state_range(&mut gap)?;
    Ok(gap)
}

/// Does the newest list of places begin with the word that only a table begins with?
fn is_table(pdf: &[u8], place: usize) -> bool {
    pdf.get(place..).is_some_and(|rest| rest.starts_with(b"xref"))
}

fn catalog(old: &Dictionary, field: ObjectId, signature: ObjectId) -> Result<Dictionary, NoUpdate> {
    if old.has(b"AcroForm") || old.has(b"Perms") {
        return Err(NoUpdate::Shape("das Dokument hat schon ein Formular oder eine Unterschrift"));
    }
    let mut catalog = old.clone();
    // SignaturesExist and AppendOnly.
    catalog.set("AcroForm", dictionary! { "Fields" => vec![Object::Reference(field)], "SigFlags" => 3 });
    catalog.set("Perms", dictionary! { "DocMDP" => Object::Reference(signature) });
    // The sub-filter is newer than the format's version (ETSI EN 319 142-1, 5.5).
    let level = dictionary! { "BaseVersion" => Object::Name(b"1.7".to_vec()), "ExtensionLevel" => 1 };
    catalog.set("Extensions", dictionary! { "ESIC" => level });
    Ok(catalog)
}

fn page_with(old: &Document, page: ObjectId, field: ObjectId) -> Result<Dictionary, NoUpdate> {
    let mut page = old.get_dictionary(page)?.clone();
    let mut annotations = match page.get(b"Annots") {
        Ok(list) => old.dereference(list)?.1.as_array()?.clone(),
        Err(_) => Vec::new(),
    };
    annotations.push(Object::Reference(field));
    page.set("Annots", annotations);
    Ok(page)
}

fn widget(page: ObjectId, signature: ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(FIELD),
        "TU" => text_string(FIELD_TOLD),
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "F" => FLAGS,
        "P" => Object::Reference(page),
        "V" => Object::Reference(signature),
    }
}

/// The new revision as it grows.
struct Update {
    file: Vec<u8>,
    /// What the file was.
    before: Digest,
    /// Where each object begins.
    places: Vec<(ObjectId, usize)>,
}

impl Update {
    fn behind(pdf: &[u8]) -> Self {
        let mut file = pdf.to_vec();
        if !file.ends_with(b"\n") {
            file.push(b'\n');
        }
        Self { file, before: Digest::sha256(pdf), places: Vec::new() }
    }

    fn begin(&mut self, id: ObjectId) {
        self.places.push((id, self.file.len()));
        self.say(&format!("{} {} obj\n", id.0, id.1));
    }

    fn say(&mut self, text: &str) {
        self.file.extend_from_slice(text.as_bytes());
    }

    fn object(&mut self, id: ObjectId, object: &Object) {
        self.begin(id);
        spell(&mut self.file, object);
        self.say("\nendobj\n");
    }

    /// The signature's dictionary, written by hand because its gap and its range must lie where we know.
    fn signature(&mut self, id: ObjectId, claim: &Claim<'_>, bytes: usize) -> Result<Range<usize>, NoUpdate> {
        let blank = "0".repeat(PLACE_DIGITS);
        self.begin(id);
        self.say("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached");
        self.say(&format!("/ByteRange[0 {blank} {blank} {blank}]/Contents"));
        let from = self.file.len();
        self.say(&format!("<{}>", "00".repeat(bytes)));
        let until = self.file.len();
        self.say("/Name");
        spell(&mut self.file, &text_string(claim.name));
        self.say("/Reason");
        spell(&mut self.file, &text_string(claim.reason));
        self.say(&format!("/M({})", moment(claim.at)?));
        self.say("/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams");
        self.say(&format!("<</Type/TransformParams/P {DOC_MDP}/V/1.2>>>>]>>\nendobj\n"));
        Ok(from..until)
    }

    fn end(&mut self, old: &Document, size: u32) -> Result<(), NoUpdate> {
        let place = self.file.len();
        self.say("xref\n");
        let mut places = std::mem::take(&mut self.places);
        places.sort_unstable();
        for run in places.chunk_by(|(one, _), (next, _)| one.0 + 1 == next.0) {
            let first = run.first().map_or(0, |(id, _)| id.0);
            self.say(&format!("{first} {}\n", run.len()));
            for (id, place) in run {
                self.say(&format!("{place:010} {:05} n \n", id.1));
            }
        }
        let mut trailer = dictionary! {
            "Size" => i64::from(size),
            "Root" => old.trailer.get(b"Root")?.clone(),
            "Prev" => i64::try_from(old.xref_start).map_err(|_| NoUpdate::Shape("das Dokument ist zu groß"))?,
        };
        if let Ok(info) = old.trailer.get(b"Info") {
            trailer.set("Info", info.clone());
        }
        if let Ok([first, ..]) = old.trailer.get(b"ID").and_then(Object::as_array).map(Vec::as_slice) {
            // The first part is the file's for ever, the second this revision's.
            let body = Digest::of("ratssaal seal v1", &[self.before.to_string().as_bytes(), &self.file]);
            let second: String = body.to_string().chars().take(32).collect();
            trailer.set("ID", vec![first.clone(), Object::string_literal(second)]);
        }
        self.say("trailer\n");
        spell(&mut self.file, &Object::Dictionary(trailer));
        self.say(&format!("\nstartxref\n{place}\n%%EOF\n"));
        Ok(())
    }
}

/// Writes the range that is signed into the space kept for it, directly before the gap.
fn state_range(gap: &mut Gap) -> Result<(), NoUpdate> {
    let (start, end) = (gap.place.start, gap.place.end);
    let rest = gap.file.len() - end;
    let range = format!("{start:<PLACE_DIGITS$} {end:<PLACE_DIGITS$} {rest:<PLACE_DIGITS$}");
    let behind = start - "]/Contents".len();
    let space = gap.file.get_mut(behind - range.len()..behind).ok_or(NoUpdate::Shape("kein Platz"))?;
    if space.len() != 3 * PLACE_DIGITS + 2 {
        return Err(NoUpdate::Shape("das Dokument ist zu groß"));
    }
    space.copy_from_slice(range.as_bytes());
    Ok(())
}

/// A moment as PDF writes it (ISO 32000-1, 7.9.4), in UTC.
fn moment(at: Instant) -> Result<String, NoUpdate> {
    let unreadable = || NoUpdate::Shape("die Uhrzeit ist unbrauchbar");
    let millis = u64::try_from(at.0).map_err(|_| unreadable())?;
    let time = der::DateTime::from_unix_duration(std::time::Duration::from_millis(millis)).map_err(|_| unreadable())?;
    let (year, month, day) = (time.year(), time.month(), time.day());
    Ok(format!("D:{year:04}{month:02}{day:02}{:02}{:02}{:02}Z", time.hour(), time.minutes(), time.seconds()))
}
