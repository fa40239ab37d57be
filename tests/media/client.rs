//! Members of the chamber: real connections over the loopback, made payloads.

use super::chamber::{Chamber, PATIENCE, endpoint, meeting};
use super::connection::{Got, Listener, Silent, connection, track};
use ratssaal::app::ports::media::MediaCommand;
use rtc::dtls::extension::extension_use_srtp::SrtpProtectionProfile;
use rtc::interceptor::{NackGeneratorBuilder, NackResponderBuilder, ReceiverReportBuilder, Registry, Slot};
use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_local::{TrackLocal, TrackLocalEvent};
use webrtc::peer_connection::PeerConnection;

/// A member who sends ten made pictures and fifty made sounds a second. Each payload ends with the millisecond it
/// was captured at.
pub struct Publisher {
    pub connection: Arc<dyn PeerConnection>,
    pub sound_on: Arc<AtomicBool>,
    pub picture_on: Arc<AtomicBool>,
    /// Keyframe requests that arrived.
    pub asked: Arc<AtomicU32>,
    pub answer: String,
    picture: Arc<TrackLocalStaticRTP>,
    sound: Arc<TrackLocalStaticRTP>,
    ssrcs: (u32, u32),
    /// Every n-th picture packet is lost on the way; 0 for none.
    pub lose: Arc<AtomicU32>,
}

pub const PICTURE_BASE: u32 = 0xFFFF_0000;
pub const SOUND_BASE: u32 = 12_345;

impl Publisher {
    pub async fn join(chamber: &Chamber, name: &str) -> Self {
        Self::join_at(chamber, name, 0, &[]).await
    }

    /// Joins with captures counted from `begin_ms`, and with a client that knows only these protections (all, if empty).
    pub async fn join_at(chamber: &Chamber, name: &str, begin_ms: u32, protections: &[SrtpProtectionProfile]) -> Self {
        let registry = Registry::new().with(Slot::NackResponder, NackResponderBuilder::new().build());
        let connection = connection(registry, Arc::new(Silent), protections).await;
        let ssrcs = (1_000 + u32::from(name.as_bytes()[0]), 2_000 + u32::from(name.as_bytes()[0]));
        let (picture, sound) = (track(true, ssrcs.0), track(false, ssrcs.1));
        for one in [&picture, &sound] {
            let only_sending = RTCRtpTransceiverInit {
                direction: RTCRtpTransceiverDirection::Sendonly,
                streams: vec![],
                send_encodings: vec![],
            };
            let track = Arc::clone(one) as Arc<dyn TrackLocal>;
            connection.add_transceiver_from_track(track, Some(only_sending)).await.expect("a transceiver");
        }
        let answer = negotiate(&connection, chamber, |offer| MediaCommand::Publish {
            chamber: meeting(),
            endpoint: endpoint(name),
            offer,
        })
        .await;
        let publisher = Self {
            connection,
            sound_on: Arc::new(AtomicBool::new(true)),
            picture_on: Arc::new(AtomicBool::new(true)),
            asked: Arc::new(AtomicU32::new(0)),
            answer,
            picture,
            sound,
            ssrcs,
            lose: Arc::new(AtomicU32::new(0)),
        };
        publisher.run(begin_ms);
        publisher
    }

    fn run(&self, begin_ms: u32) {
        let (picture, sound) = (self.picture.clone(), self.sound.clone());
        let (picture_on, sound_on, lose) = (self.picture_on.clone(), self.sound_on.clone(), self.lose.clone());
        let (picture_type, sound_type) = (chosen_type(&self.answer, "video"), chosen_type(&self.answer, "audio"));
        let ssrcs = self.ssrcs;
        let key_wanted = Arc::new(AtomicBool::new(true));
        let (asked, wanted) = (self.asked.clone(), key_wanted.clone());
        let events = self.picture.clone();
        tokio::spawn(async move {
            while let Some(TrackLocalEvent::OnRtcpPacket(packets)) = events.poll().await {
                if packets.iter().any(|one| one.as_any().is::<PictureLossIndication>()) {
                    asked.fetch_add(1, Ordering::Relaxed);
                    wanted.store(true, Ordering::Relaxed);
                }
            }
        });
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(20));
            let (mut picture_number, mut sound_number) = (65_500_u16, 7_u16);
            for round in 0_u32.. {
                tick.tick().await;
                let captured = begin_ms + round * 20;
                if sound_on.load(Ordering::Relaxed) {
                    let header =
                        header(ssrcs.1, sound_type, sound_number, SOUND_BASE.wrapping_add(captured * 48), false);
                    sound_number = sound_number.wrapping_add(1);
                    if sound.write_rtp(packet(header, &[0xFC, 0xFF, 0xFE], captured)).await.is_err() {
                        break;
                    }
                }
                if round % 5 != 0 || !picture_on.load(Ordering::Relaxed) {
                    continue;
                }
                let key = key_wanted.swap(false, Ordering::Relaxed);
                let kind = if key { 5 } else { 1 };
                // Two fragments of one unit (RFC 6184, 5.8).
                for (flags, last) in [(0x80, false), (0x40, true)] {
                    let time = PICTURE_BASE.wrapping_add(captured * 90);
                    let header = header(ssrcs.0, picture_type, picture_number, time, last);
                    picture_number = picture_number.wrapping_add(1);
                    let every = lose.load(Ordering::Relaxed);
                    if every != 0 && u32::from(picture_number) % every == 0 {
                        continue;
                    }
                    let body = [0x60 | 28, flags | kind, 0x88, 0, 0];
                    let _ = picture.write_rtp(packet(header, &body, captured)).await;
                }
            }
        });
    }

    /// Sends a sender report for both tracks: at `wall` the sound is at `captured_ms`, the picture `ahead_ms` further.
    pub async fn tell_clock(&self, wall: u64, captured_ms: u32, ahead_ms: u32) {
        let picture = PICTURE_BASE.wrapping_add((captured_ms + ahead_ms) * 90);
        let sound = SOUND_BASE.wrapping_add(captured_ms * 48);
        for (track, ssrc, rtp_time) in [(&self.picture, self.ssrcs.0, picture), (&self.sound, self.ssrcs.1, sound)] {
            let report = SenderReport { ssrc, ntp_time: wall, rtp_time, ..SenderReport::default() };
            track.write_rtcp(vec![Box::new(report)]).await.expect("sent");
        }
    }
}

