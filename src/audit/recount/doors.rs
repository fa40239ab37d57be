//! The doors: nothing public behind them, nothing non-public before them, and who counts meanwhile.

use super::super::event::{Announced, Doors};
use super::super::read::Entry;
use super::{Business, Found, Meeting, Phase};

/// Where the doors stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Open,
    Clearing,
    Closed,
    Opening,
}

/// What is voted and said, and therefore withheld only of what happens behind closed doors.
const DELIBERATION: [&str; 24] = [
    "election.struck",
    "item.called",
    "item.settled",
    "ballot.opened",
    "choice.cast",
    "choice.struck",
    "hands.counted",
    "ballot.closed",
    "result.declared",
    "ballot.voided",
    "floor.given",
    "motion.moved",
    "guest.called",
    "election.opened",
    "election.counted",
    "election.declared",
    "election.lot_drawn",
    "election.voided",
    "election.objected",
    "result.struck",
    "quorum.lacking",
    "stand_in.appointed",
    "mayor.decided",
    "item.switch_moved",
];

impl Meeting {
    pub(super) fn doors(&mut self, event: Doors) -> Found {
        let between = matches!(self.business, Business::Between);
        let (from, to) = match event {
            Doors::Clearing => (&[Stand::Open][..], Stand::Clearing),
            Doors::Closed => (&[Stand::Clearing][..], Stand::Closed),
            Doors::Opening => (&[Stand::Clearing, Stand::Closed][..], Stand::Opening),
            Doors::Open => (&[Stand::Opening][..], Stand::Open),
            Doors::Confirmed => return self.not_over(),
            Doors::Alone(seat) => {
                self.attendance.known(&seat)?;
                if !matches!(self.doors, Stand::Clearing | Stand::Closed) {
                    return Err("Hier stand kein nichtöffentlicher Teil bevor.".into());
                }
                self.attendance.stays_alone(seat);
                return self.not_over();
            }
            Doors::Announced(announced) => return self.announced(&announced),
        };
        self.expect(Phase::Sitting)?;
        if !between || !from.contains(&self.doors) {
            return Err("So geht die Öffentlichkeit nicht, und so kommt sie nicht zurück.".into());
        }
        self.doors = to;
        match to {
            Stand::Clearing => self.attendance.shut_out(true),
            Stand::Opening => self.attendance.shut_out(false),
            Stand::Open => self.blind = false,
            Stand::Closed => {}
        }
        Ok(())
    }

    /// A public item is called in public, a non-public one behind closed doors.
    pub(super) fn callable(&self, item: &str) -> Found {
        let known = self.planned.agenda.iter().find(|known| known.id == item);
        match (known.is_some_and(|known| known.public), self.doors) {
            (true, Stand::Open) | (false, Stand::Closed) => self.side_is_decided(item),
            (true, _) => Err("Ein öffentlicher Punkt wurde ohne Öffentlichkeit aufgerufen.".into()),
            (false, _) => Err("Ein nichtöffentlicher Punkt wurde in öffentlicher Sitzung aufgerufen.".into()),
        }
    }

    /// Of what is withheld nothing can be counted; that it was behind closed doors can be seen.
    pub(super) fn withheld(&mut self, entry: &Entry) -> Found {
        let name = entry.envelope.name.as_str();
        // What the mayor decides after the sitting is not said in it.
        let after = name == "mayor.decided" && self.phase == Phase::Closed;
        if DELIBERATION.contains(&name) && self.doors != Stand::Closed && !after {
            return Err("Vorenthalten wird, was in öffentlicher Sitzung geschah.".into());
        }
        self.blind |= self.doors == Stand::Closed;
        self.counted.withheld_entries += 1;
        self.switches.kept_back = true;
        self.counted.withheld += usize::from(name == "result.declared");
        Ok(())
    }

    /// What is announced is what was decided, where that can be seen.
    fn announced(&self, announced: &Announced) -> Found {
        self.expect(Phase::Sitting)?;
        if self.doors != Stand::Open {
            return Err("Bekannt gegeben wird in öffentlicher Sitzung.".into());
        }
        match self.outcomes.get(&announced.ballot) {
            Some((item, outcome)) if *item == announced.item && *outcome == announced.outcome => Ok(()),
            None if self.counted.withheld > 0 => Ok(()),
            Some(_) | None => Err("So wurde in nichtöffentlicher Sitzung nicht beschlossen.".into()),
        }
    }
}
