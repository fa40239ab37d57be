//! Minutes that another house wrote, as texts: what could be read of them, before anybody believed it.

use crate::domain::time::Date;
use std::fmt;

/// One text of official minutes: one item of the agenda, or several that were dealt with together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficialText {
    /// File name, for people who look it up.
    pub source: String,
    /// Behind the word `Niederschrift`: „6. Plenarsitzung des Gemeinderates“.
    pub session: String,
    pub day: Option<Date>,
    pub begins: Option<WallTime>,
    /// `None` if it does not say.
    pub public: Option<bool>,
    pub place: Option<String>,
    pub chair: Option<String>,
    /// Members present, if the text gives the number.
    pub present: Option<u32>,
    /// Members named as absent.
    pub absent: Vec<String>,
    /// At least one; the first is the one the others belong to.
    pub items: Vec<OfficialItem>,
    /// Wording of the decision (`Beschluss`), paragraphs kept.
    pub wording: Option<String>,
    /// Members named as recused for these items (§ 18 GemO BW).
    pub recused: Vec<String>,
    /// Members named as coming or leaving, in the order of the text.
    pub moves: Vec<Move>,
    /// Interruptions behind these items, from and until.
    pub breaks: Vec<(WallTime, WallTime)>,
    /// Where the course of the debate says the matter is referred.
    pub referred_to: Option<String>,
    /// What could not be read, as German sentences.
    pub unread: Vec<String>,
}

/// One item as the text heads it, with its result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficialItem {
    /// As printed, digits and dots: „5.1“.
    pub number: String,
    pub title: String,
    /// Who moved or asked: „Änderungsantrag: Liste Blau“.
    pub by: Option<String>,
    /// Number of the paper.
    pub paper: Option<String>,
    pub status: OfficialStatus,
    /// The line or lines of the result.
    pub result: String,
    /// Every vote, in the order of the text.
    pub votes: Vec<OfficialVote>,
}

/// How an item ended there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OfficialStatus {
    /// By one vote or more.
    Voted,
    Noted,
    Referred,
    Postponed,
    Removed,
    Withdrawn,
    /// `erledigt`.
    Moot,
    WithoutVote,
    /// The words of the result say nothing known.
    #[default]
    Unknown,
}

/// One vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialVote {
    /// What it was about, where that is only a part: „Ziffer 2“, „Änderungsantrag der Liste Blau“.
    pub about: Option<String>,
    /// Adopted or rejected, as the words say.
    pub adopted: bool,
    /// `einstimmig`, as the words say.
    pub unanimous: bool,
    /// The vote was on this instead of the matter itself: to refer, to postpone.
    pub instead: Option<OfficialStatus>,
    /// `None` if no numbers are given.
    pub counts: Option<Counts>,
}

/// Hands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
}

impl Counts {
    /// All hands.
    #[must_use]
    pub const fn sum(&self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain)
    }
}

/// Somebody who came late or left early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub name: String,
    pub at: WallTime,
    pub came: bool,
}

/// A time of day as the minutes give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime {
    pub hour: u8,
    pub minute: u8,
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}
