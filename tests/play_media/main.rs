//! Simulated councillors against a real peer connection in the same process: what they send arrives and decodes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::large_futures,
    clippy::single_match,
    clippy::single_match_else,
    reason = "a test says what is wrong by failing, and measures with a real clock"
)]

mod chamber;
mod cost;

use chamber::{Chamber, Tracks};
use openh264::decoder::Decoder;
use openh264::formats::YUVSource;
use opus_rs::OpusDecoder;
use ratssaal::play::peer::{Exchange, Line, LineError, LinePlan, Show};
use ratssaal::play::pictures::PictureLoop;
use ratssaal::play::voices::VoiceLoop;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtcp::source_description::SourceDescription;
use rtc::rtp::Packet;
use rtc::rtp::codec::h264::H264Packet;
use rtc::rtp::packetizer::Depacketizer;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};

fn show(seat: u16) -> Show {
    Show {
        pictures: Arc::new(PictureLoop::encode(seat).unwrap()),
        tune: Arc::new(VoiceLoop::tune(seat).unwrap()),
        silence: Arc::new(VoiceLoop::silence().unwrap()),
    }
}

fn plan(seat: u16, slots: usize) -> LinePlan {
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    LinePlan { base: "http://rat.test".into(), meeting: "m1".into(), slots, local, show: show(seat) }
}

fn to(chamber: &Arc<Chamber>) -> Arc<dyn Exchange> {
    let chamber = Arc::clone(chamber);
    Arc::new(move |url, offer| Arc::clone(&chamber).answer(url, offer))
}

async fn within<T>(reached: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), reached).await.expect("in time")
}

/// The picture's and the sound's track, whichever arrives first.
async fn both(tracks: &mut Tracks) -> [Arc<dyn TrackRemote>; 2] {
    let (one, other) = (within(tracks.recv()).await.unwrap(), within(tracks.recv()).await.unwrap());
    if one.kind().await == RtpCodecKind::Video { [one, other] } else { [other, one] }
}

async fn packet(track: &Arc<dyn TrackRemote>) -> Packet {
    within(async {
        loop {
            match track.poll().await.expect("the track goes on") {
                TrackRemoteEvent::OnRtpPacket(packet) => return packet,
                _ => {}
            }
        }
    })
    .await
}

/// The next whole picture: its time stamp and its access unit.
async fn picture(track: &Arc<dyn TrackRemote>) -> (u32, Vec<u8>) {
    let (mut depacketizer, mut unit) = (H264Packet::default(), Vec::new());
    loop {
        let packet = packet(track).await;
        unit.extend_from_slice(&depacketizer.depacketize(&packet.payload).unwrap());
        if packet.header.marker {
            return (packet.header.timestamp, unit);
        }
    }
}

fn is_key(unit: &[u8]) -> bool {
    openh264::nal_units(unit).any(|unit| unit[3] & 0x1f == 5)
}

