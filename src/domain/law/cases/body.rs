//! Kinds of case about the body: who is there, what is carried, who is elected.

use super::kinds::{Ask, Found};
use crate::domain::law::conduct::{
    ChairedBy, chair_votes, committee_size, may_chair, may_exclude_for, may_submit_to_council,
};
use crate::domain::law::election::{self, Counted, Elected, Electors};
use crate::domain::law::second::{self, SecondSitting};
use crate::domain::law::{BodyKind, Rules};
use crate::domain::majority::{Outcome, decide_special, decide_vote};
use crate::domain::presence::Senses;
use crate::domain::quorum::{Attendance, QuorumState, find_quorum, presumed};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use serde::Deserialize;
use toml::Table;

/// Members in the room, and what is perceptible of each connected one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    occupied: u32,
    statutory: Option<u32>,
    in_room: u32,
    /// Connected members whose picture and sound go both ways.
    #[serde(default)]
    remote: u32,
    /// Connected members of whom something is missing.
    #[serde(default)]
    disturbed: Vec<Senses>,
    /// Recused members, all of them.
    #[serde(default)]
    recused: u32,
    /// Recused members among those present.
    #[serde(default)]
    recused_present: u32,
    /// Whoever else is there: guests, deputy mayors, experts, the executive. They never count.
    #[serde(default)]
    others: u32,
    /// Was the quorum found already, or denied on a motion?
    #[serde(default)]
    state: QuorumState,
    /// A committee; otherwise a council.
    #[serde(default)]
    committee: bool,
}

impl Ask for Quorum {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let undisturbed = Senses { picture: true, sound: true, mutual: true, hall: true };
        let remote = if undisturbed.count_as_present(rules) { self.remote } else { 0 };
        let disturbed = self.disturbed.iter().filter(|senses| senses.count_as_present(rules)).count();
        let present = self.in_room.saturating_add(remote).saturating_add(u32::try_from(disturbed).unwrap_or(u32::MAX));
        let entitled = present.saturating_sub(self.recused_present);
        let (occupied, statutory, recused) = (self.occupied, self.statutory, self.recused);
        let attendance = Attendance { occupied, statutory, present, entitled, recused };
        // Guests are part of the question and of no figure.
        let _ = self.others;
        let counted = find_quorum(rules, attendance);
        let found = presumed(rules, self.state, counted.clone());
        Found::default()
            .number("base", found.occupied)
            .number("present", found.present)
            .number("entitled", found.entitled)
            .number("needed", found.needed)
            .flag("met", found.met)
            .flag("below", !counted.met)
            .flag("to_council", self.committee && second::goes_to_council(rules, attendance))
            .word("norm", &found.norm)
            .ok()
    }
}

/// A second sitting on the same matter.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Second(SecondSitting);

impl Ask for Second {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let found = second::find(rules, self.0)?;
        Found::default()
            .number("entitled", found.entitled)
            .number("needed", found.needed)
            .flag("met", found.met)
            .word("norm", &found.norm)
            .ok()
    }
}

/// Votes on a motion.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    occupied: u32,
    statutory: Option<u32>,
    entitled: u32,
    yes: u32,
    no: u32,
    abstain: u32,
    /// Invalid votes, where there are papers.
    #[serde(default)]
    invalid: u32,
    #[serde(default)]
    state: QuorumState,
}

impl Ask for Tally {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let cast = [self.yes, self.no, self.abstain, self.invalid].iter().map(|part| u64::from(*part)).sum::<u64>();
        if cast > u64::from(self.entitled) {
            return Err(Refusal::misuse("tally_figures", "Es sind mehr Stimmen als Stimmberechtigte."));
        }
        let (occupied, statutory, entitled) = (self.occupied, self.statutory, self.entitled);
        let attendance = Attendance { occupied, statutory, present: entitled, entitled, recused: 0 };
        let quorum = presumed(rules, self.state, find_quorum(rules, attendance));
        let outcome = decide_vote(rules, &quorum, self.yes, self.no, self.abstain);
        Found::default().word("outcome", word(outcome)).ok()
    }
}

/// A decision that needs a special majority.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Special {
    /// Key of the entry of `majority.special`.
    key: String,
    occupied: u32,
    statutory: Option<u32>,
    /// Present and entitled.
    entitled: u32,
    yes: u32,
    #[serde(default)]
    state: QuorumState,
}

