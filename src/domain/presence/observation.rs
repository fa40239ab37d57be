//! What the media engine measured of one endpoint in one second. Counters only, never content.

use crate::domain::id::EndpointId;
use serde::{Deserialize, Serialize};

/// One second of one endpoint: what it sends and what it receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub endpoint: EndpointId,
    pub sound: StreamSecond,
    pub picture: StreamSecond,
    pub receive: ReceiveSecond,
}

impl Observation {
    /// A second in which nothing came from an endpoint and nothing went to it.
    #[must_use]
    pub fn nothing(endpoint: EndpointId) -> Self {
        let (sound, picture) = (StreamSecond::default(), StreamSecond::default());
        Self { endpoint, sound, picture, receive: ReceiveSecond::default() }
    }
}

/// One second of one stream that an endpoint publishes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamSecond {
    /// RTP packets that arrived, duplicates not counted.
    pub packets: u32,
    /// Sequence numbers that were due and did not arrive (RFC 3550, appendix A.3, within this second).
    pub lost: u32,
    /// Longest time without a packet that touches this second, in milliseconds.
    pub longest_gap_ms: u32,
    /// Pictures that arrived complete: first to last packet of one timestamp. Always 0 for sound.
    pub frames: u32,
    /// Age of the newest complete keyframe in milliseconds; `None` before the first, and for sound.
    pub keyframe_age_ms: Option<u32>,
}

/// One second of what an endpoint receives of the others: coarse, from its receiver reports (RFC 3550, 6.4.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveSecond {
    /// Its receiving connection is up (DTLS done, ICE consent fresh, RFC 7675).
    pub connected: bool,
    /// Packets forwarded to it.
    pub forwarded: u32,
    /// Age of its newest receiver report in milliseconds; `None` before the first.
    pub report_age_ms: Option<u32>,
    /// Loss it reported last, in percent, over all streams.
    pub lost_percent: u8,
}
