//! The instance's key, seen from the council: heads are signed with it, everybody may know its public half.

use crate::domain::ledger::{Head, SignedHead};

/// The key could not be used. The head stays unsigned, so the act must not be acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Der Stand konnte nicht unterschrieben werden: {0}")]
pub struct SignerFault(pub String);

/// Whoever holds the instance's key (ECDSA P-256 with SHA-256, FIPS 186-5).
pub trait Signer: Send + Sync {
    /// Signs [`Head::signed_text`].
    ///
    /// # Errors
    /// [`SignerFault`] if the key cannot be used.
    fn sign(&self, head: &Head) -> Result<SignedHead, SignerFault>;

    /// The public key: SEC1 compressed point, 66 lower-case hexadecimal digits.
    fn public_key(&self) -> String;
}
