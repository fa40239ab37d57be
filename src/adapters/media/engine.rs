//! The loop: reads what arrives, takes calls, keeps time. It never waits for anybody.

use super::MediaConfig;
use super::answer::{self, Here, Track};
use super::chamber::{Chamber, PICTURE_TICKS, Receiver, SOUND_TICKS, Seat};
use super::ice::{Lite, asked_fragment};
use super::offer::Offer;
use super::peer::{Heard, Owner, Peer, PeerId, Peers, Role};
use super::rewrite::Rewrite;
use super::secure::{Identity, Secure};
use super::wire::Wire;
use crate::app::ports::media::{Accepted, MediaCall, MediaCommand, MediaEvent, MediaRefusal};
use crate::domain::id::{EndpointId, MeetingId};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// Datagrams read before calls and clocks have their turn again.
const BATCH: usize = 256;
/// How soon unfinished business is looked at again.
const RESTLESS_MS: u64 = 20;
/// How soon a lost part of a handshake is looked for.
const HANDSHAKE_MS: u64 = 100;

/// Everything the engine holds.
pub struct Engine {
    config: MediaConfig,
    announced: Vec<SocketAddr>,
    identity: Identity,
    peers: Peers,
    by_address: HashMap<SocketAddr, PeerId>,
    by_fragment: HashMap<String, PeerId>,
    chambers: BTreeMap<MeetingId, Chamber>,
    events: mpsc::Sender<MediaEvent>,
    events_dropped: u64,
    next_peer: PeerId,
    started: Instant,
    /// When the second ends and when something is to be looked at, in milliseconds since the start.
    second_ends: u64,
    wake: u64,
}

impl Engine {
    /// An engine with no chamber.
    #[must_use]
    pub fn new(
        config: MediaConfig,
        announced: Vec<SocketAddr>,
        identity: Identity,
        socket: UdpSocket,
        events: mpsc::Sender<MediaEvent>,
    ) -> Self {
        Self {
            config,
            announced,
            identity,
            peers: Peers { all: BTreeMap::new(), wire: Wire::new(socket) },
            by_address: HashMap::new(),
            by_fragment: HashMap::new(),
            chambers: BTreeMap::new(),
            events,
            events_dropped: 0,
            next_peer: 1,
            started: Instant::now(),
            second_ends: 1_000,
            wake: 1_000,
        }
    }

    /// Runs until nobody can call any more.
    pub async fn run(mut self, mut calls: mpsc::Receiver<MediaCall>) {
        loop {
            let wake = tokio::time::Instant::from_std(self.started + Duration::from_millis(self.wake));
            tokio::select! {
                call = calls.recv() => match call {
                    Some(call) => self.take(call),
                    None => break,
                },
                ready = self.peers.wire.ready() => {
                    if let Err(error) = ready {
                        tracing::error!(%error, "the media socket failed");
                        break;
                    }
                    self.read();
                }
                () = tokio::time::sleep_until(wake) => {}
            }
            self.turn();
        }
        let all: Vec<PeerId> = self.peers.all.keys().copied().collect();
        for peer in all {
            self.close(peer);
        }
        self.peers.wire.flush();
    }

    fn now(&self) -> (Instant, u64) {
        let now = Instant::now();
        (now, u64::try_from(now.duration_since(self.started).as_millis()).unwrap_or(u64::MAX))
    }

    fn read(&mut self) {
        self.peers.wire.flush();
        for _ in 0..BATCH {
            let Some((from, datagram)) = self.peers.wire.receive() else { break };
            // A check names its connection; everything else is known by where it comes from.
            let peer = match asked_fragment(datagram) {
                Some(fragment) => self.by_fragment.get(fragment),
                None => self.by_address.get(&from),
            };
            if let Some(peer) = peer.copied() {
                let datagram = datagram.to_vec();
                self.hear(peer, &datagram, from);
            }
        }
    }

