//! Before the meeting: the summons and its way to everybody, the replies.

use super::act::Act;
use super::agenda::AgendaRow;
use super::form::Form;
use super::frame::{Frame, Live};
use super::papers::{PaperList, Upload};
use askama::Template;

/// Ladung: for chair and clerk.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/summons.html")]
pub struct SummonsDesk {
    pub frame: Frame,
    pub period: Period,
    /// The ways to convene, while the meeting is only planned.
    pub convene: Option<Form>,
    /// Of whom how many come; empty before the convening.
    pub tally: Vec<Count>,
    /// What the replies mean for the quorum.
    pub tally_word: String,
    /// How many letters are where, in words.
    pub letters: String,
    pub rows: Vec<LetterRow>,
    pub changes: Vec<Change>,
    pub agenda: Vec<AgendaRow>,
    pub papers: PaperList,
    pub upload: Option<Upload>,
    pub links: Vec<Link>,
    /// The body is another one by now.
    pub seating: Option<OtherBody>,
}

/// How the body differs from the meeting's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherBody {
    /// One sentence for each difference.
    pub changes: Vec<String>,
    /// What follows from it.
    pub word: String,
    /// Where it is taken over; empty after the convening.
    pub href: String,
}

/// Ladungsfrist (§ 34 (1) s. 1 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Kept, or still to be kept.
    pub good: bool,
    /// E.g. "Die Ladung muss bis zum 18.11.2026 hinaus: noch 3 Tage."
    pub word: String,
    /// The ground, e.g. "§ 34 Abs. 1 Satz 1 GemO".
    pub paragraph: String,
    /// `Ortsrecht` of this meeting, a sentence each; often none.
    pub local: Vec<String>,
    /// A doubt about the format it was convened in; often empty.
    pub doubt: String,
}

/// A number and what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub number: usize,
    pub label: &'static str,
}

/// One member: the letter and the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    pub name: String,
    pub about: String,
    pub letter: Letter,
    /// E.g. "verschickt, 18.11. 09:02 Uhr".
    pub letter_word: String,
    /// What the mail server said; may be empty.
    pub detail: String,
    /// E.g. "zugeschaltet, 19.11. 20:14 Uhr"; empty without a reply.
    pub reply: String,
    /// Why; may be empty.
    pub reason: String,
    pub acts: Vec<Act>,
    pub hand_over: Option<Form>,
}

/// How a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    Waits,
    Arrived,
    /// Somebody has to do something.
    Open,
}

impl Letter {
    /// Style class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Waits => "letter--waits",
            Self::Arrived => "letter--arrived",
            Self::Open => "letter--open",
        }
    }

    /// Picture in `static/icons.svg`.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Waits => "clock",
            Self::Arrived => "check",
            Self::Open => "alert",
        }
    }
}

/// Something that can still be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub title: &'static str,
    pub form: Form,
}

/// A way to another page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// Teilnahme: a member's own summons and reply.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/reply.html")]
pub struct ReplyPage {
    pub frame: Frame,
    /// E.g. "Einladung zur 8. Sitzung".
    pub title: String,
    /// Label and text: time, place, format with its paragraph, reason, period.
    pub facts: Vec<(String, String)>,
    /// What was answered, as a sentence.
    pub answered: Option<String>,
    pub form: Option<Form>,
    /// Why there is no form.
    pub idle: String,
    pub agenda: Vec<AgendaRow>,
    pub papers: PaperList,
}
