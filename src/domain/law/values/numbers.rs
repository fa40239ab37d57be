//! Values of a rule file that are more than a word or a number: thresholds, special majorities, table of sizes.

use super::{Comparison, Fraction, RuleValue, SpecialBase, Value};
use std::collections::BTreeMap;

/// A number, or none at all: `"none"` in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtMost(pub Option<u32>);

impl RuleValue for AtMost {
    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Number(number) => Ok(Self(Some(*number))),
            Value::Text(word) if word == "none" => Ok(Self(None)),
            Value::Text(_) | Value::Flag(_) | Value::List(_) | Value::Entry(_) => {
                Err("muss eine ganze Zahl ab 0 oder „none“ sein".into())
            }
        }
    }
}

/// `Quorum einer Mehrheit`: how much of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The share.
    pub share: Fraction,
    /// Does exactly the share suffice?
    pub comparison: Comparison,
    /// Of what.
    pub base: SpecialBase,
}

impl Threshold {
    /// The smallest number of votes that suffices out of `base` (0 only where the share is zero).
    #[must_use]
    pub fn needed(self, base: u32) -> u32 {
        self.comparison.needed(self.share, base)
    }
}

impl Comparison {
    /// The smallest number that is „mindestens“ or „mehr als“ this share of `whole`.
    #[must_use]
    pub fn needed(self, share: Fraction, whole: u32) -> u32 {
        match self {
            Self::AtLeast => share.ceil_of(whole),
            Self::MoreThan => share.floor_of(whole).saturating_add(1),
        }
    }
}

impl RuleValue for Threshold {
    fn read(value: &Value) -> Result<Self, String> {
        let entry = entry(value, &["share", "comparison", "base"], "{ share = \"1/2\", comparison = …, base = … }")?;
        Ok(Self { share: part(entry, "share")?, comparison: part(entry, "comparison")?, base: part(entry, "base")? })
    }
}

/// `Qualifizierte Mehrheit`: a decision that needs more than the majority of votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialMajority {
    /// The name commands and cases use.
    pub key: String,
    /// The words people read, in German.
    pub text: String,
    /// How much of what.
    pub threshold: Threshold,
    /// The paragraph that asks for it.
    pub norm: String,
}

impl RuleValue for SpecialMajority {
    fn read(value: &Value) -> Result<Self, String> {
        let entry = entry(
            value,
            &["key", "text", "share", "comparison", "base", "norm"],
            "{ key = …, text = …, share = \"2/3\", comparison = …, base = …, norm = … }",
        )?;
        Ok(Self {
            key: part(entry, "key")?,
            text: part(entry, "text")?,
            threshold: Threshold {
                share: part(entry, "share")?,
                comparison: part(entry, "comparison")?,
                base: part(entry, "base")?,
            },
            norm: part(entry, "norm")?,
        })
    }
}

/// One size of municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeGroup {
    /// The largest number of inhabitants in it; none for the last group.
    pub up_to: Option<u32>,
    /// Elected seats, the mayor not counted.
    pub seats: u32,
}

/// `Zahl der Gemeinderäte` by inhabitants, the smallest group first, the last one open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeTable(Vec<SizeGroup>);

impl SizeTable {
    /// The elected seats of a municipality of so many inhabitants, before its own Hauptsatzung is asked.
    #[must_use]
    pub fn seats(&self, inhabitants: u32) -> u32 {
        let group = self.0.iter().find(|group| group.up_to.is_none_or(|most| inhabitants <= most));
        group.map_or(0, |group| group.seats)
    }

    /// The groups, the smallest first.
    #[must_use]
    pub fn groups(&self) -> &[SizeGroup] {
        &self.0
    }
}

impl RuleValue for SizeTable {
    fn read(value: &Value) -> Result<Self, String> {
        let groups = Vec::<SizeGroup>::read(value)?;
        let rising = groups.windows(2).all(|pair| match pair {
            [smaller, larger] => {
                smaller.seats < larger.seats
                    && smaller.up_to.is_some_and(|most| larger.up_to.is_none_or(|next| most < next))
            }
            _ => false,
        });
        if rising && groups.last().is_some_and(|group| group.up_to.is_none()) {
            Ok(Self(groups))
        } else {
            Err("muss von der kleinsten zur größten Gemeinde steigen und mit einer Gruppe ohne „up_to“ enden".into())
        }
    }
}

impl RuleValue for SizeGroup {
    fn read(value: &Value) -> Result<Self, String> {
        let fields: &[&str] = if matches!(value, Value::Entry(entry) if entry.contains_key("up_to")) {
            &["up_to", "seats"]
        } else {
            &["seats"]
        };
        let entry = entry(value, fields, "{ up_to = 1000, seats = 8 }")?;
        let up_to = if entry.contains_key("up_to") { Some(part(entry, "up_to")?) } else { None };
        Ok(Self { up_to, seats: part(entry, "seats")? })
    }
}

/// The table a value must be, with exactly these fields.
fn entry<'a>(value: &'a Value, fields: &[&str], shape: &str) -> Result<&'a BTreeMap<String, Value>, String> {
    if let Value::Entry(entry) = value
        && entry.len() == fields.len()
        && fields.iter().all(|field| entry.contains_key(*field))
    {
        return Ok(entry);
    }
    Err(format!("muss die Form {shape} haben"))
}

fn part<T: RuleValue>(entry: &BTreeMap<String, Value>, field: &str) -> Result<T, String> {
    let value = entry.get(field).ok_or_else(|| format!("„{field}“ fehlt"))?;
    T::read(value).map_err(|what| format!("„{field}“ {what}"))
}

#[cfg(test)]
mod tests {
    use crate::domain::law::{RulePack, packs};

    fn refused(old: &str, new: &str) -> String {
        let text = packs::bundled("bw").unwrap();
        assert!(text.contains(old), "{old}");
        RulePack::parse(&text.replacen(old, new, 1)).unwrap_err().to_string()
    }

    #[test]
    fn tables_and_thresholds_are_read_strictly() {
        for (old, new, rule, what) in [
            ("{ seats = 60 }", "{ up_to = 900000, seats = 60 }", "members.size_table", "ohne „up_to“"),
            ("{ up_to = 2000, seats = 10 }", "{ up_to = 900, seats = 10 }", "members.size_table", "steigen"),
            ("{ up_to = 2000, seats = 10 }", "{ up_to = 2000, sitze = 10 }", "members.size_table", "die Form"),
            ("share = \"3/4\"", "share = \"4/3\"", "majority.special", "„share“"),
            ("base = \"present\"", "base = \"alle\"", "majority.special", "„base“"),
            ("key = \"referendum\", ", "", "majority.special", "die Form"),
            ("value = \"none\"", "value = \"keine\"", "remote.max_count", "„none“"),
        ] {
            let error = refused(old, new);
            assert!(error.contains(rule) && error.contains(what) && error.starts_with("Zeile "), "{new}: {error}");
        }
    }

    #[test]
    fn the_size_of_the_council_follows_the_inhabitants() {
        let pack = RulePack::parse(packs::bundled("bw").unwrap()).unwrap();
        let rules = pack.on("2026-11-26".parse().unwrap()).unwrap();
        let seats = |inhabitants| rules.members_size_table.value().seats(inhabitants);
        assert_eq!([1, 1_000, 1_001, 15_000, 400_000, 400_001].map(seats), [8, 8, 10, 22, 48, 60]);
    }
}
