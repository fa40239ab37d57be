//! `Land`: whose municipal code applies.

use super::{Body, Function, Town, TownError};
use crate::domain::law::{ChairOffice, LawError, RulePack, Rules, packs};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The key of a rule file that comes with the program, such as `bw`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Land(String);

/// There is no rule file with this key, or no town can live by it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoLand(String);

impl fmt::Display for NoLand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (land, known) = (self.0.escape_debug(), packs::TOWNS.join(", "));
        if packs::LANDS.contains(&self.0.as_str()) {
            return write!(
                f,
                "eine Gemeinde im Land „{land}“ kann das Programm noch nicht einrichten; möglich: {known}"
            );
        }
        write!(f, "für das Land „{land}“ gibt es kein Regelwerk; möglich: {known}")
    }
}

impl Land {
    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Land {
    /// The newest rules there are, for what does not hang on a day: what a form says, and whose office the chair is.
    ///
    /// # Errors
    /// If there is no readable rule file, which a [`Land`] excludes.
    pub fn newest(&self) -> Result<Rules, LawError> {
        let pack = self.pack()?;
        let last = RulePack::keys().iter().flat_map(|key| pack.turning_points(key)).max();
        let none = |what: String| LawError { line: None, rule: None, what };
        pack.on(last.ok_or_else(|| none("keine Regel".into()))?).map_err(|why| none(why.to_string()))
    }
}

/// As what whoever leads sits in a body.
#[must_use]
pub fn chair_of(rules: &Rules) -> Function {
    match rules.chair_office.get() {
        ChairOffice::Mayor => Function::Mayor,
        ChairOffice::ElectedMember => Function::Chair,
    }
}

impl Town {
    /// Whether whoever leads a body does so as the law of the Land wants it.
    ///
    /// # Errors
    /// The first body with another chair.
    pub fn chairs_are_lawful(&self) -> Result<(), TownError> {
        let Ok(rules) = self.land.newest() else { return Ok(()) };
        let wanted = chair_of(&rules);
        let other = |body: &&Body| body.seats.iter().any(|seat| seat.function.leads() && seat.function != wanted);
        match self.bodies.iter().find(other) {
            None => Ok(()),
            Some(body) => Err(TownError::WrongChair {
                body: body.id.clone(),
                function: if wanted == Function::Mayor { "mayor" } else { "chair" },
                norm: rules.chair_office.norm().to_owned(),
            }),
        }
    }
}

impl TryFrom<String> for Land {
    type Error = NoLand;
    fn try_from(key: String) -> Result<Self, NoLand> {
        if packs::TOWNS.contains(&key.as_str()) { Ok(Self(key)) } else { Err(NoLand(key.chars().take(20).collect())) }
    }
}

impl From<Land> for String {
    fn from(land: Land) -> Self {
        land.0
    }
}
