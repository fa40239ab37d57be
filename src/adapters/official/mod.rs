//! Official minutes as plain text, one file an item or a group of items, in the form of German city halls: head, „Punkt 5
//! der Tagesordnung“, „Beschluss“, „Abstimmungsergebnis“, the course of the debate, „Zur Beurkundung“. What has another
//! form is refused with its reason; what is not understood inside is told, never guessed.

mod course;
mod head;
mod lines;
mod result;
#[cfg(test)]
mod tests;

use crate::app::ports::official::{OfficialStatus, OfficialText};

/// Largest text that is read, in bytes. A debate of two hours has 67,000.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;
/// Items one text may deal with.
const ITEMS_MAX: usize = 100;
/// Things not understood that are told of one text.
const UNREAD_MAX: usize = 50;

const WORDING: &str = "Beschluss:";
const RESULT: [&str; 2] = ["Abstimmungsergebnis:", "Abstimmungsergebnisse:"];
const END: &str = "Zur Beurkundung:";

/// The text of `file`; `source` names it in the report.
///
/// # Errors
/// A German sentence if it is too large, not UTF-8, holds control characters, breaks off, or is not in this form.
pub fn read(source: &str, file: &[u8]) -> Result<OfficialText, String> {
    let lines = lines::lines(file)?;
    let mut text = OfficialText { source: source.to_owned(), ..OfficialText::default() };
    let end = lines
        .iter()
        .position(|line| line.eq_ignore_ascii_case(END))
        .ok_or_else(|| format!("Der Text bricht ab: Die Zeile „{END}“ fehlt."))?;
    let body = lines.get(..end).unwrap_or_default();
    let items = body
        .iter()
        .position(|line| head::numbered(line).is_some())
        .ok_or("Der Text nennt keinen „Punkt … der Tagesordnung“.")?;
    let result = body
        .iter()
        .position(|line| RESULT.iter().any(|name| starts_with(line, name)))
        .filter(|result| *result > items)
        .ok_or("Der Text bricht ab: Das „Abstimmungsergebnis“ fehlt.")?;
    let wording = body.iter().take(result).position(|line| starts_with(line, WORDING)).filter(|line| *line > items);

    head::head(body.get(..items).unwrap_or_default(), &mut text)?;
    head::items(body.get(items..wording.unwrap_or(result)).unwrap_or_default(), &mut text)?;
    text.wording = wording.and_then(|at| {
        let block = body.get(at..result).unwrap_or_default();
        Some(lines::paragraphs(&without_name(block))).filter(|text| !text.is_empty())
    });
    let (found, rest) = result::block(&without_name(body.get(result..).unwrap_or_default()));
    result::distribute(&found, &mut text)?;
    course::read(&rest, &mut text);
    for item in &mut text.items {
        item.status = said_by_wording(item.status, text.wording.as_deref());
    }
    text.unread.truncate(UNREAD_MAX);
    Ok(text)
}

fn starts_with(line: &str, name: &str) -> bool {
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// A block whose first line begins with its name, with whatever stands behind it.
fn without_name(block: &[String]) -> Vec<String> {
    let Some((first, rest)) = block.split_first() else { return Vec::new() };
    let behind = first.split_once(':').map_or("", |(_, behind)| behind.trim());
    std::iter::once(behind.to_owned()).chain(rest.iter().cloned()).collect()
}

/// Where the result only says that there was no vote, the decision says what happened instead.
fn said_by_wording(status: OfficialStatus, wording: Option<&str>) -> OfficialStatus {
    if !matches!(status, OfficialStatus::WithoutVote | OfficialStatus::Noted | OfficialStatus::Unknown) {
        return status;
    }
    let wording = wording.unwrap_or_default().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| wording.starts_with(word));
    if begins(&["verwiesen", "verweisung", "beratung im ", "beratung in "]) {
        OfficialStatus::Referred
    } else if begins(&["vertagt", "vertagung", "zurückgestellt"]) {
        OfficialStatus::Postponed
    } else if begins(&["abgesetzt", "absetzung"]) {
        OfficialStatus::Removed
    } else if begins(&["zurückgezogen"]) {
        OfficialStatus::Withdrawn
    } else if begins(&["kenntnisnahme", "zur kenntnis"]) {
        OfficialStatus::Noted
    } else if begins(&["erledigt"]) {
        OfficialStatus::Moot
    } else {
        status
    }
}
