//! `Film- und Tonaufnahmen` (§ 35 (3) GemO BW): who consents, on what ground cameras and microphones of the municipality or of
//! others run, and that they ended. What they record is not part of any of this.

use super::Speaker;
use crate::domain::law::recording::Purpose;
use serde::{Deserialize, Serialize};

/// `Einwilligung`, or its refusal or withdrawal; from this moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilmingAnswered {
    pub of: Speaker,
    pub consents: bool,
    pub way: AnswerWay,
}

/// How somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerWay {
    /// By their own hand in the program.
    Own,
    /// Said in the room, and noted by chair or clerk.
    Noted,
}

/// A recording or transmission begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilmingStarted {
    pub purpose: Purpose,
    pub basis: FilmingBasis,
}

/// What the recording of the members rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilmingBasis {
    /// The Hauptsatzung (§ 35 (3) s. 1 GemO BW).
    Clause,
    /// Every member present consents (§ 35 (3) s. 2 GemO BW).
    Consent,
}

/// It has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilmingStopped {
    pub why: FilmingEnd,
}

/// Why a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilmingEnd {
    /// Chair or clerk ended it.
    Ordered,
    /// A consent it rested on was withdrawn.
    Withdrawn,
    /// Somebody came who has not consented.
    Joined,
    /// The public leaves, or comes back.
    Doors,
    /// The sitting stands still.
    Interruption,
    /// The sitting is over.
    Closing,
}
