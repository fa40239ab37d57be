//! A rule pack: all versions of all rules of one Land, and the choice by the day of the sitting.

use super::local::{self, Days, Leave, Local};
use super::overlay::{LocalInForce, LocalValue};
use super::read::{FILE_BYTES_MAX, LawError, Section, Value};
use super::rules::{self, Rules};
use super::sourced::Citation;
use super::values::{Instrument, RuleValue as _, Threshold};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// The rules of one Land, every version of them, exactly as a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePack {
    land: String,
    name: String,
    statute: String,
    begins: Date,
    rules: BTreeMap<String, Rule>,
    /// `Ortsrecht`: what comes before the pack's own values.
    locals: Vec<Local>,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    term: String,
    /// What local law may say about it.
    leave: Option<Leave>,
    /// Without overlap or gap, the oldest first.
    versions: Vec<Version>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Version {
    from: Date,
    /// Last day it applies; open when absent.
    until: Option<Date>,
    value: Value,
    citation: Citation,
    note: String,
    line: usize,
}

impl Rule {
    /// The versions that apply on one of these days.
    fn within(&self, days: Days) -> impl Iterator<Item = &Version> {
        let touches = move |version: &&Version| {
            days.until.is_none_or(|until| version.from <= until) && version.until.is_none_or(|until| days.from <= until)
        };
        self.versions.iter().filter(touches)
    }
}

impl Version {
    fn applies_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// No rules are known for that day; a sitting on it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRules {
    /// Name of the Land, as people read it.
    pub land: String,
    /// The day asked for.
    pub day: Date,
    /// The first day the pack knows.
    pub begins: Date,
}

impl fmt::Display for NoRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Für den {} sind keine Rechtsregeln ({}) hinterlegt; das Regelwerk beginnt am {}.",
            self.day.german(),
            self.land,
            self.begins.german()
        )
    }
}

impl std::error::Error for NoRules {}

impl From<NoRules> for Refusal {
    fn from(none: NoRules) -> Self {
        Self::misuse("no_rules", none.to_string())
    }
}

