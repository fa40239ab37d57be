//! What a clerk reads: each check with its result, the first broken entry, the counts, and one sentence at the end.

use super::chain::Parts;
use super::hash::plain_stream;
use super::read::{Bundle, Class, NamedFile};
use super::recount::Counted;
use std::fmt::{self, Write as _};
use std::io::Read as _;
use std::path::Path;

/// Entries named one by one before „und n weitere“.
const LISTED_MAX: usize = 10;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Line of the bundle, from 1; `None` if it concerns no line.
    pub line: Option<usize>,
    /// Number of the entry.
    pub number: Option<u64>,
    /// When the entry was written, in milliseconds since 1970.
    pub at: Option<i64>,
    /// A German sentence.
    pub what: String,
}

impl Failure {
    pub(super) fn whole(what: impl Into<String>) -> Self {
        Self { line: None, number: None, at: None, what: what.into() }
    }

    pub(super) fn at_line(line: usize, what: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::whole(what) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.number, self.line) {
            (Some(number), Some(line)) => {
                write!(f, "Eintrag {number} ({}; Zeile {line}): ", moment(self.at.unwrap_or_default()))?;
            }
            (None, Some(line)) => write!(f, "Zeile {line}: ")?,
            (_, None) => {}
        }
        f.write_str(&self.what)
    }
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed(String),
    Failed(Failure),
    /// Could not be made, because the bundle cannot be read.
    Skipped,
}

/// One check by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub outcome: Outcome,
}

/// The result of all checks. Its text form is the answer to the person who asked.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub checks: Vec<Check>,
    /// What is no failure and still should be known.
    pub notes: Vec<String>,
    /// The meeting as people name it; empty if the recount failed.
    pub meeting: String,
    /// One line a result.
    pub results: Vec<String>,
    /// Files that should lie beside the bundle.
    pub files: Vec<NamedFile>,
    /// Number and digest of the newest entry.
    pub head: Option<(u64, String)>,
    /// The public key in the header.
    pub key: String,
    /// Number up to which something from outside binds the record; `None` if nothing was brought along.
    pub bound: Option<u64>,
}

impl Report {
    /// Did every check pass?
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| matches!(check.outcome, Outcome::Passed(_)))
    }

    /// The failure that stands first in the bundle.
    #[must_use]
    pub fn first_failure(&self) -> Option<&Failure> {
        let failures = self.checks.iter().filter_map(|check| match &check.outcome {
            Outcome::Failed(failure) => Some(failure),
            Outcome::Passed(_) | Outcome::Skipped => None,
        });
        failures.min_by_key(|failure| failure.line.unwrap_or(usize::MAX))
    }

    /// Compares the files that lie in `folder` with what the bundle says of them.
    pub fn compare_files(&mut self, folder: &Path) {
        for file in self.files.clone() {
            let path = folder.join(&file.name);
            let outcome = match std::fs::metadata(&path) {
                Err(_) => {
                    self.notes.push(format!("Die Datei {} liegt nicht bei und wurde nicht geprüft.", file.name));
                    continue;
                }
                Ok(found)
                    if found.is_file() && found.len() == file.bytes && digest_of(&path, file.bytes) == file.sha256 =>
                {
                    Ok(format!("{} ist unverändert", file.name))
                }
                Ok(_) => {
                    let name = &file.name;
                    let what = format!("Die Datei {name} ist nicht die, zu der das Bündel geschrieben wurde.");
                    Err(Failure::whole(what))
                }
            };
            self.check("Datei", outcome);
        }
    }

    pub(super) fn check(&mut self, name: &'static str, outcome: Result<String, Failure>) {
        let outcome = outcome.map_or_else(Outcome::Failed, Outcome::Passed);
        self.checks.push(Check { name, outcome });
    }

    pub(super) fn failed(&mut self, name: &'static str, failure: Failure) {
        self.check(name, Err(failure));
    }

    pub(super) fn skipped(&mut self, name: &'static str) {
        self.checks.push(Check { name, outcome: Outcome::Skipped });
    }

    pub(super) fn anchor(&mut self, name: &'static str, found: Result<(u64, String), Failure>) {
        let bound = self.bound.get_or_insert(0);
        if let Ok((number, _)) = &found {
            *bound = (*bound).max(*number);
        }
        self.check(name, found.map(|(_, what)| what));
    }

    pub(super) fn bundle(&mut self, bundle: &Bundle) {
        self.head = bundle.entries.last().map(|entry| (entry.envelope.number, entry.computed.clone()));
        self.key = shown(&bundle.header.key);
        self.files.clone_from(&bundle.files);
        let last_signed = bundle.heads.last().map_or(0, |signed| signed.head.number);
        if let Some(after) = bundle.entries.iter().find(|entry| entry.envelope.number > last_signed) {
            let number = after.envelope.number;
            self.notes.push(format!("Ab Eintrag {number} ist noch kein Stand unterschrieben."));
        }
    }

    pub(super) fn parts(&mut self, parts: &Parts) -> String {
        let Parts { present, deleted, withheld, undeleted } = parts;
        let lines = deleted.iter().map(|part| {
            let (number, class) = (part.number, part.class.german());
            format!("Gelöscht: {class} in Eintrag {number}, am {} durch Eintrag {}.", moment(part.at), part.by)
        });
        self.notes.extend(lines.take(LISTED_MAX));
        if deleted.len() > LISTED_MAX {
            self.notes.push(format!("Gelöscht: {} weitere Teile.", deleted.len() - LISTED_MAX));
        }
        let class = Class::NonPublic.german();
        let lines = withheld.iter().map(|number| format!("Vorenthalten: {class} in Eintrag {number}."));
        self.notes.extend(lines.take(LISTED_MAX));
        if withheld.len() > LISTED_MAX {
            self.notes.push(format!("Vorenthalten: {} weitere Teile.", withheld.len() - LISTED_MAX));
        }
        if let Some(number) = undeleted.first() {
            let count = undeleted.len();
            self.notes
                .push(format!("Laut Aufzeichnung gelöscht, aber noch da: {count} Teile, zuerst in Eintrag {number}."));
        }
        let (deleted, withheld) = (deleted.len(), withheld.len());
        format!("{present} Teile unverändert, {deleted} gelöscht, {withheld} vorenthalten")
    }

    pub(super) fn counted(&mut self, counted: Counted) -> String {
        self.meeting = counted.meeting;
        self.results = counted.results;
        if counted.taken_from_result > 0 {
            let taken = counted.taken_from_result;
            self.notes.push(format!(
                "Bei {taken} Stimmen ist die Einzelstimme gelöscht: gezählt nach dem festgestellten Ergebnis, nicht unabhängig."
            ));
        }
        if counted.withheld > 0 {
            let withheld = counted.withheld;
            self.notes.push(format!(
                "Nicht nachgezählt: {withheld} Ergebnisse des nichtöffentlichen Teils sind vorenthalten."
            ));
        }
        if counted.quorums == 0 {
            return format!("{} Ergebnisse nachgezählt, alle richtig", self.results.len());
        }
        format!(
            "Beschlussfähigkeit {} mal und {} Ergebnisse nachgezählt, alle richtig",
            counted.quorums,
            self.results.len()
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ratssaal: Prüfung eines Beweisbündels\n")?;
        if !self.meeting.is_empty() {
            writeln!(f, "{}", self.meeting)?;
        }
        f.write_char('\n')?;
        for Check { name, outcome } in &self.checks {
            match outcome {
                Outcome::Passed(what) => writeln!(f, "  [ok]      {name}: {what}")?,
                Outcome::Failed(failure) => writeln!(f, "  [FALSCH]  {name}: {failure}")?,
                Outcome::Skipped => writeln!(f, "  [offen]   {name}: nicht prüfbar")?,
            }
        }
        let sections = [("Nachgezählte Ergebnisse", &self.results), ("Hinweise", &self.notes)];
        for (title, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            writeln!(f, "\n{title}:")?;
            lines.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        }
        if let Some((number, digest)) = &self.head {
            writeln!(f, "\nLetzter Stand: Eintrag {number}, {digest}")?;
            writeln!(f, "Öffentlicher Schlüssel: {}", self.key)?;
        }
        f.write_char('\n')?;
        if let Some(failure) = self.first_failure() {
            writeln!(f, "Erster Fehler: {failure}")?;
        }
        writeln!(f, "Ergebnis: {}", self.verdict())
    }
}

