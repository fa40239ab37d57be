//! Kinds of case about a failing line: how long something may be missing, and when the loss of several is the municipality's
//! to look into.

use super::kinds::{Ask, Found};
use crate::domain::law::Rules;
use crate::domain::law::fault::loss_is_proposed;
use crate::domain::presence::{Observation, Perception, ReceiveSecond, StreamSecond, Tracker};
use crate::domain::refusal::Refusal;
use crate::domain::time::{Date, Instant};
use serde::Deserialize;
use toml::Table;

/// Longest interruption a case may ask about, in seconds: an hour.
const SECONDS_MAX: u32 = 3600;
/// Good seconds before it; more than somebody needs to be perceptible.
const GOOD_SECONDS: u32 = 10;

/// Picture and sound are gone for so long.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    seconds: u32,
}

impl Ask for Gap {
    /// Played second by second through the same measurement as a sitting.
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let unknown = |_| Refusal::misuse("endpoint", "Diese Kennung gibt es nicht.");
        let nothing = Observation::nothing("mitglied".parse().map_err(unknown)?);
        let sound = StreamSecond { packets: 50, longest_gap_ms: 20, ..StreamSecond::default() };
        let picture = StreamSecond { packets: 50, frames: 25, keyframe_age_ms: Some(500), ..StreamSecond::default() };
        let receive = ReceiveSecond { connected: true, ..ReceiveSecond::default() };
        let good = Observation { sound, picture, receive, ..nothing.clone() };
        if self.seconds > SECONDS_MAX {
            let sentence = format!("Ein Aussetzer dauert hier höchstens {SECONDS_MAX} Sekunden.");
            return Err(Refusal::misuse("gap", sentence));
        }
        let (mut tracker, mut perception) = (Tracker::default(), Perception::Absent);
        for second in 1..=GOOD_SECONDS.saturating_add(self.seconds) {
            let seen = if second <= GOOD_SECONDS { &good } else { &nothing };
            let changes = tracker.observe(Instant(i64::from(second) * 1000), std::slice::from_ref(seen), rules, false);
            perception = changes.last().map_or(perception, |change| change.perception);
        }
        let word = match perception {
            Perception::Perceptible => "perceptible",
            Perception::Disturbed => "disturbed",
            Perception::Absent => "absent",
        };
        Found::default().word("perception", word).word("norm", rules.presence_grace_seconds.norm()).ok()
    }
}

/// Several are lost at once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// Members who are connected and lost.
    lost: u32,
    /// The hall is lost as well.
    #[serde(default)]
    hall: bool,
}

impl Ask for Loss {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let lost = usize::try_from(self.lost).unwrap_or(usize::MAX);
        let proposed = loss_is_proposed(rules, lost, self.hall);
        Found::default().flag("proposed", proposed).word("norm", rules.presence_mass_loss.norm()).ok()
    }
}
