//! What a member does and sees for himself: the vote and the own place.

use super::act::{Act, Blocked};
use super::next::Choice;
use super::people::Sense;
use askama::Template;

/// Part `vote`: the member's own ballot. Urgent: it replaces itself even while a control of it has the focus.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/vote.html")]
pub struct VoteCard {
    pub state: Vote,
}

/// What the member may do about a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vote {
    /// Nothing is put to the vote.
    None,
    /// May vote or change the vote.
    Open(OpenVote),
    /// Is shown that a ballot runs in which this member cannot vote, and why.
    Barred { kind: String, motion: String, why: Blocked },
    /// An election goes on in the hall: what that means for this member, and the objection to an open one.
    Hall { kind: String, title: String, names: Vec<String>, note: String, paragraph: String, acts: Vec<Act> },
    /// Closed: what was counted for this member; the receipt stays.
    Closed { kind: String, motion: String, receipt: Option<Receipt> },
}

/// An open ballot before a member who may vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenVote {
    /// E.g. "Namentliche Abstimmung zu TOP 3".
    pub kind: String,
    pub motion: String,
    /// Ja, Nein, Enthaltung; each act posts `wahl=ja|nein|enthaltung`.
    pub choices: Vec<VoteChoice>,
    /// The vote that stands.
    pub receipt: Option<Receipt>,
    /// Who sees how one voted, e.g. "Ihre Stimme wird mit Namen in die Niederschrift aufgenommen."
    pub openness: String,
}

/// One of the three buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteChoice {
    pub act: Act,
    /// This is the vote that stands.
    pub chosen: bool,
}

/// That a vote has been counted (Beleg).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// E.g. "Ja".
    pub choice: String,
    /// E.g. "19:23:05 Uhr".
    pub at: String,
    /// Number of its entry in the record.
    pub number: String,
    /// First characters of the head it was recorded under.
    pub head: String,
}

/// Part `own`: what the server measures of this member.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/own.html")]
pub struct OwnPlace {
    pub sense: Sense,
    /// E.g. "Ihr Bild und Ihr Ton treffen ein", never more than is measured.
    pub word: String,
    /// E.g. "seit 19:02:11 Uhr".
    pub since: String,
    /// What it means and what to do, e.g. the telephone number of the technician.
    pub detail: String,
    /// Recused for the current item, and what that means.
    pub recused: Option<Blocked>,
    /// The non-public part and what it asks of who is connected.
    pub alone: Option<Alone>,
    /// Film and sound recordings: the own consent (§ 35 (3) GemO BW).
    pub filming: Option<Alone>,
    /// The chair that waits to be taken over.
    pub leads: Option<Alone>,
    /// Störung melden; `None` when the meeting does not run.
    pub complaint: Option<Complaint>,
}

/// The declaration to be alone (§ 37a (1) s. 5 GemO BW), or that it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    pub title: String,
    pub words: String,
    pub act: Option<Act>,
}

/// The form with which a member complains of a fault (Rüge, § 37a (2) s. 3 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub to: String,
    pub command: String,
    /// What may be wrong; posted as `art`.
    pub kinds: Vec<Choice>,
    /// What the record already holds, e.g. "Ihre Meldung von 19:15:02 Uhr liegt dem Vorsitz vor."; may be empty.
    pub sent: String,
    /// What says that a complaint has to be made at once.
    pub paragraph: String,
}
