//! `Ortsrecht`: what the town's own Hauptsatzung and the Geschäftsordnung of a body say differently. Whether they may, the
//! rule file of the Land alone decides.

use super::parse::{at_most, text};
use super::{Land, TEXT_CHARS_MAX, Town, TownError};
use crate::domain::id::BodyId;
use crate::domain::law::overlay::{Carried, LocalClause, LocalValue, written};
use crate::domain::law::{Instrument, LawError, RulePack, packs};
use crate::domain::text::Passage;
use crate::domain::time::Date;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// More than a town has bodies and a rule file leaves to it.
const CLAUSES_MAX: usize = 200;
/// More than a rule file leaves to one body over the years.
const OF_BODY_MAX: usize = 40;

/// One `[[local]]` of the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalRule {
    /// The body it is for; `None`: every body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Key of the rule.
    pub key: String,
    pub value: LocalValue,
    pub instrument: Instrument,
    /// Where it stands, for instance „§ 9 Abs. 1 Geschäftsordnung“.
    pub reference: String,
    #[serde(deserialize_with = "day")]
    pub decided_on: Date,
    /// First day it applies.
    #[serde(deserialize_with = "day")]
    pub from: Date,
    /// Last day it applies.
    #[serde(default, deserialize_with = "day_if_any", skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Votes in favour, for the Hauptsatzung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yes: Option<u32>,
    /// All members, for the Hauptsatzung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
}

/// A local rule that goes beyond the law.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Ortsrecht, {reference}: {why}")]
pub struct Beyond {
    /// Its place among the town's.
    pub place: usize,
    pub reference: String,
    pub why: LawError,
}

impl LocalRule {
    /// Whether it is for this body.
    #[must_use]
    pub fn concerns(&self, body: &BodyId) -> bool {
        self.body.as_deref().is_none_or(|own| own == body.as_str())
    }

    fn clause(&self) -> LocalClause<'_> {
        LocalClause {
            key: &self.key,
            value: &self.value,
            instrument: self.instrument,
            reference: &self.reference,
            decided_on: self.decided_on,
            from: self.from,
            until: self.until,
            carried: self.yes.zip(self.members).map(|(yes, members)| Carried { yes, members }),
        }
    }
}

impl Town {
    /// Every local rule, in force or not.
    #[must_use]
    pub fn local(&self) -> &[LocalRule] {
        &self.local
    }

    /// The local law of a body, as it stands behind the rules of its meetings; `None` if it has none.
    ///
    /// # Errors
    /// The first that goes beyond the law.
    pub fn local_law_of(&self, body: &BodyId) -> Result<Option<Passage>, Beyond> {
        let own: Vec<(usize, &LocalRule)> =
            self.local.iter().enumerate().filter(|(_, rule)| rule.concerns(body)).collect();
        let beyond = |place: usize, why| {
            let (place, rule) = own.get(place).map_or((0, None), |(place, rule)| (*place, Some(*rule)));
            Beyond { place, reference: rule.map_or_else(String::new, |rule| rule.reference.clone()), why }
        };
        if own.is_empty() {
            return Ok(None);
        }
        let last = own.len() - 1;
        let plain = |what: String| LawError { line: None, rule: None, what };
        let pack = self.land.pack().map_err(|why| beyond(last, why))?;
        let clauses: Vec<LocalClause<'_>> = own.iter().map(|(_, rule)| rule.clause()).collect();
        pack.with_clauses(&clauses).map_err(|(place, why)| beyond(place, why))?;
        written(&clauses)
            .parse()
            .map(Some)
            .map_err(|why: crate::domain::text::NotAText| beyond(last, plain(format!("zusammen zu lang ({why})"))))
    }

    /// Whether the law allows all local law of all bodies.
    ///
    /// # Errors
    /// The first that goes beyond it.
    pub fn local_law_is_lawful(&self) -> Result<(), Beyond> {
        self.bodies.iter().try_for_each(|body| self.local_law_of(&body.id).map(drop))
    }
}

impl Land {
    /// Its rules.
    ///
    /// # Errors
    /// If there is no readable rule file, which a [`Land`] excludes.
    pub fn pack(&self) -> Result<&'static RulePack, LawError> {
        packs::pack(self.as_str())
    }
}

/// The rules as far as a town alone can tell.
pub(super) fn local(rules: Vec<LocalRule>, bodies: &[super::Body]) -> Result<Vec<LocalRule>, TownError> {
    at_most("Regelungen des Ortsrechts", CLAUSES_MAX, rules.len())?;
    let rules = rules.into_iter().map(one).collect::<Result<Vec<_>, _>>()?;
    for rule in &rules {
        if let Some(body) = rule.body.as_ref().filter(|body| !bodies.iter().any(|known| known.id.as_str() == *body)) {
            return Err(TownError::LocalOfNoBody { reference: rule.reference.clone(), body: body.clone() });
        }
    }
    for body in bodies {
        at_most(
            "Regelungen für ein Gremium",
            OF_BODY_MAX,
            rules.iter().filter(|rule| rule.concerns(&body.id)).count(),
        )?;
    }
    Ok(rules)
}

fn one(mut rule: LocalRule) -> Result<LocalRule, TownError> {
    rule.reference = text("die Fundstelle einer Regelung des Ortsrechts", &rule.reference)?;
    rule.key = text("„key“ einer Regelung des Ortsrechts", &rule.key)?;
    if !fits(&rule.value) {
        return Err(TownError::TooLong { what: format!("der Wert der Regelung „{}“", rule.reference) });
    }
    Ok(rule)
}

fn fits(value: &LocalValue) -> bool {
    match value {
        LocalValue::Flag(_) | LocalValue::Number(_) => true,
        LocalValue::Text(text) => text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control),
        LocalValue::List(values) => {
            values.len() <= 20 && values.iter().all(|value| !matches!(value, LocalValue::List(_)) && fits(value))
        }
    }
}

/// A day with quotation marks or without: TOML has days of its own.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    struct Day;
    impl<'de> Visitor<'de> for Day {
        type Value = Date;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("ein Tag der Form JJJJ-MM-TT")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
            text.parse().map_err(E::custom)
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Date, A::Error> {
            let day = map.next_entry::<String, String>()?;
            day.ok_or_else(|| de::Error::custom("der Tag fehlt"))?.1.parse().map_err(de::Error::custom)
        }
    }
    from.deserialize_any(Day)
}

fn day_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}
