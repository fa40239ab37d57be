//! The result block: „Mehrheitliche Zustimmung (36 Ja, 5 Nein)“, „TOP 5.1: keine Abstimmung (erledigt)“.

use super::head::{clip, is_number};
use super::lines;
use crate::app::ports::official::{Counts, OfficialItem, OfficialStatus, OfficialText, OfficialVote};

/// Votes one item may have.
const VOTES_MAX: usize = 100;
/// More hands than any council has are a slip of the pen.
const HANDS_MAX: u32 = 1000;
/// What a text on an outcome says somewhere.
const VERDICTS: [&str; 14] = [
    "zustimm",
    "zugestimmt",
    "annahme",
    "angenommen",
    "beschlossen",
    "ablehn",
    "abgelehnt",
    "stimmengleichheit",
    "abstimmung",
    "kenntnis",
    "erledigt",
    "verwiesen",
    "vertagt",
    "zurückgezogen",
];

/// One line of the block, with what it is about.
pub struct Line {
    /// „TOP 5.3:“
    number: Option<String>,
    /// „Ziffer 2:“
    about: Option<String>,
    text: String,
}

/// The lines of the block, and what stands behind it.
pub fn block(lines: &[String]) -> (Vec<Line>, Vec<String>) {
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let behind = lines.iter().skip(start).position(String::is_empty).map_or(lines.len(), |length| start + length);
    let mut found: Vec<Line> = Vec::new();
    for line in lines.get(start..behind).unwrap_or_default() {
        match found.last_mut() {
            Some(before) if goes_on(&before.text, line) => {
                before.text = lines::flow(&[std::mem::take(&mut before.text), line.clone()]);
            }
            Some(_) | None => found.push(labelled(line)),
        }
    }
    (found, lines.get(behind..).unwrap_or_default().to_vec())
}

/// A line that goes on with the one before: an open bracket, or no verdict of its own.
fn goes_on(before: &str, line: &str) -> bool {
    let open = before.matches('(').count() > before.matches(')').count();
    open || (labelled(line).number.is_none() && !is_verdict(line))
}

fn labelled(line: &str) -> Line {
    let (number, mut rest) = match numbered(line) {
        Some((number, rest)) => (Some(number.to_owned()), rest),
        None => (None, line),
    };
    let mut about = None;
    let outside = rest.split('(').next().unwrap_or_default();
    // Behind the last colon that still leaves a verdict; „Ja: 20“ is none.
    let mut colons = outside.match_indices(':').map(|(at, _)| at).filter(|at| {
        let (before, behind) = rest.split_at(*at);
        is_verdict(behind) && !is_choice(before.rsplit([' ', ',']).next().unwrap_or_default())
    });
    if let Some(at) = colons.next_back() {
        let (before, behind) = rest.split_at(at);
        about = Some(before.trim().to_owned()).filter(|about| !about.is_empty());
        rest = behind.trim_start_matches([':', ' ']);
    }
    Line { number, about, text: rest.to_owned() }
}

/// „TOP 5.3: …“
fn numbered(line: &str) -> Option<(&str, &str)> {
    let (number, rest) = line.strip_prefix("TOP ")?.split_once(':')?;
    is_number(number.trim()).then_some((number.trim(), rest.trim_start()))
}

fn is_verdict(text: &str) -> bool {
    let lower = text.to_lowercase();
    VERDICTS.iter().any(|verdict| lower.contains(verdict)) || lower.contains("einstimmig")
}

/// Gives every line to its item: by its number, or to all items of the text.
pub fn distribute(found: &[Line], text: &mut OfficialText) -> Result<(), String> {
    for line in found {
        let mut taken = false;
        let grouped = found.iter().any(|line| line.number.is_some());
        for (place, item) in text.items.iter_mut().enumerate() {
            let whose = match &line.number {
                Some(number) => item.number == *number,
                // Without a number beside numbered ones it is about the matter itself.
                None => !grouped || place == 0,
            };
            if whose {
                taken = true;
                take(line, item, place, &mut text.unread)?;
            }
        }
        if !taken {
            let number = line.number.as_deref().unwrap_or_default();
            return Err(format!("Das Ergebnis nennt TOP {}, den der Text nicht behandelt.", clip(number)));
        }
    }
    for item in text.items.iter().filter(|item| item.status == OfficialStatus::Unknown) {
        text.unread.push(format!(
            "Das Ergebnis von Punkt {} ist nicht zu verstehen: „{}“.",
            item.number,
            clip(&item.result)
        ));
    }
    Ok(())
}

