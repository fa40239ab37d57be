//! The municipality's seal on a paper (`elektronisches Siegel`, Art. 35 eIDAS): origin and integrity of the file, and
//! never the signature of a person (§ 38 Abs. 1 and 2 GemO BW: the original is signed by hand, on paper).

use super::{Answer, Fault};
use crate::domain::ledger::Head;
use crate::domain::time::Instant;

/// Why a paper was not sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// The certificate does not hold at this moment.
    #[error("Das Siegel der Gemeinde gilt nur vom {from} bis zum {until}; die Verwaltung muss es erneuern.")]
    NotValid { from: String, until: String },
    /// The machine itself.
    #[error("Das Dokument konnte nicht gesiegelt werden: {0}")]
    Machine(String),
}

/// Whose seal it is, as everybody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The name in the certificate.
    pub name: String,
    /// SHA-256 of the certificate: 64 lower-case hexadecimal digits.
    pub fingerprint: String,
    /// The certificate and those that issued it, as PEM.
    pub certificates: String,
}

/// Whoever holds the seal.
pub trait Seal: Send + Sync {
    /// The file with one signature appended; what stood in it before stays byte for byte. `at` is the moment of sealing.
    /// Takes as long as reading the whole file: call it where blocking is allowed.
    ///
    /// # Errors
    /// [`SealFault`]; then nothing may be handed out as sealed.
    fn seal(&self, pdf: &[u8], at: Instant) -> Result<Vec<u8>, SealFault>;

    /// Whose seal it is.
    fn bearer(&self) -> &Bearer;
}

/// Remembers when a paper was first sealed, so that the same paper is the same file whenever it is asked for.
pub trait SealTimes: Send + Sync {
    /// The moment at which the minutes as of `head` were first sealed with this certificate (by its fingerprint): `now`,
    /// if they never were.
    fn first<'a>(&'a self, head: &'a Head, certificate: &'a str, now: Instant) -> Answer<'a, Result<Instant, Fault>>;
}
