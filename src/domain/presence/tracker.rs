//! From one observation a second to who is perceptible, since when, and what is lacking.
//!
//! A member is perceptible while picture *and* sound arrive and the others are received. A single bad second is
//! nothing; three make a disturbance, which is shown and locks the ballot; when the grace period of the rules has run
//! out the member is absent, and was so since the last good second. These seconds of hysteresis are engineering; what a
//! good second must have and how long the grace period is, is law or by-law (`presence.*`).

use super::{Lack, Observation, ReceiveSecond, Senses, StreamSecond};
use crate::domain::id::EndpointId;
use crate::domain::law::Rules;
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Good seconds in a row until somebody counts as perceptible.
const GOOD_SECONDS_IN: u32 = 3;
/// Bad seconds in a row until somebody counts as disturbed.
const BAD_SECONDS_OUT: u32 = 3;
/// Longest silence inside a second in which the sound still counts as continuous, in milliseconds.
const SOUND_GAP_MS_MAX: u32 = 500;
/// Share of sound packets that must arrive, in percent.
const SOUND_PERCENT_MIN: u64 = 80;
/// How old a receiver report may be while something is forwarded, in milliseconds (reports come every 1 to 5 s).
const REPORT_AGE_MS_MAX: u32 = 8_000;
/// Loss on the way to the member from which the others cannot be perceived, in percent.
const RECEIVE_LOST_PERCENT_MAX: u8 = 30;

/// Whether somebody who is connected can be perceived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Perception {
    /// Picture and sound arrive, and the others are received.
    Perceptible,
    /// Something is lacking, the grace period is running: not counted, no ballot.
    Disturbed,
    /// Lacking for longer than the grace period, or never there.
    Absent,
}

/// A change worth an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub endpoint: EndpointId,
    pub perception: Perception,
    /// Since when it is so: for a loss the end of the last good second.
    pub since: Instant,
    pub lacking: Vec<Lack>,
    /// The second that tipped it.
    pub evidence: Observation,
}

/// The recent past of every endpoint of one chamber.
#[derive(Debug, Clone, Default)]
pub struct Tracker {
    endpoints: BTreeMap<EndpointId, State>,
}

#[derive(Debug, Clone)]
struct State {
    perception: Perception,
    since: Instant,
    /// Length of the present run of good (or bad) seconds, and when it began.
    run: u32,
    run_is_good: bool,
    run_began: Instant,
    /// A disturbance that heals within the grace period leaves the perceptibility where it began.
    perceptible_since: Instant,
}

impl Tracker {
    /// Takes what was measured in the second that ends at `now`, of everybody; answers what changed by it under `rules`.
    /// Of whom nothing was measured, nothing arrived. With a hall (`hall_takes_part`) nobody is perceptible in a second in
    /// which the hall was not: who is there in the room and who is remote perceive each other through it.
    #[must_use]
    pub fn observe(
        &mut self,
        now: Instant,
        observations: &[Observation],
        rules: &Rules,
        hall_takes_part: bool,
    ) -> Vec<Change> {
        let measured = |endpoint: &&EndpointId| observations.iter().any(|seen| seen.endpoint == **endpoint);
        let gone = self.endpoints.keys().filter(|endpoint| !measured(endpoint));
        let gone: Vec<_> = gone.cloned().map(Observation::nothing).collect();
        let hall = observations.iter().find(|seen| seen.endpoint.is_hall());
        let hall = !hall_takes_part || hall.is_some_and(|seen| senses(seen, true).count_as_present(rules));
        observations
            .iter()
            .chain(&gone)
            .filter(|seen| hall_takes_part || !seen.endpoint.is_hall())
            .filter_map(|seen| self.observe_one(now, seen, rules, hall || seen.endpoint.is_hall()))
            .collect()
    }

    /// Forgets everything: after an interruption presence is measured anew.
    pub fn reset(&mut self) {
        self.endpoints.clear();
    }

    /// Forgets one endpoint: it is measured anew.
    pub fn forget(&mut self, endpoint: &EndpointId) {
        self.endpoints.remove(endpoint);
    }

    fn observe_one(&mut self, now: Instant, seen: &Observation, rules: &Rules, hall: bool) -> Option<Change> {
        let grace_ms = i64::from(rules.presence_grace_seconds.get()) * 1000;
        let second_began = now.plus_millis(-1000);
        let state = self.endpoints.entry(seen.endpoint.clone()).or_insert(State {
            perception: Perception::Absent,
            since: second_began,
            run: 0,
            run_is_good: false,
            run_began: second_began,
            perceptible_since: second_began,
        });
        let senses = senses(seen, hall);
        let good = senses.count_as_present(rules);
        if good == state.run_is_good {
            state.run = state.run.saturating_add(1);
        } else {
            (state.run, state.run_is_good, state.run_began) = (1, good, second_began);
        }
        #[expect(clippy::match_same_arms, reason = "two ways back, told apart by where they begin")]
        let next = match state.perception {
            Perception::Perceptible if !good && state.run >= BAD_SECONDS_OUT => Perception::Disturbed,
            Perception::Disturbed if good && state.run >= GOOD_SECONDS_IN => Perception::Perceptible,
            Perception::Disturbed if !good && now.millis_since(state.since) >= grace_ms => Perception::Absent,
            Perception::Absent if good && state.run >= GOOD_SECONDS_IN => Perception::Perceptible,
            same @ (Perception::Perceptible | Perception::Disturbed | Perception::Absent) => same,
        };
        if next == state.perception {
            return None;
        }
        let since = match (state.perception, next) {
            (Perception::Disturbed, Perception::Perceptible) => state.perceptible_since,
            (_, Perception::Absent) => state.since,
            (_, Perception::Perceptible | Perception::Disturbed) => state.run_began,
        };
        if next == Perception::Perceptible {
            state.perceptible_since = since;
        }
        (state.perception, state.since) = (next, since);
        let lacking = senses.lacking(rules);
        Some(Change { endpoint: seen.endpoint.clone(), perception: next, since, lacking, evidence: seen.clone() })
    }
}

fn senses(seen: &Observation, hall: bool) -> Senses {
    Senses {
        picture: picture_arrives(&seen.picture),
        sound: sound_arrives(&seen.sound),
        mutual: others_arrive(&seen.receive),
        hall,
    }
}

/// At least one complete picture in the second, and one that can be decoded by itself before it.
fn picture_arrives(picture: &StreamSecond) -> bool {
    picture.frames >= 1 && picture.keyframe_age_ms.is_some()
}

/// Silence is sound: a muted microphone sends packets too, and is no fault.
fn sound_arrives(sound: &StreamSecond) -> bool {
    let (arrived, due) = (u64::from(sound.packets), u64::from(sound.packets) + u64::from(sound.lost));
    arrived > 0 && arrived * 100 >= due * SOUND_PERCENT_MIN && sound.longest_gap_ms <= SOUND_GAP_MS_MAX
}

/// Whoever is alone in the chamber receives nothing and lacks nothing.
fn others_arrive(receive: &ReceiveSecond) -> bool {
    let reported = receive.report_age_ms.is_some_and(|age| age <= REPORT_AGE_MS_MAX);
    receive.connected && (receive.forwarded == 0 || (reported && receive.lost_percent <= RECEIVE_LOST_PERCENT_MAX))
}

#[cfg(test)]
mod tests;
