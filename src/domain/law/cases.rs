//! Worked cases (`legal/cases/*.toml`): given figures, expected finding. Jurists add them; they run through the very
//! same functions as a real meeting. `legal/README.md` describes every kind.

mod body;
mod kinds;
mod line;
mod paper;
mod sitting;

use super::read::{FILE_BYTES_MAX, LawError, Value};
use super::{Certainty, RulePack, packs};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use kinds::{Ask, KINDS, written};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use toml::Table;

/// The Land of a case that names none.
const LAND: &str = "bw";

/// The rule packs cases are computed with, by Land.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packs(BTreeMap<String, RulePack>);

impl Packs {
    /// All packs that come with the program.
    ///
    /// # Errors
    /// What is wrong with one of them, with its Land.
    pub fn bundled() -> Result<Self, LawError> {
        let mut all = BTreeMap::new();
        for land in packs::LANDS {
            let pack = packs::pack(land).map_err(|error| LawError::new(error.line, Some(land), error.to_string()))?;
            all.insert((*land).to_owned(), pack.clone());
        }
        Ok(Self(all))
    }

    /// The same with another pack for its Land.
    #[must_use]
    pub fn with(mut self, pack: RulePack) -> Self {
        self.0.insert(pack.land().to_owned(), pack);
        self
    }

    /// The pack of a Land.
    #[must_use]
    pub fn of(&self, land: &str) -> Option<&RulePack> {
        self.0.get(land)
    }
}

/// One worked case.
#[derive(Debug)]
pub struct Case {
    /// Number of the case, unique over all files, e.g. `W01`.
    pub id: String,
    /// What it is about, in German.
    pub title: String,
    /// The paragraph that decides it.
    pub norm: String,
    /// How sure the expected finding is.
    pub certainty: Certainty,
    /// Short name of the Land whose rules apply.
    pub land: String,
    question: Question,
}

#[derive(Debug)]
enum Question {
    /// Figures of one day, put to one of the [`KINDS`].
    Asked { on: Date, given: Box<dyn Ask>, expected: Table },
    /// The value of one rule on several days, as the rule file writes it.
    Rule { key: String, expected: Vec<(Date, toml::Value)> },
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
            Question::Asked { on, .. } => vec![*on],
            Question::Rule { expected, .. } => expected.iter().map(|(day, _)| *day).collect(),
        }
    }
}

/// A case whose finding differs from what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Number of the case.
    pub id: String,
    /// The paragraph it is about.
    pub norm: String,
    /// What the file expects.
    pub expected: String,
    /// What the program found.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): erwartet {}, gefunden {}", self.id, self.norm, self.expected, self.found)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The Land of every case that names none itself.
    land: Option<String>,
    case: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    norm: String,
    certainty: Certainty,
    land: Option<String>,
    /// The day of the sitting; absent in the kind `rule`, whose expectation names its days.
    on: Option<toml::value::Datetime>,
    kind: String,
    given: Table,
    expected: Table,
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
    let land = file.land.unwrap_or_else(|| LAND.to_owned());
    let mut cases: Vec<Case> = Vec::new();
    for entry in file.case {
        let line = super::read::line_at(text, entry.span().start);
        let entry = entry.into_inner();
        let id = entry.id.clone();
        let case = entry.into_case(&land).map_err(|what| LawError::new(Some(line), Some(&id), what))?;
        if cases.iter().any(|other| other.id == case.id) {
            return Err(LawError::new(Some(line), Some(&id), "diese Nummer steht zweimal in der Datei"));
        }
        cases.push(case);
    }
    Ok(cases)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRule {
    key: String,
}

impl Entry {
    fn into_case(self, land: &str) -> Result<Case, String> {
        for (field, text) in [("id", &self.id), ("title", &self.title), ("norm", &self.norm)] {
            if text.trim().is_empty() {
                return Err(format!("„{field}“ ist leer"));
            }
        }
        if self.expected.is_empty() {
            return Err("„expected“ ist leer: ein Fall erwartet etwas".to_owned());
        }
        let question = if self.kind == "rule" {
            if self.on.is_some() {
                return Err("„on“ gehört hier in „expected“: dort steht jeder Tag mit seinem Wert".to_owned());
            }
            let GivenRule { key } = kinds::typed(self.given)?;
            let expected = self.expected.into_iter().map(|(on, value)| Ok((day(&on)?, value)));
            Question::Rule { key, expected: expected.collect::<Result<_, String>>()? }
        } else {
            let kind = KINDS.iter().find(|kind| kind.name == self.kind).ok_or_else(|| unknown(&self.kind))?;
            let on = self.on.ok_or("das Feld „on“ (Tag) fehlt")?;
            if let Some(field) = self.expected.keys().find(|field| !kind.expects(field)) {
                let known = kind.expected_fields().join(", ");
                return Err(format!("„expected“ kennt bei „{}“ {known}, nicht „{}“", kind.name, field.escape_debug()));
            }
            Question::Asked {
                on: day(&on)?,
                given: (kind.read)(written(self.given))?,
                expected: written(self.expected),
            }
        };
        Ok(Case {
            id: self.id,
            title: self.title,
            norm: self.norm,
            certainty: self.certainty,
            land: self.land.unwrap_or_else(|| land.to_owned()),
            question,
        })
    }
}

fn unknown(kind: &str) -> String {
    let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).chain(["rule"]).collect();
    format!("„kind“ kennt {}, nicht „{}“", known.join(", "), kind.escape_debug())
}

fn day(text: &impl ToString) -> Result<Date, String> {
    text.to_string().parse::<Date>().map_err(|wrong| wrong.to_string())
}

/// Runs one case.
///
/// # Errors
/// A [`Mismatch`] that shows both findings.
pub fn run(packs: &Packs, case: &Case) -> Result<(), Mismatch> {
    let mismatch = |expected: String, found: String| {
        Err(Mismatch { id: case.id.clone(), norm: case.norm.clone(), expected, found })
    };
    let Some(pack) = packs.of(&case.land) else {
        return mismatch(format!("ein Regelwerk für „{}“", case.land.escape_debug()), "keines".to_owned());
    };
    match &case.question {
        Question::Rule { key, expected } => {
            let (expected, found) = (shown_values(expected), found_values(pack, key, expected));
            if expected == found { Ok(()) } else { mismatch(expected, found) }
        }
        Question::Asked { on, given, expected } => {
            let found = find(pack, given.as_ref(), *on);
            if expected.iter().all(|(field, value)| found.get(field) == Some(value)) {
                Ok(())
            } else {
                mismatch(shown(expected), shown(&found))
            }
        }
    }
}

/// What the program finds; a refusal is a finding with `allowed = false`.
fn find(pack: &RulePack, given: &dyn Ask, on: Date) -> Table {
    let answer = pack.on(on).map_err(Refusal::from).and_then(|rules| given.answer(&rules, on));
    match answer {
        Ok(mut found) => {
            found.entry("allowed").or_insert(toml::Value::Boolean(true));
            found
        }
        Err(refusal) => {
            let mut found = Table::new();
            found.insert("allowed".to_owned(), toml::Value::Boolean(false));
            found.insert("code".to_owned(), toml::Value::String(refusal.code.to_owned()));
            found.insert("sentence".to_owned(), toml::Value::String(refusal.sentence));
            if let Some(norm) = refusal.norm {
                found.insert("norm".to_owned(), toml::Value::String(norm));
            }
            found
        }
    }
}

fn shown(table: &Table) -> String {
    table.iter().map(|(field, value)| format!("{field} = {value}")).collect::<Vec<_>>().join(", ")
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
