//! The other end of a simulated councillor's line: a peer connection that answers, with all default codecs, and shows
//! everything that arrives. It can relay what one publishes to those who receive.

use rtc::interceptor::{Attribute, Interceptor, Packet, ReceiverReportBuilder, Slot, StreamInfo, TaggedPacket};
use rtc::media_stream::MediaStreamTrack;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodingParameters, RTCRtpEncodingParameters, RTCRtpHeaderExtensionCapability, RtpCodecKind,
};
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use rtc::sansio::Protocol;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, watch};
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::TrackRemote;
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCIceGatheringState,
    RTCSessionDescription, Registry, SettingEngineBuilder, SrtpProtectionProfile,
};

pub type Tracks = mpsc::UnboundedReceiver<Arc<dyn TrackRemote>>;

pub struct Chamber {
    tracks: mpsc::UnboundedSender<Arc<dyn TrackRemote>>,
    connections: Mutex<Vec<Arc<dyn PeerConnection>>>,
    /// One for each media line of each receiver.
    pub outlets: Mutex<Vec<Outlet>>,
}

pub struct Outlet {
    pub picture: bool,
    pub ssrc: u32,
    pub payload_type: u8,
    pub track: Arc<dyn TrackLocal>,
}

impl Chamber {
    pub fn new() -> (Arc<Self>, Tracks) {
        let (tracks, arriving) = mpsc::unbounded_channel();
        (Arc::new(Self { tracks, connections: Mutex::default(), outlets: Mutex::default() }), arriving)
    }

    /// Answers the offer that was posted to `url`.
    pub async fn answer(self: Arc<Self>, url: String, offer: String) -> Result<String, String> {
        let wants_to_receive = url.ends_with("/whep");
        self.try_answer(wants_to_receive, offer).await.map_err(|error| error.to_string())
    }

    async fn try_answer(&self, receives: bool, offer: String) -> webrtc::error::Result<String> {
        let mut engine = MediaEngine::default();
        engine.register_default_codecs()?;
        let loudness = RTCRtpHeaderExtensionCapability { uri: rtc::sdp::extmap::AUDIO_LEVEL_URI.into() };
        engine.register_header_extension(loudness, RtpCodecKind::Audio, None)?;
        let settings = SettingEngineBuilder::new()
            .with_include_loopback_candidate(true)
            .with_srtp_protection_profiles(vec![SrtpProtectionProfile::Srtp_Aead_Aes_128_Gcm])
            .build();
        let (gathered, mut gathering) = watch::channel(false);
        let registry = Registry::new()
            .with(Slot::ReceiverReport, ReceiverReportBuilder::new().build())
            .with(Slot::from(14_000), ShowRtcp::default());
        let connection = PeerConnectionBuilder::new()
            .with_setting_engine(settings)
            .with_media_engine(engine)
            .with_interceptor_registry(registry)
            .with_handler(Arc::new(Handler { gathered, tracks: self.tracks.clone() }))
            .with_udp_addrs(vec!["127.0.0.1:0"])
            .build()
            .await?;
        let connection: Arc<dyn PeerConnection> = Arc::new(connection);
        let mut senders = Vec::new();
        if receives {
            let receiver = self.connections.lock().unwrap().len();
            for (line, media) in offer.lines().filter(|line| line.starts_with("m=")).enumerate() {
                let picture = media.starts_with("m=video");
                let ssrc = (receiver * 1000 + line + 1) as u32;
                let track = outlet_track(picture, ssrc);
                let direction = RTCRtpTransceiverDirection::Sendonly;
                let init = RTCRtpTransceiverInit { direction, ..Default::default() };
                let transceiver = connection.add_transceiver_from_track(Arc::clone(&track), Some(init)).await?;
                senders.push((transceiver.sender().await?.unwrap(), picture, ssrc, track));
            }
        }
        connection.set_remote_description(RTCSessionDescription::offer(offer)?).await?;
        let answer = connection.create_answer(None).await?;
        connection.set_local_description(answer).await?;
        gathering.wait_for(|done| *done).await.unwrap();
        let answer = connection.local_description().await.unwrap().sdp;
        for (sender, picture, ssrc, track) in senders {
            let payload_type = sender.get_parameters().await?.rtp_parameters.codecs[0].payload_type;
            self.outlets.lock().unwrap().push(Outlet { picture, ssrc, payload_type, track });
        }
        self.connections.lock().unwrap().push(connection);
        Ok(answer)
    }

    pub fn outlet_tracks(&self) -> Vec<(u32, u8, bool, Arc<dyn TrackLocal>)> {
        let outlets = self.outlets.lock().unwrap();
        outlets.iter().map(|o| (o.ssrc, o.payload_type, o.picture, Arc::clone(&o.track))).collect()
    }
}

fn outlet_track(picture: bool, ssrc: u32) -> Arc<dyn TrackLocal> {
    let (kind, codec) = if picture {
        let sdp_fmtp_line = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f".into();
        (
            RtpCodecKind::Video,
            RTCRtpCodec { mime_type: "video/H264".into(), clock_rate: 90_000, sdp_fmtp_line, ..Default::default() },
        )
    } else {
        let sdp_fmtp_line = "minptime=10;useinbandfec=1".into();
        let mime_type = "audio/opus".into();
        (
            RtpCodecKind::Audio,
            RTCRtpCodec { mime_type, clock_rate: 48_000, channels: 2, sdp_fmtp_line, ..Default::default() },
        )
    };
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters { ssrc: Some(ssrc), ..Default::default() },
        codec,
        ..Default::default()
    };
    let name = format!("outlet-{ssrc}");
    Arc::new(TrackLocalStaticRTP::new(MediaStreamTrack::new(name.clone(), name.clone(), name, kind, vec![coding])))
}

struct Handler {
    gathered: watch::Sender<bool>,
    tracks: mpsc::UnboundedSender<Arc<dyn TrackRemote>>,
}

type Handled<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

impl PeerConnectionEventHandler for Handler {
    fn on_ice_gathering_state_change<'life0, 'async_trait>(
        &'life0 self,
        state: RTCIceGatheringState,
    ) -> Handled<'async_trait>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        if state == RTCIceGatheringState::Complete {
            self.gathered.send_replace(true);
        }
        Box::pin(std::future::ready(()))
    }

    fn on_track<'life0, 'async_trait>(&'life0 self, track: Arc<dyn TrackRemote>) -> Handled<'async_trait>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        let _ = self.tracks.send(track);
        Box::pin(std::future::ready(()))
    }
}

/// Hands every RTCP packet to the application.
#[derive(Default)]
struct ShowRtcp {
    inbound: VecDeque<TaggedPacket>,
    outbound: VecDeque<TaggedPacket>,
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for ShowRtcp {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = webrtc::error::Error;
    type Time = std::time::Instant;

    fn handle_read(&mut self, mut packet: TaggedPacket) -> Result<(), Self::Error> {
        if matches!(packet.message.packet, Packet::Rtcp(_)) {
            packet.message.add(Attribute::DeliverToApplication);
        }
        self.inbound.push_back(packet);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.inbound.pop_front()
    }

    fn handle_write(&mut self, packet: TaggedPacket) -> Result<(), Self::Error> {
        self.outbound.push_back(packet);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.outbound.pop_front()
    }
}

impl Interceptor for ShowRtcp {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}