    fn hear(&mut self, id: PeerId, datagram: &[u8], from: SocketAddr) {
        let at = self.now();
        let Peers { all, wire } = &mut self.peers;
        let Some(peer) = all.get_mut(&id) else { return };
        // What comes from outside passes through other people's parsers here: a fault of theirs costs this connection,
        // never the chamber.
        let heard = catch_unwind(AssertUnwindSafe(|| peer.hear(datagram, from, at, (&self.identity, wire))));
        let Owner { chamber, endpoint, role } = peer.owner.clone();
        let heard = heard.unwrap_or_else(|_| {
            tracing::error!(%endpoint, "a datagram broke the connection");
            Heard::Closed
        });
        let Some(room) = self.chambers.get_mut(&chamber) else { return };
        match (heard, role) {
            (Heard::Reachable, _) => self.reachable(id),
            (Heard::Established, _) => room.established(&endpoint, role, id),
            (Heard::Closed, _) => self.end(id),
            (Heard::Media(packet), Role::Publish) => room.media(&endpoint, &packet, &mut self.peers, at.1),
            (Heard::Nothing, _) | (Heard::Media(_), Role::Receive) => {}
            (Heard::Control(packets), _) => room.control(&endpoint, role, &packets, &mut self.peers, at.1),
        }
    }

    fn reachable(&mut self, id: PeerId) {
        let Some(peer) = self.peers.all.get(&id) else { return };
        let addresses = peer.addresses();
        self.by_address.retain(|address, owner| *owner != id || addresses.contains(address));
        for address in addresses {
            self.by_address.insert(*address, id);
        }
    }

    /// Clocks: what is due is done, and `wake` says when to look again.
    fn turn(&mut self) {
        let (now, now_ms) = self.now();
        let mut restless = false;
        for chamber in self.chambers.values_mut() {
            restless |= chamber.ask(&mut self.peers, now_ms);
        }
        let Peers { all, wire } = &mut self.peers;
        let mut handshaking = false;
        for peer in all.values_mut().filter(|peer| peer.is_handshaking()) {
            handshaking = true;
            // As above; a broken handshake is cleared away once its consent has run out.
            let _ = catch_unwind(AssertUnwindSafe(|| peer.retransmit(now, wire)));
        }
        if now_ms >= self.second_ends {
            self.second(now_ms);
        }
        self.report_slots();
        self.wake = match (restless, handshaking) {
            (true, _) => self.second_ends.min(now_ms + RESTLESS_MS),
            (false, true) => self.second_ends.min(now_ms + HANDSHAKE_MS),
            (false, false) => self.second_ends,
        };
    }

    fn second(&mut self, now_ms: u64) {
        let dead: Vec<PeerId> =
            self.peers.all.iter().filter(|(_, peer)| peer.is_dead(now_ms)).map(|(id, _)| *id).collect();
        for peer in dead {
            self.end(peer);
        }
        for (id, chamber) in &mut self.chambers {
            let observations = chamber.close_second(&mut self.peers, now_ms);
            if observations.is_empty() {
                continue;
            }
            if self.events.try_send(MediaEvent::Measured { chamber: id.clone(), observations }).is_err() {
                self.events_dropped = self.events_dropped.saturating_add(1);
                tracing::warn!(chamber = %id, dropped = self.events_dropped, "nobody takes what is measured");
            }
        }
        if self.peers.wire.dropped > 0 {
            tracing::warn!(dropped = self.peers.wire.dropped, "datagrams were not sent");
            self.peers.wire.dropped = 0;
        }
        self.second_ends = (self.second_ends + 1_000).max(now_ms + 1);
    }

    fn report_slots(&mut self) {
        for (id, chamber) in &mut self.chambers {
            for endpoint in chamber.unreported() {
                let slots = chamber.slots(&endpoint);
                let event = MediaEvent::Slots { chamber: id.clone(), endpoint: endpoint.clone(), slots };
                if self.events.try_send(event).is_err() {
                    return;
                }
                chamber.reported(&endpoint);
            }
        }
    }

