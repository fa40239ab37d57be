//! The kinds of question a worked case can put, each with the fields it may expect.

use super::{body, line, paper, sitting};
use crate::domain::law::Rules;
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use toml::{Table, Value};

/// A question with its figures.
pub trait Ask: Debug + Send + Sync {
    /// What the program finds, field by field; the law's refusal is a finding as well.
    fn answer(&self, rules: &Rules, on: Date) -> Result<Table, Refusal>;
}

/// One kind of case.
pub struct Kind {
    /// The word after `kind`.
    pub name: &'static str,
    /// Fields it can find, beside [`ALWAYS`].
    fields: &'static [&'static str],
    /// Reads `given`.
    pub read: fn(Table) -> Result<Box<dyn Ask>, String>,
}

/// What every kind finds: was it refused, with which code, under which paragraph.
const ALWAYS: &[&str] = &["allowed", "code", "norm"];

impl Kind {
    /// May a case of this kind expect something of this field?
    pub fn expects(&self, field: &str) -> bool {
        self.fields.contains(&field) || ALWAYS.contains(&field)
    }

    /// All fields a case of this kind may expect.
    pub fn expected_fields(&self) -> Vec<&'static str> {
        self.fields.iter().chain(ALWAYS).copied().collect()
    }
}

const fn kind<T: Ask + DeserializeOwned + 'static>(name: &'static str, fields: &'static [&'static str]) -> Kind {
    Kind { name, fields, read: boxed::<T> }
}

fn boxed<T: Ask + DeserializeOwned + 'static>(given: Table) -> Result<Box<dyn Ask>, String> {
    Ok(Box::new(typed::<T>(given)?))
}

/// Every kind there is, apart from `rule`.
pub const KINDS: &[Kind] = &[
    kind::<body::Quorum>("quorum", &["base", "present", "entitled", "needed", "met", "below", "to_council"]),
    kind::<body::Second>("second_session", &["entitled", "needed", "met"]),
    kind::<body::Tally>("tally", &["outcome"]),
    kind::<body::Special>("special", &["base", "needed", "outcome"]),
    kind::<body::ElectorsGiven>("electorate", &["voters", "without_vote", "needed", "quorum_needed"]),
    kind::<body::CountedGiven>("election", &["result", "elected", "between", "needed", "base", "wait_days"]),
    kind::<body::OpenElection>("open_election", &[]),
    kind::<body::ChairVote>("chair_vote", &["votes", "may_chair"]),
    kind::<body::Size>("size", &["seats", "members", "quorum", "majority"]),
    kind::<body::Committee>("committee", &["needed"]),
    kind::<body::Expulsion>("expulsion", &[]),
    kind::<sitting::Format>("format", &[]),
    kind::<sitting::ExclusionGiven>("exclusion", &[]),
    kind::<sitting::Presence>("presence", &["counts", "lacking"]),
    kind::<sitting::Mutual>("mutual", &[]),
    kind::<sitting::FaultGiven>("fault", &["effect"]),
    kind::<line::Gap>("gap", &["perception"]),
    kind::<line::Loss>("loss", &["proposed"]),
    kind::<sitting::Healed>("healing", &["matters"]),
    kind::<sitting::RecordingGiven>("recording", &[]),
    kind::<sitting::NonMember>("recording_nonmember", &[]),
    kind::<sitting::SecretVote>("secret_vote", &[]),
    kind::<sitting::Switch>("publicity", &["in_non_public", "announcement"]),
    kind::<sitting::Recusal>("recusal", &["recused", "may_listen"]),
    kind::<sitting::RemoteMatter>("remote_matter", &[]),
    kind::<sitting::SecretBoard>("secret_board", &[]),
    kind::<paper::Notice>("notice", &["days", "needed", "kept"]),
    kind::<paper::Due>("deadline", &["last", "in_time"]),
    kind::<paper::RequestGiven>("request", &["needed", "latest"]),
    kind::<paper::Circulation>("circulation", &["outcome"]),
    kind::<paper::MinutesSigned>("minutes", &[]),
    kind::<paper::Copy>("minutes_copy", &[]),
    kind::<paper::MinutesWeb>("minutes_web", &[]),
    kind::<paper::OnRecordGiven>("on_record", &["must"]),
    kind::<paper::Published>("publication", &["proper"]),
];

/// The fields of a table as a type.
pub fn typed<T: DeserializeOwned>(table: Table) -> Result<T, String> {
    table.try_into().map_err(|error: toml::de::Error| format!("„given“: {}", error.message()))
}

/// Days as text, so that they may stand with or without quotation marks.
pub fn written(table: Table) -> Table {
    fn one(value: Value) -> Value {
        match value {
            Value::Datetime(day) => Value::String(day.to_string()),
            Value::Array(items) => Value::Array(items.into_iter().map(one).collect()),
            Value::Table(table) => Value::Table(written(table)),
            Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => value,
        }
    }
    table.into_iter().map(|(field, value)| (field, one(value))).collect()
}

/// A finding, field by field.
#[derive(Default)]
pub struct Found(Table);

impl Found {
    /// With a number.
    pub fn number(mut self, field: &str, number: u32) -> Self {
        self.0.insert(field.to_owned(), Value::Integer(i64::from(number)));
        self
    }

    /// With a yes or no.
    pub fn flag(mut self, field: &str, flag: bool) -> Self {
        self.0.insert(field.to_owned(), Value::Boolean(flag));
        self
    }

    /// With a word or a day.
    pub fn word(mut self, field: &str, word: impl ToString) -> Self {
        self.0.insert(field.to_owned(), Value::String(word.to_string()));
        self
    }

    /// With words.
    pub fn words(mut self, field: &str, words: impl IntoIterator<Item = String>) -> Self {
        self.0.insert(field.to_owned(), Value::Array(words.into_iter().map(Value::String).collect()));
        self
    }

    /// The table.
    #[expect(clippy::unnecessary_wraps, reason = "every answer is one or a refusal")]
    pub fn ok(self) -> Result<Table, Refusal> {
        Ok(self.0)
    }
}
