//! Pages that stay current: one WebSocket for a participant, server-sent events for spectators. Both begin with a
//! snapshot and go on with numbered messages; nobody has to guess after a reconnect.

mod parts;
mod seating;
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
/// A message that says only that the line lives.
const ALIVE: &str = "{}";