    fn take(&mut self, call: MediaCall) {
        let (_, now_ms) = self.now();
        let outcome = match call.command {
            MediaCommand::Publish { chamber, endpoint, offer } => {
                self.publish(Owner { chamber, endpoint, role: Role::Publish }, &offer, now_ms)
            }
            MediaCommand::Receive { chamber, endpoint, offer } => {
                self.receive(Owner { chamber, endpoint, role: Role::Receive }, &offer, now_ms)
            }
            MediaCommand::Leave { chamber, endpoint, connection } => {
                let theirs = self.chambers.get(&chamber).map(|room| room.connections(&endpoint)).unwrap_or_default();
                for peer in theirs.into_iter().filter(|peer| connection.is_none_or(|one| one == *peer)) {
                    self.end(peer);
                }
                Ok(None)
            }
            MediaCommand::Exclude { chamber, endpoint, excluded } => self.exclude(&chamber, &endpoint, excluded),
            MediaCommand::Close { chamber } => {
                let gone = self.chambers.remove(&chamber).map(|room| room.peers()).unwrap_or_default();
                for peer in gone {
                    self.close(peer);
                }
                Ok(None)
            }
        };
        // Whoever asked may have given up; that is theirs to notice.
        let _ = call.answer.send(outcome);
    }

    fn exclude(
        &mut self,
        chamber: &MeetingId,
        id: &EndpointId,
        excluded: bool,
    ) -> Result<Option<Accepted>, MediaRefusal> {
        if !self.chambers.contains_key(chamber) && self.chambers.len() >= self.config.chambers_max {
            return Err(MediaRefusal::Full);
        }
        let room = self.chambers.entry(chamber.clone()).or_default();
        let taken = room.exclude(id, excluded, self.config.endpoints_max);
        self.forget(chamber);
        if taken { Ok(None) } else { Err(MediaRefusal::Full) }
    }

    fn forget(&mut self, chamber: &MeetingId) {
        if self.chambers.get(chamber).is_some_and(Chamber::is_forgotten) {
            self.chambers.remove(chamber);
        }
    }

    fn room(&mut self, owner: &Owner) -> Result<&mut Chamber, MediaRefusal> {
        if !self.chambers.contains_key(&owner.chamber) && self.chambers.len() >= self.config.chambers_max {
            return Err(MediaRefusal::Full);
        }
        let room = self.chambers.entry(owner.chamber.clone()).or_default();
        if room.has_room(&owner.endpoint, self.config.endpoints_max) { Ok(room) } else { Err(MediaRefusal::Full) }
    }

    fn lines_max(&self) -> usize {
        self.config.slots_max.saturating_mul(2).saturating_add(4)
    }

    fn publish(&mut self, owner: Owner, offer: &str, now_ms: u64) -> Result<Option<Accepted>, MediaRefusal> {
        let offer = Offer::parse(offer, self.lines_max())?;
        let choice = answer::choose_publish(&offer)?;
        let (ice, secure) = self.ends(&offer)?;
        let answer = answer::publish(&offer, self.here(&ice));
        let (id, endpoint) = (self.next_peer, owner.endpoint.clone());
        let old = self.room(&owner)?.publish(&endpoint, id, choice, now_ms);
        self.admit(Peer::new(owner, ice, secure, now_ms), old);
        Ok(Some(Accepted { connection: id, answer }))
    }

