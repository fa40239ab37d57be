//! The chamber's media engine with real connections over the loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "media/chamber.rs"]
mod chamber;
#[path = "media/client.rs"]
mod client;
#[path = "media/connection.rs"]
mod connection;
#[path = "media/relay.rs"]
mod relay;

use chamber::{Chamber, endpoint, meeting};
use client::{Publisher, Watcher};
use connection::Got;
use ratssaal::app::ports::media::{MediaCommand, MediaEvent, MediaRefusal};
use rtc::dtls::extension::extension_use_srtp::SrtpProtectionProfile;
use rtc::statistics::StatsSelector;
use std::sync::atomic::Ordering;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_members_see_and_hear_each_other_and_it_is_measured() {
    let mut chamber = Chamber::open();
    let first = Publisher::join(&chamber, "anna").await;
    let _second = Publisher::join(&chamber, "bert").await;
    let mut anna = Watcher::join(&chamber, "anna", 2).await;
    let mut bert = Watcher::join(&chamber, "bert", 2).await;
    chamber.seated("anna", &[Some("bert"), None]).await;
    chamber.seated("bert", &[Some("anna"), None]).await;
    for watcher in [&mut anna, &mut bert] {
        watcher.packet(0, true, 0).await;
        watcher.packet(0, false, 0).await;
    }
    assert!(first.asked.load(Ordering::Relaxed) > 0, "a keyframe was asked for");

    let report = first.connection.get_stats(Instant::now(), StatsSelector::None).await;
    assert!(format!("{report:?}").contains("SRTP_AEAD_AES_"), "AES-GCM was agreed");

    let whole = |one: &ratssaal::domain::presence::Observation| {
        one.sound.packets >= 40
            && (8..=12).contains(&one.picture.frames)
            && one.receive.connected
            && one.receive.forwarded >= 40
            && one.receive.report_age_ms.is_some()
    };
    let second = chamber.second("anna", "a whole second of anna", whole).await;
    assert!(second.picture.keyframe_age_ms.is_some());
    assert_eq!((second.sound.lost, second.picture.lost, second.sound.frames), (0, 0, 0));
    assert!(second.sound.longest_gap_ms < 500, "{second:?}");
    let asked = first.asked.load(Ordering::Relaxed);
    for _ in 0..2 {
        chamber.second("anna", "a quiet second", |_| true).await;
    }
    assert_eq!(first.asked.load(Ordering::Relaxed), asked, "who has a picture asks for no keyframe");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_without_aes_gcm_is_seen_and_heard_too() {
    let chamber = Chamber::open();
    let older = [SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80];
    let anna = Publisher::join_at(&chamber, "anna", 0, &older).await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    bert.packet(0, true, 0).await;
    bert.packet(0, false, 0).await;
    let report = anna.connection.get_stats(Instant::now(), StatsSelector::None).await;
    assert!(format!("{report:?}").contains("AES128_CM"), "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_track_and_lost_packets_show_in_the_next_seconds() {
    let mut chamber = Chamber::open();
    let anna = Publisher::join(&chamber, "anna").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    bert.packet(0, true, 0).await;
    chamber.second("anna", "both run", |one| one.sound.packets > 40 && one.picture.frames > 7).await;
    anna.picture_on.store(false, Ordering::Relaxed);
    let second = chamber
        .second("anna", "the picture is gone and the sound is not", |one| {
            one.picture.packets == 0 && one.picture.frames == 0 && one.sound.packets > 40
        })
        .await;
    assert!(second.picture.longest_gap_ms >= 1_000, "{second:?}");
    anna.picture_on.store(true, Ordering::Relaxed);
    chamber.second("anna", "the picture is back", |one| one.picture.frames > 7).await;
    anna.lose.store(5, Ordering::Relaxed);
    let second = chamber.second("anna", "loss is counted", |one| one.picture.lost > 0).await;
    assert!(second.picture.frames < 10, "what lacks a packet is no complete picture: {second:?}");
    anna.connection.close().await.expect("closed");
    chamber.second("anna", "who is gone counts zero", |one| one.sound.packets == 0 && one.picture.packets == 0).await;
    chamber.seated("bert", &[None]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deliberate_offset_between_picture_and_sound_reaches_the_receiver_unchanged() {
    let chamber = Chamber::open();
    let anna = Publisher::join(&chamber, "anna").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    let (picture, pictured) = bert.packet(0, true, 0).await;
    let (sound, sounded) = bert.packet(0, false, 0).await;
    let wall = (3_900_000_000_u64 << 32) | 0x8000_0000;
    anna.tell_clock(wall, 5_000, 200).await;
    let mut clocks: [Option<u32>; 2] = [None, None];
    bert.until("both clocks", |got| {
        if let Got::Clock { stream, report } = got {
            assert_eq!((stream.as_str(), report.ntp_time), ("platz-0", wall), "the publisher's wall time, not ours");
            let place = if report.ssrc == picture.ssrc { 0 } else { 1 };
            assert!(place == 0 || report.ssrc == sound.ssrc);
            clocks[place] = Some(report.rtp_time);
        }
        (clocks[0].is_some() && clocks[1].is_some()).then_some(())
    })
    .await;
    // As a browser does it: from the report, when was a packet captured, in the publisher's wall time?
    let millis = |packet: u32, clock: Option<u32>, ticks: i64| {
        i64::from(packet.wrapping_sub(clock.expect("told")) as i32) / ticks
    };
    let picture_wall = millis(picture.timestamp, clocks[0], 90) - i64::from(pictured);
    let sound_wall = millis(sound.timestamp, clocks[1], 48) - i64::from(sounded);
    assert_eq!(sound_wall - picture_wall, 200, "the picture's clock runs 200 ms ahead, at the receiver too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_excluded_neither_send_nor_receive_until_it_is_lifted() {
    let mut chamber = Chamber::open();
    let _anna = Publisher::join(&chamber, "anna").await;
    let _bert = Publisher::join(&chamber, "bert").await;
    let mut anna = Watcher::join(&chamber, "anna", 1).await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    let (before, at) = anna.packet(0, true, 0).await;
    bert.packet(0, true, 0).await;
    let exclude = |excluded| MediaCommand::Exclude { chamber: meeting(), endpoint: endpoint("bert"), excluded };
    chamber.engine.ask(exclude(true)).await.expect("taken");
    chamber.seated("bert", &[None]).await;
    for name in ["anna", "bert"] {
        let second = chamber.second(name, "nothing is forwarded", |one| one.receive.forwarded == 0).await;
        assert!(second.sound.packets > 0, "what is sent is still measured: {second:?}");
    }
    anna.forget();
    bert.forget();
    chamber.second("anna", "another second", |_| true).await;
    assert_eq!((anna.forget(), bert.forget()), (0, 0), "nothing passes");
    chamber.engine.ask(exclude(false)).await.expect("taken");
    chamber.seated("bert", &[Some("anna")]).await;
    let (after, _) = anna.packet(0, true, at + 1).await;
    assert_eq!((after.ssrc, after.payload_type), (before.ssrc, before.payload_type));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_connection_takes_over_and_the_track_runs_on() {
    let mut chamber = Chamber::open();
    let old = Publisher::join(&chamber, "anna").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    let (_, at) = bert.packet(0, true, 500).await;
    assert!(at >= 500);
    let _new = Publisher::join_at(&chamber, "anna", 1_000_000, &[]).await;
    let mut last = None;
    let next = bert
        .until("the new one's picture", |got| match got {
            Got::Packet { picture: true, header, payload, .. } if client::captured(payload) >= 1_000_000 => {
                Some(header.clone())
            }
            Got::Packet { picture: true, header, .. } => {
                last = Some(header.clone());
                None
            }
            _ => None,
        })
        .await;
    if let Some(last) = last {
        assert_eq!(next.ssrc, last.ssrc);
        assert_eq!(next.sequence_number, last.sequence_number.wrapping_add(1), "no break in the numbers");
        assert!(next.timestamp.wrapping_sub(last.timestamp) < 90_000 * 20, "time goes forward");
    }
    old.connection.close().await.expect("closed");
    chamber.second("anna", "the new one is counted", |one| one.sound.packets > 40).await;

    let mut newer = Watcher::join(&chamber, "bert", 2).await;
    chamber.seated("bert", &[Some("anna"), None]).await;
    newer.packet(0, true, 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_frees_the_slot_and_counts_zero() {
    let mut chamber = Chamber::open();
    let _anna = Publisher::join(&chamber, "anna").await;
    let _cora = Publisher::join(&chamber, "cora").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    bert.packet(0, true, 0).await;
    let leave = |connection| MediaCommand::Leave { chamber: meeting(), endpoint: endpoint("anna"), connection };
    chamber.engine.ask(leave(Some(u64::MAX))).await.expect("taken");
    chamber.second("anna", "a connection that is not hers leaves her alone", |one| one.picture.frames > 7).await;
    chamber.engine.ask(leave(None)).await.expect("taken");
    chamber.seated("bert", &[Some("cora")]).await;
    chamber.second("anna", "zeros", |one| (one.picture.packets, one.sound.packets) == (0, 0)).await;
    let others = ["bert", "cora"].map(|name| MediaCommand::Leave {
        chamber: meeting(),
        endpoint: endpoint(name),
        connection: None,
    });
    for leave in others {
        chamber.engine.ask(leave).await.expect("taken");
    }
    bert.until("the end of the stream", |_| Some(())).await;
    for name in ["anna", "bert", "cora"] {
        chamber.second(name, "an empty chamber is measured too", |one| !one.receive.connected).await;
    }
    chamber.engine.ask(MediaCommand::Close { chamber: meeting() }).await.expect("taken");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_from_anywhere_disturbs_nobody() {
    let mut chamber = Chamber::open();
    let refused = |offer: String| MediaCommand::Publish { chamber: meeting(), endpoint: endpoint("x"), offer };
    for offer in ["", "garbage", "v=0\r\n", &"v=0\r\n".repeat(60_000), &format!("v=0\r\n{}", "m=a\r\n".repeat(500))] {
        let refusal = chamber.engine.ask(refused(offer.to_owned())).await;
        assert!(matches!(refusal, Err(MediaRefusal::Offer(_))), "{refusal:?}");
    }
    let anna = Publisher::join(&chamber, "anna").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    bert.packet(0, true, 0).await;
    let fragment = anna.answer.lines().find_map(|line| line.strip_prefix("a=ice-ufrag:")).expect("a name").to_owned();
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
    let mut noise = 1_u32;
    for round in 0..3_000_u32 {
        let mut datagram: Vec<u8> = (0..round % 200)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (noise >> 24) as u8
            })
            .collect();
        if let Some(first) = datagram.first_mut() {
            *first = [0, 22, 128, 200, 255][round as usize % 5];
        }
        if round % 7 == 0 {
            // A check that names a real connection and knows nothing else.
            datagram = [&[0, 1, 0, 24, 0x21, 0x12, 0xA4, 0x42][..], &[7; 12], &[0, 6, 0, 13]].concat();
            datagram.extend_from_slice(format!("{fragment}:abcd").as_bytes());
            datagram.resize(44, 0);
        }
        let _ = stranger.send_to(&datagram, chamber.address).await;
    }
    chamber.second("anna", "anna still comes through", |one| one.sound.packets > 40 && one.picture.frames > 7).await;
    let (_, at) = bert.packet(0, true, 0).await;
    bert.packet(0, true, at + 1_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_bad_network_pictures_are_repaired_and_damage_is_thrown_away() {
    let relay = relay::Relay::open().await;
    let mut chamber = Chamber::with(|config| config.announce = vec![relay.address]);
    *relay.engine.lock().expect("unbroken") = Some(chamber.address);
    relay.damage.store(3, Ordering::Relaxed);
    let _anna = Publisher::join(&chamber, "anna").await;
    let mut bert = Watcher::join(&chamber, "bert", 1).await;
    let (first, _) = bert.packet(0, true, 0).await;
    relay.lose.store(9, Ordering::Relaxed);
    chamber.second("bert", "the loss is reported", |one| one.receive.lost_percent > 0).await;
    let mut missing = std::collections::BTreeSet::new();
    let mut newest = first.sequence_number;
    let (mut seen, mut repaired) = (0, 0);
    bert.until("a hundred pictures' packets", |got| {
        if let Got::Packet { picture: true, header, .. } = got {
            seen += 1;
            let ahead = header.sequence_number.wrapping_sub(newest);
            if ahead < 0x8000 {
                missing.extend((1..ahead).map(|step| newest.wrapping_add(step)));
                newest = header.sequence_number;
            } else if missing.remove(&header.sequence_number) {
                repaired += 1;
            }
        }
        (seen >= 200).then_some(())
    })
    .await;
    assert!(repaired >= 15, "both ways lose a ninth: {repaired} repaired, {} missing", missing.len());
    assert!(missing.len() <= 4, "what was asked for came: {repaired} repaired, still missing {missing:?}");
    let second = chamber.second("anna", "pictures are whole again", |one| one.picture.frames >= 8).await;
    assert!(second.sound.lost > 0, "sound is not asked for again: {second:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_chamber_says_so_and_takes_who_is_already_in() {
    let chamber = Chamber::with(|config| (config.endpoints_max, config.chambers_max) = (1, 1));
    let anna = Publisher::join(&chamber, "anna").await;
    let _again = Watcher::join(&chamber, "anna", 1).await;
    let offer = anna.connection.local_description().await.expect("an offer").sdp;
    let publish =
        |meeting, name| MediaCommand::Publish { chamber: meeting, endpoint: endpoint(name), offer: offer.clone() };
    assert_eq!(chamber.engine.ask(publish(meeting(), "bert")).await, Err(MediaRefusal::Full));
    let other = "andere".parse().expect("an identifier");
    assert_eq!(chamber.engine.ask(publish(other, "anna")).await, Err(MediaRefusal::Full));
}

/// Processor time of the engine's thread so far, in hundredths of a second.
fn engine_ticks() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("this process").flatten();
    let stats = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("stat")).ok());
    let engine = stats.filter(|stat| stat.contains("(media)")).filter_map(|stat| {
        let fields: Vec<u64> = stat.split(' ').filter_map(|field| field.parse().ok()).collect();
        // After the two texts: utime and stime are the 12th and 13th number.
        Some(fields.get(11)? + fields.get(12)?)
    });
    engine.sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a load of its own: thirteen members, each seeing the twelve others"]
async fn thirteen_members_fit_on_a_fraction_of_a_core() {
    let mut chamber = Chamber::open();
    let names: Vec<String> = (0..13).map(|place| format!("{}-sitz", char::from(b'a' + place))).collect();
    let mut members = Vec::new();
    for name in &names {
        members.push((Publisher::join(&chamber, name).await, Watcher::join(&chamber, name, 12).await));
    }
    chamber.second("m-sitz", "all see all", |one| one.receive.forwarded >= 700).await;
    let (began, ticks) = (Instant::now(), engine_ticks());
    let mut forwarded = 0;
    for _ in 0..10 {
        forwarded += chamber
            .event("a second", |event| match event {
                MediaEvent::Measured { observations, .. } => {
                    Some(observations.iter().map(|one| u64::from(one.receive.forwarded)).sum::<u64>())
                }
                MediaEvent::Slots { .. } => None,
            })
            .await;
    }
    let seconds = began.elapsed().as_secs_f64();
    let used = (engine_ticks() - ticks) as f64 / 100.0;
    let rate = forwarded as f64 / seconds;
    println!(
        "{rate:.0} packets a second, {:.0} % of a core, {:.1} µs each",
        used / seconds * 100.0,
        used * 1e6 / forwarded as f64
    );
    assert!(rate > 9_000.0, "{rate}");
    assert!(used / seconds < 0.5, "{used} s in {seconds} s");
}
