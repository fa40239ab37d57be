//! The line of a simulated councillor: one connection that publishes picture and sound (WHIP, RFC 9725), one that
//! receives the others (WHEP), and the switches with which a rehearsal makes things go wrong.

mod connection;
mod keyframes;
mod publish;
mod receive;

pub use publish::{Publisher, Sent};
pub use receive::{Received, Receiver};

use super::pictures::PictureLoop;
use super::voices::VoiceLoop;
use std::fmt;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most slots a receiver asks for.
pub const SLOTS_MAX: usize = 64;

/// Why a line does not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// The media library refused; its own words.
    Media(String),
    /// The server did not answer the offer with a session description; what the exchange said.
    Exchange(String),
    /// Not done in time; what was waited for.
    Late(&'static str),
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Media(why) => write!(f, "Bild- und Tonverbindung: {why}"),
            Self::Exchange(why) => write!(f, "Das Angebot wurde nicht beantwortet: {why}"),
            Self::Late(what) => write!(f, "Nicht rechtzeitig: {what}"),
        }
    }
}

impl std::error::Error for LineError {}

impl From<webrtc::error::Error> for LineError {
    fn from(error: webrtc::error::Error) -> Self {
        Self::Media(error.to_string())
    }
}

/// The answer to an offer, on its way.
pub type Answer = Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

/// Posts an offer as `application/sdp` to a URL and hands back the body of the answer (201). Any
/// `async Fn(url, offer) -> Result<answer, why>` is one; the caller brings its signed-in HTTP client along.
pub trait Exchange: Send + Sync + 'static {
    /// Carries `offer` to `url`.
    fn exchange(&self, url: String, offer: String) -> Answer;
}

impl<F, A> Exchange for F
where
    F: Fn(String, String) -> A + Send + Sync + 'static,
    A: Future<Output = Result<String, String>> + Send + 'static,
{
    fn exchange(&self, url: String, offer: String) -> Answer {
        Box::pin(self(url, offer))
    }
}

/// What a publisher sends. The loops are shared by all connections of a councillor, silence by all councillors.
#[derive(Debug, Clone)]
pub struct Show {
    pub pictures: Arc<PictureLoop>,
    pub tune: Arc<VoiceLoop>,
    pub silence: Arc<VoiceLoop>,
}

/// What is switched on; read by the publisher at every packet, kept over a reconnection.
#[derive(Debug)]
pub struct Switches {
    picture: AtomicBool,
    sound: AtomicBool,
    muted: AtomicBool,
}

impl Switches {
    /// Picture and sound are sent, the microphone is muted: how a councillor listens.
    #[must_use]
    pub const fn listening() -> Self {
        Self { picture: AtomicBool::new(true), sound: AtomicBool::new(true), muted: AtomicBool::new(true) }
    }

    fn picture(&self) -> bool {
        self.picture.load(Ordering::Relaxed)
    }

    fn sound(&self) -> bool {
        self.sound.load(Ordering::Relaxed)
    }

    fn muted(&self) -> bool {
        self.muted.load(Ordering::Relaxed)
    }
}

/// Where and how a councillor connects.
#[derive(Debug, Clone)]
pub struct LinePlan {
    /// The server, as `https://rat.example` without a slash at the end.
    pub base: String,
    /// The meeting's id, as the server writes it in its addresses.
    pub meeting: String,
    /// Pairs of picture and sound to receive, at most [`SLOTS_MAX`]; 0 receives nothing.
    pub slots: usize,
    /// The own address to send from; loopback for a demo on one machine.
    pub local: IpAddr,
    /// What is sent.
    pub show: Show,
}

/// One councillor's line.
pub struct Line {
    plan: LinePlan,
    exchange: Arc<dyn Exchange>,
    switches: Arc<Switches>,
    live: Option<Live>,
}

struct Live {
    publisher: Publisher,
    receiver: Option<Receiver>,
}

impl Line {
    /// A line that is not connected yet: picture on, microphone muted.
    #[must_use]
    pub fn new(plan: LinePlan, exchange: Arc<dyn Exchange>) -> Self {
        Self { plan, exchange, switches: Arc::new(Switches::listening()), live: None }
    }

    /// Connects, or connects anew: what still stood is dropped first. Returns when both connections stand. The switches
    /// are as they were.
    ///
    /// # Errors
    /// [`LineError`]; then nothing is left connected.
    pub async fn reconnect(&mut self) -> Result<(), LineError> {
        self.drop_line().await;
        let whip = format!("{}/media/{}/whip", self.plan.base, self.plan.meeting);
        let show = self.plan.show.clone();
        let publisher =
            Publisher::connect(self.plan.local, &*self.exchange, whip, show, Arc::clone(&self.switches)).await?;
        let receiver = match self.receive().await {
            Ok(receiver) => receiver,
            Err(error) => {
                publisher.close().await;
                return Err(error);
            }
        };
        self.live = Some(Live { publisher, receiver });
        Ok(())
    }

    async fn receive(&self) -> Result<Option<Receiver>, LineError> {
        if self.plan.slots == 0 {
            return Ok(None);
        }
        let whep = format!("{}/media/{}/whep", self.plan.base, self.plan.meeting);
        Receiver::connect(self.plan.local, &*self.exchange, whep, self.plan.slots).await.map(Some)
    }

    /// The camera stops: no more packets of the picture, the sound goes on.
    pub fn stop_picture(&self) {
        self.switches.picture.store(false, Ordering::Relaxed);
    }

    /// The camera works again, beginning with a key picture.
    pub fn resume_picture(&self) {
        self.switches.picture.store(true, Ordering::Relaxed);
    }

    /// The microphone is gone: no more packets of sound. That is a fault, being muted is none.
    pub fn stop_sound(&self) {
        self.switches.sound.store(false, Ordering::Relaxed);
    }

    /// The microphone is back.
    pub fn resume_sound(&self) {
        self.switches.sound.store(true, Ordering::Relaxed);
    }

    /// The microphone is muted: packets of silence.
    pub fn mute(&self) {
        self.switches.muted.store(true, Ordering::Relaxed);
    }

    /// The councillor can be heard.
    pub fn unmute(&self) {
        self.switches.muted.store(false, Ordering::Relaxed);
    }

    /// Both connections end without a word over HTTP, as if the network were gone.
    pub async fn drop_line(&mut self) {
        if let Some(live) = self.live.take() {
            live.publisher.close().await;
            if let Some(receiver) = live.receiver {
                receiver.close().await;
            }
        }
    }

    /// Whether the line was connected and neither dropped nor lost since.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.live.as_ref().is_some_and(|live| {
            live.publisher.is_connected() && live.receiver.as_ref().is_none_or(Receiver::is_connected)
        })
    }

    /// What the present connection has sent; `None` while there is none.
    #[must_use]
    pub fn sent(&self) -> Option<Sent> {
        self.live.as_ref().map(|live| live.publisher.sent())
    }

    /// What the present connection has received, one entry for each media line on which anything arrived.
    pub async fn received(&self) -> Vec<Received> {
        match self.live.as_ref().and_then(|live| live.receiver.as_ref()) {
            Some(receiver) => receiver.received().await,
            None => Vec::new(),
        }
    }
}
