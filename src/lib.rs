//! Ratssaal: the council chamber that also exists over the network.
//!
//! Measured picture and sound, quorum, vote and minutes are one record. The law decides, the ledger remembers,
//! everything else follows.
//!
//! | module | what it is | knows |
//! |---|---|---|
//! | [`domain`] | the law and the meeting, pure | nothing but itself |
//! | [`audit`] | the independent checker of an evidence bundle | nothing but itself |
//! | [`app`] | use cases and ports, async, no concrete technology | `domain` |
//! | [`adapters`] | one technology each; none knows another | `domain`, `app::ports` |
//! | [`web`] | what browsers see | `domain`, `app` |
//! | [`config`] | one typed configuration, parsed once | `domain`, `app` |
//! | [`play`] | simulated councillors, who know a URL and credentials | nothing but itself |
//!
//! # Invariants
//!
//! 1. No module knows another than this table says, and no technology leaves its home.
//!    Held by `every_source_file_keeps_to_its_layer`, proven by `every_ban_is_proven_by_a_source_that_breaks_it`.
//! 2. No file of the source is longer than 400 lines, and none lies there unread.
//!    Held by `every_source_file_keeps_to_its_layer` and `every_source_file_is_part_of_the_program`.
//! 3. No figure of the law stands in code: a changed rule file changes the findings.
//!    Held by `a_changed_figure_of_the_law_changes_the_findings` and `every_worked_case_comes_out_as_it_says`.
//! 4. No value of the law exists without its paragraph and its source.
//!    Held by `a_value_without_its_place_cannot_be_made`.
//! 5. The day of the sitting picks the law; a day no rules are known for is refused.
//!    Held by `the_day_of_the_sitting_picks_the_text` and `a_day_before_the_pack_is_refused`.
//! 6. Below the quorum at the closing of a ballot there is no decision.
//!    Held by `below_the_quorum_there_is_no_decision`.
//! 7. Nobody is absent before the grace period has run out, and then from the last good second on.
//!    Held by `after_the_grace_period_the_absence_began_with_the_last_good_second`.
//! 8. A muted microphone is no fault.
//!    Held by `a_muted_microphone_is_no_fault_but_a_dead_one_is`.
//! 9. What is hashed has one spelling only.
//!    Held by `keys_are_sorted_and_text_is_kept` and `a_fraction_is_refused`.

pub mod adapters;
pub mod app;
pub mod audit;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod play;
pub mod web;
pub mod wire;
