//! The forms of an election (`Wahl`), of a secret ballot and of the repetition of a vote.

use super::{Fields, Unreadable, item, needed, optional, word};
use crate::domain::meeting::Command;
use crate::domain::meeting::event::{ElectionKind, ElectionMode, StrikeGround};
use crate::domain::text::Name;

/// Fields with the votes of the candidates, in the order of the paper.
pub const VOTES: [&str; 12] = [
    "stimmen_1",
    "stimmen_2",
    "stimmen_3",
    "stimmen_4",
    "stimmen_5",
    "stimmen_6",
    "stimmen_7",
    "stimmen_8",
    "stimmen_9",
    "stimmen_10",
    "stimmen_11",
    "stimmen_12",
];

const KINDS: [(&str, Option<ElectionKind>); 4] = [
    ("ehrenamt", Some(ElectionKind::Honorary)),
    ("hauptamt", Some(ElectionKind::Office)),
    ("personal", Some(ElectionKind::Staff)),
    ("keine", None),
];
const GROUNDS: [(&str, StrikeGround); 2] = [("ruege", StrikeGround::Complaint), ("versehen", StrikeGround::Mistake)];
const MODES: [(&str, ElectionMode); 2] = [("geheim", ElectionMode::Papers), ("offen", ElectionMode::Open)];

/// The command of a verb of an election; `None` for any other verb.
///
/// # Errors
/// [`Unreadable`].
pub fn step(verb: &str, fields: &Fields) -> Result<Option<Command>, Unreadable> {
    Ok(Some(match verb {
        "wahl_vermerken" => Command::MarkElection { item: item(fields)?, kind: word(fields, "art", &KINDS)? },
        "wahl_widersprechen" => Command::ObjectElection { named: fields.contains_key("namentlich") },
        "wahlgang_oeffnen" => Command::OpenElection {
            round: needed(fields, "wahlgang")?,
            mode: word(fields, "art", &MODES)?,
            candidates: names(fields, "kandidaten")?,
            tellers: names(fields, "zaehler")?,
            second: fields.get("zweiter").is_some_and(|value| value == "ja"),
        },
        "wahl_auszaehlung" => Command::CountElection {
            round: needed(fields, "wahlgang")?,
            votes: VOTES
                .into_iter()
                .filter(|name| fields.contains_key(*name))
                .map(|name| needed(fields, name))
                .collect::<Result<_, _>>()?,
            no: optional(fields, "nein")?.unwrap_or(0),
            blank: needed(fields, "leer")?,
            invalid: needed(fields, "ungueltig")?,
            missing: needed(fields, "nicht_abgegeben")?,
        },
        "wahl_ergebnis" => Command::DeclareElection { round: needed(fields, "wahlgang")? },
        "los" => {
            let first: Name = needed(fields, "gezogen_1")?;
            let second: Option<Name> = optional(fields, "gezogen_2")?;
            Command::DrawLot {
                drawn: std::iter::once(first).chain(second).collect(),
                drawer: needed(fields, "zieht")?,
                maker: needed(fields, "lose_von")?,
            }
        }
        "wahlgang_verwerfen" => {
            Command::VoidElection { round: needed(fields, "wahlgang")?, reason: needed(fields, "begruendung")? }
        }
        "wahlergebnis_aufheben" => {
            Command::StrikeElection { round: needed(fields, "wahlgang")?, reason: needed(fields, "begruendung")? }
        }
        "stimmzettel_zaehlung" => Command::CountPapers {
            ballot: needed(fields, "abstimmung")?,
            yes: needed(fields, "ja")?,
            no: needed(fields, "nein")?,
            abstain: needed(fields, "leer")?,
            invalid: needed(fields, "ungueltig")?,
            missing: needed(fields, "nicht_abgegeben")?,
        },
        "ergebnis_aufheben" => Command::StrikeResult {
            ballot: needed(fields, "abstimmung")?,
            ground: word(fields, "grund", &GROUNDS)?,
            reason: needed(fields, "begruendung")?,
        },
        _ => return Ok(None),
    }))
}

/// One name in each line.
fn names(fields: &Fields, field: &str) -> Result<Vec<Name>, Unreadable> {
    let text: String = needed(fields, field)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let name = |line: &str| line.parse().map_err(|why| Unreadable(format!("„{}“: {why}", super::clip(line))));
    lines.map(name).collect()
}

/// Field names as people know them.
pub fn label(name: &str) -> Option<&'static str> {
    Some(match name {
        "wahlgang" => "Der Wahlgang",
        "kandidaten" => "Die Namen der Vorgeschlagenen",
        "zaehler" => "Die Namen derer, die auszählen,",
        "nein" => "Die Zahl der Nein-Stimmen",
        "leer" => "Die Zahl der Enthaltungen",
        "ungueltig" => "Die Zahl der ungültigen Stimmzettel",
        "nicht_abgegeben" => "Die Zahl der nicht abgegebenen Stimmzettel",
        "gezogen_1" | "gezogen_2" => "Wer gezogen wurde,",
        "zieht" => "Wer das Los zieht,",
        "lose_von" => "Wer die Lose herstellt,",
        name if VOTES.contains(&name) => "Die Zahl der Stimmen",
        _ => return None,
    })
}
