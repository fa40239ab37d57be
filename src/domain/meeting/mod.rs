//! The meeting (`Sitzung`): `decide` says what a command leads to and cannot change anything, `apply` changes and cannot
//! fail, `react` names what the outside must now do. Facts a decision needs are looked up before and put into the
//! command.

mod announce;
pub mod before;
pub mod command;
mod decide;
pub mod doors;
pub mod doubt;
pub mod due;
pub mod effect;
pub mod election;
pub mod event;
pub mod filming;
pub mod floor;
mod fold;
pub mod leading;
pub mod order;
pub mod presumption;
pub mod second;
pub mod seen;
mod state;
pub mod switch;
mod texts;
pub mod view;
mod voice;
pub mod wire;

pub use command::{Actor, Command, Context, Plan};
pub use decide::{
    CANDIDATES_MAX, Check, URGENT_ITEM, alone_text, authority, consent_text, decide, doubtful_in_person, fault_effect,
    hall_quorum, is_prevented, plan, readiness,
};
pub use effect::{Effect, react};
pub use event::Event;
pub use fold::{apply, begin};
pub use state::{
    Attendance, Business, Cast, ClosedBallot, Complaint, Convened, Declared, Interval, Item, ItemState, ItemText,
    Meeting, OpenBallot, OpenFault, Phase, Place, Recorded,
};

#[cfg(test)]
mod tests;
