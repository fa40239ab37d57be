//! Who looks at a meeting, and what they may know of it.

use crate::domain::meeting::Actor;
use crate::domain::meeting::seen::Audience;

/// Who looks.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// In which capacities, in this body.
    pub actor: Actor,
    pub name: String,
    /// May see titles of non-public items: members of the body and the clerk (§ 35 (2) GemO BW).
    pub sees_closed: bool,
}

impl Viewer {
    /// Nobody in particular.
    #[must_use]
    pub fn public() -> Self {
        Self { actor: Actor::default(), name: String::new(), sees_closed: false }
    }

    /// What the viewer may know of a meeting.
    #[must_use]
    pub const fn audience(&self) -> Audience<'_> {
        if self.sees_closed { Audience::Body(self.actor.seat.as_ref()) } else { Audience::Public }
    }
}
