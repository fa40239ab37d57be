//! What time it is. A port, so that half an hour can pass within a test.

use crate::domain::time::Instant;

/// A clock that may be asked from anywhere.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present moment.
    fn now(&self) -> Instant;
}
