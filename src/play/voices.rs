//! The sound of a simulated councillor: a soft tune of its own, or the silence of a muted microphone, encoded once as a
//! loop of Opus (48 kHz, mono, 20 ms). Every frame is a full packet: without DTX, silence must not look like a failure.

use opus_rs::{Application, OpusEncoder};
use std::f32::consts::{PI, TAU};
use std::time::Duration;
use tokio_util::bytes::Bytes;

/// Sound in one packet.
pub const VOICE_PERIOD: Duration = Duration::from_millis(20);
/// Samples in one packet, also the step of its RTP timestamp.
pub const VOICE_SAMPLES: usize = 960;

const SAMPLE_RATE: i32 = 48_000;
/// Constant, so that silence fills its packets like speech.
const BITS_PER_SECOND: i32 = 32_000;
/// Packets in one loop: four seconds.
const LOOP_FRAMES: usize = 200;
/// Notes in one loop, half a second each.
const NOTES: usize = 8;
/// Peak of the tune, full scale being 1: about −26 dB, soft even if three sound at once.
const PEAK: f32 = 0.05;
/// The level of digital silence in RFC 6464.
const LEVEL_SILENT: u8 = 127;
/// Louder than this counts as voice, in −dBov.
const LEVEL_VOICE: u8 = 60;

/// One encoded packet of sound.
#[derive(Debug, Clone)]
pub struct VoiceFrame {
    /// The Opus packet.
    pub payload: Bytes,
    /// Loudness as RFC 6464 tells it: 0 the loudest, 127 silence, in −dBov.
    pub level: u8,
}

impl VoiceFrame {
    /// Whether somebody can be heard, the V bit of RFC 6464.
    #[must_use]
    pub const fn is_voice(&self) -> bool {
        self.level < LEVEL_VOICE
    }
}

/// A loop of encoded sound.
#[derive(Debug)]
pub struct VoiceLoop {
    frames: Vec<VoiceFrame>,
}

impl VoiceLoop {
    /// The tune of the seat with this number: a few notes of a pentatonic scale, so that any two go together.
    ///
    /// # Errors
    /// The encoder's own error.
    pub fn tune(seat: u16) -> Result<Self, &'static str> {
        Self::encode(&tune(seat))
    }

    /// A muted microphone.
    ///
    /// # Errors
    /// The encoder's own error.
    pub fn silence() -> Result<Self, &'static str> {
        Self::encode(&[0.0; LOOP_FRAMES * VOICE_SAMPLES])
    }

    /// The packets of one round.
    #[must_use]
    pub fn frames(&self) -> &[VoiceFrame] {
        &self.frames
    }

    fn encode(samples: &[f32]) -> Result<Self, &'static str> {
        let mut encoder = OpusEncoder::new(SAMPLE_RATE, 1, Application::RestrictedLowDelay)?;
        encoder.bitrate_bps = BITS_PER_SECOND;
        encoder.use_cbr = true;
        let mut packet = [0; 1276];
        let mut frames = Vec::with_capacity(samples.len() / VOICE_SAMPLES);
        for frame in samples.chunks_exact(VOICE_SAMPLES) {
            let length = encoder.encode(frame, VOICE_SAMPLES, &mut packet)?;
            frames.push(VoiceFrame { payload: Bytes::copy_from_slice(&packet[..length]), level: level(frame) });
        }
        Ok(Self { frames })
    }
}

/// Every note swells and dies away, so that the loop begins and ends in silence and joins without a click.
fn tune(seat: u16) -> Vec<f32> {
    const SCALE: [f32; 5] = [0.0, 2.0, 4.0, 7.0, 9.0];
    let note_samples = LOOP_FRAMES * VOICE_SAMPLES / NOTES;
    let seat = usize::from(seat);
    (0..NOTES)
        .flat_map(|note| {
            let step = seat * 3 + note * (1 + seat % 4);
            let semitone = SCALE[step % SCALE.len()] + 12.0 * (seat % 3) as f32;
            let frequency = 196.0 * (semitone / 12.0).exp2();
            (0..note_samples).map(move |sample| {
                let swell = (PI * sample as f32 / note_samples as f32).sin();
                PEAK * swell * (TAU * frequency * sample as f32 / SAMPLE_RATE as f32).sin()
            })
        })
        .collect()
}

/// The loudness of a frame in −dBov (RFC 6464).
fn level(frame: &[f32]) -> u8 {
    let power = frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len() as f32;
    if power <= 0.0 { LEVEL_SILENT } else { (-10.0 * power.log10()).round().clamp(0.0, 127.0) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opus_rs::OpusDecoder;

    fn decode(voice: &VoiceLoop) -> Vec<f32> {
        let mut decoder = OpusDecoder::new(SAMPLE_RATE, 1).unwrap();
        let mut pcm = [0.0; VOICE_SAMPLES];
        let mut heard = Vec::new();
        for frame in voice.frames() {
            assert_eq!(decoder.decode(&frame.payload, VOICE_SAMPLES, &mut pcm).unwrap(), VOICE_SAMPLES);
            heard.extend_from_slice(&pcm);
        }
        heard
    }

    #[test]
    fn a_tune_is_heard_softly_and_at_the_level_it_tells() {
        for seat in [1, 13] {
            let voice = VoiceLoop::tune(seat).unwrap();
            let heard = decode(&voice);
            let peak = heard.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
            assert!(peak > PEAK / 2.0 && peak < PEAK * 2.0, "peak {peak}");
            let middle = voice.frames().len() / NOTES / 2;
            let decoded = level(&heard[middle * VOICE_SAMPLES..(middle + 1) * VOICE_SAMPLES]);
            assert!(decoded.abs_diff(voice.frames()[middle].level) <= 2 && voice.frames()[middle].is_voice());
        }
        assert_ne!(tune(1), tune(2));
    }

    #[test]
    fn silence_is_silent_but_sends_full_packets() {
        let silence = VoiceLoop::silence().unwrap();
        assert!(decode(&silence).iter().all(|sample| sample.abs() < 0.001));
        assert_eq!(silence.frames().len(), LOOP_FRAMES);
        for frame in silence.frames() {
            assert!(frame.payload.len() > 3, "a packet of {} bytes would be DTX", frame.payload.len());
            assert!(frame.level == LEVEL_SILENT && !frame.is_voice());
        }
    }
}
