//! One chamber: its endpoints, their connections, and who sits in which slot. The way of the packets is in `forward`.

use super::answer::{PublishChoice, ReceiveChoice};
use super::meter::{ReceiveMeter, StreamMeter};
use super::peer::{PeerId, Peers, Role};
use super::reports;
use super::rewrite::Rewrite;
use super::router::{Change, Router};
use super::source::Source;
use crate::app::ports::media::Slot;
use crate::domain::id::EndpointId;
use crate::domain::presence::Observation;
use std::collections::{BTreeMap, BTreeSet};

/// Ticks a millisecond of a picture's and of a sound's RTP clock.
pub const PICTURE_TICKS: u32 = 90;
pub const SOUND_TICKS: u32 = 48;

/// One slot of a receiver: two tracks under one name.
pub struct Seat {
    pub picture_mid: String,
    pub sound_mid: String,
    /// Stream and CNAME of both tracks.
    pub stream: String,
    pub picture: Rewrite,
    pub sound: Rewrite,
    /// A decoder cannot start in the middle: nothing of the picture passes before a keyframe.
    pub awaits_keyframe: bool,
}

/// One receiving connection.
pub struct Receiver {
    pub peer: PeerId,
    pub choice: ReceiveChoice,
    pub live: bool,
    pub seats: Vec<Seat>,
}

/// Everybody who ever published or received, with what is counted of them.
pub struct Endpoint {
    pub source: Option<Source>,
    pub receiver: Option<Receiver>,
    pub picture: StreamMeter,
    pub sound: StreamMeter,
    pub receive: ReceiveMeter,
}

impl Endpoint {
    fn peers(&self) -> impl Iterator<Item = PeerId> {
        let source = self.source.as_ref().map(|source| source.peer);
        source.into_iter().chain(self.receiver.as_ref().map(|receiver| receiver.peer))
    }
}

/// One meeting's media.
#[derive(Default)]
pub struct Chamber {
    pub(super) endpoints: BTreeMap<EndpointId, Endpoint>,
    pub(super) router: Router,
    /// Receivers whose slots were not reported since they changed.
    unreported: BTreeSet<EndpointId>,
}

impl Chamber {
    /// Whether one more endpoint, if it is one, finds room.
    #[must_use]
    pub fn has_room(&self, endpoint: &EndpointId, endpoints_max: usize) -> bool {
        self.endpoints.contains_key(endpoint) || self.endpoints.len() < endpoints_max
    }