impl RulePack {
    /// Reads a rule file.
    ///
    /// # Errors
    /// With line and rule: unknown, missing or wrongly typed fields and rules, a value without its citation,
    /// versions that overlap or leave a gap.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let pack = Self::parse_some(text)?;
        match rules::KEYS.iter().find(|key| !pack.rules.contains_key(**key)) {
            Some(missing) => Err(LawError::new(None, Some(missing), "diese Regel fehlt in der Datei")),
            None => Ok(pack),
        }
    }

    /// Reads the pack a meeting was convened under. Rules that the program has learnt since are taken from `today`: an
    /// update in the week between summons and sitting must not make a meeting unreadable.
    ///
    /// # Errors
    /// As [`RulePack::parse`], missing rules apart.
    pub fn parse_pinned(text: &str, today: &Self) -> Result<Self, LawError> {
        let mut pack = Self::parse_some(text)?;
        for (key, rule) in &today.rules {
            if !pack.rules.contains_key(key) {
                pack.rules.insert(key.clone(), rule.clone());
            }
        }
        Ok(pack)
    }

    fn parse_some(text: &str) -> Result<Self, LawError> {
        if text.len() > FILE_BYTES_MAX {
            return Err(LawError::new(None, None, format!("die Datei ist größer als {FILE_BYTES_MAX} Bytes")));
        }
        let table = toml::de::DeTable::parse(text).map_err(|error| LawError::syntax(text, &error))?;
        let file = Section::whole(text, table.get_ref());
        file.only(&["land", "name", "statute", "begins", "rule", "local"])?;
        let begins = file.date("begins")?;
        let mut rules = BTreeMap::new();
        for section in file.sections("rule")? {
            let line = section.line;
            let (key, rule) = parse_rule(section, begins)?;
            if rules.insert(key.clone(), rule).is_some() {
                return Err(LawError::new(Some(line), Some(&key), "diese Regel steht zweimal in der Datei"));
            }
        }
        let mut locals = Vec::new();
        parse_locals(&file, &rules, &mut locals)?;
        Ok(Self {
            locals,
            land: file.text("land")?,
            name: file.text("name")?,
            statute: file.text("statute")?,
            begins,
            rules,
            text: text.to_owned(),
        })
    }

    /// The pack with a body's own Hauptsatzung and Geschäftsordnung behind it: one text, one digest.
    ///
    /// # Errors
    /// With the line in `local`, the rule and the reason: whatever goes beyond what the pack leaves to local law, and every
    /// unknown or missing field.
    pub fn with_local(&self, local: &str) -> Result<Self, LawError> {
        let local = local.trim_end();
        if local.is_empty() {
            return Ok(self.clone());
        }
        let text = format!("{}\n\n{local}\n", self.text.trim_end());
        if text.len() > FILE_BYTES_MAX {
            return Err(LawError::new(None, None, format!("mit dem Gesetz größer als {FILE_BYTES_MAX} Bytes")));
        }
        let table = toml::de::DeTable::parse(local).map_err(|error| LawError::syntax(local, &error))?;
        let file = Section::whole(local, table.get_ref());
        file.only(&["local"])?;
        let mut locals = self.locals.clone();
        parse_locals(&file, &self.rules, &mut locals)?;
        let before = self.text.trim_end().lines().count() + 1;
        locals.iter_mut().skip(self.locals.len()).for_each(|local| local.line += before);
        Ok(Self { locals, text, ..self.clone() })
    }

    /// The rules for a sitting on `day`.
    ///
    /// # Errors
    /// If the pack does not reach that day.
    pub fn on(&self, day: Date) -> Result<Rules, NoRules> {
        let none = || NoRules { land: self.name.clone(), day, begins: self.begins };
        let newest = self.rules.keys().filter_map(|key| self.version(key, day)).map(|version| version.from).max();
        let find = |key: &str| self.value(key, day);
        let rules = Rules::collect(&self.land, newest.ok_or_else(none)?, find).ok_or_else(none)?;
        Ok(Rules { local: self.locals_on(day).collect(), ..rules })
    }

    fn version(&self, key: &str, day: Date) -> Option<&Version> {
        self.rules.get(key)?.versions.iter().find(|version| version.applies_on(day))
    }

    /// The untyped value of one key on one day, for worked cases that speak of the file itself.
    pub(super) fn value(&self, key: &str, day: Date) -> Option<(&Value, &Citation)> {
        if let Some(local) = self.locals.iter().find(|local| local.key == key && local.applies_on(day)) {
            return Some((&local.value, &local.citation));
        }
        self.version(key, day).map(|version| (&version.value, &version.citation))
    }

    /// The local clauses in force on `day`, in the order of the text.
    pub fn locals_on(&self, day: Date) -> impl Iterator<Item = LocalInForce> {
        let applying = self.locals.iter().filter(move |local| local.applies_on(day));
        applying.filter_map(move |local| {
            Some(LocalInForce {
                key: local.key.clone(),
                term: self.term(&local.key)?.to_owned(),
                statute: LocalValue::of(&self.version(&local.key, day)?.value),
                value: LocalValue::of(&local.value),
                citation: local.citation.clone(),
            })
        })
    }

    /// What local law may say on `day`: key, legal term, the lowest instrument that can say it, and what the law says.
    pub fn left_to_local_law(&self, day: Date) -> impl Iterator<Item = (&str, &str, Instrument, LocalValue)> {
        self.rules.iter().filter_map(move |(key, rule)| {
            let value = LocalValue::of(&self.version(key, day)?.value);
            Some((key.as_str(), rule.term.as_str(), rule.leave.as_ref()?.by(), value))
        })
    }

    /// The German legal term of a key, e.g. „Beschlussfähigkeit“.
    #[must_use]
    pub fn term(&self, key: &str) -> Option<&str> {
        self.rules.get(key).map(|rule| rule.term.as_str())
    }

    /// The remark a rule file adds to a value on `day`; empty if there is none.
    #[must_use]
    pub fn note(&self, key: &str, day: Date) -> &str {
        self.version(key, day).map_or("", |version| version.note.as_str())
    }

    /// All keys a pack must have.
    #[must_use]
    pub const fn keys() -> &'static [&'static str] {
        rules::KEYS
    }

    /// The first day of every version of one key, the oldest first; empty if there is no such rule.
    #[must_use]
    pub fn turning_points(&self, key: &str) -> Vec<Date> {
        self.rules.get(key).map_or_else(Vec::new, |rule| rule.versions.iter().map(|version| version.from).collect())
    }

    /// Short name of the Land.
    #[must_use]
    pub fn land(&self) -> &str {
        &self.land
    }

    /// Name of the Land as people read it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The municipal code the rules come from.
    #[must_use]
    pub fn statute(&self) -> &str {
        &self.statute
    }

    /// The file, byte for byte, as it is pinned when a meeting is convened.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(self.text.as_bytes()) {
            hex.extend([byte >> 4, byte & 15].map(|nibble| char::from_digit(nibble.into(), 16).unwrap_or('?')));
        }
        hex
    }
}