fn take(line: &Line, item: &mut OfficialItem, place: usize, unread: &mut Vec<String>) -> Result<(), String> {
    let lower = line.text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let about = line.about.as_deref().map_or_else(String::new, |about| format!("{about}: "));
    let apart = if item.result.is_empty() { "" } else { "; " };
    item.result.extend([apart, about.as_str(), line.text.as_str()]);
    let counts = counts(&line.text).map_err(|why| format!("Punkt {}: {why}: „{}“.", item.number, clip(&line.text)))?;
    let otherwise = without_vote(&format!("{}{lower}", about.to_lowercase()));
    let no_vote = says(&["keine abstimmung", "ohne abstimmung"]);
    let rejected = says(&["ablehn", "abgelehnt", "stimmengleichheit"]);
    let adopted = says(&["zustimm", "zugestimmt", "annahme", "angenommen", "beschlossen"]);
    if no_vote && counts.is_some() {
        return Err(format!("Punkt {}: „{}“ nennt Stimmen und keine Abstimmung.", item.number, clip(&line.text)));
    }
    if !no_vote && (counts.is_some() || rejected || adopted || says(&["einstimmig"])) {
        if item.votes.len() >= VOTES_MAX {
            return Err(format!("Punkt {} hat mehr als {VOTES_MAX} Abstimmungen.", item.number));
        }
        // Several items in one line were voted on once; the vote belongs to the first.
        if line.number.is_none() && place > 0 {
            unread.push(format!("Ob über Punkt {} eigens abgestimmt wurde, sagt der Text nicht.", item.number));
            return Ok(());
        }
        if !(rejected || adopted || says(&["einstimmig"])) {
            unread.push(format!("Bei Punkt {} fehlen Worte zum Ergebnis: „{}“.", item.number, clip(&line.text)));
        }
        let by_number = counts.is_some_and(|counts| counts.yes > counts.no);
        item.status = OfficialStatus::Voted;
        item.votes.push(OfficialVote {
            about: line.about.clone(),
            adopted: !rejected && (adopted || by_number || says(&["einstimmig"])),
            unanimous: says(&["einstimmig"]),
            instead: otherwise.filter(|status| *status != OfficialStatus::Noted),
            counts,
        });
    } else if item.votes.is_empty() {
        item.status = otherwise.unwrap_or(if no_vote { OfficialStatus::WithoutVote } else { OfficialStatus::Unknown });
    }
    Ok(())
}

/// What may happen to an item instead of a decision on it.
fn without_vote(lower: &str) -> Option<OfficialStatus> {
    [
        ("erledigt", OfficialStatus::Moot),
        ("verwiesen", OfficialStatus::Referred),
        ("verweisung", OfficialStatus::Referred),
        ("vertagt", OfficialStatus::Postponed),
        ("vertagung", OfficialStatus::Postponed),
        ("zurückgestellt", OfficialStatus::Postponed),
        ("abgesetzt", OfficialStatus::Removed),
        ("zurückgezogen", OfficialStatus::Withdrawn),
        ("kenntnis", OfficialStatus::Noted),
    ]
    .into_iter()
    .find(|(word, _)| lower.contains(word))
    .map(|(_, status)| status)
}

/// „30 Ja, 13 Nein“, „Ja: 20, Nein: 3“, „20 Ja-Stimmen bei einer Gegenstimme und 2 Enthaltungen“.
fn counts(text: &str) -> Result<Option<Counts>, String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '='))
        .filter(|word| !word.is_empty())
        .collect();
    let (mut yes, mut no, mut abstain) = (None, None, None);
    let mut used = None;
    for (place, word) in words.iter().enumerate().filter(|(_, word)| is_choice(word)) {
        let before = place.checked_sub(1).filter(|at| used != Some(*at));
        let number = before.and_then(|at| Some((at, number(words.get(at)?)?)));
        let number = number.or_else(|| Some((place + 1, number_after(words.get(place + 1)?)?)));
        let Some((at, number)) = number else { continue };
        used = Some(at);
        if number > HANDS_MAX {
            return Err(format!("{number} Stimmen gibt es nicht"));
        }
        let slot = match choice(word) {
            Some(Which::Yes) => &mut yes,
            Some(Which::No) => &mut no,
            Some(Which::Abstain) => &mut abstain,
            None => continue,
        };
        if slot.replace(number).is_some_and(|before| before != number) {
            return Err("Dieselbe Zahl steht zweimal und verschieden da".to_owned());
        }
    }
    let any = yes.or(no).or(abstain).is_some();
    // Only those against: nobody knows how many were for it.
    let (Some(yes), true) = (yes, any) else { return Ok(None) };
    Ok(Some(Counts { yes, no: no.unwrap_or(0), abstain: abstain.unwrap_or(0) }))
}

enum Which {
    Yes,
    No,
    Abstain,
}

fn choice(word: &str) -> Option<Which> {
    let lower = word.to_lowercase();
    let stem = lower.split('-').next().unwrap_or_default();
    match stem {
        "ja" | "jastimmen" | "dafür" => Some(Which::Yes),
        "nein" | "neinstimmen" | "dagegen" | "gegenstimme" | "gegenstimmen" => Some(Which::No),
        "enthaltung" | "enthaltungen" | "stimmenthaltung" | "stimmenthaltungen" => Some(Which::Abstain),
        _ => None,
    }
}

fn is_choice(word: &str) -> bool {
    choice(word).is_some()
}

fn number_after(word: &str) -> Option<u32> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| number(word)).flatten()
}

fn number(word: &str) -> Option<u32> {
    match word.to_lowercase().as_str() {
        "keine" | "keiner" | "null" => Some(0),
        "eine" | "einer" | "ein" => Some(1),
        "zwei" => Some(2),
        "drei" => Some(3),
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            // Too long for a number of hands is too many hands.
            Some(digits.parse().unwrap_or(u32::MAX))
        }
        _ => None,
    }
}