    /// Nobody is or was here, and nobody is shut out.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        self.endpoints.is_empty() && self.router.excludes_nobody()
    }

    fn endpoint(&mut self, endpoint: &EndpointId, now_ms: u64) -> &mut Endpoint {
        self.endpoints.entry(endpoint.clone()).or_insert_with(|| Endpoint {
            source: None,
            receiver: None,
            picture: StreamMeter::new(PICTURE_TICKS, now_ms),
            sound: StreamMeter::new(SOUND_TICKS, now_ms),
            receive: ReceiveMeter::default(),
        })
    }

    /// A publishing connection begins. Returns the one it takes over from.
    pub fn publish(&mut self, id: &EndpointId, peer: PeerId, choice: PublishChoice, now_ms: u64) -> Option<PeerId> {
        let endpoint = self.endpoint(id, now_ms);
        endpoint.source.replace(Source::new(peer, choice)).map(|source| source.peer)
    }

    /// A receiving connection begins. Returns the one it takes over from.
    pub fn receive(&mut self, id: &EndpointId, receiver: Receiver, now_ms: u64) -> Option<PeerId> {
        let slots = receiver.seats.len();
        let endpoint = self.endpoint(id, now_ms);
        endpoint.receive.restart();
        let old = endpoint.receiver.replace(receiver).map(|receiver| receiver.peer);
        let changes = self.router.receiver_came(id, slots);
        self.seat(changes);
        self.unreported.insert(id.clone());
        let waiting = self.router.waiting(id);
        if waiting > 0 {
            tracing::info!(endpoint = %id, waiting, "more sources than slots");
        }
        old
    }

    /// A connection can carry media now.
    pub fn established(&mut self, id: &EndpointId, role: Role, peer: PeerId) {
        let Some(endpoint) = self.endpoints.get_mut(id) else { return };
        match role {
            Role::Publish => {
                let Some(source) = endpoint.source.as_mut().filter(|source| source.peer == peer) else { return };
                source.live = true;
                endpoint.picture.restart();
                endpoint.sound.restart();
                let changes = self.router.source_came(id);
                self.seat(changes);
                // Those who kept their slot across a takeover have to start anew with the new stream.
                self.restart_feed(id, true);
                self.restart_feed(id, false);
            }
            Role::Receive => {
                let Some(receiver) = endpoint.receiver.as_mut().filter(|receiver| receiver.peer == peer) else {
                    return;
                };
                receiver.live = true;
                for source in self.router.slots(id).iter().flatten() {
                    if let Some(source) = self.endpoints.get_mut(source).and_then(|one| one.source.as_mut()) {
                        source.want_keyframe();
                    }
                }
            }
        }
    }

    /// The stream behind a source's picture or sound is another one.
    pub(super) fn restart_feed(&mut self, source: &EndpointId, picture: bool) {
        for (receiver, slot) in self.router.watchers(source) {
            let receiver = self.endpoints.get_mut(receiver).and_then(|one| one.receiver.as_mut());
            let Some(seat) = receiver.and_then(|receiver| receiver.seats.get_mut(*slot)) else { continue };
            if picture {
                seat.picture.switch();
                seat.awaits_keyframe = true;
            } else {
                seat.sound.switch();
            }
        }
        if let Some(source) = self.endpoints.get_mut(source).and_then(|one| one.source.as_mut())
            && picture
        {
            source.restart_picture();
            source.want_keyframe();
        }
    }

    /// A connection has ended.
    pub fn lost(&mut self, id: &EndpointId, role: Role, peer: PeerId) {
        let Some(endpoint) = self.endpoints.get_mut(id) else { return };
        match role {
            Role::Publish if endpoint.source.as_ref().is_some_and(|source| source.peer == peer) => {
                endpoint.source = None;
                let changes = self.router.source_went(id);
                self.seat(changes);
            }
            Role::Receive if endpoint.receiver.as_ref().is_some_and(|receiver| receiver.peer == peer) => {
                endpoint.receiver = None;
                self.router.receiver_went(id);
                self.unreported.remove(id);
            }
            _ => {}
        }
    }

    /// Shuts an endpoint out or lets it in again. `false` if there are too many shut out.
    pub fn exclude(&mut self, id: &EndpointId, excluded: bool, excluded_max: usize) -> bool {
        if excluded && self.router.excluded_besides(id) >= excluded_max {
            return false;
        }
        let changes = self.router.exclude(id, excluded);
        self.seat(changes);
        true
    }

    /// All connections of the chamber.
    #[must_use]
    pub fn peers(&self) -> Vec<PeerId> {
        self.endpoints.values().flat_map(Endpoint::peers).collect()
    }

    /// The connections of one endpoint.
    #[must_use]
    pub fn connections(&self, id: &EndpointId) -> Vec<PeerId> {
        self.endpoints.get(id).into_iter().flat_map(Endpoint::peers).collect()
    }

    fn seat(&mut self, changes: Vec<Change>) {
        for Change { receiver, slot, source } in changes {
            let receiving = self.endpoints.get_mut(&receiver).and_then(|one| one.receiver.as_mut());
            if let Some(seat) = receiving.and_then(|receiving| receiving.seats.get_mut(slot)) {
                seat.picture.switch();
                seat.sound.switch();
                seat.awaits_keyframe = true;
            }
            if let Some(source) = source.and_then(|source| self.endpoints.get_mut(&source)?.source.as_mut()) {
                source.want_keyframe();
            }
            self.unreported.insert(receiver);
        }
    }

    /// Receivers whose slots have to be reported, until [`Self::reported`].
    #[must_use]
    pub fn unreported(&self) -> Vec<EndpointId> {
        self.unreported.iter().cloned().collect()
    }

    /// The slots of a receiver were reported.
    pub fn reported(&mut self, id: &EndpointId) {
        self.unreported.remove(id);
    }

    /// The slots of a receiver as they are now.
    #[must_use]
    pub fn slots(&self, id: &EndpointId) -> Vec<Slot> {
        let seats = self.endpoints.get(id).and_then(|one| one.receiver.as_ref()).map_or(&[][..], |one| &one.seats);
        let sources = self.router.slots(id).iter().cloned().chain(std::iter::repeat(None));
        let slots = seats.iter().zip(sources).map(|(seat, source)| Slot {
            picture_mid: seat.picture_mid.clone(),
            sound_mid: seat.sound_mid.clone(),
            source,
        });
        slots.collect()
    }

    /// Ends the second: what was counted, and reports to the publishers of how they arrive.
    pub fn close_second(&mut self, peers: &mut Peers, now_ms: u64) -> Vec<Observation> {
        self.repeat_keyframe_requests();
        let mut observations = Vec::with_capacity(self.endpoints.len());
        for (id, endpoint) in &mut self.endpoints {
            let connected = endpoint
                .receiver
                .as_ref()
                .and_then(|receiver| peers.all.get(&receiver.peer))
                .is_some_and(|peer| peer.is_connected(now_ms));
            observations.push(Observation {
                endpoint: id.clone(),
                sound: endpoint.sound.close_second(now_ms),
                picture: endpoint.picture.close_second(now_ms),
                receive: endpoint.receive.close_second(connected, now_ms),
            });
            let Some(source) = endpoint.source.as_ref().filter(|source| source.live) else { continue };
            let feeds = [(&source.picture, &endpoint.picture), (&source.sound, &endpoint.sound)];
            let streams =
                feeds.into_iter().filter_map(|(feed, meter)| Some((feed.ssrc()?, meter.reception()?, feed.clock)));
            peers.send_control(source.peer, reports::received(&streams.collect::<Vec<_>>(), now_ms));
        }
        observations
    }

    /// A request or its keyframe may have been lost on the way.
    fn repeat_keyframe_requests(&mut self) {
        let mut wanted: BTreeMap<EndpointId, Vec<ReceiveChoice>> = BTreeMap::new();
        for (id, endpoint) in &self.endpoints {
            let Some(receiver) = endpoint.receiver.as_ref().filter(|receiver| receiver.live) else { continue };
            for (seat, source) in receiver.seats.iter().zip(self.router.slots(id)) {
                if let Some(source) = source.as_ref().filter(|_| seat.awaits_keyframe) {
                    wanted.entry(source.clone()).or_default().push(receiver.choice);
                }
            }
        }
        for (source, choices) in wanted {
            let Some(source) = self.endpoints.get_mut(&source).and_then(|one| one.source.as_mut()) else { continue };
            // Whoever cannot show the codec would ask for ever.
            if choices.iter().any(|choice| choice.picture_type(source.choice.codec).is_some()) {
                source.want_keyframe();
            }
        }
    }
}
