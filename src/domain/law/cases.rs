//! Worked cases (`legal/cases/*.toml`): given figures, expected finding. Jurists add them; they run through the very
//! same functions as a real meeting.

use super::format::{Convening, may_convene};
use super::read::{FILE_BYTES_MAX, LawError, Value};
use super::{Certainty, RulePack, Rules};
use crate::domain::majority::{Outcome, decide_vote};
use crate::domain::quorum::{Attendance, Perception, counts_as_present, find_quorum};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use serde::Deserialize;
use std::fmt;

/// One worked case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Number of the case, unique in its file, e.g. `W01`.
    pub id: String,
    /// What it is about, in German.
    pub title: String,
    /// The paragraph that decides it.
    pub norm: String,
    /// How sure the expected finding is.
    pub certainty: Certainty,
    /// The day of the sitting.
    pub on: Date,
    question: Question,
}

/// A case whose finding differs from what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Number of the case.
    pub id: String,
    /// What the file expects.
    pub expected: String,
    /// What the program found.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: erwartet {}, gefunden {}", self.id, self.expected, self.found)
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Question {
    Quorum { given: GivenQuorum, expected: ExpectedQuorum },
    Tally { given: GivenTally, expected: ExpectedTally },
    Format { given: Convening, expected: ExpectedFormat },
    Rule { given: GivenRule, expected: ExpectedRule },
}

