//! The machine's randomness.

use crate::app::ports::Fault;
use crate::app::ports::chance::Entropy;

/// Bytes from the operating system.
#[derive(Debug, Clone, Copy)]
pub struct OsEntropy(());

impl OsEntropy {
    /// Makes sure that the machine has randomness at all, once, at start.
    ///
    /// # Errors
    /// If it has not.
    pub fn open() -> Result<Self, Fault> {
        getrandom::fill(&mut [0_u8; 16]).map_err(|why| Fault::new(why.to_string()))?;
        Ok(Self(()))
    }
}

impl Entropy for OsEntropy {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        while getrandom::fill(&mut bytes).is_err() {
            // A source that worked at start and is briefly interrupted; without chance nothing may go on.
            std::thread::yield_now();
        }
        bytes
    }
}
