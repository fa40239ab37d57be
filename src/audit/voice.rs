//! What the pinned law says of those who sit with the body without being members.

use super::law::version;
use toml::{Table, Value};

/// Who sits with the body without being a member.
pub struct VoiceLaw {
    /// Kinds of bodies residents are members of.
    residents: Vec<String>,
    county_head: bool,
    /// Kinds of bodies in which an official has a vote while leading.
    pub chair_votes: Vec<String>,
}

impl VoiceLaw {
    /// Packs of the first releases know nobody of this kind.
    pub fn read(text: &str, day: &str) -> Self {
        let table: Table = text.parse().unwrap_or_default();
        let value = |key: &str| version(&table, key, day).map(|(value, _)| value);
        let words = |key: &str| {
            let list = value(key).and_then(Value::as_array).into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Self {
            residents: words("members.residents"),
            county_head: value("members.include_county_head").and_then(Value::as_bool).unwrap_or(true),
            chair_votes: words("vote.deputy_mayor_chair_votes"),
        }
    }

    /// Somebody of this function has no vote in a body of this kind.
    pub fn is_advisory(&self, function: &str, kind: &str) -> bool {
        match function {
            "official" | "district_head" => true,
            "resident" => !self.residents.iter().any(|known| known == kind),
            "mayor" => kind == "county_council" && !self.county_head,
            _ => false,
        }
    }
}
