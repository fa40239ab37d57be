//! A complaint to the chair.

use serde::Deserialize;

/// Whose it is, and how it came if not from the chamber.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    pub seat: String,
    pub heard: Option<Heard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    #[serde(rename = "channel")]
    _channel: Channel,
    pub said_at: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Channel {
    Telephone,
    Message,
    Hall,
    Messenger,
}
