//! Presence over the network: from what arrives to who is perceptible (§ 37a (1) s. 3 GemO BW).
mod observation;
mod senses;
mod tracker;

pub use observation::{Observation, ReceiveSecond, StreamSecond};
pub use senses::{Lack, Senses};
pub use tracker::{Change, Perception, Tracker};
