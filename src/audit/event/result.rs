//! A declared result, and one that does not stand.

use super::Choice;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDeclared {
    pub ballot: String,
    pub item: String,
    pub outcome: String,
    pub yes: u64,
    pub no: u64,
    pub abstain: u64,
    pub missing: u64,
    pub by_seat: BTreeMap<String, Choice>,
    pub norm: String,
    #[serde(default)]
    pub special: Option<Special>,
}

/// What a special majority was said to ask for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Special {
    pub base: u64,
    pub needed: u64,
}

/// A declared result that does not stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultStruck {
    pub ballot: String,
    pub item: String,
    pub ground: String,
    #[serde(rename = "reason")]
    _reason: String,
}
