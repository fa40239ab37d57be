//! The law and the meeting, pure: no IO, clock, randomness, async, logging, float or hash map.
//! Time, chance and identity are arguments.
#![warn(
    clippy::wildcard_enum_match_arm,
    clippy::float_arithmetic,
    reason = "a new word of the law must be answered everywhere; shares are exact"
)]

pub mod circulation;
pub mod council;
pub mod id;
pub mod law;
pub mod ledger;
pub mod majority;
pub mod meeting;
pub mod minutes;
pub mod presence;
pub mod quorum;
pub mod refusal;
pub mod text;
pub mod time;
