//! Presence over the network: from what arrives to who is perceptible (§ 37a (1) s. 3 GemO BW).
mod observation;
pub use observation::{Observation, ReceiveSecond, StreamSecond};
