//! From pages to the bytes of a PDF. Nothing here reads a clock or a counter: printpdf's own identifiers are replaced, the
//! dates come from the ledger, and the file's identifier is the digest of its content.

use super::fonts::{FaceId, Fonts};
use super::page::{HEIGHT, Mark, Page, WIDTH};
use crate::app::ports::minutes::PrintError;
use crate::domain::ledger::Digest;
use crate::domain::minutes::Minutes;
use printpdf::date::OffsetDateTime;
use printpdf::font::PdfFont;
use printpdf::{
    Color, FontId, Greyscale, Line, LinePoint, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt,
    TextItem,
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in the file's identifier while its digest is taken: as long as the digest itself.
const BLANK: [u8; 32] = [b'0'; 32];

/// Keys of the file's description that would claim what it is not, a print master, or say nothing.
const NOT_OURS: [&[u8]; 4] = [b"GTS_PDFXVersion", b"Identifier", b"Keywords", b"Trapped"];
/// Grey with a contrast of more than 4.5 to 1 on white.
const GREY_TEXT: f32 = 0.35;
/// Hairlines may be lighter than letters.
const GREY_RULE: f32 = 0.65;

/// Writes the file.
pub fn write(minutes: &Minutes, pages: &[Page], fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let fault = |why: String| PrintError::Fault(why);
    let mut document = PdfDocument::new(&minutes.title);
    let info = &mut document.metadata.info;
    info.author.clone_from(&minutes.author);
    info.creator = "Ratssaal".into();
    info.producer = "Ratssaal".into();
    info.subject = minutes.title_lines.join(" · ");
    let date =
        OffsetDateTime::from_unix_timestamp(minutes.as_of.0.div_euclid(1000)).map_err(|why| fault(why.into()))?;
    info.creation_date = date;
    info.modification_date = date;
    info.metadata_date = date;
    for (id, used) in used_characters(pages, fonts) {
        let font = PdfFont::new(fonts.subset(id, &used)?);
        document.resources.fonts.map.insert(FontId(id.resource().into()), font);
    }
    document.pages = pages.iter().map(|page| pdf_page(page, fonts)).collect();

    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(fault(format!("{warning:?}")));
    }
    // Fonts as programs with CID encoding need more than the 1.3 that printpdf writes.
    file.version = "1.7".into();
    describe(&mut file).map_err(|why| fault(why.to_string()))?;
    file.compress();
    let mut save = |identifier: &[u8]| -> Result<Vec<u8>, PrintError> {
        let parts =
            file.trailer.get_mut(b"ID").and_then(|id| id.as_array_mut()).map_err(|why| fault(why.to_string()))?;
        for part in parts {
            *part.as_str_mut().map_err(|why| fault(why.to_string()))? = identifier.to_vec();
        }
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).map_err(|why| fault(why.to_string()))?;
        Ok(bytes)
    };
    let digest = Digest::of("ratssaal pdf v1", &[&save(&BLANK)?]).to_string();
    save(digest.as_bytes().get(..BLANK.len()).unwrap_or(&BLANK))
}

/// The language for whoever reads the file aloud, and nothing that is not so.
fn describe(file: &mut lopdf::Document) -> lopdf::Result<()> {
    let info = file.trailer.get(b"Info").and_then(lopdf::Object::as_reference)?;
    let info = file.get_dictionary_mut(info)?;
    for key in NOT_OURS {
        info.remove(key);
    }
    file.catalog_mut()?.set("Lang", lopdf::Object::string_literal("de-DE"));
    Ok(())
}

fn used_characters(pages: &[Page], fonts: &Fonts) -> BTreeMap<FaceId, BTreeSet<char>> {
    let mut used: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Text { style, text, .. } = mark {
            for (id, run) in fonts.runs(*style, text) {
                used.entry(id).or_default().extend(run.chars());
            }
        }
    }
    used
}

fn pdf_page(page: &Page, fonts: &Fonts) -> PdfPage {
    let mut ops = Vec::new();
    for mark in &page.marks {
        match mark {
            Mark::Text { x, y, style, size, grey, text } => {
                ops.push(Op::StartTextSection);
                ops.push(Op::SetFillColor { col: shade(if *grey { GREY_TEXT } else { 0.0 }) });
                ops.push(Op::SetTextCursor { pos: point(*x, *y) });
                for (id, run) in fonts.runs(*style, text) {
                    let font = PdfFontHandle::External(FontId(id.resource().into()));
                    ops.push(Op::SetFont { font, size: Pt(*size) });
                    ops.push(Op::ShowText { items: vec![TextItem::Text(run)] });
                }
                ops.push(Op::EndTextSection);
            }
            Mark::Rule { x, y, to_x, to_y, thickness, grey } => {
                let ends = [point(*x, *y), point(*to_x, *to_y)];
                let points = ends.into_iter().map(|p| LinePoint { p, bezier: false }).collect();
                ops.push(Op::SetOutlineColor { col: shade(if *grey { GREY_RULE } else { 0.0 }) });
                ops.push(Op::SetOutlineThickness { pt: Pt(*thickness) });
                ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
        }
    }
    PdfPage::new(Mm(WIDTH * 25.4 / 72.0), Mm(HEIGHT * 25.4 / 72.0), ops)
}

/// PDF counts upwards from the lower edge.
const fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(x), y: Pt(HEIGHT - y) }
}

/// 0 is black, 1 is white.
const fn shade(brightness: f32) -> Color {
    Color::Greyscale(Greyscale { percent: brightness, icc_profile: None })
}