impl Ask for Special {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let special = rules.majority_special.value().iter().find(|special| special.key == self.key);
        let special = special.ok_or_else(|| {
            Refusal::misuse("no_such_majority", format!("„{}“ gibt es an diesem Tag nicht.", self.key.escape_debug()))
        })?;
        let (occupied, statutory, entitled) = (self.occupied, self.statutory, self.entitled);
        let attendance = Attendance { occupied, statutory, present: entitled, entitled, recused: 0 };
        let quorum = presumed(rules, self.state, find_quorum(rules, attendance));
        let found = decide_special(rules, special, &quorum, attendance, self.yes);
        Found::default()
            .number("base", found.base)
            .number("needed", found.needed)
            .word("outcome", word(found.outcome))
            .word("norm", &found.norm)
            .ok()
    }
}

pub(super) const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Adopted => "adopted",
        Outcome::Rejected => "rejected",
        Outcome::NoDecision => "no_decision",
    }
}

/// Who may vote in an election.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ElectorsGiven(Electors);

impl Ask for ElectorsGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let found = election::electorate(rules, self.0)?;
        Found::default()
            .number("voters", found.voters)
            .number("without_vote", found.without_vote)
            .number("needed", found.needed)
            .number("quorum_needed", found.quorum.needed)
            .ok()
    }
}

/// The papers of one ballot of an election.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct CountedGiven(Counted);

impl Ask for CountedGiven {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let found = election::find(rules, &self.0)?;
        let mut shown = Found::default().number("base", found.base).word("norm", &found.norm);
        if let Some(needed) = found.needed {
            shown = shown.number("needed", needed);
        }
        match found.elected {
            Elected::Elected { candidate } => shown.word("result", "elected").word("elected", candidate),
            Elected::Runoff { between } => shown.word("result", "runoff").words("between", between),
            Elected::LotForRunoff { tied, .. } => shown.word("result", "lot_for_runoff").words("between", tied),
            Elected::Lot { between } => shown.word("result", "lot").words("between", between),
            Elected::SecondBallot { wait_days, .. } => {
                shown.word("result", "second_ballot").number("wait_days", wait_days)
            }
            Elected::Nobody => shown.word("result", "nobody"),
        }
        .ok()
    }
}

/// An election by show of hands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenElection {
    /// Members in the room who object.
    #[serde(default)]
    objections_in_room: u32,
    /// Connected members who object.
    #[serde(default)]
    objections_remote: u32,
}

impl Ask for OpenElection {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        election::may_be_open(rules, self.objections_in_room, self.objections_remote)?;
        Found::default().ok()
    }
}

/// Who leads the body, and votes or not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChairVote {
    body: BodyKind,
    chair: ChairedBy,
}

impl Ask for ChairVote {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let (votes, norm) = chair_votes(rules, self.body, self.chair);
        let may_chair = may_chair(rules, self.chair);
        Found::default().flag("votes", votes).flag("may_chair", may_chair).word("norm", norm).ok()
    }
}

/// A municipality of so many inhabitants, its own Hauptsatzung not asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    inhabitants: u32,
}

impl Ask for Size {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        let seats = rules.members_size_table.value().seats(self.inhabitants);
        let members = seats.saturating_add(u32::from(rules.members_include_mayor.get()));
        let all = Attendance { occupied: members, statutory: None, present: members, entitled: members, recused: 0 };
        let (_, majority) = crate::domain::majority::threshold_of(rules, *rules.remote_basis_majority.value(), all);
        Found::default()
            .number("seats", seats)
            .number("members", members)
            .number("quorum", find_quorum(rules, all).needed)
            .number("majority", majority)
            .ok()
    }
}

/// A committee, and a matter some of its members want to submit to the council.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// All members, the chair among them.
    members: u32,
    /// Members who want the council to decide.
    asking: Option<u32>,
    /// The Hauptsatzung gives them that right.
    #[serde(default)]
    clause: bool,
}

impl Ask for Committee {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        committee_size(rules, self.members.saturating_sub(1))?;
        match self.asking {
            None => Found::default().ok(),
            Some(asking) => {
                let needed = may_submit_to_council(rules, self.members, asking, self.clause)?;
                Found::default().number("needed", needed).ok()
            }
        }
    }
}

/// A member excluded by the body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expulsion {
    /// For so many sittings.
    sessions: u32,
}

impl Ask for Expulsion {
    fn answer(&self, rules: &Rules, _: Date) -> Result<Table, Refusal> {
        may_exclude_for(rules, self.sessions)?;
        Found::default().ok()
    }
}
