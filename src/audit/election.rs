//! An election counted again from the tellers' figures: own arithmetic, from the wording of § 37 (7) GemO BW.

use super::attendance::count;
use super::event::election::{Count, Kind, Opened, Outcome, Which};
use super::law::ElectionLaw;
use std::collections::BTreeSet;

/// An item that is an election.
pub struct Election {
    pub kind: Kind,
    pub objected: bool,
    pub next: Next,
    /// Any round was declared.
    pub began: bool,
    /// The declared rounds that stand, each with what could come before it.
    standing: Vec<(String, Next)>,
}

/// What may come next.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    Any,
    RunOff(BTreeSet<String>),
    Second(BTreeSet<String>),
    /// From these so many are drawn; with these they go into a run-off, or, with none, the drawn one is elected.
    Lot {
        tied: Vec<String>,
        safe: Option<Vec<String>>,
        places: usize,
    },
    Over,
}

/// A round that runs.
pub struct Round {
    pub opened: Opened,
    pub electorate: BTreeSet<String>,
    pub count: Option<Count>,
}

/// Figures that follow from a count.
pub struct Found {
    pub outcome: Outcome,
    pub base: u64,
    pub needed: u64,
    pub norm: String,
}

/// Two go into a run-off.
const TWO: usize = 2;

impl Election {
    pub const fn of(kind: Kind) -> Self {
        Self { kind, objected: false, next: Next::Any, began: false, standing: Vec::new() }
    }

    /// A round between these fits what came before.
    pub fn fits(&self, which: Which, candidates: &[String]) -> bool {
        let names: BTreeSet<String> = candidates.iter().cloned().collect();
        if names.is_empty() || names.len() < candidates.len() {
            return false;
        }
        match (&self.next, which) {
            (Next::Any, Which::First) => true,
            // The first round of a single candidate may have been in another sitting.
            (Next::Any, Which::Second) => names.len() == 1,
            (Next::RunOff(two), Which::RunOff) | (Next::Second(two), Which::Second) => *two == names,
            _ => false,
        }
    }

    /// After a round came to this.
    pub fn after(&mut self, round: &Round, outcome: &Outcome) {
        self.began = true;
        self.standing.push((round.opened.round.clone(), self.next.clone()));
        let names = |names: &[String]| names.iter().cloned().collect();
        self.next = match outcome {
            Outcome::Elected { .. } | Outcome::NotElected => Next::Over,
            Outcome::RunOff { candidates } => Next::RunOff(names(candidates)),
            Outcome::SecondRound => Next::Second(names(&round.opened.candidates)),
            Outcome::Lot { candidates } => Next::Lot { tied: candidates.clone(), safe: None, places: 1 },
            Outcome::PlacesTied { safe, tied } => {
                Next::Lot { tied: tied.clone(), safe: Some(safe.clone()), places: TWO.saturating_sub(safe.len()) }
            }
            Outcome::NoDecision => match round.opened.which {
                Which::First => Next::Any,
                Which::Second => Next::Second(names(&round.opened.candidates)),
                Which::RunOff => Next::RunOff(names(&round.opened.candidates)),
            },
        };
    }

    /// The last round does not stand: what could come before it may come again.
    pub fn strike(&mut self, round: &str) -> Result<(), String> {
        match self.standing.pop() {
            Some((last, next)) if last == round => {
                (self.next, self.began) = (next, !self.standing.is_empty());
                Ok(())
            }
            _ => Err("Dieses Wahlergebnis gibt es nicht, oder es galt nicht mehr.".into()),
        }
    }

    /// After these were drawn.
    pub fn draw(&mut self, drawn: &[String]) -> Result<(), String> {
        let Next::Lot { tied, safe, places } = &self.next else { return Err("Hier gab es nichts zu losen.".into()) };
        let different: BTreeSet<&String> = drawn.iter().collect();
        if drawn.len() != *places || different.len() != *places || drawn.iter().any(|name| !tied.contains(name)) {
            return Err("Das Los fiel auf jemanden, zwischen denen nicht gelost wurde.".into());
        }
        self.next = match safe {
            Some(safe) => Next::RunOff(safe.iter().chain(drawn).cloned().collect()),
            None => Next::Over,
        };
        Ok(())
    }
}

