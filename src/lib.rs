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
//!    Held by `a_changed_figure_of_the_law_changes_the_findings`,
//!    `a_rule_that_no_longer_asks_for_the_picture_lets_the_camera_be_off` and `every_worked_case_comes_out_as_it_says`.
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
//! 10. No command is carried out that the law refuses, and every refusal of the law names its paragraph.
//!     Held by `every_scenario_comes_out_as_it_says`, proven by `a_scenario_that_lies_is_found`, and by
//!     `whole_meetings_by_chance_hold_together`.
//! 11. No command panics, and none leads to a meeting that nobody can lead on or close.
//!     Held by `whole_meetings_by_chance_hold_together`.
//! 12. What was decided and what is read back from the ledger is never two different meetings, and nothing a meeting
//!     can come to is refused by the independent checker.
//!     Held by `whole_meetings_by_chance_hold_together` and `every_scenario_comes_out_as_it_says`.
//! 13. No choice is given, counted or declared while the sitting stands still or a fault of several is not yet placed.
//!     Held by `whole_meetings_by_chance_hold_together`.
//! 14. The order of the choices, a member more, or a recused seat never turns a result or a quorum around.
//!     Held by `the_order_of_casting_never_changes_a_tally`, `one_more_present_member_never_destroys_the_quorum` and
//!     `a_recused_seat_never_changes_a_result`.
//! 15. No event that was ever released is lost or reads differently later.
//!     Held by `every_event_ever_released_reads_back_byte_for_byte` and
//!     `a_released_bundle_verifies_for_ever_and_still_folds`.
//! 16. Nothing of a non-public item reaches page, programs, line, mail, room, minutes, public evidence or log of those
//!     without right.
//!     Held by `what_is_non_public_reaches_nobody_without_right`.
//! 17. What was acknowledged is on the disk: a killed process, a killed server and a full disk lose nothing of it.
//!     Held by `what_was_acknowledged_survives_a_kill`, `what_was_acknowledged_over_http_survives_a_kill` and
//!     `a_full_disk_under_the_server_loses_nothing`.
//! 18. Of whom nothing is measured nothing arrives: who leaves, is signed out or taken over elsewhere is not counted.
//!     Held by `of_whom_nothing_is_measured_any_more_nothing_arrives`, `who_leaves_frees_the_slot_and_counts_zero` and
//!     `a_line_ends_when_the_seat_is_taken_elsewhere_and_when_its_session_is_ended`.
//! 19. What the official minutes of a past meeting say, ours of the same meeting say too, or the difference has a name.
//!     Held by `an_invented_evening_stands_beside_its_official_minutes_row_by_row` and
//!     `a_real_meeting_stands_beside_its_official_minutes_row_by_row`, proven by
//!     `numbers_that_contradict_the_words_fail` and `a_wrong_sum_is_refused_and_fails`.
//! 20. Minutes that were handed out sealed are the same file for everybody, the one the evidence speaks of, and programs of
//!     others refuse them with one bit changed.
//!     Held by `the_minutes_of_a_closed_meeting_are_sealed_and_the_evidence_speaks_of_that_file` and
//!     `a_changed_bit_anywhere_is_refused`.
//! 21. What the clerk types is not lost: not with the browser, not with the server, not to another clerk.
//!     Held by `a_browser_closed_in_mid_sentence_loses_nothing`, `a_draft_outlives_browser_and_server_and_is_nobody_else_s`
//!     and `who_was_overtaken_sees_the_other_text_and_keeps_hers`.
//! 22. A password alone opens nothing but the waiting room; whom the technician recognised there acts for that one stay, and
//!     only as long as the recognition holds.
//!     Held by `a_password_alone_opens_nothing_until_the_technician_recognises_the_person`.
//! 23. No version of the town is overwritten, of two administrators neither loses what was typed, and one who can sign in
//!     always stays. Held by `the_file_rules_until_somebody_administers_in_the_browser`,
//!     `of_two_administrators_neither_loses_what_was_typed` and `the_last_administrator_stays`.
//! 24. What the chair notes for herself is not lost, reaches nobody else and is part of no record and no paper.
//!     Held by `a_note_is_its_writer_s_alone_and_part_of_nothing` and
//!     `a_note_in_mid_word_survives_the_next_item_and_a_closed_browser`.
//! 25. Behind closed doors nothing public is dealt with, and before them nothing non-public; who may not follow is cut off
//!     before it begins, and the independent checker sees where something was kept from the public that was public.
//!     Held by `whole_meetings_by_chance_hold_together`, `every_scenario_comes_out_as_it_says` and
//!     `who_may_not_follow_is_cut_off_before_the_non_public_part_begins`.
//! 26. Without a sitting nothing is decided that one member objected to, nor on the silence of somebody who was never asked;
//!     the record of a circulation is checked like that of a meeting.
//!     Held by `circulations_by_chance_hold_together`, proven by `every_forgery_of_a_circulation_is_named`.

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
