//! The picture of a simulated councillor: drawn and encoded once as a loop of H.264 constrained baseline, already cut
//! into RTP payloads, then sent again and again. Sending costs no encoding: a whole council fits on half a core.

mod portrait;

use openh264::OpenH264API;
use openh264::encoder::{Complexity, Encoder, EncoderConfig, FrameRate, FrameType, Profile, RateControlMode};
use openh264::formats::{RgbSliceU8, YUVBuffer};
use openh264::{Error, Timestamp};
use rtc::rtp::codec::h264::H264Payloader;
use rtc::rtp::packetizer::Payloader;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::bytes::Bytes;

/// Width of the picture in pixels.
pub const WIDTH: usize = 320;
/// Height of the picture in pixels.
pub const HEIGHT: usize = 180;
/// Time between two pictures.
pub const PICTURE_PERIOD: Duration = Duration::from_millis(100);
/// What the session description promises: constrained baseline, level 3.1, FU-A and STAP-A allowed (RFC 6184).
pub const H264_FORMAT: &str = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";

/// Pictures in one loop: four seconds.
const LOOP_PICTURES: usize = 40;
/// Largest RTP payload in bytes; with RTP, SRTP, UDP and IPv6 headers it stays below 1200.
const PAYLOAD_BYTES: usize = 1100;
/// A key picture asked for is not sent sooner than this many pictures after the last one, however many ask.
const KEYFRAME_GAP: usize = 3;

/// One encoded picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// An IDR picture with its parameter sets in front: a decoder can begin here.
    pub keyframe: bool,
    /// Its RTP payloads in order (single NAL units, STAP-A, FU-A); the last one is sent with the marker bit.
    pub payloads: Vec<Bytes>,
}

/// A loop of encoded pictures. The first, and only the first, is a key picture, so that the loop may restart at any
/// time and decodes cleanly.
#[derive(Debug)]
pub struct PictureLoop {
    pictures: Vec<Picture>,
}

impl PictureLoop {
    /// Draws and encodes the loop of the seat with this number. Takes some hundredths of a second of CPU: not for an
    /// async task.
    ///
    /// # Errors
    /// The encoder's own error.
    pub fn encode(seat: u16) -> Result<Self, Error> {
        let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), encoder_config())?;
        let mut yuv = YUVBuffer::new(WIDTH, HEIGHT);
        let mut payloader = H264Payloader::default();
        let mut pictures = Vec::with_capacity(LOOP_PICTURES);
        let mut elapsed = 0;
        for index in 0..LOOP_PICTURES {
            let drawn = portrait::draw(seat, index, LOOP_PICTURES);
            yuv.read_rgb8(RgbSliceU8::new(&drawn, (WIDTH, HEIGHT)));
            let encoded = encoder.encode_at(&yuv, Timestamp::from_millis(elapsed))?;
            let keyframe = matches!(encoded.frame_type(), FrameType::IDR);
            let payloads = payloader.payload(PAYLOAD_BYTES, &Bytes::from(encoded.to_vec()));
            pictures
                .push(Picture { keyframe, payloads: payloads.map_err(|error| Error::msg_string(error.to_string()))? });
            elapsed += 100;
        }
        Ok(Self { pictures })
    }

    /// The pictures of one round.
    #[must_use]
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }
}

/// Fixed quality, no skipped frames, no key picture but the first, one thread.
const fn encoder_config() -> EncoderConfig {
    EncoderConfig::new()
        .profile(Profile::Baseline)
        .rate_control_mode(RateControlMode::Off)
        .max_frame_rate(FrameRate::from_hz(10.0))
        .complexity(Complexity::Low)
        .skip_frames(false)
        .scene_change_detect(false)
        .background_detection(false)
        .adaptive_quantization(false)
        .num_threads(1)
}

/// Where a publisher stands in its loop.
#[derive(Debug)]
pub struct Reel {
    pictures: Arc<PictureLoop>,
    next: usize,
}

impl Reel {
    /// Begins at the key picture.
    #[must_use]
    pub const fn new(pictures: Arc<PictureLoop>) -> Self {
        Self { pictures, next: 0 }
    }

    /// The next picture. If a key picture is wanted and the last one is long enough ago, the loop restarts; the caller
    /// keeps wanting until it is handed one.
    pub fn advance(&mut self, keyframe_wanted: bool) -> &Picture {
        if keyframe_wanted && self.next >= KEYFRAME_GAP {
            self.next = 0;
        }
        let index = self.next;
        self.next = (index + 1) % self.pictures.pictures.len();
        &self.pictures.pictures[index]
    }

    /// Begins again at the key picture, as a camera does that was switched off and on.
    pub const fn rewind(&mut self) {
        self.next = 0;
    }
}

#[cfg(test)]
mod tests;