/// The wall clock and media time one sender report joins, and the name it comes with.
async fn report(track: &Arc<dyn TrackRemote>) -> (u64, u32, Vec<u8>) {
    within(async {
        loop {
            let Some(TrackRemoteEvent::OnRtcpPacket(packets)) = track.poll().await else { continue };
            let Some(report) = packets.iter().find_map(|packet| packet.as_any().downcast_ref::<SenderReport>()) else {
                continue;
            };
            let named = packets.iter().find_map(|packet| packet.as_any().downcast_ref::<SourceDescription>()).unwrap();
            return (report.ntp_time, report.rtp_time, named.chunks[0].items[0].text.to_vec());
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn picture_and_sound_arrive_and_decode() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(7, 0), to(&chamber));
    line.unmute();
    line.reconnect().await.unwrap();
    let [seen, heard] = both(&mut tracks).await;

    let mut decoder = Decoder::new().unwrap();
    let (mut last_stamp, mut last_luma) = (None, Vec::new());
    for index in 0..15 {
        let (stamp, unit) = picture(&seen).await;
        assert_eq!(is_key(&unit), index == 0);
        let decoded = decoder.decode(&unit).unwrap().expect("one picture for one access unit");
        assert_eq!(decoded.dimensions(), (320, 180));
        assert_ne!(decoded.y(), last_luma, "the picture moves");
        last_luma = decoded.y().to_vec();
        if let Some(last) = last_stamp.replace(stamp) {
            assert_eq!(stamp.wrapping_sub(last), 9_000, "a tenth of a second at 90 kHz");
        }
    }

    let mut opus = OpusDecoder::new(48_000, 1).unwrap();
    let (mut pcm, mut loudest) = ([0.0f32; 960], 0.0f32);
    let mut last: Option<Packet> = None;
    for _ in 0..50 {
        let packet = packet(&heard).await;
        assert_eq!(opus.decode(&packet.payload, 960, &mut pcm).unwrap(), 960);
        loudest = pcm.iter().fold(loudest, |loudest, sample| loudest.max(sample.abs()));
        if let Some(last) = last.replace(packet.clone()) {
            assert_eq!(packet.header.timestamp.wrapping_sub(last.header.timestamp), 960);
            assert_eq!(packet.header.sequence_number.wrapping_sub(last.header.sequence_number), 1);
        }
    }
    assert!(loudest > 0.02, "the tune is heard: {loudest}");
    line.drop_line().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sender_reports_join_picture_and_sound_to_one_clock() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(2, 0), to(&chamber));
    line.reconnect().await.unwrap();
    let [seen, heard] = both(&mut tracks).await;
    let (picture_once, voice_once) = tokio::join!(report(&seen), report(&heard));
    let (picture_later, voice_later) = tokio::join!(report(&seen), report(&heard));
    for (once, later, rate) in [(&picture_once, &picture_later, 90_000.0), (&voice_once, &voice_later, 48_000.0)] {
        let wall = (later.0 - once.0) as f64 / 2f64.powi(32);
        let media = f64::from(later.1.wrapping_sub(once.1)) / rate;
        assert!((wall - media).abs() < 1e-6, "{wall} s on the wall are {media} s of media");
    }
    let apart = picture_once.0.abs_diff(voice_once.0) as f64 / 2f64.powi(32);
    assert!((apart - apart.round()).abs() < 1e-6, "both report at the same ticks, whole seconds apart at most");
    assert_eq!(picture_once.2, voice_once.2, "one CNAME");
    line.drop_line().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_brings_a_key_picture_before_the_loop_ends() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(3, 0), to(&chamber));
    line.reconnect().await.unwrap();
    let [seen, _heard] = both(&mut tracks).await;
    assert!(is_key(&picture(&seen).await.1));
    let mut decoder = Decoder::new().unwrap();
    let media_ssrc = seen.ssrcs().await[0];
    seen.write_rtcp(vec![Box::new(PictureLossIndication { sender_ssrc: 1, media_ssrc })]).await.unwrap();
    let mut waited = 1;
    let unit = loop {
        let (_, unit) = picture(&seen).await;
        if is_key(&unit) {
            break unit;
        }
        waited += 1;
        assert!(waited < 20, "no key picture within two seconds");
    };
    assert!(decoder.decode(&unit).unwrap().is_some(), "a fresh decoder begins here");
    assert_eq!(line.sent().unwrap().keyframe_requests, 1);
    line.drop_line().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn switches_stop_one_stream_and_not_the_other() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(4, 0), to(&chamber));
    line.reconnect().await.unwrap();
    let [seen, heard] = both(&mut tracks).await;
    picture(&seen).await;

    let loudness = packet(&heard).await.header.extensions[0].payload[0];
    assert_eq!(loudness, 127, "muted: silence without the voice bit");

    line.stop_picture();
    let stopped = line.sent().unwrap();
    within(async {
        while line.sent().unwrap().voice_packets < stopped.voice_packets + 25 {
            packet(&heard).await;
        }
    })
    .await;
    assert!(line.sent().unwrap().pictures <= stopped.pictures + 1, "no picture in half a second");

    line.stop_sound();
    line.resume_picture();
    let keys = line.sent().unwrap().keyframes;
    within(async {
        while line.sent().unwrap().keyframes == keys {
            picture(&seen).await;
        }
    })
    .await;
    let quiet = line.sent().unwrap();
    within(async {
        while line.sent().unwrap().pictures < quiet.pictures + 5 {
            picture(&seen).await;
        }
    })
    .await;
    assert!(line.sent().unwrap().voice_packets <= quiet.voice_packets + 1, "no sound while five pictures passed");
    line.drop_line().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_line_falls_silent_and_comes_back() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(5, 0), to(&chamber));
    assert!(!line.is_connected());
    line.reconnect().await.unwrap();
    let [seen, _] = both(&mut tracks).await;
    picture(&seen).await;
    line.drop_line().await;
    assert!(!line.is_connected() && line.sent().is_none());
    line.reconnect().await.unwrap();
    let [seen, heard] = both(&mut tracks).await;
    assert!(is_key(&picture(&seen).await.1));
    packet(&heard).await;
    assert!(line.is_connected());
    line.drop_line().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slots_count_what_arrives_by_media_line() {
    let (chamber, mut tracks) = Chamber::new();
    let mut line = Line::new(plan(6, 2), to(&chamber));
    line.reconnect().await.unwrap();
    let [seen, heard] = both(&mut tracks).await;
    for track in [seen, heard] {
        let chamber = Arc::clone(&chamber);
        tokio::spawn(async move { cost::relay(&chamber, track, 1..2).await });
    }
    let received = within(async {
        loop {
            tokio::task::yield_now().await;
            let mut received = line.received().await;
            received.sort_by(|a, b| a.mid.cmp(&b.mid));
            if received.len() == 2 && received.iter().all(|line| line.packets > 20) {
                return received;
            }
        }
    })
    .await;
    let mids: Vec<_> = received.iter().map(|line| (line.mid.as_str(), line.picture)).collect();
    assert_eq!(mids, [("2", true), ("3", false)], "the second of two slots is used");
    assert!(received[0].marked > 0);
    line.drop_line().await;
}

#[tokio::test]
async fn a_refused_offer_is_an_error_and_leaves_nothing() {
    let refuse: Arc<dyn Exchange> = Arc::new(|_, _| async { Err("401".to_owned()) });
    let mut line = Line::new(plan(8, 1), refuse);
    assert_eq!(line.reconnect().await, Err(LineError::Exchange("401".into())));
    let nonsense: Arc<dyn Exchange> = Arc::new(|_, _| async { Ok("no session description".to_owned()) });
    let mut line = Line::new(plan(8, 1), nonsense);
    assert!(matches!(line.reconnect().await, Err(LineError::Media(_))));
    assert!(!line.is_connected());
}
