//! The tasks of the administration: what an address asks for, and the change a filled-in form makes of it.

use super::Typed;
use super::view::Desk;
use crate::app::town::{BylawKind, Change, DEPUTIES_MAX, Function, LocalSaid, Member, Role, Wrong};
use crate::domain::law::Instrument;

/// One thing to do. Identifiers come from the address and may be stale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Task {
    AddPerson,
    ChangePerson(String),
    RemovePerson(String),
    AddBody,
    ChangeBody(String),
    AddSeat(String),
    ChangeSeat(String, String),
    EndSeat(String, String),
    /// The faction by its place among those of the body.
    RenameFaction(String, usize),
    SetDeputies(String),
    GiveRole(String),
    TakeRole(String, String, Role),
    AddClause,
    EndClause(usize),
    ProveClause(usize),
    AddLocal,
    EndLocal(usize),
}

/// The roles that are given, as the address spells them and as people say them.
pub(super) const ROLES: [(Role, &str, &str); 4] = [
    (Role::Clerk, "schriftfuehrung", "Schriftführung"),
    (Role::Technician, "technik", "Technische Moderation"),
    (Role::Administrator, "verwaltung", "Verwaltung"),
    (Role::Hall, "saal", "Saalgerät"),
];

/// What people call a role.
pub(super) fn role_word(role: Role) -> &'static str {
    ROLES.iter().find(|(other, ..)| *other == role).map_or("Vorsitz", |(_, _, word)| word)
}

/// How the address spells a role.
pub(super) fn role_path(role: Role) -> &'static str {
    ROLES.iter().find(|(other, ..)| *other == role).map_or("vorsitz", |(_, path, _)| path)
}

fn role(path: &str) -> Option<Role> {
    ROLES.iter().find(|(_, other, _)| *other == path).map(|(role, ..)| *role)
}

/// The kinds of clauses, as a form spells them.
pub(super) const CLAUSES: [(BylawKind, &str); 8] = [
    (BylawKind::Hybrid2025, "hybrid"),
    (BylawKind::NonPublic2025, "nichtoeffentlich"),
    (BylawKind::ChairNonPublic2025, "vorsitz_nichtoeffentlich"),
    (BylawKind::Emergency2025, "notfall"),
    (BylawKind::Exclude2025, "ausschluss"),
    (BylawKind::Recording2025, "aufnahme"),
    (BylawKind::DistrictConsent, "zustimmung"),
    (BylawKind::Remote2020, "alt"),
];

