//! `Wahl`, § 37 (7) GemO BW: who may vote in it, who is elected, and what follows if nobody is. Pure arithmetic on
//! figures the tellers found; who gave which vote is never known here.

use super::{ElectionBase, ElectionMode, RemoteElection, Rules, Runoff, RunoffPlaces};
use crate::domain::quorum::{Attendance, QuorumFinding, find_quorum};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Most candidates one ballot of an election can have.
pub const CANDIDATES_MAX: usize = 100;

/// Who is there when an election is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Electors {
    /// Seats that are occupied, as for the quorum.
    pub occupied: u32,
    /// Seats the law provides for, empty ones included; `occupied` where it is not known.
    #[serde(default)]
    pub statutory: Option<u32>,
    /// Members in the room and entitled.
    pub in_room: u32,
    /// Members perceptibly connected and entitled to vote on motions.
    #[serde(default)]
    pub remote: u32,
    /// Members recused, present or not.
    #[serde(default)]
    pub recused: u32,
}

/// `Stimmberechtigte bei der Wahl`: how many papers are handed out, and the quorum found for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Electorate {
    /// Members who get a ballot paper.
    pub voters: u32,
    /// Members connected, who get none.
    pub without_vote: u32,
    /// The quorum of the election.
    pub quorum: QuorumFinding,
    /// Votes that elect in the first ballot if every vote is valid.
    pub needed: u32,
}

/// `Kann gewählt werden?`, § 37a (1) s. 2 GemO BW: who takes part, and is the body quorate for it.
///
/// # Errors
/// The law's refusal if the mode forbids elections while anybody is connected, or if too few of those who may vote are
/// there. An election that lacks its quorum only because members are connected is postponed (open question O10).
pub fn electorate(rules: &Rules, who: Electors) -> Result<Electorate, Refusal> {
    let mode = &rules.election_remote_mode;
    if mode.get() == RemoteElection::ForbiddenInSession && who.remote > 0 {
        let sentence = "Solange jemand zugeschaltet ist, kann in dieser Sitzung nicht gewählt werden.";
        return Err(Refusal::law("election_while_remote", mode.norm(), sentence));
    }
    let counted =
        if rules.election_remote_in_quorum.get() { who.in_room.saturating_add(who.remote) } else { who.in_room };
    let attendance = Attendance {
        occupied: who.occupied,
        statutory: who.statutory,
        present: counted,
        entitled: counted,
        recused: who.recused,
    };
    let quorum = find_quorum(rules, attendance);
    if !quorum.met || who.in_room == 0 {
        return Err(too_few(rules, who, &quorum));
    }
    Ok(Electorate {
        voters: who.in_room,
        without_vote: who.remote,
        needed: more_than_share(rules, who.in_room),
        quorum,
    })
}

fn too_few(rules: &Rules, who: Electors, quorum: &QuorumFinding) -> Refusal {
    let norm = if who.remote > 0 { rules.election_remote_mode.norm() } else { &quorum.norm };
    let sentence = if who.remote > 0 {
        format!(
            "Zugeschaltete wählen nicht mit; im Saal sind {} Stimmberechtigte, nötig sind {}. Setzen Sie die Wahl ab und \
             in einer Sitzung in Präsenz neu an.",
            who.in_room, quorum.needed
        )
    } else {
        format!("Für die Wahl sind {} Stimmberechtigte da, nötig sind {}.", who.in_room, quorum.needed)
    };
    Refusal::law("election_no_quorum", norm, sentence)
}

