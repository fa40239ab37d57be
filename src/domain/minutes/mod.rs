//! `Niederschrift` (§ 38 GemO BW): from the entries of a ledger to a document, and from nothing else. What the document
//! looks like on paper is decided elsewhere; what it says is decided here.

mod build;
mod circulation;
mod closing;
mod course;
mod doors;
mod doubt;
mod election;
mod filming;
mod floor;
mod incidents;
mod item;
mod leading;
mod missing;
mod model;
mod opening;
mod order;
mod presence;
mod second;
mod vote;
mod words;

pub use build::{Part, build, build_for};
pub use circulation::circulation_minutes;
pub use missing::{Deadlines, Missing, deadlines, missing};
pub use model::{Block, Column, Content, Fact, Minutes, Section, SignatureLine, Table};

#[cfg(test)]
pub(crate) mod tests;
