//! Reading a rule file: every complaint names line, rule and field, in German, because jurists write these files.

use super::sourced::{Certainty, Citation};
use crate::domain::time::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Largest rule or case file that is read, in bytes.
pub(super) const FILE_BYTES_MAX: usize = 512 * 1024;

/// Why a rule file or a case file is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawError {
    /// Line in the file, counted from 1, where it is known.
    pub line: Option<usize>,
    /// Key of the rule or id of the case, where it is known.
    pub rule: Option<String>,
    /// What is wrong, a German sentence.
    pub what: String,
}

impl LawError {
    pub(super) fn new(line: Option<usize>, rule: Option<&str>, what: impl Into<String>) -> Self {
        Self { line, rule: rule.map(str::to_owned), what: what.into() }
    }

    /// What the TOML parser said, with its line.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| line_at(text, span.start));
        Self::new(line, None, format!("kein gültiges TOML ({})", error.message()))
    }
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "Zeile {line}: ")?;
        }
        if let Some(rule) = &self.rule {
            write!(f, "„{}“: ", rule.escape_debug())?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for LawError {}

/// A value as the file has it, before its type is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Flag(bool),
    Number(u32),
    Text(String),
    List(Vec<Value>),
    Entry(BTreeMap<String, Value>),
}

/// The number of the line (from 1) in which the byte at `offset` stands.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// Where the lines of a file begin, found once: a rule file has a thousand places to name.
#[derive(Debug, Clone)]
struct Lines(Rc<[usize]>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// As [`line_at`].
    fn at(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|end| *end < offset)
    }
}

/// One table of the file, with the place it stands at.
pub(super) struct Section<'a> {
    lines: Lines,
    table: &'a DeTable<'a>,
    pub(super) line: usize,
    /// What the complaint is about: the rule's key, once it is known.
    pub(super) rule: Option<String>,
}

impl<'a> Section<'a> {
    pub(super) fn whole(text: &str, table: &'a DeTable<'a>) -> Self {
        Self { lines: Lines::of(text), table, line: 1, rule: None }
    }

    /// A complaint at this table's place.
    pub(super) fn error(&self, what: impl Into<String>) -> LawError {
        LawError::new(Some(self.line), self.rule.as_deref(), what)
    }

    fn error_at(&self, offset: usize, what: impl Into<String>) -> LawError {
        LawError::new(Some(self.lines.at(offset)), self.rule.as_deref(), what)
    }

    /// Refuses every field that is not in `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), LawError> {
        match self.table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => Err(self.error_at(
                key.span().start,
                format!("das Feld „{}“ ist unbekannt; bekannt sind {}", key.get_ref().escape_debug(), known.join(", ")),
            )),
        }
    }

    fn field(&self, name: &str) -> Result<&'a Spanned<DeValue<'a>>, LawError> {
        self.optional(name).ok_or_else(|| self.error(format!("das Feld „{name}“ fehlt")))
    }

    fn optional(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &str) -> Result<String, LawError> {
        let field = self.field(name)?;
        if let DeValue::String(text) = field.get_ref() {
            return Ok(text.to_string());
        }
        Err(self.error_at(field.span().start, format!("„{name}“ muss ein Text sein")))
    }

    pub(super) fn text_or_empty(&self, name: &str) -> Result<String, LawError> {
        if self.optional(name).is_some() { self.text(name) } else { Ok(String::new()) }
    }

    pub(super) fn date(&self, name: &str) -> Result<Date, LawError> {
        let field = self.field(name)?;
        let day = field.get_ref().as_datetime().and_then(|day| day.to_string().parse::<Date>().ok());
        day.ok_or_else(|| {
            self.error_at(field.span().start, format!("„{name}“ muss ein Tag sein, ohne Anführungszeichen: 2025-09-01"))
        })
    }

    pub(super) fn date_if_any(&self, name: &str) -> Result<Option<Date>, LawError> {
        if self.optional(name).is_some() { self.date(name).map(Some) } else { Ok(None) }
    }

    /// The list of tables `[[name]]`; an absent list is an error.
    pub(super) fn sections(&self, name: &str) -> Result<Vec<Section<'a>>, LawError> {
        let field = self.field(name)?;
        let shape = || format!("„{name}“ muss als [[{name}]] geschrieben sein");
        let DeValue::Array(items) = field.get_ref() else {
            return Err(self.error_at(field.span().start, shape()));
        };
        items
            .iter()
            .map(|item| {
                let Some(table) = item.get_ref().as_table() else {
                    return Err(self.error_at(item.span().start, shape()));
                };
                let line = self.lines.at(item.span().start);
                Ok(Section { lines: self.lines.clone(), table, line, rule: self.rule.clone() })
            })
            .collect()
    }

    /// As [`Section::sections`], an absent list being empty.
    pub(super) fn sections_if_any(&self, name: &str) -> Result<Vec<Section<'a>>, LawError> {
        if self.optional(name).is_some() { self.sections(name) } else { Ok(Vec::new()) }
    }

    /// As [`Section::value`], if the field is there.
    pub(super) fn value_if_any(&self, name: &str) -> Result<Option<(Value, usize)>, LawError> {
        if self.optional(name).is_some() { self.value(name).map(Some) } else { Ok(None) }
    }

    /// The field `name`, whatever its type, and its line.
    pub(super) fn value(&self, name: &str) -> Result<(Value, usize), LawError> {
        let field = self.field(name)?;
        let value = untyped(field.get_ref()).ok_or_else(|| {
            self.error_at(field.span().start, format!("„{name}“ muss Wahrheitswert, Zahl (ab 0), Text oder Liste sein"))
        })?;
        Ok((value, self.lines.at(field.span().start)))
    }

    /// `norm`, `quote`, `source`, `verified_on` and `certainty` of this table.
    pub(super) fn citation(&self) -> Result<Citation, LawError> {
        let word = self.text("certainty")?;
        let certainty = Certainty::from_word(&word).ok_or_else(|| {
            self.error(format!(
                "„certainty“ kennt certain, read, practice und doubtful, nicht „{}“",
                word.escape_debug()
            ))
        })?;
        Citation::new(
            self.text("norm")?,
            self.text("quote")?,
            self.text("source")?,
            self.date("verified_on")?,
            certainty,
        )
        .map_err(|gap| self.error(gap.to_string()))
    }
}

fn untyped(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok().map(Value::Number),
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Array(items) => {
            items.iter().map(|item| untyped(item.get_ref())).collect::<Option<_>>().map(Value::List)
        }
        DeValue::Table(table) => table
            .iter()
            .map(|(key, item)| untyped(item.get_ref()).map(|item| (key.get_ref().to_string(), item)))
            .collect::<Option<_>>()
            .map(Value::Entry),
        DeValue::Float(_) | DeValue::Datetime(_) => None,
    }
}
