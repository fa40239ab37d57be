//! One peer connection, made the way the chamber wants it: no mDNS, no trickling, AES-GCM alone, H.264 and Opus.

use super::keyframes::KeyframeRequests;
use super::receive::Tallies;
use super::{Exchange, LineError};
use crate::play::pictures::H264_FORMAT;
use rtc::ice::mdns::MulticastDnsMode;
use rtc::interceptor::{NackGeneratorBuilder, NackResponderBuilder, ReceiverReportBuilder, Slot};
use rtc::peer_connection::configuration::media_engine::{MIME_TYPE_H264, MIME_TYPE_OPUS};
use rtc::rtp_transceiver::rtp_sender::{
    RTCPFeedback, RTCRtpCodec, RTCRtpCodecParameters, RTCRtpHeaderExtensionCapability, RtpCodecKind,
};
use rtc::sdp::extmap::AUDIO_LEVEL_URI;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use webrtc::media_stream::track_remote::TrackRemote;
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCIceGatheringState,
    RTCPeerConnectionState, RTCSessionDescription, Registry, SettingEngineBuilder, SrtpProtectionProfile,
};

const GATHER_WITHIN: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
const CONNECT_WITHIN: Duration = Duration::from_secs(15);
/// Packets kept for retransmission, about a second of sound.
const HISTORY: u16 = 64;

/// A peer connection and what is known of its state.
pub(super) struct Connection {
    pub(super) inner: Arc<dyn PeerConnection>,
    gathered: watch::Receiver<bool>,
    state: watch::Receiver<RTCPeerConnectionState>,
}

impl Connection {
    /// A fresh connection on a port of its own; whatever it receives is counted in `tallies`.
    pub(super) async fn open(local: IpAddr, tallies: Arc<Tallies>) -> Result<Self, LineError> {
        let (gathered_sender, gathered) = watch::channel(false);
        let (state_sender, state) = watch::channel(RTCPeerConnectionState::New);
        let watcher = Watcher { gathered: gathered_sender, state: state_sender, tallies };
        let settings = SettingEngineBuilder::new()
            .with_multicast_dns_mode(MulticastDnsMode::Disabled)
            .with_include_loopback_candidate(local.is_loopback())
            .with_srtp_protection_profiles(vec![
                SrtpProtectionProfile::Srtp_Aead_Aes_128_Gcm,
                SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm,
            ])
            .build();
        let builder = PeerConnectionBuilder::new()
            .with_setting_engine(settings)
            .with_media_engine(media_engine()?)
            .with_interceptor_registry(interceptors())
            .with_handler(Arc::new(watcher))
            .with_udp_addrs(vec![SocketAddr::new(local, 0)]);
        // The library's future holds a whole connection by value; it does not belong on the caller's stack.
        let connection = Box::pin(builder.build()).await?;
        Ok(Self { inner: Arc::new(connection), gathered, state })
    }

    /// Offers with all candidates gathered, takes the answer, and waits until packets can flow.
    pub(super) async fn establish(&mut self, exchange: &dyn Exchange, url: String) -> Result<(), LineError> {
        let offer = self.inner.create_offer(None).await?;
        self.inner.set_local_description(offer).await?;
        within(GATHER_WITHIN, "eigene Netzadressen", self.gathered.wait_for(|done| *done)).await?;
        let Some(offer) = self.inner.local_description().await else {
            return Err(LineError::Media("no local description".into()));
        };
        let answered = tokio::time::timeout(ANSWER_WITHIN, exchange.exchange(url, offer.sdp)).await;
        let answer = answered.map_err(|_| LineError::Late("Antwort des Servers"))?.map_err(LineError::Exchange)?;
        self.inner.set_remote_description(RTCSessionDescription::answer(answer)?).await?;
        let settled = |state: &RTCPeerConnectionState| *state == RTCPeerConnectionState::Connected || is_over(*state);
        within(CONNECT_WITHIN, "Verbindung für Bild und Ton", self.state.wait_for(settled)).await?;
        if self.is_connected() { Ok(()) } else { Err(LineError::Media("connection failed".into())) }
    }

