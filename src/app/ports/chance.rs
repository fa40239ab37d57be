//! The only door to chance.

/// Gives unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// 16 bytes nobody can guess.
    fn bytes(&self) -> [u8; 16];
}

/// A fresh identifier: `prefix` and 128 bits of chance.
#[must_use]
pub fn fresh_id(entropy: &dyn Entropy, prefix: &str) -> String {
    use std::fmt::Write as _;
    entropy.bytes().iter().fold(format!("{prefix}-"), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
