//! `Gegenseitige Wahrnehmbarkeit`, § 37a (1) s. 2 and 3 GemO BW: what is perceptible of a connected member, and what of
//! it the law of the day asks for.

use crate::domain::law::Rules;
use serde::{Deserialize, Serialize};

/// What is perceptible of one connected member, both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Senses {
    /// The member is seen.
    pub picture: bool,
    /// The member can be heard; a muted microphone is no fault.
    pub sound: bool,
    /// The member sees and hears the others.
    pub mutual: bool,
    /// The hall is seen and heard, and sees and hears; where no hall takes part, nothing is lacking.
    #[serde(default = "there")]
    pub hall: bool,
}

const fn there() -> bool {
    true
}

/// What is lacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    Picture,
    Sound,
    /// The others do not reach the member.
    Reception,
    /// The hall does not reach anybody, or nobody reaches the hall.
    Hall,
}

impl Senses {
    /// Does a member who is perceptible like this count as present?
    #[must_use]
    pub fn count_as_present(self, rules: &Rules) -> bool {
        rules.presence_remote_counts.get() && self.lacking(rules).is_empty()
    }

    /// What the law asks for and is not there.
    #[must_use]
    pub fn lacking(self, rules: &Rules) -> Vec<Lack> {
        let asked = [
            (rules.presence_picture.get(), self.picture, Lack::Picture),
            (rules.presence_sound.get(), self.sound, Lack::Sound),
            (rules.presence_mutual.get(), self.mutual, Lack::Reception),
            (rules.presence_hall.get(), self.hall, Lack::Hall),
        ];
        asked.into_iter().filter(|(needed, there, _)| *needed && !there).map(|(.., lack)| lack).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lack, Senses};
    use crate::domain::law::{RulePack, Rules, packs};

    const ALL: Senses = Senses { picture: true, sound: true, mutual: true, hall: true };

    /// The rules of a day in 2026; `changed` are keys whose value is turned round, as a rule file would say it.
    fn rules(changed: &[&str]) -> Rules {
        let mut text = packs::bundled("bw").unwrap().to_owned();
        for key in changed {
            let rule = text.find(&format!("key = \"{key}\"")).unwrap();
            let end = text[rule..].find("[[rule]]").map_or(text.len(), |length| rule + length);
            let turned = text[rule..end].replace("value = true", "value = false");
            text.replace_range(rule..end, &turned);
        }
        RulePack::parse(&text).unwrap().on("2026-11-26".parse().unwrap()).unwrap()
    }

    #[test]
    fn picture_sound_the_way_back_and_the_hall_are_all_needed() {
        let rules = rules(&[]);
        for bits in 0..16u8 {
            let bit = |number: u8| bits >> number & 1 == 1;
            let senses = Senses { picture: bit(0), sound: bit(1), mutual: bit(2), hall: bit(3) };
            assert_eq!(senses.count_as_present(&rules), bits == 15, "{senses:?}");
        }
    }

    #[test]
    fn a_rule_that_no_longer_asks_for_the_picture_lets_the_camera_be_off() {
        let dark = Senses { picture: false, ..ALL };
        assert_eq!(dark.lacking(&rules(&[])), [Lack::Picture]);
        assert!(dark.count_as_present(&rules(&["presence.picture"])));
        let nothing = Senses { picture: false, sound: false, mutual: false, hall: true };
        assert_eq!(nothing.lacking(&rules(&["presence.mutual"])), [Lack::Picture, Lack::Sound]);
    }

    #[test]
    fn where_nobody_may_be_connected_perfect_picture_and_sound_change_nothing() {
        assert!(!ALL.count_as_present(&rules(&["presence.remote_counts"])));
    }
}