    pub(super) fn is_connected(&self) -> bool {
        *self.state.borrow() == RTCPeerConnectionState::Connected
    }

    pub(super) async fn close(&self) {
        if let Err(error) = self.inner.close().await {
            tracing::debug!(%error, "closing a media connection");
        }
    }
}

/// The library's task outlives its handle and would keep a silent connection alive: a line that is let go, perhaps in
/// the middle of connecting, must end it.
impl Drop for Connection {
    fn drop(&mut self) {
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let inner = Arc::clone(&self.inner);
            runtime.spawn(async move { inner.close().await });
        }
    }
}

const fn is_over(state: RTCPeerConnectionState) -> bool {
    matches!(state, RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed)
}

/// Waits for a state of the connection; an ended connection is as good as a late one.
async fn within<T, E>(
    limit: Duration,
    what: &'static str,
    reached: impl Future<Output = Result<T, E>>,
) -> Result<(), LineError> {
    match tokio::time::timeout(limit, reached).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(LineError::Late(what)),
    }
}

/// H.264 as the chamber wants it: lost packets and key pictures can be asked for.
pub(super) fn h264() -> RTCRtpCodec {
    let feedback = |typ: &str, parameter: &str| RTCPFeedback { typ: typ.into(), parameter: parameter.into() };
    RTCRtpCodec {
        mime_type: MIME_TYPE_H264.into(),
        clock_rate: 90_000,
        channels: 0,
        sdp_fmtp_line: H264_FORMAT.into(),
        rtcp_feedback: vec![feedback("nack", ""), feedback("nack", "pli"), feedback("ccm", "fir")],
    }
}

/// Opus; its session description always says two channels (RFC 7587), whatever is in the packets.
pub(super) fn opus() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: MIME_TYPE_OPUS.into(),
        clock_rate: 48_000,
        channels: 2,
        sdp_fmtp_line: "minptime=10;useinbandfec=1".into(),
        rtcp_feedback: vec![],
    }
}

/// The two codecs, and the loudness of every packet of sound (RFC 6464).
fn media_engine() -> Result<MediaEngine, LineError> {
    let numbered = |rtp_codec, payload_type| RTCRtpCodecParameters { rtp_codec, payload_type };
    let mut engine = MediaEngine::default();
    engine.register_codec(numbered(h264(), 102), RtpCodecKind::Video)?;
    engine.register_codec(numbered(opus(), 111), RtpCodecKind::Audio)?;
    let loudness = RTCRtpHeaderExtensionCapability { uri: AUDIO_LEVEL_URI.into() };
    engine.register_header_extension(loudness, RtpCodecKind::Audio, None)?;
    Ok(engine)
}

/// Retransmission both ways, receiver reports, key picture requests. No sender reports: the publisher writes its own.
fn interceptors() -> Registry {
    Registry::new()
        .with(Slot::NackResponder, NackResponderBuilder::new().with_size(HISTORY).build())
        .with(Slot::NackGenerator, NackGeneratorBuilder::new().build())
        .with(Slot::ReceiverReport, ReceiverReportBuilder::new().build())
        .with(KeyframeRequests::slot(), KeyframeRequests::default())
}

struct Watcher {
    gathered: watch::Sender<bool>,
    state: watch::Sender<RTCPeerConnectionState>,
    tallies: Arc<Tallies>,
}

type Handled<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

// The trait is declared through `async_trait`; these are the signatures it stands for.
impl PeerConnectionEventHandler for Watcher {
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

    fn on_connection_state_change<'life0, 'async_trait>(
        &'life0 self,
        state: RTCPeerConnectionState,
    ) -> Handled<'async_trait>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        self.state.send_replace(state);
        Box::pin(std::future::ready(()))
    }

    fn on_track<'life0, 'async_trait>(&'life0 self, track: Arc<dyn TrackRemote>) -> Handled<'async_trait>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        self.tallies.follow(track);
        Box::pin(std::future::ready(()))
    }
}
