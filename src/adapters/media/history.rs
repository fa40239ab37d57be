//! What a source sent lately, once for all its receivers, and what of it never arrived here. Pure.

use std::sync::Arc;

/// Pictures packets kept for repair: several seconds of a small picture, at most about 300 kB a source.
const KEPT: usize = 256;

/// One packet as the source sent it.
#[derive(Debug, Clone)]
pub struct Packet {
    pub sequence: u16,
    pub timestamp: u32,
    pub marker: bool,
    pub payload: Arc<[u8]>,
}

/// The repair store of one source.
#[derive(Debug)]
pub struct History {
    ring: Vec<Option<Packet>>,
}

impl Default for History {
    fn default() -> Self {
        Self { ring: vec![None; KEPT] }
    }
}

impl History {
    /// Keeps one packet and forgets the one in its place.
    pub fn keep(&mut self, packet: Packet) {
        let place = usize::from(packet.sequence) % KEPT;
        self.ring[place] = Some(packet);
    }

    /// The packet with that number, if it is still there.
    #[must_use]
    pub fn find(&self, sequence: u16) -> Option<&Packet> {
        self.ring[usize::from(sequence) % KEPT].as_ref().filter(|packet| packet.sequence == sequence)
    }
}

/// Missing packets asked for at the same time.
const MISSING_MAX: usize = 64;
/// How often one packet is asked for.
const ASKED_MAX: u8 = 4;
/// Time between two requests for the same packet.
const AGAIN_MS: u64 = 80;

#[derive(Debug, Clone, Copy)]
struct Missing {
    sequence: u16,
    asked: u8,
    next_ms: u64,
}

/// The holes in what a source sent.
#[derive(Debug, Default)]
pub struct Gaps {
    newest: Option<u16>,
    missing: Vec<Missing>,
}

impl Gaps {
    /// Takes note of one arrival.
    pub fn arrived(&mut self, sequence: u16, now_ms: u64) {
        let Some(newest) = self.newest else {
            self.newest = Some(sequence);
            return;
        };
        let ahead = sequence.wrapping_sub(newest);
        if ahead >= 0x8000 {
            self.missing.retain(|missing| missing.sequence != sequence);
            return;
        }
        self.newest = Some(sequence);
        if usize::from(ahead) > MISSING_MAX {
            self.missing.clear();
            return;
        }
        for step in 1..ahead {
            if self.missing.len() >= MISSING_MAX {
                self.missing.remove(0);
            }
            self.missing.push(Missing { sequence: newest.wrapping_add(step), asked: 0, next_ms: now_ms });
        }
    }

    /// Whether anything is missing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.missing.is_empty()
    }

    /// The packets to ask for now.
    pub fn due(&mut self, now_ms: u64) -> Vec<u16> {
        let mut due = Vec::new();
        for missing in &mut self.missing {
            if missing.next_ms <= now_ms {
                missing.asked += 1;
                missing.next_ms = now_ms.saturating_add(AGAIN_MS);
                due.push(missing.sequence);
            }
        }
        self.missing.retain(|missing| missing.asked < ASKED_MAX);
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_kept_and_nothing_else() {
        let mut history = History::default();
        let packet = |sequence| Packet { sequence, timestamp: 1, marker: false, payload: Arc::from([1_u8].as_slice()) };
        history.keep(packet(5));
        assert!(history.find(5).is_some());
        assert!(history.find(261).is_none());
        history.keep(packet(261));
        assert!(history.find(5).is_none());
    }

    #[test]
    fn asks_a_few_times_and_gives_up() {
        let mut gaps = Gaps::default();
        gaps.arrived(u16::MAX, 0);
        gaps.arrived(2, 0);
        assert_eq!(gaps.due(0), [0, 1]);
        assert!(gaps.due(10).is_empty());
        gaps.arrived(0, 20);
        assert_eq!(gaps.due(100), [1]);
        assert_eq!(gaps.due(200), [1]);
        assert_eq!(gaps.due(300), [1]);
        assert!(!gaps.is_open());
    }

    #[test]
    fn a_leap_is_a_new_start_and_not_a_hole() {
        let mut gaps = Gaps::default();
        gaps.arrived(0, 0);
        gaps.arrived(30_000, 0);
        assert!(!gaps.is_open());
    }
}
