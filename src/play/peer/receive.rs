//! The receiving connection: a fixed number of slots, whose packets are counted and let go. Receiver reports and
//! requests for lost packets are the library's.

use super::connection::Connection;
use super::{Exchange, LineError, SLOTS_MAX};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};

/// What arrived on one media line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The line's `mid` in the offer.
    pub mid: String,
    /// A picture; otherwise sound.
    pub picture: bool,
    /// RTP packets.
    pub packets: u64,
    /// Packets with the marker bit: of a picture, its last packet.
    pub marked: u64,
}

/// A connection that receives the others.
pub struct Receiver {
    connection: Connection,
    tallies: Arc<Tallies>,
}

impl Receiver {
    /// Asks the WHEP address `url` for `slots` pairs of picture and sound (at most [`SLOTS_MAX`]).
    ///
    /// # Errors
    /// [`LineError`]; then nothing is left connected.
    pub async fn connect(local: IpAddr, exchange: &dyn Exchange, url: String, slots: usize) -> Result<Self, LineError> {
        let tallies = Arc::new(Tallies::default());
        let mut connection = Connection::open(local, Arc::clone(&tallies)).await?;
        let established = async {
            for _ in 0..slots.min(SLOTS_MAX) {
                for kind in [RtpCodecKind::Video, RtpCodecKind::Audio] {
                    let direction = RTCRtpTransceiverDirection::Recvonly;
                    let init = RTCRtpTransceiverInit { direction, ..Default::default() };
                    connection.inner.add_transceiver_from_kind(kind, Some(init)).await?;
                }
            }
            connection.establish(exchange, url).await
        };
        if let Err(error) = established.await {
            connection.close().await;
            return Err(error);
        }
        Ok(Self { connection, tallies })
    }

    /// What arrived until now, one entry for each media line on which anything did.
    pub async fn received(&self) -> Vec<Received> {
        let mut received = Vec::new();
        for line in self.connection.inner.get_transceivers().await {
            let (Ok(Some(mid)), Ok(Some(receiver))) = (line.mid().await, line.receiver().await) else { continue };
            let track = receiver.track();
            if let Some(tally) = self.tallies.of(&track.track_id().await) {
                received.push(Received {
                    mid,
                    picture: track.kind().await == RtpCodecKind::Video,
                    packets: tally.packets.load(Ordering::Relaxed),
                    marked: tally.marked.load(Ordering::Relaxed),
                });
            }
        }
        received
    }

    /// Whether packets can flow.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connection.is_connected()
    }

    /// Closes.
    pub async fn close(&self) {
        self.connection.close().await;
    }
}

/// The counters of all tracks of a connection, by the track's id.
#[derive(Default)]
pub(super) struct Tallies {
    tracks: Mutex<HashMap<String, Arc<Tally>>>,
}

#[derive(Default)]
struct Tally {
    packets: AtomicU64,
    marked: AtomicU64,
}

impl Tallies {
    /// Counts what arrives on a track until it ends.
    pub(super) fn follow(self: &Arc<Self>, track: Arc<dyn TrackRemote>) {
        let tallies = Arc::clone(self);
        tokio::spawn(async move {
            let tally = Arc::new(Tally::default());
            tallies.note(track.track_id().await, Arc::clone(&tally));
            while let Some(event) = track.poll().await {
                if let TrackRemoteEvent::OnRtpPacket(packet) = event {
                    tally.packets.fetch_add(1, Ordering::Relaxed);
                    tally.marked.fetch_add(u64::from(packet.header.marker), Ordering::Relaxed);
                }
            }
        });
    }

    fn note(&self, track: String, tally: Arc<Tally>) {
        self.tracks.lock().unwrap_or_else(PoisonError::into_inner).insert(track, tally);
    }

    fn of(&self, track: &str) -> Option<Arc<Tally>> {
        self.tracks.lock().unwrap_or_else(PoisonError::into_inner).get(track).cloned()
    }
}