/// `Offen oder geheim`, § 37 (7) s. 1 GemO BW: may an election be held openly? Objections are counted apart, because
/// whether a connected member's counts is a rule of its own.
///
/// # Errors
/// The law's refusal once anybody whose objection counts has objected, or where elections are always secret.
pub fn may_be_open(rules: &Rules, objections_in_room: u32, objections_remote: u32) -> Result<(), Refusal> {
    let mode = &rules.election_default_mode;
    let sentence = match mode.get() {
        ElectionMode::AlwaysSecret => "Gewählt wird geheim mit Stimmzetteln.",
        ElectionMode::OpenIfNobodyObjects => {
            let heard = if rules.election_remote_objection.get() { objections_remote } else { 0 };
            if objections_in_room == 0 && heard == 0 {
                return Ok(());
            }
            "Ein Mitglied hat der offenen Wahl widersprochen: gewählt wird geheim mit Stimmzetteln."
        }
    };
    Err(Refusal::law("election_secret", mode.norm(), sentence))
}

/// Which ballot of an election was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// `Erster Wahlgang`.
    First,
    /// `Stichwahl` between two.
    Runoff,
    /// `Zweiter Wahlgang` of an only candidate.
    SecondOfSingle,
}

/// The votes for one candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateVotes {
    /// The candidate's name or number; the same in every round.
    pub candidate: String,
    /// Valid votes given.
    pub votes: u32,
}

/// What the tellers counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Which ballot it was.
    pub round: Round,
    /// Members present and entitled to vote in this election.
    pub entitled: u32,
    /// Every candidate, also those without a vote.
    pub candidates: Vec<CandidateVotes>,
    /// Votes against an only candidate.
    #[serde(default)]
    pub no: u32,
    /// Blank papers and abstentions.
    #[serde(default)]
    pub abstain: u32,
    /// Invalid papers.
    #[serde(default)]
    pub invalid: u32,
}

/// `Wahlergebnis`: what came of one ballot of an election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "result")]
pub enum Elected {
    /// This candidate is elected.
    Elected { candidate: String },
    /// `Stichwahl` between these two.
    Runoff { between: Vec<String> },
    /// Several share the last place in the run-off: a lot says who of `tied` takes the `places` left. The statute is
    /// silent, see `election.runoff_places`.
    LotForRunoff { sure: Vec<String>, tied: Vec<String>, places: u32 },
    /// A tie in the run-off: the lot decides between them.
    Lot { between: Vec<String> },
    /// The only candidate lacks the majority: a second ballot, which should not be earlier than so many days from now.
    SecondBallot { candidate: String, wait_days: u32 },
    /// Nobody is elected.
    Nobody,
}

/// What the rules made of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectionFinding {
    /// What came of it.
    pub elected: Elected,
    /// Votes that were needed; none in a run-off, where the most votes win.
    pub needed: Option<u32>,
    /// What the needed votes are a share of.
    pub base: u32,
    /// The paragraph that decided.
    pub norm: String,
}

/// `Wahlergebnis`, § 37 (7) s. 3 to 7 GemO BW.
///
/// # Errors
/// A [`Refusal`] of the kind misuse if the figures cannot be those of one ballot: more votes than voters, a candidate
/// twice, a run-off that is not between two.
pub fn find(rules: &Rules, counted: &Counted) -> Result<ElectionFinding, Refusal> {
    let valid = plausible(counted)?;
    let base = match rules.election_majority_base.get() {
        ElectionBase::PresentEntitled => counted.entitled,
        ElectionBase::ValidVotes => valid,
    };
    if counted.round == Round::Runoff {
        let norm = rules.election_runoff.norm().to_owned();
        return Ok(ElectionFinding { elected: of_runoff(rules, counted), needed: None, base, norm });
    }
    let needed = more_than_share(rules, base);
    let winner = counted.candidates.iter().find(|one| one.votes >= needed);
    let (elected, norm) = match (winner, counted.candidates.as_slice()) {
        (Some(winner), _) => {
            (Elected::Elected { candidate: winner.candidate.clone() }, rules.election_majority_base.norm())
        }
        (None, [only]) => {
            let again = &rules.election_single_candidate_second_ballot;
            if again.get() && counted.round == Round::First {
                let wait_days = rules.election_single_candidate_wait_days.get();
                (Elected::SecondBallot { candidate: only.candidate.clone(), wait_days }, again.norm())
            } else {
                (Elected::Nobody, rules.election_majority_base.norm())
            }
        }
        (None, _) => (into_runoff(rules, counted), rules.election_runoff.norm()),
    };
    Ok(ElectionFinding { elected, needed: Some(needed), base, norm: norm.to_owned() })
}

