//! The instance's key: signs heads, and lets others check them.

use crate::domain::ledger::{Head, SignedHead};

/// The machine's fault: the key could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Der Schlüssel der Instanz ist nicht benutzbar: {0}")]
pub struct SignFault(pub String);

/// Signs with the instance's key (ECDSA P-256 with SHA-256).
pub trait Signer: Send + Sync {
    /// Signs the head's text.
    ///
    /// # Errors
    /// If the key cannot be used.
    fn sign(&self, head: &Head) -> Result<SignedHead, SignFault>;

    /// The public key, SEC 1 compressed, in hexadecimal digits.
    fn public_key(&self) -> String;
}
