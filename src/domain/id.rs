//! Typed identifiers. They are made outside and parsed at the door: short, printable, safe in a path.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest identifier accepted anywhere, in bytes.
pub const ID_BYTES_MAX: usize = 64;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "„{}“ ist keine gültige Kennung (1 bis {ID_BYTES_MAX} Zeichen aus a–z, 0–9, - und _)",
            self.0.chars().take(ID_BYTES_MAX).collect::<String>().escape_debug()
        )
    }
}

impl std::error::Error for NotAnId {}

fn parse(text: &str) -> Result<String, NotAnId> {
    let well_formed = (1..=ID_BYTES_MAX).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
    if well_formed { Ok(text.to_owned()) } else { Err(NotAnId(text.to_owned())) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as it is written on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> { parse(&text).map(Self) }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> { parse(text).map(Self) }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self { id.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

ids! {
    /// `Sitzung` (OParl `Meeting`).
    MeetingId;
    /// `Gremium` (OParl `Organization`).
    BodyId;
    /// `Sitz`: one mandate in one body. One person, one seat; the vote follows the seat.
    SeatId;
    /// A human being with an account (OParl `Person`).
    PersonId;
    /// `Tagesordnungspunkt` (OParl `AgendaItem`).
    ItemId;
    /// `Abstimmung`.
    BallotId;
    /// `Antrag` from the floor.
    MotionId;
    /// `Verlangen` (§ 34 (1) s. 3 to 6 GemO BW).
    RequestId;
    /// Chosen by whoever sends a command; unique in a meeting's ledger, so that an uncertain answer can be asked again.
    CommandId;
    /// One end of the chamber: a seat's device, the hall, later a guest. For a seat it is the seat's identifier.
    EndpointId;
    /// One stay in the waiting room: an identity is confirmed for it, not for whoever else knows the password.
    TicketId;
    /// `Vorlage`, `Unterlage` (OParl `Paper`): stays the same over all its versions.
    PaperId;
}

/// The identifier of the hall's endpoint, which no seat may have.
pub const HALL: &str = "saal";

impl EndpointId {
    /// `Sitzungsraum`: the device that sends the hall's picture and sound and shows the remote members there.
    #[must_use]
    pub fn hall() -> Self {
        Self(HALL.to_owned())
    }

    /// This is the hall, not a member.
    #[must_use]
    pub fn is_hall(&self) -> bool {
        self.0 == HALL
    }
}

impl From<&SeatId> for EndpointId {
    fn from(seat: &SeatId) -> Self {
        Self(seat.0.clone())
    }
}
