//! `Gemeinde`: the municipality as it is seeded from one file and administered in the browser: people, bodies, seats,
//! roles, Hauptsatzung.
//!
//! A [`TownDraft`] is what the file or a form says; only [`Town::try_from`] makes a [`Town`] of it, and whoever holds a
//! `Town` need not check anything again. Every change is a [`Change`] applied to the draft of the town before it.

use crate::domain::id::{BodyId, PersonId, SeatId};
use crate::domain::law::BodyKind;
use crate::domain::law::overlay::Carried;
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

mod change;
mod chat;
mod current;
mod draft;
mod kind;
mod land;
mod local;
mod names;
mod parse;
mod speaking;
#[cfg(test)]
mod tests;
mod wrong;

pub use change::{Change, Changed, LocalSaid, Member, Wrong};
pub use chat::{Chat, ChatDraft};
pub use current::{CurrentTown, Edition};
pub use draft::{BodyDraft, PersonDraft, RoleDraft, SeatDraft, TownDraft};
pub use kind::{KINDS, function_word, kind_key, kind_word};
pub use land::{Land, chair_of};
pub use local::{Beyond, LocalRule};
pub use speaking::SpeakingTime;
pub use wrong::TownError;

/// Longest name of anything, in characters.
pub const TEXT_CHARS_MAX: usize = 120;
/// Most people a town may name.
pub const PEOPLE_MAX: usize = 1000;
/// Most bodies a town may have.
pub const BODIES_MAX: usize = 50;
/// Most seats a body may have at a time: more than any council in the Land.
pub const SEATS_MAX: usize = 120;
/// Most mandates a body remembers, those that have ended included.
pub const MANDATES_MAX: usize = 1000;
/// Most deputies a body may have.
pub const DEPUTIES_MAX: usize = 20;

/// What somebody is in a body by the law: `Funktion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// `Bürgermeister/in`: chair and member with a vote (§ 25 (1), § 37 (6) GemO BW).
    Mayor,
    /// `Gemeinderat/Gemeinderätin` (§ 25 (1) GemO BW), `Gemeindevertreter/in` (§ 36 HGO).
    Councillor,
    /// `Vorsitz aus der Mitte` (§ 57 (1) HGO): a member the others have elected into the chair.
    Chair,
    /// `Beigeordnete/r`: advisory voice (§ 33 (1) GemO BW).
    Official,
    /// `Sachkundige/r Einwohner/in` (§§ 40 (1), 41 (1) GemO BW).
    Resident,
    /// `Ortsvorsteher/in` who is no member of the body (§ 72 no. 2 GemO BW).
    DistrictHead,
}

impl Function {
    /// Whose office the chair is.
    #[must_use]
    pub const fn leads(self) -> bool {
        matches!(self, Self::Mayor | Self::Chair)
    }

    /// One of those the number of seats is about: everybody but the mayor.
    #[must_use]
    pub const fn is_elected(self) -> bool {
        matches!(self, Self::Councillor | Self::Chair)
    }
}

/// What somebody does for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// `Vorsitz`: never written in the file, it follows from the function of a seat.
    Chair,
    /// `Schriftführung` (§ 38 (1) GemO BW).
    Clerk,
    /// `Technische Moderation`.
    Technician,
    /// `Verwaltung` of this installation.
    Administrator,
    /// `Saal`: the account of the device that sends the room's picture and sound (§ 37a (1) s. 3 GemO BW).
    Hall,
}

/// A clause of the Hauptsatzung that opens a format of § 37a GemO BW.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bylaw {
    pub kind: BylawKind,
    /// Where it stands, for instance „§ 4a Abs. 2 Hauptsatzung“.
    pub reference: String,
    pub decided_on: Date,
    pub in_force_from: Date,
    /// The last day it is in force; `None`: until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<Date>,
    /// The votes that carried it (§ 4 (2) GemO BW); `None` where nobody entered them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// The Ortschaftsrat that consented; `None` for what is a clause of the Hauptsatzung and holds for every body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Bylaw {
    /// Whether it says anything about this body.
    #[must_use]
    pub fn is_for(&self, body: &BodyId) -> bool {
        self.body.as_deref().is_none_or(|own| own == body.as_str())
    }

    /// Whether it has not ended before `day`. When it begins, the law asks of the day of the sitting.
    #[must_use]
    pub fn lasts_to(&self, day: Date) -> bool {
        self.in_force_until.is_none_or(|until| day <= until)
    }
}

/// Which text of § 37a GemO BW, or of § 35 (3), a clause relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BylawKind {
    /// § 37a (4) in the text in force since 1 September 2025: digital in an emergency.
    #[serde(rename = "emergency_2025")]
    Emergency2025,
    /// § 37a (1) in the text in force since 1 September 2025: hybrid.
    #[serde(rename = "hybrid_2025")]
    Hybrid2025,
    /// § 37a (1) s. 5: in non-public parts as well.
    #[serde(rename = "non_public_2025")]
    NonPublic2025,
    /// § 37a (1) s. 6: the chair too, in sittings without a public part.
    #[serde(rename = "chair_non_public_2025")]
    ChairNonPublic2025,
    /// § 37a in the text of 2020.
    #[serde(rename = "remote_2020")]
    Remote2020,
    /// § 37a (3) s. 2: connection ruled out in justified single cases.
    #[serde(rename = "exclude_2025")]
    Exclude2025,
    /// § 35 (3) s. 1: film and sound recordings by the municipality, for publication.
    #[serde(rename = "recording_2025")]
    Recording2025,
    /// § 72 no. 3: an Ortschaftsrat consents to its own members being connected.
    #[serde(rename = "district_consent")]
    DistrictConsent,
}

