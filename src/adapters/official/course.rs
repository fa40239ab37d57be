//! The course of the debate: read only for who was recused, came or left, for interruptions, and for where a matter is
//! referred. Everything else is people talking.

use super::head::{clip, time};
use super::lines;
use crate::app::ports::official::{Move, OfficialText};

/// A person in a sentence has one of these before the name.
const TITLES: [&str; 24] = [
    "stadtrat",
    "stadträtin",
    "stadträte",
    "stadträtinnen",
    "stadtratskollege",
    "stadtratskollegin",
    "gemeinderat",
    "gemeinderätin",
    "gemeinderäte",
    "gemeinderätinnen",
    "ratsmitglied",
    "mitglied",
    "mitglieder",
    "kollege",
    "kollegin",
    "kollegen",
    "herr",
    "frau",
    "herren",
    "oberbürgermeister",
    "oberbürgermeisterin",
    "bürgermeister",
    "bürgermeisterin",
    "ortsvorsteher",
];
/// Their full stop ends no sentence.
const ABBREVIATIONS: [&str; 9] = ["Dr.", "Prof.", "med.", "jur.", "rer.", "phil.", "h.c.", "St.", "Dipl.-Ing."];
/// Verbs behind which somebody is recused.
const RECUSING: [&str; 11] =
    ["hat", "haben", "erklärt", "erklären", "ist", "sind", "war", "waren", "nimmt", "nehmen", "verlässt"];
/// Words between the verb and „befangen“.
const BETWEEN: [&str; 5] = ["sich", "als", "für", "wegen", "daher"];
/// Words of a sentence that are looked at, on either side.
const REACH: usize = 40;
const PEOPLE_MAX: usize = 200;

/// Reads the course behind the result.
pub fn read(course: &[String], text: &mut OfficialText) {
    let flowing = lines::paragraphs(course);
    for paragraph in flowing.split('\n').filter(|paragraph| !paragraph.is_empty()) {
        let words: Vec<&str> = paragraph.split(' ').collect();
        for (place, word) in words.iter().enumerate() {
            match plain(word) {
                "befangen" | "Befangenheit" => recused(&words, place, text),
                "verlässt" | "verlassen" => moved(&words, place, false, text),
                "kommt" | "erscheint" | "eintrifft" | "nimmt" => moved(&words, place, true, text),
                "verwiesen" => refer(&words, place, text),
                _ => {}
            }
        }
        interruption(paragraph, text);
    }
    text.recused.truncate(PEOPLE_MAX);
    text.moves.truncate(PEOPLE_MAX);
}

/// „Die Stadtratskollegin Dr. Muster hat sich als befangen erklärt“, „Stadtrat Muster ist befangen“,
/// „Stadtrat Muster nimmt wegen Befangenheit … nicht teil“.
fn recused(words: &[&str], place: usize, text: &mut OfficialText) {
    let sentence = sentence(words, place);
    if sentence.iter().any(|word| plain(word) == "nicht") && plain(words.get(place).unwrap_or(&"")) == "befangen" {
        return;
    }
    let verb = (sentence_start(words, place)..place)
        .rev()
        .find(|at| !words.get(*at).is_some_and(|word| BETWEEN.contains(word)))
        .filter(|at| words.get(*at).is_some_and(|word| RECUSING.contains(word)));
    let names = verb.map(|verb| people(words, verb)).unwrap_or_default();
    if names.is_empty() {
        let told = sentence.join(" ");
        text.unread.push(format!("Ob hier jemand befangen ist, ist nicht sicher: „{}“.", clip(&told)));
    }
    for name in names {
        if !text.recused.contains(&name) {
            text.recused.push(name);
        }
    }
}

/// „Stadträtin Muster verlässt um 18:10 Uhr die Sitzung“, „Stadtrat Muster kommt um 16:05 Uhr zur Sitzung“.
fn moved(words: &[&str], place: usize, came: bool, text: &mut OfficialText) {
    let sentence = sentence(words, place);
    let about_sitting = sentence.iter().any(|word| matches!(plain(word), "Sitzung" | "Saal" | "Sitzungssaal"));
    let at = sentence.windows(2).find_map(|pair| match pair {
        [clock, hour] if plain(hour) == "Uhr" => time(clock),
        _ => None,
    });
    let (Some(at), true) = (at, about_sitting) else { return };
    for name in people(words, place) {
        let moved = Move { name, at, came };
        if !text.moves.contains(&moved) {
            text.moves.push(moved);
        }
    }
}

