//! Chance and its keeping: tokens, password hashes, one-time codes.

use super::{Answer, Fault};
use crate::domain::time::Instant;

/// Why a password was neither accepted nor rejected.
#[derive(Debug, thiserror::Error)]
pub enum PasswordTrouble {
    /// The line of people signing in is full, or the wait in it was too long.
    #[error("Im Moment melden sich viele an, bitte gleich noch einmal.")]
    Busy,
    #[error(transparent)]
    Fault(Fault),
}

/// What a person needs to set up an authenticator app.
#[derive(Clone)]
pub struct TotpSetup {
    /// The `otpauth://` address.
    pub url: String,
    /// The address as a QR code: a PNG in base64, for a `data:` image.
    pub qr_png_base64: String,
}

/// Makes and checks secrets.
pub trait Secrets: Send + Sync {
    /// A fresh token of 256 random bits, 64 hexadecimal digits.
    ///
    /// # Errors
    /// If the machine has no randomness.
    fn token(&self) -> Result<String, Fault>;

    /// The SHA-256 of a token, hexadecimal: what may be stored of it.
    fn digest(&self, token: &str) -> String;

    /// Hashes a new password, one at a time in the whole process.
    fn hash_password(&self, password: String) -> Answer<'_, Result<String, PasswordTrouble>>;

    /// Whether the password fits the hash. Without a hash it does the same work and says no.
    fn verify_password(&self, password: String, hash: Option<String>) -> Answer<'_, Result<bool, PasswordTrouble>>;

    /// A fresh TOTP secret in base 32 (RFC 6238, 160 bits).
    ///
    /// # Errors
    /// If the machine has no randomness.
    fn totp_secret(&self) -> Result<String, Fault>;

    /// The time step a one-time code belongs to, if it is right now or one step (30 s) off.
    fn totp_step(&self, secret: &str, code: &str, now: Instant) -> Option<i64>;

    /// How to put the secret into an authenticator app.
    ///
    /// # Errors
    /// If the secret is not one of ours, or names are too long for a QR code.
    fn totp_setup(&self, secret: &str, account: &str, issuer: &str) -> Result<TotpSetup, Fault>;
}
