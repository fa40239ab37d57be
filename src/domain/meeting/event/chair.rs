//! `Wechsel im Vorsitz`: who hands it over, who takes it over in whose place, and who comes back to it.

use crate::domain::id::{ItemId, SeatId};
use serde::{Deserialize, Serialize};

/// `Verhinderung` of a deputy who is there and cannot lead, as the clerk notes it, or that it is over (§ 48 (1) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairHindered {
    pub seat: SeatId,
    pub hindered: bool,
}

/// `Abgabe des Vorsitzes` (§§ 18 (5), 48 (1) GemO BW): whoever leads cannot go on. Nobody leads until somebody takes it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairHandedOver {
    pub seat: SeatId,
    /// The item whoever led is recused at, and until whose end the hindrance lasts; without one until it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}

/// `Ältestes Mitglied` (§ 48 (1) GemO BW), as the clerk named it: every deputy is prevented. Nobody's age is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EldestNamed {
    pub seat: SeatId,
}

/// `Übernahme des Vorsitzes` by a deputy, or by the oldest member, by an act of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairTaken {
    pub seat: SeatId,
    /// Who led before.
    pub from: SeatId,
    /// Which deputy, counted from 1 in the order they act; absent for the oldest member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Whether the holder of the office may meanwhile take part connected, as a plain member (open question O8).
    pub office_remote: bool,
}

/// The holder of the office leads again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairReturned {
    pub seat: SeatId,
    /// Who led before.
    pub from: SeatId,
}