impl Round {
    /// The tellers' figures fit each other and the hall.
    pub fn enter(&mut self, count: Count) -> Result<(), String> {
        let handed_out = super::attendance::count(self.electorate.len());
        let papers: u64 = count
            .votes
            .iter()
            .chain([&count.no, &count.blank, &count.invalid, &count.missing])
            .copied()
            .map(u64::from)
            .sum();
        if count.papers != handed_out || papers != handed_out {
            return Err(format!("{handed_out} Stimmzettel waren ausgegeben, gezählt sind {papers}."));
        }
        if count.votes.len() != self.opened.candidates.len() || (count.no > 0 && count.votes.len() > 1) {
            return Err("Die Auszählung passt nicht zu denen, die zur Wahl standen.".into());
        }
        self.count = Some(count);
        Ok(())
    }

    /// What the count comes to.
    pub fn find(&self, law: &ElectionLaw) -> Result<Found, String> {
        let given = self.count.as_ref().ok_or("Es ist noch nicht ausgezählt.")?;
        let valid: u64 = given.votes.iter().copied().map(u64::from).sum::<u64>() + u64::from(given.no);
        let base = if law.of_valid_votes { valid } else { given.papers };
        let run_off = self.opened.which == Which::RunOff;
        let needed = if run_off { 0 } else { base * law.num / law.den + 1 };
        let (outcome, needed, norm) = if !given.quorum.met {
            (Outcome::NoDecision, needed, given.quorum.norm.clone())
        } else if run_off {
            (self.most(given), 0, law.runoff_norm.clone())
        } else {
            let (outcome, norm) = self.majority(given, needed, law);
            (outcome, needed, norm)
        };
        Ok(Found { outcome, base, needed, norm })
    }

    fn most(&self, given: &Count) -> Outcome {
        let top = given.votes.iter().max().copied().unwrap_or(0);
        let first = self.with(given, |votes| votes == top);
        if let [candidate] = first.as_slice() {
            Outcome::Elected { candidate: candidate.clone() }
        } else {
            Outcome::Lot { candidates: first }
        }
    }

    fn majority(&self, given: &Count, needed: u64, law: &ElectionLaw) -> (Outcome, String) {
        // More than half can only be one of them; with another share the one with the most counts.
        let top = given.votes.iter().max().copied().unwrap_or(0);
        if u64::from(top) >= needed
            && let Some(candidate) = self.with(given, |votes| votes == top).into_iter().next()
        {
            return (Outcome::Elected { candidate }, law.norm.clone());
        }
        if self.opened.candidates.len() == 1 {
            return if law.single_again && self.opened.which == Which::First {
                (Outcome::SecondRound, law.single_norm.clone())
            } else {
                (Outcome::NotElected, law.norm.clone())
            };
        }
        // Who has fewer votes than two others is out; who is level with the second may be in.
        let better = |votes: u32| count(given.votes.iter().filter(|other| **other > votes).count());
        let level = |votes: u32| count(given.votes.iter().filter(|other| **other >= votes).count());
        let in_anyway = self.with(given, |votes| level(votes) <= count(TWO));
        let perhaps = self.with(given, |votes| better(votes) < count(TWO) && level(votes) > count(TWO));
        let outcome = if perhaps.is_empty() {
            Outcome::RunOff { candidates: in_anyway }
        } else {
            Outcome::PlacesTied { safe: in_anyway, tied: perhaps }
        };
        (outcome, law.runoff_norm.clone())
    }

    fn with(&self, given: &Count, fits: impl Fn(u32) -> bool) -> Vec<String> {
        let both = self.opened.candidates.iter().zip(&given.votes);
        both.filter(|(_, votes)| fits(**votes)).map(|(name, _)| name.clone()).collect()
    }
}

/// The same finding, in whatever order the names stand.
pub fn same(one: &Outcome, other: &Outcome) -> bool {
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    match (one, other) {
        (Outcome::RunOff { candidates: one }, Outcome::RunOff { candidates: other })
        | (Outcome::Lot { candidates: one }, Outcome::Lot { candidates: other }) => {
            one.len() == other.len() && set(one) == set(other)
        }
        (Outcome::PlacesTied { safe, tied }, Outcome::PlacesTied { safe: also_safe, tied: also_tied }) => {
            set(safe) == set(also_safe)
                && set(tied) == set(also_tied)
                && safe.len() + tied.len() == also_safe.len() + also_tied.len()
        }
        _ => one == other,
    }
}

