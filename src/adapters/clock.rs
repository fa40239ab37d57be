//! The machine's clock.

use crate::app::ports::clock::Clock;
use crate::domain::time::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// The system's clock, in UTC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_millis());
        Instant(i64::try_from(since).unwrap_or(i64::MAX))
    }
}
