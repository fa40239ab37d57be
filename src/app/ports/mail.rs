//! Letters to people.

use super::{Answer, Fault};
use crate::domain::ledger::Digest;
use crate::domain::time::Instant;

/// The letter with an enrolment link.
#[derive(Clone)]
pub struct EnrolmentMail {
    pub to_name: String,
    pub to_address: String,
    pub municipality: String,
    /// The link, whole. Whoever reads it may enrol, so it is never logged.
    pub link: String,
    /// How long the link is good, in minutes.
    pub valid_minutes: i64,
}

/// The letter with the head of a meeting's record, so that it lies where nobody in the town hall can change it.
#[derive(Debug, Clone)]
pub struct HeadMail {
    pub to_name: String,
    pub to_address: String,
    pub municipality: String,
    /// Title of the meeting.
    pub title: String,
    /// Number of the record's last entry.
    pub number: u64,
    /// The chained digest over everything up to it.
    pub digest: Digest,
}

/// What a letter about the summons says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummonsKind {
    Invitation,
    /// Time, place or agenda changed.
    Update,
    /// `Absage`.
    Cancellation,
}

/// The summons to one member (§ 34 (1) s. 1 GemO BW), its change or its cancelling. Titles of non-public items are not in
/// it: a mailbox is not enough for them.
#[derive(Debug, Clone)]
pub struct SummonsMail {
    pub kind: SummonsKind,
    pub to_name: String,
    pub to_address: String,
    pub municipality: String,
    pub body_name: String,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    /// E.g. „hybrid, Mitglieder können zugeschaltet sein“.
    pub format: String,
    /// The paragraph of the format.
    pub format_norm: String,
    /// Ground, reason, public room: whole lines.
    pub format_notes: Vec<String>,
    /// Members may be connected.
    pub remote: bool,
    /// Whether the period is kept, with its paragraph: a whole sentence.
    pub notice: String,
    pub agenda: Vec<SummonsItem>,
    /// Why something changed; may be empty.
    pub change: String,
    /// Where one replies, after signing in. No access lies in it.
    pub link: String,
    /// Who summons.
    pub signed: String,
    /// The event's identifier, the same for ever (RFC 5545, 3.8.4.7).
    pub uid: String,
    /// 0 for the first, one more with every change (RFC 5545, 3.8.7.4).
    pub sequence: u32,
    pub now: Instant,
}

/// Why a letter about a circulation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CirculationKind {
    /// The member is asked.
    Asked,
    /// Somebody objects; to the chair.
    Objected,
    /// The result stands.
    Found,
    /// Ended without a result.
    Ended,
}

/// A letter about a matter that is decided without a sitting (§ 37 (1) s. 2 GemO BW). What it is about is not in it: a
/// mailbox is not enough for what is not public.
#[derive(Debug, Clone)]
pub struct CirculationMail {
    pub kind: CirculationKind,
    pub to_name: String,
    pub to_address: String,
    pub municipality: String,
    pub body_name: String,
    /// The last day for an objection, e.g. „1. Dezember 2026“.
    pub last_day: String,
    /// The paragraph of the procedure.
    pub norm: String,
    /// Where one answers and reads, after signing in. No access lies in it.
    pub link: String,
    /// Who asks.
    pub signed: String,
}

/// One line of the agenda.
#[derive(Debug, Clone)]
pub struct SummonsItem {
    pub number: String,
    /// „Nichtöffentlicher Punkt“ for a non-public one.
    pub title: String,
    pub public: bool,
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailTrouble {
    /// This address will never take a letter: trying again is of no use.
    #[error("Die Adresse nimmt keine Post an: {0}")]
    Refused(Fault),
    /// Nobody took it this time.
    #[error(transparent)]
    NotNow(Fault),
}

/// Sends letters. One person, one letter.
pub trait Mailer: Send + Sync {
    /// Hands the letter to the next mail server (or writes it where the demonstration reads it).
    ///
    /// # Errors
    /// If nobody took it within the mailer's own time limit.
    fn enrolment(&self, mail: EnrolmentMail) -> Answer<'_, Result<(), Fault>>;

    /// As [`Mailer::enrolment`], for the head of a closed meeting.
    ///
    /// # Errors
    /// Whether another try makes sense.
    fn head(&self, mail: HeadMail) -> Answer<'_, Result<(), MailTrouble>>;

    /// As [`Mailer::head`], for a summons with its calendar part.
    ///
    /// # Errors
    /// As [`Mailer::head`].
    fn summons(&self, mail: SummonsMail) -> Answer<'_, Result<(), MailTrouble>>;

    /// As [`Mailer::head`], about a circulation.
    ///
    /// # Errors
    /// As [`Mailer::head`].
    fn circulation(&self, mail: CirculationMail) -> Answer<'_, Result<(), MailTrouble>>;
}
