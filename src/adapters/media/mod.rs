//! The chamber: who sees and hears whom (an SFU on the sans-IO core of the `webrtc` family).
//!
//! One thread, one UDP socket, no lock. `engine` runs the loop, `peer` is one connection (`ice`, `secure`), `offer` and
//! `answer` negotiate it; `chamber` and `forward` say what passes to whom, by the pure parts `router`, `rewrite`,
//! `frames`, `meter`, `history` and `reports`.
//!
//! An offer has all its media over one transport (BUNDLE, rtcp-mux), a SHA-256 fingerprint and `setup:actpass` or
//! `active`; candidates in it are not needed. To publish: one sending picture line (H.264 constrained baseline with
//! packetization mode 1, else VP8) and one sending Opus line. To receive: `recvonly` lines, as many pictures as sounds,
//! all alike. A browser narrows its receiving picture lines to these codecs, or an offer for sixty slots is too long.

mod answer;
mod chamber;
mod engine;
mod forward;
mod frames;
mod history;
mod ice;
mod meter;
mod offer;
mod peer;
mod reports;
mod rewrite;
mod router;
mod secure;
mod source;
mod wire;

use crate::app::ports::media::{MediaEngine, MediaEvent};
use std::io;
use std::net::SocketAddr;
use tokio::sync::mpsc;

/// Calls that wait for the engine.
const CALLS_MAX: usize = 256;
/// Events that wait for the council.
const EVENTS_MAX: usize = 1_024;

/// How the engine is reached and how much it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaConfig {
    /// Where the one UDP socket is bound; port 0 takes any free one.
    pub bind: SocketAddr,
    /// Addresses browsers are told, where they differ from `bind` (a public address behind NAT, or several). Port 0
    /// stands for the bound port. Empty: the bound address itself, which then must not be a wildcard.
    pub announce: Vec<SocketAddr>,
    /// Meetings at the same time.
    pub chambers_max: usize,
    /// Endpoints of one meeting, those that are gone included.
    pub endpoints_max: usize,
    /// Slots of one receiver.
    pub slots_max: usize,
}

impl MediaConfig {
    /// Bound to one address that is also announced, with room for one council of sixty.
    #[must_use]
    pub const fn at(bind: SocketAddr) -> Self {
        Self { bind, announce: Vec::new(), chambers_max: 16, endpoints_max: 128, slots_max: 60 }
    }
}

/// Starts the engine on a thread of its own. It ends when the last [`MediaEngine`] is dropped.
///
/// Events are never waited for: what is measured is dropped, and counted in the log, while the receiver is full; slots
/// are reported again, whole, as soon as there is room.
///
/// # Errors
/// The socket cannot be bound, there is no address to announce, or the certificate cannot be made.
pub fn start(config: MediaConfig) -> io::Result<(MediaEngine, mpsc::Receiver<MediaEvent>, SocketAddr)> {
    let socket = std::net::UdpSocket::bind(config.bind)?;
    socket.set_nonblocking(true)?;
    let bound = socket.local_addr()?;
    let announced = announced(&config, bound)?;
    let (calls, inbox) = mpsc::channel(CALLS_MAX);
    let (outbox, events) = mpsc::channel(EVENTS_MAX);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let identity = secure::Identity::generate().map_err(io::Error::other)?;
    std::thread::Builder::new().name("media".to_owned()).spawn(move || {
        runtime.block_on(async move {
            match tokio::net::UdpSocket::from_std(socket) {
                Ok(socket) => engine::Engine::new(config, announced, identity, socket, outbox).run(inbox).await,
                Err(error) => tracing::error!(%error, "the media socket cannot be used"),
            }
        });
    })?;
    Ok((MediaEngine::new(calls), events, bound))
}

fn announced(config: &MediaConfig, bound: SocketAddr) -> io::Result<Vec<SocketAddr>> {
    let given = if config.announce.is_empty() { std::slice::from_ref(&bound) } else { &config.announce };
    let given =
        given.iter().map(|one| SocketAddr::new(one.ip(), if one.port() == 0 { bound.port() } else { one.port() }));
    let given: Vec<SocketAddr> = given.take(8).collect();
    if given.iter().any(|one| one.ip().is_unspecified()) {
        return Err(io::Error::other("a wildcard address cannot be announced; name the address browsers reach"));
    }
    Ok(given)
}
