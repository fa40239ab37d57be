//! Letters to people.

use super::{Answer, Fault};

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

/// Sends letters. One person, one letter.
pub trait Mailer: Send + Sync {
    /// Hands the letter to the next mail server (or writes it where the demonstration reads it).
    ///
    /// # Errors
    /// If nobody took it within the mailer's own time limit.
    fn enrolment(&self, mail: EnrolmentMail) -> Answer<'_, Result<(), Fault>>;
}
