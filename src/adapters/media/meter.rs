//! What is counted of one endpoint each second. Pure; times are milliseconds of one monotonic clock.

use super::frames::Complete;
use crate::domain::presence::{ReceiveSecond, StreamSecond};
use std::collections::BTreeMap;

/// A forward leap in sequence numbers that is a restart of the sender and not loss (RFC 3550, A.1).
const LEAP: u16 = 3_000;
/// Streams of a receiver whose loss is remembered.
const STREAMS_MAX: usize = 256;

/// The sequence numbers of one stream (RFC 3550, appendix A.3).
#[derive(Debug, Clone, Copy)]
struct Numbers {
    /// Newest number, with its turns over 65 536 above the lower sixteen bits.
    highest: u64,
    /// Which of the 128 newest have arrived; bit 0 is `highest`.
    seen: u128,
    /// `highest` at the end of the last second.
    closed: u64,
}

/// Counts one published stream.
#[derive(Debug)]
pub struct StreamMeter {
    ticks_per_ms: u32,
    /// Last arrival, or the moment the endpoint came.
    quiet_since: u64,
    numbers: Option<Numbers>,
    second: StreamSecond,
    keyframe_at: Option<u64>,
    lost_ever: u32,
    last_fraction: u8,
    transit: Option<u32>,
    jitter_16: u32,
}

/// What a receiver report says of a stream (RFC 3550, 6.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reception {
    pub fraction_lost: u8,
    pub total_lost: u32,
    pub highest: u32,
    pub jitter: u32,
}

impl StreamMeter {
    /// A stream of which nothing has arrived yet, due since `now_ms`.
    #[must_use]
    pub fn new(ticks_per_ms: u32, now_ms: u64) -> Self {
        Self {
            ticks_per_ms,
            quiet_since: now_ms,
            numbers: None,
            second: StreamSecond::default(),
            keyframe_at: None,
            lost_ever: 0,
            last_fraction: 0,
            transit: None,
            jitter_16: 0,
        }
    }

    /// Another sender takes over: its numbers and keyframes have nothing to do with the ones before.
    pub fn restart(&mut self) {
        self.numbers = None;
        self.keyframe_at = None;
        self.transit = None;
        self.jitter_16 = 0;
        self.lost_ever = 0;
    }

    /// Counts one packet. `false` for a duplicate.
    pub fn arrived(&mut self, sequence: u16, timestamp: u32, now_ms: u64) -> bool {
        if !self.place(sequence) {
            return false;
        }
        self.second.packets = self.second.packets.saturating_add(1);
        self.second.longest_gap_ms = self.second.longest_gap_ms.max(since(self.quiet_since, now_ms));
        self.quiet_since = now_ms;
        self.time(timestamp, now_ms);
        true
    }

    fn place(&mut self, sequence: u16) -> bool {
        let first = 0x1_0000 + u64::from(sequence);
        let Some(numbers) = &mut self.numbers else {
            self.numbers = Some(Numbers { highest: first, seen: 1, closed: first - 1 });
            return true;
        };
        let ahead = sequence.wrapping_sub((numbers.highest & 0xFFFF) as u16);
        if ahead == 0 {
            return false;
        }
        if ahead < LEAP {
            numbers.highest += u64::from(ahead);
            numbers.seen = numbers.seen.checked_shl(u32::from(ahead)).unwrap_or(0) | 1;
            return true;
        }
        let behind = ahead.wrapping_neg();
        if behind < LEAP {
            let bit = 1_u128.checked_shl(u32::from(behind)).unwrap_or(0);
            let fresh = bit != 0 && numbers.seen & bit == 0;
            numbers.seen |= bit;
            return fresh;
        }
        *numbers = Numbers { highest: first, seen: 1, closed: first - 1 };
        true
    }

    /// Interarrival jitter (RFC 3550, A.8), in sixteenths of a tick.
    fn time(&mut self, timestamp: u32, now_ms: u64) {
        let arrival = (now_ms & 0xFFFF_FFFF) as u32;
        let transit = arrival.wrapping_mul(self.ticks_per_ms).wrapping_sub(timestamp);
        if let Some(before) = self.transit {
            let step = transit.wrapping_sub(before);
            let step = step.min(step.wrapping_neg()).min(0x0100_0000);
            self.jitter_16 =
                self.jitter_16.saturating_add(step).saturating_sub((self.jitter_16.saturating_add(8)) >> 4);
        }
        self.transit = Some(transit);
    }

