//! `Art des Gremiums`: which rules hold where it cannot decide (§§ 37 (4), 39 (5) GemO BW).

use super::Function;
use crate::domain::law::BodyKind;

/// The kinds of bodies a form offers: its word, and what people read.
pub const KINDS: [(&str, BodyKind, &str); 4] = [
    ("gemeinderat", BodyKind::Council, "Gemeinderat"),
    ("beschliessend", BodyKind::DecidingCommittee, "beschließender Ausschuss (§ 39 GemO)"),
    ("beratend", BodyKind::AdvisoryCommittee, "beratender Ausschuss (§ 41 GemO)"),
    ("ortschaftsrat", BodyKind::DistrictCouncil, "Ortschaftsrat (§ 69 GemO)"),
];

/// The kind as people read it.
#[must_use]
pub fn kind_word(kind: BodyKind) -> &'static str {
    KINDS.iter().find(|(_, known, _)| *known == kind).map_or("Kreistag", |(_, _, word)| *word)
}

/// The word a form sends for a kind.
#[must_use]
pub fn kind_key(kind: BodyKind) -> &'static str {
    KINDS.iter().find(|(_, known, _)| *known == kind).map_or("", |(key, _, _)| *key)
}

/// What somebody is in a body, as people read it.
#[must_use]
pub const fn function_word(function: Function) -> &'static str {
    match function {
        Function::Mayor | Function::Chair => "Vorsitz",
        Function::Councillor => "Mitglied",
        Function::Official => "Beigeordnete/r",
        Function::Resident => "sachkundige/r Einwohner/in",
        Function::DistrictHead => "Ortsvorsteher/in ohne Sitz",
    }
}