/// The finding in German.
pub fn german(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Elected { candidate } => format!("gewählt ist {candidate}"),
        Outcome::RunOff { candidates } => format!("Stichwahl zwischen {}", candidates.join(" und ")),
        Outcome::PlacesTied { tied, .. } => format!("Los um die Stichwahl zwischen {}", tied.join(", ")),
        Outcome::Lot { candidates } => format!("Los zwischen {}", candidates.join(" und ")),
        Outcome::SecondRound => "zweiter Wahlgang".into(),
        Outcome::NotElected => "niemand ist gewählt".into(),
        Outcome::NoDecision => "im Saal nicht beschlussfähig".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Outcome, Round, same};
    use crate::audit::event::Quorum;
    use crate::audit::event::election::{Count, Mode, Opened, Which};
    use crate::audit::law::Law;

    const LAW: &str = include_str!("../../legal/rules/bw.toml");

    fn found(which: Which, votes: &[(&str, u32)], rest: u32) -> Found {
        let quorum =
            Quorum { occupied: 23, present: 20, entitled: 20, needed: 12, met: true, norm: "§".into(), counted: None };
        let papers = votes.iter().map(|(_, votes)| u64::from(*votes)).sum::<u64>() + u64::from(rest);
        let round = Round {
            opened: Opened {
                round: "w1".into(),
                item: "top-1".into(),
                which,
                mode: Mode::Papers,
                candidates: votes.iter().map(|(name, _)| (*name).to_owned()).collect(),
                tellers: Vec::new(),
                quorum: quorum.clone(),
            },
            electorate: (0..papers).map(|seat| format!("s{seat}")).collect(),
            count: Some(Count {
                round: "w1".into(),
                papers,
                votes: votes.iter().map(|(_, votes)| *votes).collect(),
                no: 0,
                blank: rest,
                invalid: 0,
                missing: 0,
                quorum,
            }),
        };
        round.find(Law::read(LAW, "2026-11-26").unwrap().election.as_ref().unwrap()).unwrap()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn more_than_half_of_everybody_there_is_needed_and_blank_papers_count_against() {
        let elected = found(Which::First, &[("A", 8), ("B", 7)], 0);
        assert_eq!((elected.needed, elected.outcome), (8, Outcome::Elected { candidate: "A".into() }));
        let short = found(Which::First, &[("A", 10), ("B", 9)], 1);
        assert_eq!((short.needed, short.base), (11, 20));
        assert!(same(&short.outcome, &Outcome::RunOff { candidates: names(&["B", "A"]) }));
    }

    #[test]
    fn a_run_off_needs_the_most_and_a_tie_the_lot() {
        let tie = found(Which::RunOff, &[("A", 10), ("B", 10)], 0);
        assert_eq!(tie.outcome, Outcome::Lot { candidates: names(&["A", "B"]) });
        let few = found(Which::RunOff, &[("A", 2), ("B", 1)], 17);
        assert_eq!(few.outcome, Outcome::Elected { candidate: "A".into() });
    }

    #[test]
    fn a_tie_for_the_second_place_is_drawn_and_a_single_candidate_tried_twice() {
        let tied = found(Which::First, &[("A", 9), ("B", 5), ("C", 5)], 1);
        assert_eq!(tied.outcome, Outcome::PlacesTied { safe: names(&["A"]), tied: names(&["B", "C"]) });
        let three = found(Which::First, &[("A", 5), ("B", 5), ("C", 5)], 5);
        assert_eq!(three.outcome, Outcome::PlacesTied { safe: Vec::new(), tied: names(&["A", "B", "C"]) });
        assert_eq!(found(Which::First, &[("A", 10)], 10).outcome, Outcome::SecondRound);
        assert_eq!(found(Which::Second, &[("A", 10)], 10).outcome, Outcome::NotElected);
    }
}
