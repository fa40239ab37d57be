//! A browser's connection, as the `webrtc` crate makes it, with all RTCP shown to the test.

use rtc::dtls::extension::extension_use_srtp::SrtpProtectionProfile;
use rtc::interceptor::{Attribute, Interceptor, Packet, Registry, Slot, StreamInfo, TaggedPacket};
use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::configuration::media_engine::MediaEngine as Codecs;
use rtc::peer_connection::configuration::setting_engine::SettingEngineBuilder;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtp_transceiver::rtp_sender::{RTCRtpCodec, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind};
use rtc::sansio::Protocol;
use rtc::shared::error::Error;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};
use webrtc::peer_connection::{PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler};

/// Lets every RTCP packet through to the test.
#[derive(Default)]
struct ShowControl {
    reads: VecDeque<TaggedPacket>,
    writes: VecDeque<TaggedPacket>,
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for ShowControl {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, mut packet: TaggedPacket) -> Result<(), Error> {
        if matches!(packet.message.packet, Packet::Rtcp(_)) {
            packet.message.add(Attribute::DeliverToApplication);
        }
        self.reads.push_back(packet);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.reads.pop_front()
    }

    fn handle_write(&mut self, packet: TaggedPacket) -> Result<(), Error> {
        self.writes.push_back(packet);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.writes.pop_front()
    }

    fn handle_timeout(&mut self, _: Instant) -> Result<(), Error> {
        Ok(())
    }

    fn poll_timeout(&mut self) -> Option<Instant> {
        None
    }
}

impl Interceptor for ShowControl {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}

/// What a receiver got on one of its tracks.
#[derive(Debug)]
pub enum Got {
    Packet { stream: String, picture: bool, header: rtc::rtp::header::Header, payload: Vec<u8> },
    Clock { stream: String, report: SenderReport },
}

pub struct Listener {
    pub got: mpsc::Sender<Got>,
}

type Later<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

impl PeerConnectionEventHandler for Listener {
    fn on_track<'a, 'l>(&'a self, track: Arc<dyn TrackRemote>) -> Later<'l>
    where
        'a: 'l,
        Self: 'l,
    {
        let got = self.got.clone();
        Box::pin(async move {
            tokio::spawn(async move {
                let (stream, picture) = (track.stream_id().await, track.kind().await == RtpCodecKind::Video);
                while let Some(event) = track.poll().await {
                    let stream = stream.clone();
                    let news = match event {
                        TrackRemoteEvent::OnRtpPacket(packet) => vec![Got::Packet {
                            stream,
                            picture,
                            header: packet.header,
                            payload: packet.payload.to_vec(),
                        }],
                        TrackRemoteEvent::OnRtcpPacket(packets) => {
                            let reports = packets.iter().filter_map(|one| one.as_any().downcast_ref::<SenderReport>());
                            reports
                                .map(|report| Got::Clock { stream: stream.clone(), report: report.clone() })
                                .collect()
                        }
                        TrackRemoteEvent::OnEnded => break,
                        _ => Vec::new(),
                    };
                    for one in news {
                        // A test that looks at something else lets the rest pass.
                        let _ = got.try_send(one);
                    }
                }
            });
        })
    }
}

/// Listens to nothing.
pub struct Silent;
impl PeerConnectionEventHandler for Silent {}

/// A connection on a loopback port of its own, with the library's list of protections or the given ones.
pub async fn connection(
    registry: Registry,
    handler: Arc<dyn PeerConnectionEventHandler>,
    protections: &[SrtpProtectionProfile],
) -> Arc<dyn PeerConnection> {
    let mut codecs = Codecs::default();
    codecs.register_default_codecs().expect("codecs");
    let mut settings = SettingEngineBuilder::new().with_multicast_dns_mode(rtc::ice::mdns::MulticastDnsMode::Disabled);
    if !protections.is_empty() {
        settings = settings.with_srtp_protection_profiles(protections.to_vec());
    }
    let connection = PeerConnectionBuilder::new()
        .with_media_engine(codecs)
        .with_setting_engine(settings.build())
        .with_interceptor_registry(registry.with(Slot::from(14_000), ShowControl::default()))
        .with_handler(handler)
        .with_udp_addrs(vec!["127.0.0.1:0".to_owned()])
        .build()
        .await;
    Arc::new(connection.expect("a connection"))
}

fn codec(picture: bool) -> RTCRtpCodec {
    let (mime, clock_rate, channels, settings) = if picture {
        ("video/H264", 90_000, 0, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")
    } else {
        ("audio/opus", 48_000, 2, "minptime=10;useinbandfec=1")
    };
    RTCRtpCodec {
        mime_type: mime.to_owned(),
        clock_rate,
        channels,
        sdp_fmtp_line: settings.to_owned(),
        ..RTCRtpCodec::default()
    }
}

/// A track to send on: H.264 or Opus.
pub fn track(picture: bool, ssrc: u32) -> Arc<TrackLocalStaticRTP> {
    let kind = if picture { RtpCodecKind::Video } else { RtpCodecKind::Audio };
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters { ssrc: Some(ssrc), ..RTCRtpCodingParameters::default() },
        codec: codec(picture),
        ..RTCRtpEncodingParameters::default()
    };
    let name = format!("track-{ssrc}");
    Arc::new(TrackLocalStaticRTP::new(MediaStreamTrack::new(
        "member".to_owned(),
        name.clone(),
        name,
        kind,
        vec![coding],
    )))
}