fn header(ssrc: u32, payload_type: u8, sequence_number: u16, timestamp: u32, marker: bool) -> rtc::rtp::header::Header {
    rtc::rtp::header::Header {
        version: 2,
        marker,
        payload_type,
        sequence_number,
        timestamp,
        ssrc,
        ..Default::default()
    }
}

fn packet(header: rtc::rtp::header::Header, body: &[u8], captured: u32) -> rtc::rtp::Packet {
    let payload = [body, &captured.to_be_bytes()].concat();
    rtc::rtp::Packet { header, payload: payload.into() }
}

/// When the packet with that payload was captured.
pub fn captured(payload: &[u8]) -> u32 {
    u32::from_be_bytes(payload[payload.len() - 4..].try_into().expect("four bytes"))
}

pub fn chosen_type(answer: &str, media: &str) -> u8 {
    let line = answer.lines().find(|line| line.starts_with(&format!("m={media} "))).expect("a media line");
    line.split(' ').nth(3).and_then(|number| number.parse().ok()).expect("a payload type")
}

/// A member who watches.
pub struct Watcher {
    /// Lives as long as the watcher.
    _connection: Arc<dyn PeerConnection>,
    got: mpsc::Receiver<Got>,
}

impl Watcher {
    pub async fn join(chamber: &Chamber, name: &str, slots: usize) -> Self {
        let (sender, got) = mpsc::channel(10_000);
        let registry = Registry::new()
            .with(Slot::ReceiverReport, ReceiverReportBuilder::new().build())
            .with(Slot::NackGenerator, NackGeneratorBuilder::new().build());
        let connection = connection(registry, Arc::new(Listener { got: sender }), &[]).await;
        for _ in 0..slots {
            for kind in [RtpCodecKind::Video, RtpCodecKind::Audio] {
                connection.add_transceiver_from_kind(kind, None).await.expect("a transceiver");
            }
        }
        negotiate(&connection, chamber, |offer| MediaCommand::Receive {
            chamber: meeting(),
            endpoint: endpoint(name),
            offer,
        })
        .await;
        Self { _connection: connection, got }
    }

    /// The first thing that fits.
    pub async fn until<T>(&mut self, what: &str, mut fits: impl FnMut(&Got) -> Option<T>) -> T {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let got = self.got.recv().await.expect("the connection lives");
                if let Some(found) = fits(&got) {
                    return found;
                }
            }
        });
        found.await.unwrap_or_else(|_| panic!("never came: {what}"))
    }

    /// Waits for a packet of one slot that was captured at or after that time.
    pub async fn packet(&mut self, slot: usize, pictured: bool, after: u32) -> (rtc::rtp::header::Header, u32) {
        let wanted = format!("platz-{slot}");
        self.until(&format!("slot {slot}, picture {pictured}, after {after}"), |got| match got {
            Got::Packet { stream, picture, header, payload } if *stream == wanted && *picture == pictured => {
                let at = captured(payload);
                (at >= after).then(|| (header.clone(), at))
            }
            _ => None,
        })
        .await
    }

    /// Forgets what has come so far.
    pub fn forget(&mut self) -> usize {
        let mut count = 0;
        while self.got.try_recv().is_ok() {
            count += 1;
        }
        count
    }
}

async fn negotiate(
    connection: &Arc<dyn PeerConnection>,
    chamber: &Chamber,
    command: impl FnOnce(String) -> MediaCommand,
) -> String {
    let offer = connection.create_offer(None).await.expect("an offer");
    connection.set_local_description(offer.clone()).await.expect("set");
    let answer = chamber.engine.ask(command(offer.sdp)).await.expect("taken").expect("a connection").answer;
    let description = RTCSessionDescription::answer(answer.clone()).expect("an answer");
    connection.set_remote_description(description).await.expect("the answer fits");
    answer
}