/// Members in the room, and what is perceptible of each connected one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenQuorum {
    occupied: u32,
    in_room: u32,
    /// Connected members whose picture and sound go both ways.
    #[serde(default)]
    remote: u32,
    /// Connected members of whom something is missing.
    #[serde(default)]
    disturbed: Vec<Perception>,
    /// Recused members, all of them.
    #[serde(default)]
    recused: u32,
    /// Recused members among those present.
    #[serde(default)]
    recused_present: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedQuorum {
    entitled: u32,
    needed: u32,
    met: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenTally {
    occupied: u32,
    entitled: u32,
    yes: u32,
    no: u32,
    abstain: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedTally {
    outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFormat {
    allowed: bool,
    /// Code of the refusal.
    #[serde(default)]
    code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRule {
    key: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedRule {
    /// The value, as the rule file writes it; `none` where no rules are known for that day.
    value: toml::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    norm: String,
    certainty: Certainty,
    on: toml::value::Datetime,
    kind: String,
    given: toml::Table,
    expected: toml::Table,
}

/// Reads a case file.
///
/// # Errors
/// With line and case: anything unknown, missing or of the wrong type, and a number used twice.
pub fn parse(text: &str) -> Result<Vec<Case>, LawError> {
    if text.len() > FILE_BYTES_MAX {
        return Err(LawError::new(None, None, format!("die Datei ist größer als {FILE_BYTES_MAX} Bytes")));
    }
    let file: File = toml::from_str(text).map_err(|error| LawError::syntax(text, &error))?;
    let mut cases: Vec<Case> = Vec::new();
    for entry in file.case {
        let line = super::read::line_at(text, entry.span().start);
        let entry = entry.into_inner();
        let id = entry.id.clone();
        let case = entry.into_case().map_err(|what| LawError::new(Some(line), Some(&id), what))?;
        if cases.iter().any(|other| other.id == case.id) {
            return Err(LawError::new(Some(line), Some(&id), "diese Nummer steht zweimal in der Datei"));
        }
        cases.push(case);
    }
    Ok(cases)
}

impl Entry {
    fn into_case(self) -> Result<Case, String> {
        let on = self.on.to_string().parse::<Date>().map_err(|wrong| format!("„on“: {wrong}"))?;
        let (given, expected) = (self.given, self.expected);
        let question = match self.kind.as_str() {
            "quorum" => Question::Quorum { given: typed("given", given)?, expected: typed("expected", expected)? },
            "tally" => Question::Tally { given: typed("given", given)?, expected: typed("expected", expected)? },
            "format" => Question::Format { given: typed("given", given)?, expected: typed("expected", expected)? },
            "rule" => Question::Rule { given: typed("given", given)?, expected: typed("expected", expected)? },
            other => {
                return Err(format!("„kind“ kennt quorum, tally, format und rule, nicht „{}“", other.escape_debug()));
            }
        };
        Ok(Case { id: self.id, title: self.title, norm: self.norm, certainty: self.certainty, on, question })
    }
}

fn typed<T: serde::de::DeserializeOwned>(field: &str, table: toml::Table) -> Result<T, String> {
    table.try_into().map_err(|error: toml::de::Error| format!("„{field}“: {}", error.message()))
}

/// Runs one case.
///
/// # Errors
/// A [`Mismatch`] that shows both findings.
pub fn run(pack: &RulePack, case: &Case) -> Result<(), Mismatch> {
    let (expected, found) = match &case.question {
        Question::Rule { given, expected } => (expected.value.to_string(), found_rule(pack, given, case.on)),
        Question::Format { given, expected } => (expected.shown(), found_format(pack, given, case.on)),
        Question::Quorum { given, expected } => (expected.shown(), with_rules(pack, case.on, |r| given.found(r))),
        Question::Tally { given, expected } => {
            (format!("{:?}", expected.outcome), with_rules(pack, case.on, |r| format!("{:?}", given.found(r))))
        }
    };
    if expected == found { Ok(()) } else { Err(Mismatch { id: case.id.clone(), expected, found }) }
}

fn with_rules(pack: &RulePack, day: Date, find: impl Fn(&Rules) -> String) -> String {
    pack.on(day).map_or_else(|none| none.to_string(), |rules| find(&rules))
}

impl GivenQuorum {
    fn found(&self, rules: &Rules) -> String {
        let undisturbed = Perception { picture: true, sound: true, mutual: true };
        let remote = if counts_as_present(rules, undisturbed) { self.remote } else { 0 };
        let disturbed = self.disturbed.iter().filter(|perception| counts_as_present(rules, **perception)).count();
        let present = self.in_room.saturating_add(remote).saturating_add(u32::try_from(disturbed).unwrap_or(u32::MAX));
        let entitled = present.saturating_sub(self.recused_present);
        let figures = Attendance { occupied: self.occupied, present, entitled, recused: self.recused };
        let finding = find_quorum(rules, figures);
        ExpectedQuorum { entitled: finding.entitled, needed: finding.needed, met: finding.met }.shown()
    }
}

impl ExpectedQuorum {
    fn shown(&self) -> String {
        let met = if self.met { "beschlussfähig" } else { "nicht beschlussfähig" };
        format!("{} von nötigen {}, {met}", self.entitled, self.needed)
    }
}

impl GivenTally {
    fn found(&self, rules: &Rules) -> Outcome {
        let (occupied, entitled) = (self.occupied, self.entitled);
        let quorum = find_quorum(rules, Attendance { occupied, present: entitled, entitled, recused: 0 });
        decide_vote(rules, &quorum, self.yes, self.no, self.abstain)
    }
}

impl ExpectedFormat {
    fn shown(&self) -> String {
        if self.allowed { "zulässig".into() } else { format!("abgelehnt ({})", self.code.as_deref().unwrap_or("?")) }
    }
}

fn found_format(pack: &RulePack, given: &Convening, day: Date) -> String {
    let code = match pack.on(day) {
        Ok(rules) => may_convene(&rules, given).err().map(|refusal| refusal.code.to_owned()),
        Err(none) => Some(Refusal::from(none).code.to_owned()),
    };
    ExpectedFormat { allowed: code.is_none(), code }.shown()
}

fn found_rule(pack: &RulePack, given: &GivenRule, day: Date) -> String {
    pack.value(&given.key, day).map_or_else(|| "\"none\"".to_owned(), |(value, _)| as_toml(value).to_string())
}

fn as_toml(value: &Value) -> toml::Value {
    match value {
        Value::Flag(flag) => toml::Value::Boolean(*flag),
        Value::Number(number) => toml::Value::Integer(i64::from(*number)),
        Value::Text(text) => toml::Value::String(text.clone()),
        Value::List(items) => toml::Value::Array(items.iter().map(as_toml).collect()),
        Value::Entry(entry) => {
            toml::Value::Table(entry.iter().map(|(key, item)| (key.clone(), as_toml(item))).collect())
        }
    }
}

#[cfg(test)]
#[path = "cases/tests.rs"]
mod tests;
