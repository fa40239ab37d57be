//! Part `ballot`: the running or last ballot as everybody may see it.

use askama::Template;

/// The board of a ballot (Abstimmung).
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/ballot.html")]
pub struct BallotBoard {
    pub ballot: Option<Ballot>,
    /// The called item is an election; then there is no ballot.
    pub election: Option<Election>,
}

/// An election (Wahl) as everybody may see it: never a voter, never a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// E.g. "Stichwahl" or "Wahl zu einer ehrenamtlichen Tätigkeit".
    pub kind: String,
    /// E.g. "zu TOP 3, eröffnet um 19:22:41 Uhr".
    pub context: String,
    /// What is going on, or what came of it; the sign before it.
    pub verdict: String,
    pub elected: bool,
    /// Candidates with their votes, once they are declared.
    pub candidates: Vec<Candidate>,
    /// Blank, invalid, not handed in; base and majority.
    pub facts: Vec<(String, String)>,
    /// Who may vote and who may not, with the paragraph.
    pub rule: String,
    /// The rounds before, one line each.
    pub before: Vec<String>,
    /// On the screens of chair and clerk.
    pub entries: Vec<super::entry::Entry>,
}

/// Somebody who can be elected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub name: String,
    /// `None` before the result is declared.
    pub votes: Option<u32>,
}

/// A ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// E.g. "Namentliche Abstimmung".
    pub kind: String,
    /// E.g. "zu TOP 3 · läuft seit 19:22:41 Uhr".
    pub context: String,
    /// What is voted on.
    pub motion: String,
    /// The rule applied, e.g. "Einfache Mehrheit der Stimmen; bei Stimmengleichheit ist abgelehnt (§ 37 Abs. 6 GemO)."
    pub rule: String,
    pub stage: Stage,
}

/// How far a ballot is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Running; without figures (the public's view).
    Hidden,
    /// Running; with figures and the names of those who have not voted.
    Open(Progress),
    /// Closed, with its figures.
    Counted(Tally),
    /// Discarded or without quorum: no decision. The sentence says why.
    Void(String),
}

/// How many have voted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub cast: u32,
    pub entitled: u32,
    /// Names of entitled members who have not voted.
    pub waiting: Vec<String>,
    /// Who may not vote and why, e.g. "Emil Platzhalter (befangen, § 18 GemO)".
    pub barred: Vec<String>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
    pub accepted: bool,
    /// E.g. "Angenommen" or "Abgelehnt (Stimmengleichheit)".
    pub word: String,
    /// E.g. "festgestellt um 19:24:10 Uhr" or "noch nicht festgestellt".
    pub status: String,
    /// By name, in the order of the council; empty when only totals are shown.
    pub votes: Vec<NamedVote>,
}

/// One member's vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVote {
    pub name: String,
    /// E.g. "Grüne Mitte".
    pub about: String,
    /// E.g. "Ja", "Nein", "Enthaltung", "nicht abgestimmt".
    pub choice: String,
    /// How it was cast if not by the member's own button, e.g. "zu Protokoll gehört"; may be empty.
    pub how: String,
}

impl Tally {
    /// Share of `part` in all votes counted, in whole percent.
    #[must_use]
    pub fn percent(&self, part: &u32) -> u32 {
        let all = u64::from(self.yes) + u64::from(self.no) + u64::from(self.abstain);
        u32::try_from(u64::from(*part) * 100 / all.max(1)).unwrap_or(100)
    }
}