    fn receive(&mut self, owner: Owner, offer: &str, now_ms: u64) -> Result<Option<Accepted>, MediaRefusal> {
        let offer = Offer::parse(offer, self.lines_max())?;
        let (choice, pairs) = answer::choose_receive(&offer, self.config.slots_max)?;
        let (ice, secure) = self.ends(&offer)?;
        let seats =
            pairs.into_iter().enumerate().map(|(slot, pair)| seat(slot, pair)).collect::<Result<Vec<_>, _>>()?;
        let tracks: Vec<Track> = seats.iter().flat_map(tracks).collect();
        let answer = answer::receive(&offer, self.here(&ice), &tracks);
        let (id, endpoint) = (self.next_peer, owner.endpoint.clone());
        let receiver = Receiver { peer: id, choice, live: false, seats };
        let old = self.room(&owner)?.receive(&endpoint, receiver, now_ms);
        self.admit(Peer::new(owner, ice, secure, now_ms), old);
        Ok(Some(Accepted { connection: id, answer }))
    }

    fn ends(&self, offer: &Offer) -> Result<(Lite, Secure), MediaRefusal> {
        let ice = Lite { fragment: token(8)?, password: token(24)?, remote_fragment: offer.fragment.clone() };
        let secure = Secure::new(&self.identity, &offer.fingerprint).map_err(|error| {
            tracing::error!(%error, "no connection can be prepared");
            MediaRefusal::Gone
        })?;
        Ok((ice, secure))
    }

    fn here<'h>(&'h self, ice: &'h Lite) -> Here<'h> {
        Here {
            fragment: &ice.fragment,
            password: &ice.password,
            fingerprint: &self.identity.fingerprint,
            addresses: &self.announced,
        }
    }

    fn admit(&mut self, peer: Peer, old: Option<PeerId>) {
        if let Some(old) = old {
            self.close(old);
        }
        self.by_fragment.insert(peer.fragment().to_owned(), self.next_peer);
        self.peers.all.insert(self.next_peer, peer);
        self.next_peer += 1;
    }

    /// A connection ends: its endpoint stays, and counts zero.
    fn end(&mut self, id: PeerId) {
        if let Some(owner) = self.peers.all.get(&id).map(|peer| peer.owner.clone())
            && let Some(room) = self.chambers.get_mut(&owner.chamber)
        {
            room.lost(&owner.endpoint, owner.role, id);
        }
        self.close(id);
    }

    fn close(&mut self, id: PeerId) {
        let (now, _) = self.now();
        if let Some(mut peer) = self.peers.all.remove(&id) {
            let wire = &mut self.peers.wire;
            let _ = catch_unwind(AssertUnwindSafe(|| peer.close(now, wire)));
        }
        self.by_address.retain(|_, owner| *owner != id);
        self.by_fragment.retain(|_, owner| *owner != id);
    }
}

fn seat(slot: usize, (picture_mid, sound_mid): (String, String)) -> Result<Seat, MediaRefusal> {
    Ok(Seat {
        picture_mid,
        sound_mid,
        stream: format!("platz-{slot}"),
        picture: track(PICTURE_TICKS)?,
        sound: track(SOUND_TICKS)?,
        awaits_keyframe: true,
    })
}

fn track(ticks_per_ms: u32) -> Result<Rewrite, MediaRefusal> {
    // In the lower half, so that a receiver never sees the first numbers turn over (RFC 3711, 3.3.1).
    let sequence = (random()? & 0x7FFF) as u16;
    // Zero and one are other people's.
    Ok(Rewrite::new(random()?.max(2), ticks_per_ms, (sequence, random()?)))
}

fn tracks(seat: &Seat) -> [Track; 2] {
    let one = |mid: &str, ssrc| Track { mid: mid.to_owned(), ssrc, stream: seat.stream.clone() };
    [one(&seat.picture_mid, seat.picture.ssrc()), one(&seat.sound_mid, seat.sound.ssrc())]
}

fn random() -> Result<u32, MediaRefusal> {
    getrandom::u32().map_err(|_| MediaRefusal::Gone)
}

/// Random characters that ICE allows in names and passwords (RFC 8839, 5.4).
fn token(length: usize) -> Result<String, MediaRefusal> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = vec![0_u8; length];
    getrandom::fill(&mut bytes).map_err(|_| MediaRefusal::Gone)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}
