//! The publishing connection: sends the loops in real time, stamps picture and sound from one clock, reports that
//! clock exactly, and begins the picture anew when somebody asks for a key picture.

mod stream;

use super::connection::Connection;
use super::{Exchange, LineError, Show, Switches};
use crate::play::pictures::{PICTURE_PERIOD, Reel};
use crate::play::voices::{VOICE_PERIOD, VoiceFrame};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::shared::time::SystemInstant;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use stream::Stream;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use webrtc::media_stream::track_local::{TrackLocal, TrackLocalEvent};

/// The clock of a publisher ticks with its sound.
const TICK: Duration = VOICE_PERIOD;
const TICKS_PER_PICTURE: u64 = (PICTURE_PERIOD.as_millis() / TICK.as_millis()) as u64;
/// Sender reports once a second, the first with the first packets, so that the skew can be told at once.
const TICKS_PER_REPORT: u64 = 50;
/// A publisher that was held up longer than this leaves the missed part out instead of catching up.
const LAG_MAX: Duration = Duration::from_millis(500);

/// What a publisher has sent since it connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// Whole pictures.
    pub pictures: u64,
    /// Those of them that were key pictures.
    pub keyframes: u64,
    /// Packets of sound, 20 ms each.
    pub voice_packets: u64,
    /// Requests for a key picture that arrived.
    pub keyframe_requests: u64,
}

#[derive(Debug, Default)]
struct Counters {
    pictures: AtomicU64,
    keyframes: AtomicU64,
    voice_packets: AtomicU64,
    keyframe_requests: AtomicU64,
    keyframe_wanted: AtomicBool,
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// A connection that sends one picture and one sound.
pub struct Publisher {
    connection: Connection,
    counters: Arc<Counters>,
    tasks: [JoinHandle<()>; 2],
}

impl Publisher {
    /// Offers picture and sound to the WHIP address `url` and begins to send when the connection stands.
    ///
    /// # Errors
    /// [`LineError`]; then nothing is left connected.
    pub async fn connect(
        local: IpAddr,
        exchange: &dyn Exchange,
        url: String,
        show: Show,
        switches: Arc<Switches>,
    ) -> Result<Self, LineError> {
        let mut connection = Connection::open(local, Arc::default()).await?;
        let streams = match Self::establish(&mut connection, exchange, url).await {
            Ok(streams) => streams,
            Err(error) => {
                connection.close().await;
                return Err(error);
            }
        };
        let counters = Arc::new(Counters::default());
        let [picture, voice] = streams;
        let requests = tokio::spawn(watch_requests(Arc::clone(picture.track()), Arc::clone(&counters)));
        let stage = Stage { reel: Reel::new(Arc::clone(&show.pictures)), show, switches, picture, voice };
        let pace = tokio::spawn(stage.pace(Arc::clone(&counters)));
        Ok(Self { connection, counters, tasks: [requests, pace] })
    }

    async fn establish(
        connection: &mut Connection,
        exchange: &dyn Exchange,
        url: String,
    ) -> Result<[Stream; 2], LineError> {
        let cname = format!("{:016x}", stream::chance());
        let mut picture = Stream::add(&*connection.inner, RtpCodecKind::Video, &cname).await?;
        let mut voice = Stream::add(&*connection.inner, RtpCodecKind::Audio, &cname).await?;
        connection.establish(exchange, url).await?;
        picture.negotiated().await?;
        voice.negotiated().await?;
        Ok([picture, voice])
    }

    /// What was sent until now.
    #[must_use]
    pub fn sent(&self) -> Sent {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Sent {
            pictures: read(&self.counters.pictures),
            keyframes: read(&self.counters.keyframes),
            voice_packets: read(&self.counters.voice_packets),
            keyframe_requests: read(&self.counters.keyframe_requests),
        }
    }

    /// Whether packets can flow.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connection.is_connected()
    }

    /// Stops sending and closes.
    pub async fn close(&self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.connection.close().await;
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Notes requests for a key picture until the connection ends.
async fn watch_requests(picture: Arc<dyn TrackLocal>, counters: Arc<Counters>) {
    while let Some(event) = picture.poll().await {
        if matches!(event, TrackLocalEvent::OnRtcpPacket(_)) {
            count(&counters.keyframe_requests);
            counters.keyframe_wanted.store(true, Ordering::Relaxed);
        }
    }
}

/// All a publisher needs while it sends.
struct Stage {
    show: Show,
    switches: Arc<Switches>,
    reel: Reel,
    picture: Stream,
    voice: Stream,
}

impl Stage {
    /// Sends until the connection ends. Every time stamp is computed from the number of the tick, none from when the
    /// task happened to run, so that picture and sound of one tick belong together to the sample.
    async fn pace(mut self, counters: Arc<Counters>) {
        let start = Instant::now();
        let clock = SystemInstant::now(start.into_std());
        let mut tick = 0;
        loop {
            tokio::time::sleep_until(start + TICK * tick).await;
            let captured = (start + TICK * tick).into_std();
            if self.send(u64::from(tick), clock.ntp(captured), &counters).await.is_err() {
                return;
            }
            tick = following(tick, start.elapsed());
        }
    }

    async fn send(&mut self, tick: u64, ntp: u64, counters: &Counters) -> Result<(), webrtc::error::Error> {
        let report_due = tick.is_multiple_of(TICKS_PER_REPORT);
        if self.switches.sound() {
            let frame = self.voice_frame(tick).clone();
            self.voice.send_voice(tick, &frame).await?;
            count(&counters.voice_packets);
            if report_due {
                self.voice.report(tick, ntp).await?;
            }
        }
        if !self.switches.picture() {
            self.reel.rewind();
        } else if tick.is_multiple_of(TICKS_PER_PICTURE) {
            let picture = self.reel.advance(counters.keyframe_wanted.load(Ordering::Relaxed));
            self.picture.send_picture(tick, picture).await?;
            count(&counters.pictures);
            if picture.keyframe {
                count(&counters.keyframes);
                counters.keyframe_wanted.store(false, Ordering::Relaxed);
            }
            if report_due {
                self.picture.report(tick, ntp).await?;
            }
        }
        Ok(())
    }

    fn voice_frame(&self, tick: u64) -> &VoiceFrame {
        let voice = if self.switches.muted() { &self.show.silence } else { &self.show.tune };
        let frames = voice.frames();
        &frames[(tick % frames.len() as u64) as usize]
    }
}

/// The tick after `tick`; a later one if the publisher was held up for long.
fn following(tick: u32, elapsed: Duration) -> u32 {
    let now = u32::try_from(elapsed.as_millis() / TICK.as_millis()).unwrap_or(u32::MAX);
    let lag_max = (LAG_MAX.as_millis() / TICK.as_millis()) as u32;
    if now.saturating_sub(tick) > lag_max { now } else { tick.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_catches_up_after_a_hitch_and_leaves_out_a_long_pause() {
        assert_eq!(following(10, TICK * 10), 11);
        assert_eq!(following(10, TICK * 30), 11);
        assert_eq!(following(10, TICK * 1000), 1000);
    }
}
