//! What somebody says about the town, in the shape of the file; and a town said in that shape again.

use super::{Body, Bylaw, ChatDraft, Function, Land, LocalRule, Role, Seat, Town};
use crate::domain::law::BodyKind;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a town file or a form says, before anybody believed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownDraft {
    pub municipality: String,
    pub land: Land,
    pub people: Vec<PersonDraft>,
    pub bodies: Vec<BodyDraft>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bylaws: Vec<Bylaw>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local: Vec<LocalRule>,
    /// Identifiers of whoever and whatever is gone: they never mean anything else again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<String>,
}

/// One person of a town file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonDraft {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// One body of a town file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyDraft {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oparl: Option<String>,
    pub statutory_seats: u16,
    pub seats: Vec<SeatDraft>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleDraft>,
    /// Persons, in the order in which they deputise for the chair.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named_results: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BodyKind>,
    #[serde(default, skip_serializing_if = "ChatDraft::is_off")]
    pub chat: ChatDraft,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaking_minutes: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaking_reference: Option<String>,
}

/// One seat of a town file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatDraft {
    pub id: String,
    pub person: String,
    pub function: Function,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// One role of a town file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    pub person: String,
    pub role: Role,
}

impl From<&Town> for TownDraft {
    /// The same town in its one canonical wording.
    fn from(town: &Town) -> Self {
        Self {
            municipality: town.municipality.clone(),
            land: town.land.clone(),
            people: town
                .people
                .iter()
                .map(|person| PersonDraft {
                    id: person.id.to_string(),
                    name: person.name.clone(),
                    email: person.email.clone(),
                })
                .collect(),
            bodies: town.bodies.iter().map(BodyDraft::from).collect(),
            bylaws: town.bylaws.clone(),
            local: town.local.clone(),
            retired: town.retired.iter().cloned().collect(),
        }
    }
}

impl From<&Body> for BodyDraft {
    fn from(body: &Body) -> Self {
        let given = |person: &crate::domain::id::PersonId, role| RoleDraft { person: person.to_string(), role };
        Self {
            id: body.id.to_string(),
            name: body.name.clone(),
            oparl: body.oparl.clone(),
            statutory_seats: body.statutory_seats,
            seats: body.seats.iter().map(SeatDraft::from).collect(),
            roles: body
                .roles
                .iter()
                .flat_map(|(person, roles)| roles.iter().map(move |role| given(person, *role)))
                .collect(),
            deputies: body.deputies.iter().map(ToString::to_string).collect(),
            named_results: body.named_results.clone(),
            kind: body.kind,
            chat: if body.chat.is_some() { ChatDraft::Members } else { ChatDraft::Off },
            chat_reference: body.chat.as_ref().map(|chat| chat.reference.clone()),
            speaking_minutes: body.speaking.as_ref().map(|time| time.minutes),
            speaking_reference: body.speaking.as_ref().map(|time| time.reference.clone()),
        }
    }
}

impl From<&Seat> for SeatDraft {
    fn from(seat: &Seat) -> Self {
        Self {
            id: seat.id.to_string(),
            person: seat.person.to_string(),
            function: seat.function,
            faction: seat.faction.clone(),
            from: seat.from,
            until: seat.until,
        }
    }
}

impl TownDraft {
    /// Identifiers that were in use here or before, and are not in `next`.
    #[must_use]
    pub fn retired_after(&self, next: &Self) -> BTreeSet<String> {
        let living: BTreeSet<&str> = next.identifiers().collect();
        let known = self.identifiers().chain(self.retired.iter().map(String::as_str));
        known
            .chain(next.retired.iter().map(String::as_str))
            .filter(|id| !living.contains(id))
            .map(str::to_owned)
            .collect()
    }

    /// Of everybody and everything that is there.
    pub fn identifiers(&self) -> impl Iterator<Item = &str> {
        let seats = self.bodies.iter().flat_map(|body| body.seats.iter().map(|seat| seat.id.as_str()));
        let people = self.people.iter().map(|person| person.id.as_str());
        seats.chain(people).chain(self.bodies.iter().map(|body| body.id.as_str()))
    }
}
