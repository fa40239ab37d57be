//! What every decision is told beside the command.

use super::Actor;
use crate::domain::time::Instant;

/// Who wants it, and when. Somebody may be several things at once: the mayor chairs and votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    pub actor: Actor,
    pub now: Instant,
}