impl Task {
    /// The task of the rest of an address.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let text = |part: &&str| (*part).to_owned();
        Some(match parts.as_slice() {
            ["person-neu"] => Self::AddPerson,
            ["person", id] => Self::ChangePerson(text(id)),
            ["person-entfernen", id] => Self::RemovePerson(text(id)),
            ["gremium-neu"] => Self::AddBody,
            ["gremium", body] => Self::ChangeBody(text(body)),
            ["mitglied-neu", body] => Self::AddSeat(text(body)),
            ["mandat", body, seat] => Self::ChangeSeat(text(body), text(seat)),
            ["mandat-beenden", body, seat] => Self::EndSeat(text(body), text(seat)),
            ["fraktion", body, place] => Self::RenameFaction(text(body), place.parse().ok()?),
            ["stellvertretung", body] => Self::SetDeputies(text(body)),
            ["aufgabe-neu", body] => Self::GiveRole(text(body)),
            ["aufgabe-entziehen", body, person, what] => Self::TakeRole(text(body), text(person), role(what)?),
            ["regelung-neu"] => Self::AddClause,
            ["regelung-beenden", place] => Self::EndClause(place.parse().ok()?),
            ["regelung-mehrheit", place] => Self::ProveClause(place.parse().ok()?),
            ["ortsrecht-neu"] => Self::AddLocal,
            ["ortsrecht-beenden", place] => Self::EndLocal(place.parse().ok()?),
            _ => return None,
        })
    }

    /// The rest of its address.
    pub(super) fn path(&self) -> String {
        match self {
            Self::AddPerson => "person-neu".to_owned(),
            Self::ChangePerson(id) => format!("person/{id}"),
            Self::RemovePerson(id) => format!("person-entfernen/{id}"),
            Self::AddBody => "gremium-neu".to_owned(),
            Self::ChangeBody(body) => format!("gremium/{body}"),
            Self::AddSeat(body) => format!("mitglied-neu/{body}"),
            Self::ChangeSeat(body, seat) => format!("mandat/{body}/{seat}"),
            Self::EndSeat(body, seat) => format!("mandat-beenden/{body}/{seat}"),
            Self::RenameFaction(body, place) => format!("fraktion/{body}/{place}"),
            Self::SetDeputies(body) => format!("stellvertretung/{body}"),
            Self::GiveRole(body) => format!("aufgabe-neu/{body}"),
            Self::TakeRole(body, person, role) => format!("aufgabe-entziehen/{body}/{person}/{}", role_path(*role)),
            Self::AddClause => "regelung-neu".to_owned(),
            Self::EndClause(place) => format!("regelung-beenden/{place}"),
            Self::ProveClause(place) => format!("regelung-mehrheit/{place}"),
            Self::AddLocal => "ortsrecht-neu".to_owned(),
            Self::EndLocal(place) => format!("ortsrecht-beenden/{place}"),
        }
    }

    /// Its address.
    pub(super) fn href(&self) -> String {
        format!("/verwaltung/tun/{}", self.path())
    }

    /// Where one goes on afterwards.
    pub(super) fn home(&self) -> String {
        match self {
            Self::AddPerson | Self::ChangePerson(_) | Self::RemovePerson(_) => "/verwaltung/personen".to_owned(),
            Self::AddBody => "/verwaltung".to_owned(),
            Self::ChangeBody(body)
            | Self::AddSeat(body)
            | Self::ChangeSeat(body, _)
            | Self::EndSeat(body, _)
            | Self::RenameFaction(body, _)
            | Self::SetDeputies(body)
            | Self::GiveRole(body)
            | Self::TakeRole(body, ..) => format!("/verwaltung/gremium/{body}"),
            Self::AddClause | Self::EndClause(_) | Self::ProveClause(_) | Self::AddLocal | Self::EndLocal(_) => {
                "/verwaltung/hauptsatzung".to_owned()
            }
        }
    }

    /// Whether what it is about exists.
    pub(super) fn concerns(&self, desk: &Desk) -> bool {
        let person = |id: &str| desk.person_named(id).is_some();
        let body = |id: &str| desk.body_named(id).is_some();
        let seat = |id: &str, seat: &str| desk.seat_named(id, seat).is_some();
        match self {
            Self::AddPerson | Self::AddBody | Self::AddClause | Self::AddLocal => true,
            Self::ChangePerson(id) | Self::RemovePerson(id) => person(id),
            Self::ChangeBody(id) | Self::AddSeat(id) | Self::SetDeputies(id) | Self::GiveRole(id) => body(id),
            Self::ChangeSeat(id, place) | Self::EndSeat(id, place) => seat(id, place),
            Self::RenameFaction(id, place) => desk.faction_at(id, *place).is_some(),
            Self::TakeRole(id, who, role) => {
                let held = |body: &crate::app::town::Body| body.holders(*role).any(|holder| holder.as_str() == who);
                desk.body_named(id).is_some_and(held)
            }
            Self::EndClause(place) | Self::ProveClause(place) => desk.town.bylaws().get(*place).is_some(),
            Self::EndLocal(place) => desk.town.local().get(*place).is_some(),
        }
    }

    /// The change somebody typed.
    ///
    /// # Errors
    /// If something was not chosen that has to be.
    #[expect(clippy::too_many_lines, reason = "one arm a task, to be read as one table")]
    pub(super) fn change(&self, typed: &Typed) -> Result<Change, Wrong> {
        let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
        let choose = |field: &'static str| Wrong { field, sentence: "Bitte wählen Sie eines aus.".to_owned() };
        Ok(match self {
            Self::AddPerson => Change::AddPerson { name: text("name"), email: text("email") },
            Self::ChangePerson(id) => {
                Change::ChangePerson { person: id.clone(), name: text("name"), email: text("email") }
            }
            Self::RemovePerson(id) => Change::RemovePerson { person: id.clone() },
            Self::AddBody => {
                Change::AddBody { name: text("name"), statutory_seats: text("sitze"), chair: text("person") }
            }
            Self::ChangeBody(body) => Change::ChangeBody {
                body: body.clone(),
                name: text("name"),
                statutory_seats: text("sitze"),
                oparl: text("oparl"),
                named_results: text("namen"),
                chat: text("chat"),
                kind: text("gremium"),
                speaking: (text("redezeit"), text("redezeit_stelle")),
            },
            Self::AddSeat(body) => {
                let function = match text("funktion").as_str() {
                    "vorsitz" => Function::Mayor,
                    "mitglied" => Function::Councillor,
                    "beigeordnet" => Function::Official,
                    "sachkundig" => Function::Resident,
                    "ortsvorstehend" => Function::DistrictHead,
                    _ => return Err(choose("funktion")),
                };
                let member = match text("person") {
                    none if none.is_empty() => Member::New { name: text("name"), email: text("email") },
                    known => Member::Known(known),
                };
                let (faction, from, until) = (text("fraktion"), text("von"), text("bis"));
                Change::AddSeat { body: body.clone(), member, function, faction, from, until }
            }
            Self::ChangeSeat(body, seat) => Change::ChangeSeat {
                body: body.clone(),
                seat: seat.clone(),
                faction: text("fraktion"),
                from: text("von"),
                until: text("bis"),
            },
            Self::EndSeat(body, seat) => Change::EndSeat { body: body.clone(), seat: seat.clone(), until: text("bis") },
            Self::RenameFaction(body, _) => {
                Change::RenameFaction { body: body.clone(), from: text("bisher"), to: text("fraktion") }
            }
            Self::SetDeputies(body) => Change::SetDeputies {
                body: body.clone(),
                people: (1..=DEPUTIES_MAX).map(|place| text(&deputy(place))).collect(),
            },
            Self::GiveRole(body) => Change::GiveRole {
                body: body.clone(),
                person: text("person"),
                role: role(&text("aufgabe")).ok_or_else(|| choose("aufgabe"))?,
            },
            Self::TakeRole(body, person, role) => {
                Change::TakeRole { body: body.clone(), person: person.clone(), role: *role }
            }
            Self::AddClause => Change::AddBylaw {
                kind: CLAUSES
                    .iter()
                    .find(|(_, name)| *name == text("art"))
                    .map(|(kind, _)| *kind)
                    .ok_or_else(|| choose("art"))?,
                reference: text("fundstelle"),
                decided_on: text("beschlossen"),
                in_force_from: text("inkraft"),
                carried: [text("ja"), text("mitglieder")],
                body: text("gremium"),
            },
            Self::EndClause(place) => Change::EndBylaw { place: *place, until: text("bis") },
            Self::ProveClause(place) => Change::ProveBylaw { place: *place, carried: [text("ja"), text("mitglieder")] },
            Self::AddLocal => Change::AddLocal(LocalSaid {
                body: text("gremium"),
                key: Some(text("regel")).filter(|key| !key.is_empty()).ok_or_else(|| choose("regel"))?,
                value: text("wert"),
                instrument: match text("wo").as_str() {
                    "hauptsatzung" => Instrument::MainBylaw,
                    "geschaeftsordnung" => Instrument::RulesOfProcedure,
                    _ => return Err(choose("wo")),
                },
                reference: text("fundstelle"),
                decided_on: text("beschlossen"),
                from: text("inkraft"),
                carried: [text("ja"), text("mitglieder")],
            }),
            Self::EndLocal(place) => Change::EndLocal { place: *place, until: text("bis") },
        })
    }
}

/// The field of the deputy at this place, from 1. What is wrong with any of them is told at the first.
pub(super) fn deputy(place: usize) -> String {
    if place == 1 { "stellvertretung".to_owned() } else { format!("stellvertretung-{place}") }
}
