//! One RTP stream: its numbers, its packets, its sender reports.

use crate::play::peer::LineError;
use crate::play::peer::connection::{h264, opus};
use crate::play::pictures::Picture;
use crate::play::voices::{VOICE_SAMPLES, VoiceFrame};
use rtc::media_stream::MediaStreamTrack;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtcp::source_description::{SdesType, SourceDescription, SourceDescriptionChunk, SourceDescriptionItem};
use rtc::rtp;
use rtc::rtp_transceiver::rtp_sender::{RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind};
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use rtc::sdp::extmap::AUDIO_LEVEL_URI;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use tokio_util::bytes::Bytes;
use webrtc::error::Error;
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::peer_connection::PeerConnection;
use webrtc::rtp_transceiver::RtpSender;

/// Steps of the 90 kHz clock of pictures in one tick of 20 ms.
const PICTURE_STEPS: u64 = 1_800;
/// Steps of the 48 kHz clock of sound in one tick.
const VOICE_STEPS: u64 = VOICE_SAMPLES as u64;

/// An outgoing stream.
pub(super) struct Stream {
    sender: Arc<dyn RtpSender>,
    track: Arc<dyn TrackLocal>,
    cname: Bytes,
    ssrc: u32,
    sequence: u16,
    /// Time stamp of tick 0, by chance (RFC 3550 section 5.1).
    origin: u32,
    steps: u64,
    payload_type: u8,
    /// Number of the loudness extension, if the server takes it.
    loudness: Option<u8>,
    packets: u32,
    octets: u32,
}

/// A number nobody can foresee, from the seed of the standard library's hash tables.
pub(super) fn chance() -> u64 {
    RandomState::new().build_hasher().finish()
}

impl Stream {
    /// Adds a stream that only sends.
    pub(super) async fn add(
        connection: &dyn PeerConnection,
        kind: RtpCodecKind,
        cname: &str,
    ) -> Result<Self, LineError> {
        let ssrc = chance() as u32;
        let (label, steps, codec) = match kind {
            RtpCodecKind::Video => ("picture", PICTURE_STEPS, h264()),
            _ => ("sound", VOICE_STEPS, opus()),
        };
        let coding = RTCRtpEncodingParameters {
            rtp_coding_parameters: RTCRtpCodingParameters { ssrc: Some(ssrc), ..Default::default() },
            codec,
            ..Default::default()
        };
        let names = (cname.to_owned(), format!("{label}-{ssrc:08x}"), label.to_owned());
        let track = MediaStreamTrack::new(names.0, names.1, names.2, kind, vec![coding]);
        let track: Arc<dyn TrackLocal> = Arc::new(TrackLocalStaticRTP::new(track));
        let only_send = RTCRtpTransceiverInit { direction: RTCRtpTransceiverDirection::Sendonly, ..Default::default() };
        let transceiver = connection.add_transceiver_from_track(Arc::clone(&track), Some(only_send)).await?;
        let sender = transceiver.sender().await?.ok_or_else(|| LineError::Media(format!("no sender for {label}")))?;
        Ok(Self {
            sender,
            track,
            cname: Bytes::copy_from_slice(cname.as_bytes()),
            ssrc,
            sequence: chance() as u16,
            origin: chance() as u32,
            steps,
            payload_type: 0,
            loudness: None,
            packets: 0,
            octets: 0,
        })
    }

    /// Takes over what the answer settled.
    pub(super) async fn negotiated(&mut self) -> Result<(), LineError> {
        let settled = self.sender.get_parameters().await?.rtp_parameters;
        let codec = settled.codecs.first();
        self.payload_type = codec.ok_or_else(|| LineError::Media("the answer takes no codec".into()))?.payload_type;
        let loudness = settled.header_extensions.iter().find(|extension| extension.uri == AUDIO_LEVEL_URI);
        self.loudness = loudness.and_then(|extension| u8::try_from(extension.id).ok());
        Ok(())
    }

    pub(super) const fn track(&self) -> &Arc<dyn TrackLocal> {
        &self.track
    }

    /// The RTP time stamp of a tick; it wraps.
    const fn stamp(&self, tick: u64) -> u32 {
        self.origin.wrapping_add((tick.wrapping_mul(self.steps)) as u32)
    }

    /// Sends a whole picture; the last packet bears the marker.
    pub(super) async fn send_picture(&mut self, tick: u64, picture: &Picture) -> Result<(), Error> {
        let last = picture.payloads.len().saturating_sub(1);
        for (index, payload) in picture.payloads.iter().enumerate() {
            let mut header = self.header(tick);
            header.marker = index == last;
            self.send(header, payload.clone()).await?;
        }
        Ok(())
    }

    /// Sends a packet of sound and its loudness.
    pub(super) async fn send_voice(&mut self, tick: u64, frame: &VoiceFrame) -> Result<(), Error> {
        let mut header = self.header(tick);
        if let Some(id) = self.loudness {
            let heard = u8::from(frame.is_voice()) << 7 | frame.level;
            header.set_extension(id, Bytes::copy_from_slice(&[heard]))?;
        }
        self.send(header, frame.payload.clone()).await
    }

    fn header(&mut self, tick: u64) -> rtp::Header {
        let sequence_number = self.sequence;
        self.sequence = self.sequence.wrapping_add(1);
        rtp::Header {
            version: 2,
            payload_type: self.payload_type,
            sequence_number,
            timestamp: self.stamp(tick),
            ssrc: self.ssrc,
            ..Default::default()
        }
    }

    async fn send(&mut self, header: rtp::Header, payload: Bytes) -> Result<(), Error> {
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(payload.len() as u32);
        self.track.write_rtp(rtp::Packet { header, payload }).await
    }

    /// Tells which wall clock time belongs to a tick, with the name both streams share (RFC 3550 sections 6.4 and 6.5).
    pub(super) async fn report(&self, tick: u64, ntp: u64) -> Result<(), Error> {
        let report = SenderReport {
            ssrc: self.ssrc,
            ntp_time: ntp,
            rtp_time: self.stamp(tick),
            packet_count: self.packets,
            octet_count: self.octets,
            ..Default::default()
        };
        let name = SourceDescriptionItem { sdes_type: SdesType::SdesCname, text: self.cname.clone() };
        let description =
            SourceDescription { chunks: vec![SourceDescriptionChunk { source: self.ssrc, items: vec![name] }] };
        self.track.write_rtcp(vec![Box::new(report), Box::new(description)]).await
    }
}
