//! One outgoing track: a fixed SSRC whose sequence numbers and timestamps run on without a break when the source
//! behind it changes (RFC 3550, 5.1). Pure.

/// Farther apart than this, two sequence numbers of a source have nothing to do with each other.
const BACK_MAX: u64 = 4_096;

/// How the packets of the present source are shifted.
#[derive(Debug, Clone, Copy)]
struct Shift {
    sequence: u16,
    timestamp: u32,
    /// Newest sequence number of the source that went through.
    newest: u16,
    /// How many sequence numbers lie between the first that went through and `newest`.
    span: u64,
}

/// Where the track stands on the outgoing side.
#[derive(Debug, Clone, Copy)]
struct Sent {
    sequence: u16,
    timestamp: u32,
    at_ms: u64,
}

/// The rewriting state of one outgoing track.
#[derive(Debug, Clone)]
pub struct Rewrite {
    ssrc: u32,
    ticks_per_ms: u32,
    start: (u16, u32),
    sent: Option<Sent>,
    shift: Option<Shift>,
    packets: u32,
    octets: u32,
}

impl Rewrite {
    /// A track that has sent nothing. `start` is its first sequence number and timestamp.
    #[must_use]
    pub const fn new(ssrc: u32, ticks_per_ms: u32, start: (u16, u32)) -> Self {
        Self { ssrc, ticks_per_ms, start, sent: None, shift: None, packets: 0, octets: 0 }
    }

    /// The track's own SSRC; it never changes.
    #[must_use]
    pub const fn ssrc(&self) -> u32 {
        self.ssrc
    }

    /// Packets and payload octets sent so far, for the sender report.
    #[must_use]
    pub const fn sent_totals(&self) -> (u32, u32) {
        (self.packets, self.octets)
    }

    /// Another source follows: its first packet continues where the last one ended.
    pub const fn switch(&mut self) {
        self.shift = None;
    }

    /// A packet of the present source has gone through since the last switch.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.shift.is_some()
    }

    /// Sequence number and timestamp a packet of the source leaves with; `None` for one that is older than the first
    /// packet forwarded, since its number belongs to the source before.
    pub fn forward(&mut self, sequence: u16, timestamp: u32, octets: usize, now_ms: u64) -> Option<(u16, u32)> {
        let mut shift = match self.shift {
            Some(shift) => shift,
            None => self.begin(sequence, timestamp, now_ms),
        };
        let ahead = u64::from(sequence.wrapping_sub(shift.newest));
        let behind = u64::from(shift.newest.wrapping_sub(sequence));
        let newest = ahead < BACK_MAX || behind >= BACK_MAX;
        if ahead < BACK_MAX {
            (shift.newest, shift.span) = (sequence, shift.span.saturating_add(ahead));
        } else if behind >= BACK_MAX {
            // Too far away to be lost or late: the source counts anew.
            shift = self.begin(sequence, timestamp, now_ms);
        } else if behind > shift.span {
            return None;
        }
        self.shift = Some(shift);
        let out = (sequence.wrapping_add(shift.sequence), timestamp.wrapping_add(shift.timestamp));
        if newest {
            self.sent = Some(Sent { sequence: out.0, timestamp: out.1, at_ms: now_ms });
        }
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(u32::try_from(octets).unwrap_or(0));
        Some(out)
    }

    fn begin(&self, sequence: u16, timestamp: u32, now_ms: u64) -> Shift {
        let (next_sequence, next_timestamp) = self.sent.map_or(self.start, |sent| {
            // At least one millisecond, so that no two pictures share a timestamp.
            let elapsed = u32::try_from(now_ms.saturating_sub(sent.at_ms).max(1)).unwrap_or(u32::MAX);
            let ticks = elapsed.wrapping_mul(self.ticks_per_ms);
            (sent.sequence.wrapping_add(1), sent.timestamp.wrapping_add(ticks))
        });
        Shift {
            sequence: next_sequence.wrapping_sub(sequence),
            timestamp: next_timestamp.wrapping_sub(timestamp),
            newest: sequence,
            span: 0,
        }
    }

    /// The source's timestamp as it stands in this track, once a packet has gone through.
    #[must_use]
    pub fn timestamp(&self, source: u32) -> Option<u32> {
        self.shift.map(|shift| source.wrapping_add(shift.timestamp))
    }

    /// Which packet of the present source left as `sequence`; `None` if it came from another one or is too old.
    #[must_use]
    pub fn source_sequence(&self, sequence: u16) -> Option<u16> {
        let shift = self.shift?;
        let source = sequence.wrapping_sub(shift.sequence);
        let behind = u64::from(shift.newest.wrapping_sub(source));
        (behind <= shift.span.min(BACK_MAX)).then_some(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn video() -> Rewrite {
        Rewrite::new(7, 90, (100, 1_000))
    }

    #[test]
    fn numbers_run_on_across_a_switch_and_time_advances_by_the_wall() {
        let mut track = video();
        assert_eq!(track.forward(60_000, 5, 10, 0), Some((100, 1_000)));
        assert_eq!(track.forward(60_001, 9_005, 10, 100), Some((101, 10_000)));
        track.switch();
        assert!(!track.is_running());
        assert_eq!(track.timestamp(0), None);
        assert_eq!(track.forward(3, 77, 10, 300), Some((102, 10_000 + 200 * 90)));
        assert_eq!(track.forward(4, 78, 10, 300), Some((103, 10_001 + 200 * 90)));
        assert_eq!(track.sent_totals(), (4, 40));
    }

    #[test]
    fn wraps_around_without_a_break() {
        let mut track = video();
        assert_eq!(track.forward(u16::MAX, u32::MAX, 1, 0), Some((100, 1_000)));
        assert_eq!(track.forward(0, 0, 1, 0), Some((101, 1_001)));
        assert_eq!(track.timestamp(0), Some(1_001));
    }

    #[test]
    fn a_late_packet_keeps_its_place_but_one_before_the_first_does_not_pass() {
        let mut track = video();
        assert_eq!(track.forward(10, 0, 1, 0), Some((100, 1_000)));
        assert_eq!(track.forward(12, 0, 1, 0), Some((102, 1_000)));
        assert_eq!(track.forward(11, 0, 1, 0), Some((101, 1_000)));
        assert_eq!(track.forward(9, 0, 1, 0), None);
        assert_eq!(track.forward(13, 0, 1, 0), Some((103, 1_000)));
    }

    #[test]
    fn a_source_that_counts_anew_is_followed() {
        let mut track = video();
        assert_eq!(track.forward(40_000, 0, 1, 0), Some((100, 1_000)));
        assert_eq!(track.forward(1, 0, 1, 10), Some((101, 1_900)));
        assert_eq!(track.forward(2, 90, 1, 11), Some((102, 1_990)));
    }

    #[test]
    fn answers_for_the_present_source_only() {
        let mut track = video();
        track.forward(10, 0, 1, 0);
        track.forward(12, 0, 1, 0);
        assert_eq!(track.source_sequence(101), Some(11));
        assert_eq!(track.source_sequence(99), None);
        assert_eq!(track.source_sequence(103), None);
        track.switch();
        track.forward(500, 0, 1, 5);
        assert_eq!(track.source_sequence(102), None);
        assert_eq!(track.source_sequence(103), Some(500));
    }
}