/// „mehr als die Hälfte“ of the base.
fn more_than_share(rules: &Rules, base: u32) -> u32 {
    rules.election_share.get().floor_of(base).saturating_add(1)
}

/// Checks the figures; how many votes were valid, those against an only candidate included.
fn plausible(counted: &Counted) -> Result<u32, Refusal> {
    let wrong = |what: &str| Err(Refusal::misuse("election_figures", what.to_owned()));
    let names = counted.candidates.len();
    if names == 0 || names > CANDIDATES_MAX {
        return wrong("Zur Wahl muss mindestens eine und dürfen höchstens hundert Personen stehen.");
    }
    let twice = counted
        .candidates
        .iter()
        .enumerate()
        .any(|(place, one)| counted.candidates.iter().take(place).any(|other| other.candidate == one.candidate));
    if twice {
        return wrong("Jede Person steht nur einmal zur Wahl.");
    }
    if counted.round == Round::Runoff && names != 2 {
        return wrong("Eine Stichwahl findet zwischen zwei Personen statt.");
    }
    if counted.round == Round::SecondOfSingle && names != 1 {
        return wrong("Dieser Wahlgang hat nur eine Person.");
    }
    if counted.no > 0 && names != 1 {
        return wrong("Nein-Stimmen gibt es nur, wenn eine einzige Person zur Wahl steht.");
    }
    let votes: u64 = counted.candidates.iter().map(|one| u64::from(one.votes)).sum();
    let valid = votes + u64::from(counted.no);
    if valid + u64::from(counted.abstain) + u64::from(counted.invalid) > u64::from(counted.entitled) {
        return wrong("Es sind mehr Stimmen gezählt als Stimmberechtigte da sind.");
    }
    Ok(u32::try_from(valid).unwrap_or(counted.entitled))
}

fn of_runoff(rules: &Rules, counted: &Counted) -> Elected {
    let Runoff::TopTwoThenLot = rules.election_runoff.get();
    match counted.candidates.as_slice() {
        [one, other] if one.votes > other.votes => Elected::Elected { candidate: one.candidate.clone() },
        [one, other] if one.votes < other.votes => Elected::Elected { candidate: other.candidate.clone() },
        both => Elected::Lot { between: both.iter().map(|one| one.candidate.clone()).collect() },
    }
}

/// The two with the most votes; whoever shares the last of the two places draws lots for it.
fn into_runoff(rules: &Rules, counted: &Counted) -> Elected {
    let RunoffPlaces::Lot = rules.election_runoff_places.get();
    let mut ranked: Vec<&CandidateVotes> = counted.candidates.iter().collect();
    ranked.sort_by(|one, other| other.votes.cmp(&one.votes).then_with(|| one.candidate.cmp(&other.candidate)));
    let last = ranked.get(1).map_or(0, |second| second.votes);
    let named = |wanted: &dyn Fn(u32) -> bool| -> Vec<String> {
        ranked.iter().filter(|one| wanted(one.votes)).map(|one| one.candidate.clone()).collect()
    };
    let (sure, tied) = (named(&|votes| votes > last), named(&|votes| votes == last));
    let places = 2_usize.saturating_sub(sure.len());
    if tied.len() > places {
        return Elected::LotForRunoff { sure, tied, places: u32::try_from(places).unwrap_or(2) };
    }
    Elected::Runoff { between: sure.into_iter().chain(tied).collect() }
}

#[cfg(test)]
#[path = "election/tests.rs"]
mod tests;
