//! `Rüge`: what a member tells the chair of a fault, and on which way it came (§ 37a (2) s. 3 GemO BW).

use crate::domain::id::SeatId;
use crate::domain::text::Remark;
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};

/// `Rüge` or report of a fault, to the chair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintRaised {
    pub seat: SeatId,
    /// Class `personal_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Remark>,
    /// How it came, if chair or clerk took it for the member; `None` if the member sent it from the chamber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Heard>,
}

/// A complaint that came beside the chamber: whose line is gone has a telephone. The law wants it told to the mayor without
/// delay, so it is kept when it was said; when it lay before the chair is the time of the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    pub channel: Channel,
    pub said_at: Instant,
}

/// On which way a complaint came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Telephone,
    /// A written message: text message, mail, chat.
    Message,
    /// Said in the hall.
    Hall,
    /// Somebody else brought it.
    Messenger,
}

impl Channel {
    /// As it stands in minutes and on screens: „Rüge von …, am Telefon um 19:05 Uhr“.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Telephone => "am Telefon",
            Self::Message => "als Nachricht",
            Self::Hall => "im Saal",
            Self::Messenger => "durch andere überbracht",
        }
    }
}
