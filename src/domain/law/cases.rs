//! Worked cases (`legal/cases/*.toml`): given figures, expected finding. Jurists add them; they run through the very
//! same functions as a real meeting.

use super::format::{Convening, may_convene};
use super::read::{FILE_BYTES_MAX, LawError, Value};
use super::{Certainty, RulePack, Rules, notice};
use crate::domain::majority::{Outcome, decide_vote};
use crate::domain::presence::Senses;
use crate::domain::quorum::{Attendance, find_quorum};
use crate::domain::refusal::Refusal;
use crate::domain::text::Remark;
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
    question: Question,
}

impl Case {
    /// The rule a case of the kind `rule` is about.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        if let Question::Rule { key, .. } = &self.question { Some(key) } else { None }
    }

    /// The days a case asks about: that of the sitting, or every day a case of the kind `rule` names.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        match &self.question {
            Question::Quorum { on, .. }
            | Question::Tally { on, .. }
            | Question::Format { on, .. }
            | Question::Notice { on, .. } => vec![*on],
            Question::Rule { expected, .. } => expected.iter().map(|(day, _)| *day).collect(),
        }
    }
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
    Quorum {
        on: Date,
        given: GivenQuorum,
        expected: ExpectedQuorum,
    },
    Tally {
        on: Date,
        given: GivenTally,
        expected: ExpectedTally,
    },
    Format {
        on: Date,
        given: Convening,
        expected: ExpectedFormat,
    },
    Notice {
        on: Date,
        given: GivenNotice,
        expected: ExpectedFormat,
    },
    /// The value of one rule on several days, as the rule file writes it.
    Rule {
        key: String,
        expected: Vec<(Date, toml::Value)>,
    },
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
    disturbed: Vec<Senses>,
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

/// When the summons went out, and why it could not wait.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNotice {
    sent: Date,
    #[serde(default)]
    emergency: Option<Remark>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRule {
    key: String,
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
    /// The day of the sitting; absent in the kind `rule`, whose expectation names its days.
    on: Option<toml::value::Datetime>,
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
        let (given, expected) = (self.given, self.expected);
        let question = match (self.kind.as_str(), self.on) {
            ("quorum", Some(on)) => Question::Quorum {
                on: day(&on)?,
                given: typed("given", given)?,
                expected: typed("expected", expected)?,
            },
            ("tally", Some(on)) => {
                Question::Tally { on: day(&on)?, given: typed("given", given)?, expected: typed("expected", expected)? }
            }
            ("format", Some(on)) => Question::Format {
                on: day(&on)?,
                given: typed("given", given)?,
                expected: typed("expected", expected)?,
            },
            ("notice", Some(on)) => Question::Notice {
                on: day(&on)?,
                given: typed("given", given)?,
                expected: typed("expected", expected)?,
            },
            ("rule", None) => {
                let GivenRule { key } = typed("given", given)?;
                let expected = expected.into_iter().map(|(on, value)| Ok((day(&on)?, value)));
                Question::Rule { key, expected: expected.collect::<Result<_, String>>()? }
            }
            ("quorum" | "tally" | "format" | "notice", None) => {
                return Err("das Feld „on“ (Sitzungstag) fehlt".to_owned());
            }
            ("rule", Some(_)) => {
                return Err("„on“ gehört hier in „expected“: dort steht jeder Tag mit seinem Wert".to_owned());
            }
            (other, _) => {
                return Err(format!(
                    "„kind“ kennt quorum, tally, format, notice und rule, nicht „{}“",
                    other.escape_debug()
                ));
            }
        };
        Ok(Case { id: self.id, title: self.title, norm: self.norm, certainty: self.certainty, question })
    }
}

fn day(text: &impl ToString) -> Result<Date, String> {
    text.to_string().parse::<Date>().map_err(|wrong| wrong.to_string())
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
        Question::Rule { key, expected } => (shown_values(expected), found_values(pack, key, expected)),
        Question::Format { on, given, expected } => (expected.shown(), found_format(pack, given, *on)),
        Question::Notice { on, given, expected } => (expected.shown(), found_notice(pack, given, *on)),
        Question::Quorum { on, given, expected } => (expected.shown(), with_rules(pack, *on, |r| given.found(r))),
        Question::Tally { on, given, expected } => {
            (format!("{:?}", expected.outcome), with_rules(pack, *on, |r| format!("{:?}", given.found(r))))
        }
    };
    if expected == found { Ok(()) } else { Err(Mismatch { id: case.id.clone(), expected, found }) }
}

fn with_rules(pack: &RulePack, day: Date, find: impl Fn(&Rules) -> String) -> String {
    pack.on(day).map_or_else(|none| none.to_string(), |rules| find(&rules))
}

impl GivenQuorum {
    fn found(&self, rules: &Rules) -> String {
        let undisturbed = Senses { picture: true, sound: true, mutual: true, hall: true };
        let remote = if undisturbed.count_as_present(rules) { self.remote } else { 0 };
        let disturbed = self.disturbed.iter().filter(|senses| senses.count_as_present(rules)).count();
        let present = self.in_room.saturating_add(remote).saturating_add(u32::try_from(disturbed).unwrap_or(u32::MAX));
        let entitled = present.saturating_sub(self.recused_present);
        let figures = Attendance { occupied: self.occupied, statutory: None, present, entitled, recused: self.recused };
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
        let quorum =
            find_quorum(rules, Attendance { occupied, statutory: None, present: entitled, entitled, recused: 0 });
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

fn found_notice(pack: &RulePack, given: &GivenNotice, day: Date) -> String {
    let summoning = notice::Summoning { on: given.sent, elsewhere: false, emergency: given.emergency.as_ref() };
    let code = match pack.on(day) {
        Ok(rules) => notice::find(&rules, day, &summoning).err().map(|refusal| refusal.code.to_owned()),
        Err(none) => Some(Refusal::from(none).code.to_owned()),
    };
    ExpectedFormat { allowed: code.is_none(), code }.shown()
}

fn shown_values(values: &[(Date, toml::Value)]) -> String {
    values.iter().map(|(day, value)| format!("{day} {value}")).collect::<Vec<_>>().join(", ")
}

/// What the pack says on the days the case asks about; „keine Regel“ where it says nothing.
fn found_values(pack: &RulePack, key: &str, asked: &[(Date, toml::Value)]) -> String {
    let nothing = || toml::Value::String("keine Regel".to_owned());
    let found =
        asked.iter().map(|(day, _)| (*day, pack.value(key, *day).map_or_else(nothing, |(value, _)| as_toml(value))));
    shown_values(&found.collect::<Vec<_>>())
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
