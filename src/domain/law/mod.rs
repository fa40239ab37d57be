//! The law as dated data. A rule pack (`legal/rules/<land>.toml`) is parsed once; the day of the sitting
//! picks one version of every rule; each value carries the paragraph it comes from.
//!
//! Invariant: no figure of the law stands in code. What is not in a pack is refused, never guessed.

pub mod basis;
pub mod cases;
pub mod circulation;
pub mod conduct;
pub mod deadlines;
pub mod election;
pub mod fault;
pub mod format;
mod fraction;
mod local;
pub mod notice;
pub mod overlay;
mod pack;
pub mod packs;
mod read;
pub mod recording;
pub mod requests;
mod rules;
pub mod second;
pub mod signing;
mod sourced;
mod values;
pub mod voice;

pub use fraction::{Fraction, NotAFraction};
pub use pack::{NoRules, RulePack};
pub use read::LawError;
pub use rules::Rules;
pub use sourced::{Certainty, Citation, CitationGap, QUOTE_WORDS_MAX, Sourced};
pub use values::*;
