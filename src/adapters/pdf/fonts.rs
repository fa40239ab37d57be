//! The typefaces: which characters they have, how wide these are, and the small subset that goes into the file.

use crate::app::ports::minutes::PrintError;
use printpdf::{FontMetrics, ParsedFont};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;
use unicode_normalization::UnicodeNormalization;

const REGULAR: &[u8] = include_bytes!("../../../static/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../static/fonts/NotoSans-Bold.ttf");
const SYMBOLS: &[u8] = include_bytes!("../../../static/fonts/NotoSansSymbols-Regular.ttf");

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Regular,
    Bold,
}

/// One font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceId {
    Regular,
    Bold,
    Symbols,
}

impl FaceId {
    /// Name in the file: a subset carries six capitals in front (ISO 32000-1, 9.6.4). Fixed, so that the bytes are.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "RATSAA+NotoSans-Regular",
            Self::Bold => "RATSAB+NotoSans-Bold",
            Self::Symbols => "RATSAC+NotoSansSymbols-Regular",
        }
    }

    /// Name of the resource that pages refer to.
    pub const fn resource(self) -> &'static str {
        match self {
            Self::Regular => "Text",
            Self::Bold => "Fett",
            Self::Symbols => "Zeichen",
        }
    }
}

/// All faces, parsed.
pub struct Fonts {
    faces: BTreeMap<FaceId, ParsedFont>,
}

impl Fonts {
    pub fn load() -> Result<Self, PrintError> {
        let load = |bytes: &[u8]| {
            ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
                .ok_or_else(|| PrintError::Fault("Die mitgelieferte Schrift ist nicht lesbar.".into()))
        };
        Ok(Self {
            faces: BTreeMap::from([
                (FaceId::Regular, load(REGULAR)?),
                (FaceId::Bold, load(BOLD)?),
                (FaceId::Symbols, load(SYMBOLS)?),
            ]),
        })
    }

    /// The face that has a character, and the glyph: the style's own first, then the fallback, character by character.
    fn glyph(&self, style: Style, character: char) -> Option<(FaceId, u16)> {
        let own = match style {
            Style::Regular => FaceId::Regular,
            Style::Bold => FaceId::Bold,
        };
        [own, FaceId::Symbols].into_iter().find_map(|id| {
            let glyph = self.faces.get(&id)?.lookup_glyph_index(u32::from(character))?;
            (glyph != 0).then_some((id, glyph))
        })
    }

    /// A text as it is set: composed (NFC), tabs as spaces, without characters that show nothing. What no face has stands
    /// there by its number (`[U+1F600]`): the minutes must be printed whatever somebody typed, and a box would hide it.
    pub fn settable(&self, style: Style, text: &str) -> String {
        let mut settable = String::with_capacity(text.len());
        for character in text.nfc().filter(|character| !is_invisible(*character)) {
            match character {
                '\t' => settable.push(' '),
                '\n' => settable.push('\n'),
                _ if self.glyph(style, character).is_some() => settable.push(character),
                _ => settable.extend(format!("[U+{:04X}]", u32::from(character)).chars()),
            }
        }
        settable
    }

    /// Width of a character in points at a size.
    pub fn width_of(&self, style: Style, size: f32, character: char) -> f32 {
        let Some((id, glyph)) = self.glyph(style, character) else { return 0.0 };
        let Some(face) = self.faces.get(&id) else { return 0.0 };
        let units = f32::from(face.get_glyph_width(glyph).unwrap_or(0));
        units * size / f32::from(face.units_per_em.max(1))
    }

    /// Width of a text in points at a size.
    pub fn width(&self, style: Style, size: f32, text: &str) -> f32 {
        text.chars().map(|character| self.width_of(style, size, character)).sum()
    }

    /// A text cut into stretches of one face each.
    pub fn runs(&self, style: Style, text: &str) -> Vec<(FaceId, String)> {
        let mut runs: Vec<(FaceId, String)> = Vec::new();
        for character in text.chars() {
            let Some((id, _)) = self.glyph(style, character) else { continue };
            match runs.last_mut() {
                Some((last, run)) if *last == id => run.push(character),
                _ => runs.push((id, character.to_string())),
            }
        }
        runs
    }

    /// The subset of a face that sets `used`, as printpdf embeds it.
    pub fn subset(&self, id: FaceId, used: &BTreeSet<char>) -> Result<ParsedFont, PrintError> {
        let fault = |why: String| PrintError::Fault(format!("Schrift {}: {why}", id.name()));
        let face = self.faces.get(&id).ok_or_else(|| fault("fehlt".into()))?;
        let mut remapper = GlyphRemapper::new();
        let (mut cmap, mut widths) = (BTreeMap::new(), BTreeMap::new());
        for character in used {
            let code = u32::from(*character);
            let old = face.lookup_glyph_index(code).ok_or_else(|| fault(format!("U+{code:04X} fehlt")))?;
            let new = remapper.remap(old);
            cmap.insert(code, new);
            widths.insert(new, face.get_glyph_width(old).unwrap_or(0));
        }
        let bytes = subsetter::subset(&face.original_bytes, 0, &remapper).map_err(|error| fault(error.to_string()))?;
        let metrics = FontMetrics { ascent: face.font_metrics.ascent, descent: face.font_metrics.descent };
        let name = Some(id.name().to_owned());
        let mut subset = ParsedFont::with_glyph_data(bytes, 0, name, cmap, widths, face.units_per_em, metrics);
        subset.pdf_font_metrics = face.pdf_font_metrics.clone();
        Ok(subset)
    }
}

/// Soft hyphen, zero-width space and joiners, direction marks, word joiner, variation selectors, byte order mark.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}
