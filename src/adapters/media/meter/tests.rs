use super::*;

fn sound(now_ms: u64) -> StreamMeter {
    StreamMeter::new(48, now_ms)
}

#[test]
fn counts_packets_loss_and_the_longest_gap() {
    let mut meter = sound(0);
    for (sequence, at) in [(10_u16, 20), (11, 40), (13, 300), (13, 310)] {
        meter.arrived(sequence, 0, at);
    }
    let second = meter.close_second(1_000);
    assert_eq!((second.packets, second.lost), (3, 1));
    assert_eq!(second.longest_gap_ms, 700, "the gap that is still open counts");
    assert_eq!(second.keyframe_age_ms, None);
}

#[test]
fn a_gap_counts_whole_in_every_second_it_touches() {
    let mut meter = sound(0);
    meter.arrived(1, 0, 900);
    assert_eq!(meter.close_second(1_000).longest_gap_ms, 900);
    assert_eq!(meter.close_second(2_000).longest_gap_ms, 1_100);
    meter.arrived(2, 0, 2_100);
    assert_eq!(meter.close_second(3_000).longest_gap_ms, 1_200);
}

#[test]
fn what_comes_late_makes_good_for_its_second() {
    let mut meter = sound(0);
    for sequence in [1_u16, 3, 4] {
        meter.arrived(sequence, 0, 10);
    }
    assert_eq!(meter.close_second(1_000).lost, 1);
    for sequence in [2_u16, 5, 7] {
        meter.arrived(sequence, 0, 1_010);
    }
    let second = meter.close_second(2_000);
    assert_eq!((second.packets, second.lost), (3, 0), "RFC 3550: a late packet counts where it arrives");
}

#[test]
fn numbers_turn_over_and_a_restart_is_no_loss() {
    let mut meter = sound(0);
    assert!(meter.arrived(u16::MAX, 0, 1));
    assert!(meter.arrived(0, 0, 2));
    assert!(!meter.arrived(u16::MAX, 0, 3));
    assert!(meter.arrived(30_000, 0, 4));
    assert!(meter.arrived(30_001, 0, 5));
    let second = meter.close_second(1_000);
    assert_eq!(second.lost, 0);
    assert_eq!(second.packets, 4);
}

#[test]
fn a_flood_of_any_numbers_never_overflows() {
    let mut meter = sound(0);
    let mut value = 1_u32;
    for at in 0..100_000_u64 {
        value = value.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        meter.arrived((value >> 16) as u16, value, at);
    }
    meter.close_second(u64::MAX);
    assert!(meter.reception().is_some());
}

#[test]
fn ages_the_newest_keyframe() {
    let mut meter = StreamMeter::new(90, 0);
    meter.completed(Complete { key: true }, 400);
    meter.completed(Complete { key: false }, 500);
    let second = meter.close_second(1_000);
    assert_eq!((second.frames, second.keyframe_age_ms), (2, Some(600)));
    assert_eq!(meter.close_second(2_000).keyframe_age_ms, Some(1_600));
    meter.restart();
    assert_eq!(meter.close_second(3_000).keyframe_age_ms, None);
}

#[test]
fn weighs_the_reported_loss_by_what_was_due() {
    let mut meter = ReceiveMeter::default();
    meter.block(1, 0, 100);
    meter.block(2, 0, 100);
    assert_eq!(meter.close_second(true, 0).lost_percent, 0);
    meter.reported(500);
    meter.block(1, 128, 400);
    meter.block(2, 0, 200);
    meter.forwarded();
    let second = meter.close_second(true, 1_000);
    assert_eq!(second.lost_percent, 37, "150 of 400");
    assert_eq!((second.forwarded, second.report_age_ms), (1, Some(500)));
    assert_eq!(meter.close_second(false, 1_000).forwarded, 0);
}
