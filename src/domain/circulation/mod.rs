//! `Umlaufverfahren` (§ 37 (1) s. 2 GemO BW): a simple matter decided without a sitting. Every member is asked; one
//! objection sends the matter into a sitting; silence agrees once the time is over; the chair finds the result.
//!
//! It has a ledger of its own with the same entries, chain and signatures as a meeting's.

mod decide;
mod event;
mod state;
pub mod wire;

pub use decide::{Command, Context, Opening, PERIOD_DAYS_MAX, authority, decide, open};
pub use event::{
    Announced, Answer, Answered, Delivered, Ended, Event, Found, Opened, RecusalLifted, Recused, Way, Withheld,
};
pub use state::{Circulation, Member, Published, Stage, Sums, apply, begin};
