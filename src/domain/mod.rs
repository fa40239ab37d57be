//! The law and the meeting, pure: no IO, clock, randomness, async, logging, float or hash map.
//! Time, chance and identity are arguments.
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