impl Report {
    fn verdict(&self) -> String {
        if !self.is_ok() {
            return "FALSCH. Dieses Bündel ist kein Beweis.".into();
        }
        let last = self.head.as_ref().map_or(0, |(number, _)| *number);
        match self.bound {
            None => "In sich stimmig. Ob es das echte Protokoll ist, zeigt erst ein Vergleich mit etwas, das Sie aus anderer \
                     Quelle haben: einem Stand aus Niederschrift, Mail oder Bildschirm (--head), einer Quittung (--receipt) \
                     oder dem öffentlichen Schlüssel der Gemeinde (--key)."
                .into(),
            Some(bound) if bound >= last => "Stimmig, und durch den Vergleich von außen als dieses Protokoll belegt.".into(),
            Some(bound) => format!(
                "Stimmig, und bis Eintrag {bound} von {last} durch den Vergleich von außen belegt. Für die Einträge danach \
                 braucht es einen späteren Stand, eine spätere Quittung oder den öffentlichen Schlüssel."
            ),
        }
    }
}

/// SHA-256 of a file's first `bytes` bytes; empty if it cannot be read.
fn digest_of(path: &Path, bytes: u64) -> String {
    std::fs::File::open(path).and_then(|file| plain_stream(file.take(bytes))).unwrap_or_default()
}

/// A text from the bundle, safe on a terminal and short.
pub fn shown(text: &str) -> String {
    let directs = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().take(300).map(|c| if c.is_control() || directs(c) { '·' } else { c }).collect()
}

/// Milliseconds since 1970 as people read them, in UTC, because the bundle knows no time zone.
fn moment(millis: i64) -> String {
    let (days, in_day) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000) / 1000);
    // Days of the Gregorian calendar, counted from 1 March of the year 0 in eras of 400 years.
    let from_march = days + 719_468;
    let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (in_day / 3600, in_day / 60 % 60, in_day % 60);
    format!("{day:02}.{month:02}.{year:04}, {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::{moment, shown};

    #[test]
    fn a_moment_is_read_by_the_calendar_and_never_overflows() {
        assert_eq!(moment(0), "01.01.1970, 00:00:00 UTC");
        assert_eq!(moment(951_825_599_999), "29.02.2000, 11:59:59 UTC");
        assert_eq!(moment(1_795_716_000_000), "26.11.2026, 18:00:00 UTC");
        assert_eq!(moment(-1), "31.12.1969, 23:59:59 UTC");
        for end in [i64::MIN, i64::MAX] {
            assert!(moment(end).ends_with("UTC"));
        }
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}c\n"), "a·[2Jb·c·");
    }
}
