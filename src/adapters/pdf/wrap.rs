//! Line breaking: greedy, between words and after hyphens; a word longer than the line is cut.

use super::fonts::{Fonts, Style};

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    pub style: Style,
    /// In points.
    pub size: f32,
    /// Distance from line to line, in points.
    pub leading: f32,
}

/// The lines of a text in a column of `width` points. There is always at least one.
pub fn lines(fonts: &Fonts, set: Type, width: f32, text: &str) -> Vec<String> {
    let text = fonts.settable(set.style, text);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        fill(fonts, set, width, paragraph, &mut lines);
    }
    lines
}

fn fill(fonts: &Fonts, set: Type, width: f32, paragraph: &str, lines: &mut Vec<String>) {
    let of = |text: &str| fonts.width(set.style, set.size, text);
    let (mut line, mut used) = (String::new(), 0.0_f32);
    for piece in pieces(paragraph) {
        let bare = of(piece.trim_end_matches(' '));
        if used + bare > width && !line.is_empty() {
            lines.push(line.trim_end_matches(' ').to_owned());
            line.clear();
            used = 0.0;
        }
        if bare <= width {
            line.push_str(piece);
            used += of(piece);
            continue;
        }
        for character in piece.chars() {
            let own = fonts.width_of(set.style, set.size, character);
            if used + own > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(character);
            used += own;
        }
    }
    lines.push(line.trim_end_matches(' ').to_owned());
}

/// Where a line may end: behind spaces, and behind a hyphen between letters.
fn pieces(paragraph: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut characters = paragraph.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let behind_space = character == ' ' && next.is_some_and(|next| next != ' ') && !is_glued(paragraph, at);
        let behind_hyphen = character == '-' && before.is_alphabetic() && next.is_some_and(char::is_alphabetic);
        if behind_space || behind_hyphen {
            let end = at + character.len_utf8();
            pieces.extend(paragraph.get(start..end));
            start = end;
        }
        before = character;
    }
    pieces.extend(paragraph.get(start..));
    pieces
}

/// Does the space at `at` hold together what is read as one: „§ 37“, „Abs. 2“, „19:05 Uhr“, „120 €“?
fn is_glued(paragraph: &str, at: usize) -> bool {
    let before = paragraph.get(..at).unwrap_or("").rsplit([' ', '(', '\u{a0}']).next().unwrap_or("");
    let after = paragraph.get(at..).unwrap_or("").trim_start_matches(' ');
    let number = after.starts_with(|first: char| first.is_ascii_digit());
    let unit = ["Uhr", "GemO", "€"].iter().any(|unit| after.starts_with(unit));
    (number && matches!(before, "§" | "§§" | "Abs." | "Satz" | "Nr." | "TOP"))
        || (unit && before.ends_with(|last: char| last.is_ascii_digit()))
}
