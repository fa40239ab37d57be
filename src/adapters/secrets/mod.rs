//! Chance, password hashes and one-time codes: argon2, SHA-256, TOTP.

use crate::app::ports::secrets::{PasswordTrouble, Secrets, TotpSetup};
use crate::app::ports::{Answer, Fault};
use crate::domain::time::Instant;
use sha2::{Digest, Sha256};

mod passwords;
mod totp;
use passwords::Passwords;

/// The one keeper of secrets of a process: its passwords stand in one line.
pub struct LocalSecrets {
    passwords: Passwords,
}

impl LocalSecrets {
    /// Hashes one password to have something to compare with for unknown people; takes as long as a sign-in.
    ///
    /// # Errors
    /// If the machine has no randomness or no memory for a hash.
    pub fn new() -> Result<Self, Fault> {
        Ok(Self { passwords: Passwords::new()? })
    }
}

impl Secrets for LocalSecrets {
    fn token(&self) -> Result<String, Fault> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Fault::new)?;
        Ok(hex(&bytes))
    }

    fn digest(&self, token: &str) -> String {
        hex(&Sha256::digest(token.as_bytes()))
    }

    fn hash_password(&self, password: String) -> Answer<'_, Result<String, PasswordTrouble>> {
        Box::pin(self.passwords.hash(password))
    }

    fn verify_password(&self, password: String, hash: Option<String>) -> Answer<'_, Result<bool, PasswordTrouble>> {
        Box::pin(self.passwords.verify(password, hash))
    }

    fn totp_secret(&self) -> Result<String, Fault> {
        totp::secret()
    }

    fn totp_step(&self, secret: &str, code: &str, now: Instant) -> Option<i64> {
        totp::step(secret, code, now)
    }

    fn totp_setup(&self, secret: &str, account: &str, issuer: &str) -> Result<TotpSetup, Fault> {
        totp::setup(secret, account, issuer)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_never_the_same_and_digests_are_sha_256() {
        let secrets = LocalSecrets::new().expect("secrets");
        let (one, two) = (secrets.token().expect("a token"), secrets.token().expect("a token"));
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        assert_eq!(
            secrets.digest("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-4, example B.1"
        );
    }
}
