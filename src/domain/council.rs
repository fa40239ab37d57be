//! The body and who sits in it.

use crate::domain::id::{PersonId, SeatId};
use crate::domain::text::Name;
use serde::{Deserialize, Serialize};

/// Seats a body may have; the largest council in Baden-Württemberg has 60 and the mayor (§ 25 (2) GemO BW).
pub const SEATS_MAX: usize = 120;

/// `Sitz`: one occupied mandate. One person, one seat; the vote follows the seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub id: SeatId,
    pub person: PersonId,
    pub name: Name,
    pub function: Function,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faction: Option<Name>,
}

/// As what somebody sits in the body (§ 25 (1) GemO BW: `Mitglieder` includes the mayor, `Gemeinderäte` does not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// `Bürgermeisterin`, `Bürgermeister`.
    Mayor,
    /// `Gemeinderätin`, `Gemeinderat`.
    Councillor,
    /// `Beigeordnete`, `Beigeordneter` (§ 33 (1) GemO BW): advises, and may represent the mayor.
    Official,
    /// `Sachkundige Einwohnerin`, `sachkundiger Einwohner` (§§ 40 (1), 41 (1) GemO BW).
    Resident,
    /// `Ortsvorsteherin`, `Ortsvorsteher` who is no member of the body (§ 72 no. 2 GemO BW).
    DistrictHead,
}
