//! `Gemeinde`: the municipality as it is seeded from one file: people, bodies, seats, roles, Hauptsatzung.
//!
//! A [`TownDraft`] is what the file says; only [`Town::try_from`] makes a [`Town`] of it, and whoever holds a `Town`
//! need not check anything again.

use crate::domain::id::{BodyId, NotAnId, PersonId, SeatId};
use crate::domain::time::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

mod chat;
mod parse;
mod speaking;
#[cfg(test)]
mod tests;

pub use chat::{Chat, ChatDraft};
pub use speaking::SpeakingTime;

/// Longest name of anything, in characters.
pub const TEXT_CHARS_MAX: usize = 120;
/// Most people a town may name.
pub const PEOPLE_MAX: usize = 1000;
/// Most bodies a town may have.
pub const BODIES_MAX: usize = 50;
/// Most seats a body may have: more than any council in the Land.
pub const SEATS_MAX: usize = 120;

/// `Land`: whose municipal code applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Land {
    /// Baden-Württemberg.
    Bw,
}

/// What somebody is in a body by the law: `Funktion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// `Bürgermeister/in`: chair and member with a vote (§ 25 (1), § 37 (6) GemO BW).
    Mayor,
    /// `Gemeinderat/Gemeinderätin` (§ 25 (1) GemO BW).
    Councillor,
}

/// What somebody does for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// `Vorsitz`: never written in the file, it follows from the mayor's seat.
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
}

/// Which text of § 37a GemO BW a clause relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BylawKind {
    /// § 37a (4) in the text in force since 1 September 2025: digital in an emergency.
    #[serde(rename = "emergency_2025")]
    Emergency2025,
    /// § 37a (1) in the text in force since 1 September 2025: hybrid.
    #[serde(rename = "hybrid_2025")]
    Hybrid2025,
    /// § 37a in the text of 2020.
    #[serde(rename = "remote_2020")]
    Remote2020,
}

/// A human being with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// In lower case, unique in the town; empty for somebody who has none and therefore cannot sign in.
    pub email: String,
}

/// `Sitz`: one mandate in one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub id: SeatId,
    pub person: PersonId,
    pub function: Function,
    /// `Fraktion`; `None` for the mayor and for members without one.
    pub faction: Option<String>,
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
    /// The seats actually occupied, the mayor's included. In the order of the file.
    pub seats: Vec<Seat>,
    /// Why the results for the public name how each member voted in a roll call (rules of procedure, consent); `None`: only
    /// totals are shown.
    pub named_results: Option<String>,
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

    /// The seat of `person`, if there is one.
    #[must_use]
    pub fn seat_of(&self, person: &PersonId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.person == *person)
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
}

impl Town {
    /// The municipality's name, for instance „Stadt Musterstadt am Hang“.
    #[must_use]
    pub fn municipality(&self) -> &str {
        &self.municipality
    }

    #[must_use]
    pub const fn land(&self) -> Land {
        self.land
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
}

/// What a town file says, before anybody believed it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownDraft {
    pub municipality: String,
    pub land: Land,
    pub people: Vec<PersonDraft>,
    pub bodies: Vec<BodyDraft>,
    #[serde(default)]
    pub bylaws: Vec<Bylaw>,
}

/// One person of a town file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonDraft {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub email: String,
}

/// One body of a town file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyDraft {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub oparl: Option<String>,
    pub statutory_seats: u16,
    pub seats: Vec<SeatDraft>,
    #[serde(default)]
    pub roles: Vec<RoleDraft>,
    #[serde(default)]
    pub named_results: Option<String>,
    #[serde(default)]
    pub chat: ChatDraft,
    #[serde(default)]
    pub chat_reference: Option<String>,
    #[serde(default)]
    pub speaking_minutes: Option<u16>,
    #[serde(default)]
    pub speaking_reference: Option<String>,
}

/// One seat of a town file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatDraft {
    pub id: String,
    pub person: String,
    pub function: Function,
    pub faction: Option<String>,
}

