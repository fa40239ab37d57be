//! Letters to people.

use super::{Answer, Fault};
use crate::domain::ledger::Digest;

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
}
