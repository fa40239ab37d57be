use super::*;
use crate::domain::law::{RulePack, packs};

/// The rules of a day in 2026: picture, sound and the way back, 15 seconds of grace.
fn rules() -> Rules {
    RulePack::parse(packs::bundled("bw").unwrap()).unwrap().on("2026-11-26".parse().unwrap()).unwrap()
}

fn lacking(seen: &Observation) -> Vec<Lack> {
    senses(seen, true).lacking(&rules())
}

fn good() -> Observation {
    Observation {
        endpoint: "muster".parse().unwrap(),
        sound: StreamSecond { packets: 50, longest_gap_ms: 22, ..Default::default() },
        picture: StreamSecond { packets: 20, frames: 10, keyframe_age_ms: Some(900), ..Default::default() },
        receive: ReceiveSecond { connected: true, forwarded: 600, report_age_ms: Some(700), lost_percent: 0 },
    }
}

fn without_picture() -> Observation {
    Observation { picture: StreamSecond::default(), ..good() }
}

/// Feeds seconds and collects `(second at whose end it was noticed, perception, since)`.
fn play(seconds: &[(usize, Observation)]) -> Vec<(i64, Perception, i64)> {
    let rules = rules();
    let (mut tracker, mut now, mut seen) = (Tracker::default(), 0_i64, Vec::new());
    for (times, observation) in seconds {
        for _ in 0..*times {
            now += 1000;
            for change in tracker.observe(Instant(now), std::slice::from_ref(observation), &rules, false) {
                seen.push((now / 1000, change.perception, change.since.0 / 1000));
            }
        }
    }
    seen
}

#[test]
fn three_good_seconds_make_perceptible_since_the_first() {
    assert_eq!(play(&[(2, without_picture()), (3, good())]), [(5, Perception::Perceptible, 2)]);
}

#[test]
fn a_hiccup_of_two_seconds_is_nothing() {
    assert_eq!(play(&[(5, good()), (2, without_picture()), (20, good())]), [(3, Perception::Perceptible, 0)]);
}

#[test]
fn a_disturbance_that_heals_leaves_no_absence() {
    assert_eq!(
        play(&[(5, good()), (8, without_picture()), (4, good())]),
        [(3, Perception::Perceptible, 0), (8, Perception::Disturbed, 5), (16, Perception::Perceptible, 0)]
    );
}

#[test]
fn after_the_grace_period_the_absence_began_with_the_last_good_second() {
    assert_eq!(
        play(&[(5, good()), (20, without_picture()), (3, good())]),
        [
            (3, Perception::Perceptible, 0),
            (8, Perception::Disturbed, 5),
            (20, Perception::Absent, 5),
            (28, Perception::Perceptible, 25)
        ]
    );
}

#[test]
fn a_muted_microphone_is_no_fault_but_a_dead_one_is() {
    let muted = good();
    assert_eq!(lacking(&muted), []);
    let dead = Observation { sound: StreamSecond { longest_gap_ms: 1000, ..Default::default() }, ..good() };
    assert_eq!(lacking(&dead), [Lack::Sound]);
    let torn = Observation { sound: StreamSecond { packets: 39, lost: 11, ..good().sound }, ..good() };
    assert_eq!(lacking(&torn), [Lack::Sound]);
}

#[test]
fn whoever_does_not_receive_the_others_is_disturbed_and_whoever_is_alone_is_not() {
    let deaf = Observation {
        receive: ReceiveSecond { report_age_ms: Some(REPORT_AGE_MS_MAX + 1), ..good().receive },
        ..good()
    };
    assert_eq!(lacking(&deaf), [Lack::Reception]);
    let alone = Observation { receive: ReceiveSecond { connected: true, ..Default::default() }, ..good() };
    assert_eq!(lacking(&alone), []);
    let gone = Observation { receive: ReceiveSecond::default(), ..good() };
    assert_eq!(lacking(&gone), [Lack::Reception]);
}

#[test]
fn of_whom_nothing_is_measured_any_more_nothing_arrives() {
    let (rules, mut tracker) = (rules(), Tracker::default());
    let mut second = |number: i64, seen: &[Observation]| {
        let changes = tracker.observe(Instant(number * 1000), seen, &rules, false);
        changes.into_iter().map(|change| (change.perception, change.lacking.len())).collect::<Vec<_>>()
    };
    assert_eq!([second(1, &[good()]), second(2, &[good()])].concat(), []);
    assert_eq!(second(3, &[good()]), [(Perception::Perceptible, 0)]);
    assert_eq!([second(4, &[]), second(5, &[])].concat(), []);
    assert_eq!(second(6, &[]), [(Perception::Disturbed, 3)]);
}

fn hall() -> Observation {
    Observation { endpoint: EndpointId::hall(), ..good() }
}

/// Seconds of a hybrid sitting: who changed at the end of which second.
fn hybrid(seconds: &[(usize, Vec<Observation>)]) -> Vec<(i64, String, Perception)> {
    let (rules, mut tracker, mut now, mut seen) = (rules(), Tracker::default(), 0_i64, Vec::new());
    for (times, observations) in seconds {
        for _ in 0..*times {
            now += 1000;
            for change in tracker.observe(Instant(now), observations, &rules, true) {
                seen.push((now / 1000, change.endpoint.to_string(), change.perception));
            }
        }
    }
    seen
}

#[test]
fn without_the_hall_nobody_remote_is_perceptible() {
    assert_eq!(hybrid(&[(10, vec![good()])]), []);
    let dark = Observation { picture: StreamSecond::default(), ..hall() };
    assert_eq!(hybrid(&[(10, vec![good(), dark])]), []);
}

#[test]
fn the_hall_and_who_depends_on_it_come_and_go_in_the_same_second() {
    let (saal, muster) = ("saal".to_owned(), "muster".to_owned());
    let found = hybrid(&[(3, vec![hall(), good()]), (18, vec![good()]), (3, vec![good(), hall()])]);
    let expected = [
        (3, &saal, Perception::Perceptible),
        (3, &muster, Perception::Perceptible),
        (6, &muster, Perception::Disturbed),
        (6, &saal, Perception::Disturbed),
        (18, &muster, Perception::Absent),
        (18, &saal, Perception::Absent),
        (24, &muster, Perception::Perceptible),
        (24, &saal, Perception::Perceptible),
    ];
    assert_eq!(found, expected.map(|(second, who, perception)| (second, who.clone(), perception)));
}

#[test]
fn where_no_hall_takes_part_its_device_is_nobody() {
    let mut tracker = Tracker::default();
    let seconds =
        (1..=5).flat_map(|second| tracker.observe(Instant(second * 1000), &[hall(), good()], &rules(), false));
    let changed: Vec<String> = seconds.map(|change| change.endpoint.to_string()).collect();
    assert_eq!(changed, ["muster"]);
}
