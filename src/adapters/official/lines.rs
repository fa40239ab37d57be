//! From bytes to lines, and from lines to flowing text: page numbers, hyphens at line ends, spaces.

use super::FILE_BYTES_MAX;

/// Words behind a hyphen that stands for something left out: „Haupt- und Finanzausschuss“.
const ELLIPSIS: [&str; 6] = ["und", "oder", "bzw.", "sowie", "bis", "als"];

/// The lines of a file, trimmed, without page numbers.
pub fn lines(file: &[u8]) -> Result<Vec<String>, String> {
    if file.len() > FILE_BYTES_MAX {
        return Err(format!("Der Text ist größer als {FILE_BYTES_MAX} Bytes."));
    }
    if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
        return Err("Der Text ist UTF-16. Bitte als UTF-8 speichern.".to_owned());
    }
    let text = std::str::from_utf8(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)).map_err(|why| {
        let line = 1 + file.iter().take(why.valid_up_to()).filter(|byte| **byte == b'\n').count();
        format!("Der Text ist kein UTF-8 (Zeile {line}). Bitte als UTF-8 speichern.")
    })?;
    // A form feed is how programs that read PDF files mark a new page.
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n").replace(['\u{a0}', '\t'], " ");
    if let Some(line) = text.lines().position(|line| line.contains(char::is_control)) {
        return Err(format!("Der Text enthält Steuerzeichen (Zeile {}).", line.saturating_add(1)));
    }
    Ok(without_page_numbers(text.lines().map(|line| without_soft_hyphens(line.trim()))))
}

/// A soft hyphen divides a word at the end of a line, and is nothing elsewhere.
fn without_soft_hyphens(line: &str) -> String {
    let divided = if line.ends_with('\u{ad}') { "-" } else { "" };
    line.replace('\u{ad}', "") + divided
}

/// A page ends inside a sentence as well: there the empty lines around its number mean nothing.
fn without_page_numbers(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut in_sentence = false;
    for line in lines {
        if is_page_number(&line) {
            while kept.last().is_some_and(String::is_empty) {
                kept.pop();
            }
            in_sentence = kept.last().is_some_and(|line| !line.ends_with(['.', ':', '!', '?', ')']));
            if !in_sentence {
                kept.push(String::new());
            }
        } else if !(in_sentence && line.is_empty()) {
            in_sentence = false;
            kept.push(line);
        }
    }
    kept
}

/// „– 2 –“
fn is_page_number(line: &str) -> bool {
    let dash = |c: char| matches!(c, '–' | '-' | '—');
    line.strip_prefix(dash)
        .and_then(|rest| rest.strip_suffix(dash))
        .map(str::trim)
        .is_some_and(|number| !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Text that flows, empty lines and list entries kept apart.
pub fn paragraphs(lines: &[String]) -> String {
    let mut text = String::new();
    let mut apart = false;
    let mut entry = 0;
    for line in lines {
        if line.is_empty() {
            apart = !text.is_empty();
            continue;
        }
        let listed = is_list_entry(line, &mut entry);
        if text.is_empty() {
            text.push_str(line);
        } else if apart {
            text.push_str("\n\n");
            text.push_str(line);
        } else if listed {
            text.push('\n');
            text.push_str(line);
        } else {
            join(&mut text, line);
        }
        apart = false;
    }
    text.split('\n').map(spaced).collect::<Vec<_>>().join("\n")
}

/// One line of text.
pub fn flow(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        join(&mut text, line);
    }
    spaced(&text)
}

/// „1. …“, „b) …“, „– …“. A number is an entry only in its turn: „14. Februar“ is none.
fn is_list_entry(line: &str, last: &mut u32) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    if let Some(number) = first.strip_suffix('.').and_then(|number| number.parse::<u32>().ok()) {
        let in_turn = number == last.saturating_add(1);
        *last = if in_turn { number } else { *last };
        return in_turn;
    }
    let lettered = first.strip_suffix(')').is_some_and(|mark| (1..=2).contains(&mark.chars().count()));
    lettered || matches!(first, "–" | "-" | "•")
}

/// Joins a line to the one before; a hyphen at its end goes if it only divided a word.
fn join(text: &mut String, line: &str) {
    let word = line.split(' ').next().unwrap_or_default();
    let dangling = text.ends_with(" -") || text.ends_with(" –");
    if text.ends_with('-') && !dangling {
        if ELLIPSIS.contains(&word) {
            text.push(' ');
        } else if word.starts_with(char::is_lowercase) {
            text.pop();
        }
    } else if !text.is_empty() && !text.ends_with('\n') {
        text.push(' ');
    }
    text.push_str(line);
}

/// Single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