/// „werde ohne Aussprache in den Bauausschuss verwiesen“
fn refer(words: &[&str], place: usize, text: &mut OfficialText) {
    let start = sentence_start(words, place);
    let from = (start..place).rev().find(|at| {
        let pair = (words.get(*at).copied().unwrap_or_default(), words.get(*at + 1).copied().unwrap_or_default());
        matches!(pair, ("in" | "an", "den" | "die" | "das"))
    });
    if let (Some(from), None) = (from, &text.referred_to) {
        let whither = words.get(from + 2..place).unwrap_or_default().join(" ");
        text.referred_to = Some(whither).filter(|whither| whither.starts_with(char::is_uppercase));
    }
}

/// „(Unterbrechung der Sitzung von 17:16 – 17:45 Uhr)“
fn interruption(paragraph: &str, text: &mut OfficialText) {
    let Some((_, behind)) = paragraph.split_once("Unterbrechung der Sitzung von ") else { return };
    let span = behind.split(" Uhr").next().unwrap_or_default();
    let times: Vec<_> = span.split([' ', '–', '-']).filter_map(time).collect();
    match times.as_slice() {
        [from, until] if from < until => text.breaks.push((*from, *until)),
        _ => text.unread.push(format!("Eine Unterbrechung ohne verständliche Zeiten: „{}“.", clip(paragraph))),
    }
}

/// The persons named before the word at `before`, in its sentence.
fn people(words: &[&str], before: usize) -> Vec<String> {
    let subject = words.get(sentence_start(words, before)..before).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let (mut titled, mut bracket) = (false, false);
    for word in subject {
        // A faction in brackets belongs to no name.
        bracket |= word.starts_with('(');
        if bracket {
            bracket = !word.trim_end_matches([',', '.', ';']).ends_with(')');
            continue;
        }
        let bare = plain(word);
        if TITLES.contains(&bare.to_lowercase().as_str()) {
            finish(&mut name, &mut names);
            titled = true;
        } else if !titled {
            // Before the first title stand articles and whatever the sentence begins with.
        } else if matches!(bare, "und" | "sowie") {
            finish(&mut name, &mut names);
        } else if matches!(bare, "der" | "die" | "das") {
            // An article between two names.
        } else if bare.starts_with(char::is_uppercase) || matches!(bare, "von" | "van" | "zu" | "de") {
            name.push(if ABBREVIATIONS.contains(word) { word } else { bare });
            if word.ends_with(',') {
                finish(&mut name, &mut names);
            }
        } else {
            // Not a name any more: „Stadtrat Muster, der schon damals …“ stays what was read so far.
            finish(&mut name, &mut names);
            titled = false;
        }
    }
    finish(&mut name, &mut names);
    names
}

fn finish(name: &mut Vec<&str>, names: &mut Vec<String>) {
    let found = std::mem::take(name).join(" ");
    if found.chars().any(char::is_lowercase) && found.chars().count() <= 100 {
        names.push(found);
    }
}

fn sentence<'a>(words: &'a [&'a str], place: usize) -> &'a [&'a str] {
    let end = (place..words.len().min(place + REACH))
        .find(|at| words.get(*at).is_some_and(|word| ends_sentence(word)))
        .map_or(words.len().min(place + REACH), |at| at + 1);
    words.get(sentence_start(words, place)..end).unwrap_or_default()
}

fn sentence_start(words: &[&str], place: usize) -> usize {
    let nearest = place.saturating_sub(REACH);
    (nearest..place)
        .rev()
        .find(|at| words.get(*at).is_some_and(|word| ends_sentence(word)))
        .map_or(nearest, |at| at + 1)
}

fn ends_sentence(word: &str) -> bool {
    let initial = word.len() == 2 && word.starts_with(char::is_uppercase);
    word.ends_with(['.', ':', '!', '?']) && !ABBREVIATIONS.contains(&word) && !initial || word == "–"
}

/// A word without the punctuation around it.
fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
