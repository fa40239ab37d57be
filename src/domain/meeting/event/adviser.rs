//! `Zuschaltung mit beratender Stimme`: whom the chair lets be connected although they are no member (open question O6).

use crate::domain::id::SeatId;
use serde::{Deserialize, Serialize};

/// The chair lets somebody with an advisory voice be connected to this sitting, or takes that back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviserAdmitted {
    pub seat: SeatId,
    /// `false`: no longer.
    pub admitted: bool,
}
