//! A sheet of roll calls: the members of a body, and of every ballot one character a member.

use crate::domain::council::SEATS_MAX;
use crate::domain::time::Date;
use serde::Deserialize;
use std::fmt;

/// Largest sheet that is read, in bytes.
pub const SHEET_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most ballots of one sheet.
pub const BALLOTS_MAX: usize = 10_000;

/// What one character of a ballot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `J`: yes.
    Yes,
    /// `N`: no.
    No,
    /// `E`: abstention.
    Abstain,
    /// `O`: no choice; whether the member was there is not recorded.
    None,
    /// `-`: not a member at that time.
    Unlisted,
}

/// Real roll calls of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The day of the sitting.
    pub day: Date,
    /// How many members the columns are.
    pub members: usize,
    /// Every ballot, one mark a member.
    pub ballots: Vec<Vec<Mark>>,
}

/// Why a sheet is not read: a German sentence with the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotASheet(String);

impl fmt::Display for NotASheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotASheet {}

/// As the file has it; what else stands in it is not needed.
#[derive(Deserialize)]
struct File {
    date: String,
    members: Vec<String>,
    ballots: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    votes: String,
}

impl Sheet {
    /// Reads a sheet (JSON: `date`, `members`, `ballots[].votes`).
    ///
    /// # Errors
    /// With line and column, or ballot and position: no JSON, something missing, an unknown character, a number of
    /// characters that is not that of the members, too much of anything.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotASheet> {
        let wrong = |what: String| Err(NotASheet(what));
        if bytes.len() > SHEET_BYTES_MAX {
            return wrong(format!("Die Datei ist größer als {SHEET_BYTES_MAX} Bytes."));
        }
        let file: File = serde_json::from_slice(bytes).map_err(|error| {
            NotASheet(format!(
                "Zeile {}, Spalte {}: keine Liste von Abstimmungen ({error}).",
                error.line(),
                error.column()
            ))
        })?;
        let day: Date = file.date.parse().map_err(|error| NotASheet(format!("„date“: {error}.")))?;
        let members = file.members.len();
        if members == 0 || members > SEATS_MAX {
            return wrong(format!("„members“: {members} Mitglieder; möglich sind 1 bis {SEATS_MAX}."));
        }
        if file.ballots.len() > BALLOTS_MAX {
            return wrong(format!("„ballots“: mehr als {BALLOTS_MAX} Abstimmungen."));
        }
        let rows = file.ballots.iter().enumerate();
        let ballots = rows.map(|(place, row)| marks(place + 1, &row.votes, members)).collect::<Result<_, _>>()?;
        Ok(Self { day, members, ballots })
    }
}

fn marks(number: usize, votes: &str, members: usize) -> Result<Vec<Mark>, NotASheet> {
    let wrong = |what: String| Err(NotASheet(format!("Abstimmung {number}: {what}")));
    let mut marks = Vec::with_capacity(members);
    for (place, letter) in votes.chars().enumerate() {
        if place >= members {
            return wrong(format!("Stelle {}: es gibt nur {members} Mitglieder.", place + 1));
        }
        marks.push(match letter {
            'J' => Mark::Yes,
            'N' => Mark::No,
            'E' => Mark::Abstain,
            'O' => Mark::None,
            '-' => Mark::Unlisted,
            other => {
                let shown = other.escape_debug();
                return wrong(format!("Stelle {}: „{shown}“ ist keines der Zeichen J, N, E, O und -.", place + 1));
            }
        });
    }
    if marks.len() < members {
        return wrong(format!("{} Zeichen für {members} Mitglieder.", marks.len()));
    }
    if marks.iter().all(|mark| *mark == Mark::Unlisted) {
        return wrong("niemand war Mitglied.".to_owned());
    }
    Ok(marks)
}
