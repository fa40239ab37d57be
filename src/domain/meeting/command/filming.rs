//! What can be wanted of film and sound recordings (§ 35 (3) GemO BW).

use super::Speaker;
use crate::domain::law::recording::Purpose;
use serde::{Deserialize, Serialize};

/// Consent, beginning and end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilmingStep {
    /// For the own seat, or noted for `of` by chair or clerk: may be recorded, or may not (any more).
    Answer { of: Option<Speaker>, consents: bool },
    /// By the chair: a recording or transmission begins.
    Start { purpose: Purpose },
    /// By chair or clerk.
    Stop,
}
