//! `Beratende Stimme` (§§ 33 (1), 40 (1), 41, 72 no. 2 GemO BW, § 32 (6) LKrO BW): who sits with the body and is none of its members.

use super::{BodyKind, Rules};
use crate::domain::council::Function;

/// The paragraph by which somebody of this function takes part without a vote; `None`: they have one. A body whose kind was not
/// said is a council.
#[must_use]
pub fn advisory(rules: &Rules, function: Function, kind: Option<BodyKind>) -> Option<&str> {
    let kind = kind.unwrap_or(BodyKind::Council);
    match function {
        Function::Mayor if kind == BodyKind::CountyCouncil && !rules.members_include_county_head.get() => {
            Some(rules.members_include_county_head.norm())
        }
        Function::Mayor | Function::Councillor => None,
        Function::Official => Some(rules.advisory_officials.norm()),
        Function::Resident if rules.members_residents.value().contains(&kind) => None,
        Function::Resident => Some(rules.members_residents.norm()),
        Function::DistrictHead => Some(rules.advisory_district_head.norm()),
    }
}

/// `Beigeordneter im Vorsitz` (§ 41 (2) GemO BW): leading a body of this kind, an official has a vote in it.
#[must_use]
pub fn chair_votes(rules: &Rules, kind: Option<BodyKind>) -> bool {
    rules.vote_deputy_mayor_chair_votes.value().contains(&kind.unwrap_or(BodyKind::Council))
}
