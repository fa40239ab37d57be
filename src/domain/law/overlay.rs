//! `Ortsrecht` as a town enters it, and the one text it becomes: what stands behind the pack when a meeting is convened.

use super::pack::RulePack;
use super::read::{LawError, Value};
use super::sourced::Citation;
use super::values::Instrument;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// Longest list a local value can be.
const LIST_MAX: usize = 50;

/// What a body's own Hauptsatzung or Geschäftsordnung says about one rule of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalClause<'a> {
    /// The rule, by its key in the pack.
    pub key: &'a str,
    pub value: &'a LocalValue,
    /// Which of the two says it.
    pub instrument: Instrument,
    /// Where it stands: „§ 9 Abs. 1 Geschäftsordnung“.
    pub reference: &'a str,
    pub decided_on: Date,
    /// First day it applies.
    pub from: Date,
    /// Last day it applies; `None`: until further notice.
    pub until: Option<Date>,
    /// How a Hauptsatzung was carried (§ 4 (2) GemO BW).
    pub carried: Option<Carried>,
}

/// `Nachweis der Mehrheit`: the votes a Hauptsatzung got, of how many members there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Votes in favour.
    pub yes: u32,
    /// All members, absent ones as well.
    pub members: u32,
}

/// A value of a local clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LocalValue {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(u32),
    /// A word of the rule file.
    Text(String),
    /// Several words.
    List(Vec<LocalValue>),
}

/// A local clause in force, as people are shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalInForce {
    /// Key of the rule.
    pub key: String,
    /// The legal term of the rule.
    pub term: String,
    /// What the law says without it.
    pub statute: LocalValue,
    /// What it says.
    pub value: LocalValue,
    /// Where it stands, with the law's paragraph.
    pub citation: Citation,
}

/// Words of the rule files that local law may choose between, and how people say them.
const WORDS: [(&str, &str); 9] = [
    ("full_days", "volle Tage"),
    ("same_weekday", "gleicher Wochentag"),
    ("emergency_only", "nur im Notfall"),
    ("with_reason", "mit Begründung"),
    ("none", "keine"),
    ("next_workday", "nächster Werktag"),
    ("not_proven", "nicht der Gemeinde zugerechnet"),
    ("municipal", "der Gemeinde zugerechnet"),
    ("blocked", "unzulässig"),
];

impl fmt::Display for LocalValue {
    /// As people say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(if *flag { "ja" } else { "nein" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => {
                let known = WORDS.iter().find(|(word, _)| word == text);
                f.write_str(known.map_or(text, |(_, said)| said))
            }
            Self::List(values) => {
                let said: Vec<String> = values.iter().map(ToString::to_string).collect();
                f.write_str(&said.join(", "))
            }
        }
    }
}

impl LocalInForce {
    /// „Ladungsfrist: 10 (das Gesetz sagt 7), § 9 Geschäftsordnung (§ 34 Abs. 1 Satz 1 GemO)“.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{}: {} (das Gesetz sagt {}), {}", self.term, self.value, self.statute, self.citation.norm())
    }
}

impl LocalValue {
    /// What somebody typed: a number, „ja“, „nein“, a word as people or as the rule file say it.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let text = text.trim();
        if let Ok(number) = text.parse() {
            return Self::Number(number);
        }
        match text.to_lowercase().as_str() {
            "ja" | "true" => Self::Flag(true),
            "nein" | "false" => Self::Flag(false),
            lower => {
                let known = WORDS.iter().find(|(word, said)| *word == lower || said.to_lowercase() == lower);
                Self::Text(known.map_or(lower, |(word, _)| word).to_owned())
            }
        }
    }

    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(values) => Self::List(values.iter().take(LIST_MAX).map(Self::of).collect()),
            Value::Entry(entry) => Self::List(entry.values().take(LIST_MAX).map(Self::of).collect()),
        }
    }

    fn toml(&self) -> toml::Value {
        match self {
            Self::Flag(flag) => (*flag).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(values) => toml::Value::Array(values.iter().take(LIST_MAX).map(Self::toml).collect()),
        }
    }
}

/// The clauses as `[[local]]`, one spelling for one meaning; empty for none.
#[must_use]
pub fn written(clauses: &[LocalClause<'_>]) -> String {
    let mut out = String::new();
    for clause in clauses {
        let word = |text: &str| toml::Value::from(text).to_string();
        let mut lines = vec![
            ("key", word(clause.key)),
            ("value", clause.value.toml().to_string()),
            ("instrument", word(clause.instrument.word())),
            ("reference", word(clause.reference)),
            ("decided_on", clause.decided_on.to_string()),
            ("from", clause.from.to_string()),
        ];
        lines.extend(clause.until.map(|until| ("until", until.to_string())));
        let carried = clause.carried.iter();
        lines
            .extend(carried.flat_map(|votes| [("yes", votes.yes.to_string()), ("members", votes.members.to_string())]));
        out.push_str("[[local]]\n");
        for (name, value) in lines {
            let _ = writeln!(out, "{name} = {value}");
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

impl RulePack {
    /// The pack with the clauses behind it.
    ///
    /// # Errors
    /// The place of the clause that goes beyond what the law leaves to local law, and the reason.
    pub fn with_clauses(&self, clauses: &[LocalClause<'_>]) -> Result<Self, (usize, LawError)> {
        // One after the other, so that the first that is wrong can be named.
        let mut pack = self.clone();
        for (place, clause) in clauses.iter().enumerate() {
            let alone = written(std::slice::from_ref(clause));
            pack = pack.with_local(&alone).map_err(|why| (place, LawError { line: None, ..why }))?;
        }
        Ok(pack)
    }
}