/// A human being with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// In lower case, unique in the town; empty for somebody who has none and therefore cannot sign in.
    pub email: String,
}

/// `Sitz`: one mandate in one body (OParl `Membership`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub id: SeatId,
    pub person: PersonId,
    pub function: Function,
    /// `Fraktion`; `None` for the mayor and for members without one.
    pub faction: Option<String>,
    /// The first day of the mandate; `None`: since ever.
    pub from: Option<Date>,
    /// The last day of the mandate; `None`: until further notice.
    pub until: Option<Date>,
}

impl Seat {
    /// Whether the mandate runs on `day`.
    #[must_use]
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.has_ended_before(day)
    }

    /// Whether its last day lies before `day`.
    #[must_use]
    pub fn has_ended_before(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// Whether both mandates run on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before =
            |one: &Self, next: &Self| one.until.is_some_and(|until| next.from.is_some_and(|from| until < from));
        !before(self, other) && !before(other, self)
    }
}

/// `Gremium` (OParl `Organization`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    pub id: BodyId,
    pub name: String,
    /// Its identifier (`id`) in the OParl of the council information system, for imports.
    pub oparl: Option<String>,
    /// Councillors by statute or Hauptsatzung, the mayor not counted (§ 25 (2) GemO BW).
    pub statutory_seats: u16,
    /// Every mandate, the mayor's included, also those that ended or have not begun. In the order of the file.
    pub seats: Vec<Seat>,
    /// `Stellvertretung` of the chair, in the order in which they act (council: § 48 (1) GemO BW).
    pub deputies: Vec<PersonId>,
    /// Why the results for the public name how each member voted in a roll call (rules of procedure, consent); `None`: only
    /// totals are shown.
    pub named_results: Option<String>,
    /// Which kind of body it is; where it is not said, the rules of the council hold.
    pub kind: Option<BodyKind>,
    /// `None`: the Geschäftsordnung allows no chat.
    pub chat: Option<Chat>,
    /// `None`: the Geschäftsordnung limits no contribution.
    pub speaking: Option<SpeakingTime>,
    roles: BTreeMap<PersonId, BTreeSet<Role>>,
}

impl Body {
    /// Everything `person` does for this body. Empty for strangers and for councillors without a further role.
    pub fn roles_of(&self, person: &PersonId) -> impl Iterator<Item = Role> + '_ {
        self.roles.get(person).into_iter().flatten().copied()
    }

    /// Whether `person` holds `role` here.
    #[must_use]
    pub fn has_role(&self, person: &PersonId, role: Role) -> bool {
        self.roles_of(person).any(|held| held == role)
    }

    /// The seats occupied on `day`, the mayor's included.
    pub fn seats_on(&self, day: Date) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.is_held_on(day))
    }

    /// The seat `person` holds on `day`, if there is one: never two.
    #[must_use]
    pub fn seat_on(&self, person: &PersonId, day: Date) -> Option<&Seat> {
        self.seats_on(day).find(|seat| seat.person == *person)
    }

    /// The seat of the chair on `day`; `None` if the office is vacant.
    #[must_use]
    pub fn chair_on(&self, day: Date) -> Option<&Seat> {
        self.seats_on(day).find(|seat| seat.function.leads())
    }

    /// Who holds `role` here, in the order of their identifiers.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = &PersonId> {
        self.roles.iter().filter(move |(_, roles)| roles.contains(&role)).map(|(person, _)| person)
    }
}

/// The municipality, free of contradictions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Town {
    municipality: String,
    land: Land,
    people: Vec<Person>,
    bodies: Vec<Body>,
    bylaws: Vec<Bylaw>,
    local: Vec<LocalRule>,
    retired: BTreeSet<String>,
}

impl Town {
    /// The municipality's name, for instance „Stadt Musterstadt am Hang“.
    #[must_use]
    pub fn municipality(&self) -> &str {
        &self.municipality
    }

    #[must_use]
    pub const fn land(&self) -> &Land {
        &self.land
    }

    /// Everybody with an account, in the order of the file.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    #[must_use]
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    #[must_use]
    pub fn body(&self, id: &BodyId) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == *id)
    }

    /// The clauses of the Hauptsatzung, in force or not.
    #[must_use]
    pub fn bylaws(&self) -> &[Bylaw] {
        &self.bylaws
    }

    /// Whether `person` administers the installation: whoever does it for one body does it for the whole town.
    #[must_use]
    pub fn is_administrator(&self, person: &PersonId) -> bool {
        self.bodies.iter().any(|body| body.has_role(person, Role::Administrator))
    }
}