/// One role of a town file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    pub person: String,
    pub role: Role,
}

/// Why a town file is not a town.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TownError {
    #[error("{what}: {why}")]
    Id { what: String, why: NotAnId },
    #[error("{0} ist leer")]
    Empty(String),
    #[error("{what} ist zu lang: höchstens {TEXT_CHARS_MAX} Zeichen sind erlaubt")]
    TooLong { what: String },
    #[error("{0} enthält ein Steuerzeichen")]
    ControlCharacter(String),
    #[error("„{0}“ ist keine E-Mail-Adresse")]
    NotAnEmail(String),
    #[error("zu viele {what}: höchstens {max}")]
    TooMany { what: &'static str, max: usize },
    #[error("die Person „{0}“ steht zweimal in der Datei")]
    PersonTwice(PersonId),
    #[error("die E-Mail-Adresse „{0}“ gehört zwei Personen")]
    EmailTwice(String),
    #[error("das Gremium „{0}“ steht zweimal in der Datei")]
    BodyTwice(BodyId),
    #[error("das OParl-Gremium „{0}“ ist zwei Gremien zugeordnet")]
    OparlTwice(String),
    #[error("der Sitz „{0}“ steht zweimal in der Datei")]
    SeatTwice(SeatId),
    #[error("„{person}“ hat im Gremium „{body}“ zwei Sitze: eine Person, ein Sitz")]
    TwoSeats { person: PersonId, body: BodyId },
    #[error("{what} nennt die Person „{person}“, die es in der Datei nicht gibt")]
    UnknownPerson { what: String, person: String },
    #[error("das Gremium „{0}“ hat zwei Vorsitzende: nur ein Sitz darf function = \"mayor\" haben (§ 25 Abs. 1 GemO)")]
    TwoChairs(BodyId),
    #[error("das Gremium „{0}“ hat keinen Vorsitz: ein Sitz muss function = \"mayor\" haben (§ 25 Abs. 1 GemO)")]
    NoChair(BodyId),
    #[error(
        "im Gremium „{0}“ wird die Rolle chair vergeben; der Vorsitz folgt aus dem Sitz mit function = \"mayor\" und \
         wird nicht vergeben"
    )]
    ChairAsRole(BodyId),
    #[error("das Gremium „{body}“ hat {occupied} Ratssitze besetzt, das Gesetz kennt nur {statutory}")]
    MoreThanStatutory { body: BodyId, occupied: usize, statutory: u16 },
    #[error("der Sitz „{0}“ heißt wie das Gerät im Saal; geben Sie ihm eine andere Kennung")]
    SeatNamedHall(SeatId),
    #[error(
        "„{person}“ ist im Gremium „{body}“ Saalgerät und hat dort einen Sitz: das Gerät braucht ein eigenes Konto"
    )]
    HallWithSeat { person: PersonId, body: BodyId },
    #[error(
        "das Gremium „{0}“ hat chat = \"members\", aber kein chat_reference: nennen Sie die Stelle der Geschäftsordnung, \
         die den Chat erlaubt"
    )]
    ChatWithoutReference(String),
    #[error("das Gremium „{0}“ hat chat_reference, aber keinen Chat: schreiben Sie chat = \"members\" dazu")]
    ChatOffWithReference(String),
    #[error(
        "das Gremium „{0}“ hat speaking_minutes, aber kein speaking_reference: nennen Sie die Stelle der \
         Geschäftsordnung, die die Redezeit begrenzt"
    )]
    SpeakingWithoutReference(String),
    #[error("das Gremium „{0}“ hat speaking_reference, aber keine Redezeit: schreiben Sie speaking_minutes dazu")]
    SpeakingWithoutMinutes(String),
    #[error("das Gremium „{body}“ hat speaking_minutes = {minutes}: erlaubt sind 1 bis {}", speaking::MINUTES_MAX)]
    SpeakingMinutes { body: String, minutes: u16 },
    #[error("die Regelung „{0}“ tritt vor ihrem Beschluss in Kraft")]
    InForceBeforeDecided(String),
}
