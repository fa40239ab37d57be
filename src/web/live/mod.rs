//! Pages that stay current: one WebSocket for a participant, server-sent events for spectators. Both begin with a
//! snapshot and go on with numbered messages; nobody has to guess after a reconnect.

mod parts;
mod seating;
mod seen;
mod slots;
mod socket;
mod spectators;

pub use seating::Seating;
pub use slots::SlotBoard;
pub use socket::participate;
pub use spectators::{Audience, watch};

use std::time::Duration;

/// Something is said at least this often, so that a page notices a dead line.
const HEARTBEAT: Duration = Duration::from_secs(8);
/// What changes faster is told together. The first change is told at once; sixty votes in the same second would otherwise be
/// drawn sixty times for each of sixty members, and the votes would wait for the drawing.
const CALM: Duration = Duration::from_millis(150);
/// A message that says only that the line lives.
const ALIVE: &str = "{}";

/// When the next change may be told.
#[derive(Debug, Clone, Copy)]
struct Calm(tokio::time::Instant);

impl Calm {
    /// At once.
    fn none() -> Self {
        Self(tokio::time::Instant::now())
    }

    /// Something was told.
    fn told(&mut self) {
        self.0 = tokio::time::Instant::now() + CALM;
    }

    /// What comes, when it may be told.
    async fn then<T>(self, change: impl Future<Output = T>) -> T {
        tokio::time::sleep_until(self.0).await;
        change.await
    }
}