    /// Counts one complete picture.
    pub fn completed(&mut self, frame: Complete, now_ms: u64) {
        self.second.frames = self.second.frames.saturating_add(1);
        if frame.key {
            self.keyframe_at = Some(now_ms);
        }
    }

    /// Ends the second and begins the next.
    pub fn close_second(&mut self, now_ms: u64) -> StreamSecond {
        let mut second = std::mem::take(&mut self.second);
        let mut expected = 0;
        if let Some(numbers) = &mut self.numbers {
            expected = u32::try_from(numbers.highest.saturating_sub(numbers.closed)).unwrap_or(u32::MAX);
            numbers.closed = numbers.closed.max(numbers.highest);
        }
        second.lost = expected.saturating_sub(second.packets);
        second.longest_gap_ms = second.longest_gap_ms.max(since(self.quiet_since, now_ms));
        second.keyframe_age_ms = self.keyframe_at.map(|at| since(at, now_ms));
        self.lost_ever = self.lost_ever.saturating_add(second.lost);
        let fraction = u64::from(second.lost) * 256 / u64::from(expected.max(1));
        self.last_fraction = u8::try_from(fraction).unwrap_or(u8::MAX);
        second
    }

    /// How the stream of the last second was received; `None` before its first packet.
    #[must_use]
    pub fn reception(&self) -> Option<Reception> {
        self.numbers.map(|numbers| Reception {
            fraction_lost: self.last_fraction,
            total_lost: self.lost_ever.min(0x007F_FFFF),
            highest: (numbers.highest.wrapping_sub(0x1_0000) & 0xFFFF_FFFF) as u32,
            jitter: self.jitter_16 >> 4,
        })
    }
}

fn since(from_ms: u64, now_ms: u64) -> u32 {
    u32::try_from(now_ms.saturating_sub(from_ms)).unwrap_or(u32::MAX)
}

#[derive(Debug, Clone, Copy)]
struct Reported {
    highest: u32,
    lost_256: u64,
    expected: u64,
}

/// Counts what an endpoint receives, as it says itself in its receiver reports.
#[derive(Debug, Default)]
pub struct ReceiveMeter {
    forwarded: u32,
    reported_at: Option<u64>,
    streams: BTreeMap<u32, Reported>,
}

impl ReceiveMeter {
    /// A new connection: what the old one reported says nothing of it.
    pub fn restart(&mut self) {
        *self = Self { forwarded: self.forwarded, ..Self::default() };
    }

    /// Counts one packet sent to the endpoint.
    pub const fn forwarded(&mut self) {
        self.forwarded = self.forwarded.saturating_add(1);
    }

    /// A receiver report arrived, with or without blocks.
    pub const fn reported(&mut self, now_ms: u64) {
        self.reported_at = Some(now_ms);
    }

    /// One block of it: the fraction lost (of 256) and the highest extended number received.
    pub fn block(&mut self, ssrc: u32, fraction_lost: u8, highest: u32) {
        if !self.streams.contains_key(&ssrc) && self.streams.len() >= STREAMS_MAX {
            return;
        }
        let before = self.streams.get(&ssrc).map_or(highest, |reported| reported.highest);
        let expected = highest.wrapping_sub(before);
        let expected = if expected > 0x7FFF_FFFF { 0 } else { u64::from(expected) };
        let lost_256 = expected.saturating_mul(u64::from(fraction_lost));
        self.streams.insert(ssrc, Reported { highest, lost_256, expected });
    }

    /// Ends the second and begins the next.
    pub fn close_second(&mut self, connected: bool, now_ms: u64) -> ReceiveSecond {
        let (lost, expected) = self.streams.values().fold((0_u64, 0_u64), |(lost, expected), reported| {
            (lost.saturating_add(reported.lost_256), expected.saturating_add(reported.expected))
        });
        let percent = if expected == 0 { 0 } else { lost.saturating_mul(100) / expected.saturating_mul(256) };
        ReceiveSecond {
            connected,
            forwarded: std::mem::take(&mut self.forwarded),
            report_age_ms: self.reported_at.map(|at| since(at, now_ms)),
            lost_percent: u8::try_from(percent.min(100)).unwrap_or(100),
        }
    }
}

#[cfg(test)]
#[path = "meter/tests.rs"]
mod tests;