fn parse_rule(mut section: Section<'_>, begins: Date) -> Result<(String, Rule), LawError> {
    let key = section.text("key")?;
    section.rule = Some(key.clone());
    section.only(&["key", "term", "local", "version"])?;
    let term = section.text("term")?;
    let leave = match section.value_if_any("local")? {
        None => None,
        Some((value, line)) => Some(Leave::read(&value).map_err(|what| LawError::new(Some(line), Some(&key), what))?),
    };
    let mut versions = section
        .sections("version")?
        .into_iter()
        .map(|version| parse_version(&key, &version))
        .collect::<Result<Vec<_>, _>>()?;
    versions.sort_by_key(|version| version.from);
    seamless(&versions, begins).map_err(|(line, what)| LawError::new(Some(line), Some(&key), what))?;
    Ok((key, Rule { term, leave, versions }))
}

fn parse_locals(file: &Section<'_>, rules: &BTreeMap<String, Rule>, locals: &mut Vec<Local>) -> Result<(), LawError> {
    for section in file.sections_if_any("local")? {
        let statutes = |key: &str, days: Days| {
            let majority = rules.get("remote.basis_majority").and_then(|rule| rule.within(days).last());
            let majority = majority.and_then(|version| Threshold::read(&version.value).ok());
            let statute = |rule: &'_ Rule, version: &'_ Version| local::Statute {
                leave: rule.leave.clone(),
                value: version.value.clone(),
                norm: version.citation.norm().to_owned(),
                majority,
            };
            let versions = |rule: &Rule| rule.within(days).map(|version| statute(rule, version)).collect();
            rules.get(key).map_or_else(Vec::new, versions)
        };
        let local = local::parse(section, statutes, rules::check)?;
        if locals.iter().any(|other| other.overlaps(&local)) {
            let what = "das Ortsrecht sagt dazu an einem Tag zweierlei";
            return Err(LawError::new(Some(local.line), Some(&local.key), what));
        }
        locals.push(local);
    }
    Ok(())
}

fn parse_version(key: &str, section: &Section<'_>) -> Result<Version, LawError> {
    section.only(&["from", "until", "value", "norm", "quote", "source", "verified_on", "certainty", "note"])?;
    let (value, line) = section.value("value")?;
    match rules::check(key, &value) {
        Some(Ok(())) => {}
        Some(Err(what)) => return Err(LawError::new(Some(line), Some(key), format!("„value“ {what}"))),
        None => return Err(section.error("diese Regel kennt das Programm nicht")),
    }
    let (from, until) = (section.date("from")?, section.date_if_any("until")?);
    if until.is_some_and(|until| until < from) {
        return Err(section.error(format!("„until“ liegt vor „from“ ({from})")));
    }
    Ok(Version {
        from,
        until,
        value,
        citation: section.citation()?,
        note: section.text_or_empty("note")?,
        line: section.line,
    })
}

/// The versions, sorted, must begin with the pack and follow each other day by day.
fn seamless(versions: &[Version], begins: Date) -> Result<(), (usize, String)> {
    match versions.first() {
        Some(first) if first.from != begins => {
            return Err((
                first.line,
                format!("die erste Fassung beginnt am {}, das Regelwerk am {begins}", first.from),
            ));
        }
        None => return Err((1, "diese Regel hat keine Fassung".to_owned())),
        Some(_) => {}
    }
    for pair in versions.windows(2) {
        let [earlier, later] = pair else { continue };
        let next = earlier.until.and_then(Date::next_day);
        if next.is_none_or(|next| later.from < next) {
            return Err((
                later.line,
                format!("die Fassungen ab {} und ab {} überlappen sich", earlier.from, later.from),
            ));
        }
        if next != Some(later.from) {
            return Err((
                later.line,
                format!("zwischen den Fassungen ab {} und ab {} fehlen Tage", earlier.from, later.from),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "pack/tests.rs"]
mod tests;
