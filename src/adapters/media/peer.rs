//! One connection with one endpoint: ICE-lite, DTLS, SRTP, and the address it is reached at.

use super::ice::{Lite, is_stun};
use super::secure::{Identity, Opened, Progress, Secure};
use super::wire::Wire;
use crate::app::ports::media::ConnectionId;
use crate::domain::id::{EndpointId, MeetingId};
use rtc::rtp::header::Header;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Instant;

/// RFC 7675: without a proven check for this long, nothing more may be sent.
pub const CONSENT_MS: u64 = 30_000;
/// Checks come every five seconds at most; three missed ones and the connection no longer counts as up.
const FRESH_MS: u64 = 15_000;
/// Addresses one connection may be reached at.
const ADDRESSES_MAX: usize = 8;

/// Names one connection for the life of the engine.
pub type PeerId = ConnectionId;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Publish,
    Receive,
}

/// Whose connection it is.
#[derive(Debug, Clone)]
pub struct Owner {
    pub chamber: MeetingId,
    pub endpoint: EndpointId,
    pub role: Role,
}

/// What one datagram turned out to be.
pub enum Heard {
    Nothing,
    /// A proven check from an address that was not known.
    Reachable,
    Established,
    Closed,
    Media(Opened),
    Control(Vec<Box<dyn rtc::rtcp::Packet>>),
}

/// One RTP packet on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    pub marker: bool,
    pub payload_type: u8,
    pub sequence: u16,
    pub timestamp: u32,
    pub ssrc: u32,
    pub payload: &'a [u8],
}

/// One connection.
pub struct Peer {
    pub owner: Owner,
    ice: Lite,
    secure: Secure,
    remote: Option<SocketAddr>,
    addresses: Vec<SocketAddr>,
    /// Last proven check, or the beginning.
    consent_ms: u64,
    plain: Vec<u8>,
}

impl Peer {
    /// A connection that nobody has reached yet.
    #[must_use]
    pub const fn new(owner: Owner, ice: Lite, secure: Secure, now_ms: u64) -> Self {
        Self { owner, ice, secure, remote: None, addresses: Vec::new(), consent_ms: now_ms, plain: Vec::new() }
    }

    /// The local ICE name, by which checks find this connection.
    #[must_use]
    pub fn fragment(&self) -> &str {
        &self.ice.fragment
    }

    /// Addresses that proved themselves.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Keys are there and checks keep coming.
    #[must_use]
    pub const fn is_connected(&self, now_ms: u64) -> bool {
        self.secure.is_established() && now_ms.saturating_sub(self.consent_ms) < FRESH_MS
    }

    /// The other side has been silent for too long, or never finished its handshake.
    #[must_use]
    pub const fn is_dead(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.consent_ms) >= CONSENT_MS
    }

    /// The handshake is still under way.
    #[must_use]
    pub const fn is_handshaking(&self) -> bool {
        self.remote.is_some() && !self.secure.is_established()
    }

    /// Takes one datagram that was meant for this connection (RFC 7983).
    pub fn hear(
        &mut self,
        datagram: &[u8],
        from: SocketAddr,
        at: (Instant, u64),
        out: (&Identity, &mut Wire),
    ) -> Heard {
        let (identity, wire) = out;
        match datagram.first() {
            Some(0..=3) if is_stun(datagram) => self.check(datagram, from, at.1, identity, wire),
            Some(20..=63) => {
                let Some(remote) = self.remote else { return Heard::Nothing };
                match self.secure.handshake(at.0, datagram, &mut |bytes| wire.send(remote, bytes)) {
                    Progress::Nothing => Heard::Nothing,
                    Progress::Established => {
                        tracing::debug!(endpoint = %self.owner.endpoint, profile = ?self.secure.profile(), "connected");
                        Heard::Established
                    }
                    Progress::Closed => Heard::Closed,
                }
            }
            // RFC 5761: the second byte tells RTCP from RTP.
            Some(128..=191) if matches!(datagram.get(1), Some(192..=223)) => {
                self.secure.open_control(datagram).map_or(Heard::Nothing, Heard::Control)
            }
            Some(128..=191) => self.secure.open(datagram).map_or(Heard::Nothing, Heard::Media),
            _ => Heard::Nothing,
        }
    }

    fn check(&mut self, check: &[u8], from: SocketAddr, now_ms: u64, identity: &Identity, wire: &mut Wire) -> Heard {
        let Some(answered) = self.ice.answer(check, from, identity.provider()) else { return Heard::Nothing };
        wire.send(from, &answered.response);
        self.consent_ms = now_ms;
        if answered.nominated || self.remote.is_none() {
            self.remote = Some(from);
        }
        if self.addresses.contains(&from) {
            return Heard::Nothing;
        }
        if self.addresses.len() >= ADDRESSES_MAX {
            self.addresses.remove(0);
        }
        self.addresses.push(from);
        Heard::Reachable
    }

    /// Sends one RTP packet. `false` if the connection cannot carry it.
    pub fn send(&mut self, packet: &Outgoing<'_>, wire: &mut Wire) -> bool {
        let Some(remote) = self.remote else { return false };
        let header = Header {
            version: 2,
            marker: packet.marker,
            payload_type: packet.payload_type & 0x7F,
            sequence_number: packet.sequence,
            timestamp: packet.timestamp,
            ssrc: packet.ssrc,
            ..Header::default()
        };
        self.plain.clear();
        self.plain.extend_from_slice(&[0x80, u8::from(packet.marker) << 7 | header.payload_type]);
        self.plain.extend_from_slice(&packet.sequence.to_be_bytes());
        self.plain.extend_from_slice(&packet.timestamp.to_be_bytes());
        self.plain.extend_from_slice(&packet.ssrc.to_be_bytes());
        self.plain.extend_from_slice(packet.payload);
        self.secure.seal(&self.plain, &header, &mut |bytes| wire.send(remote, bytes))
    }

    /// Sends RTCP.
    pub fn send_control(&mut self, plain: &[u8], wire: &mut Wire) {
        if let Some(remote) = self.remote {
            self.secure.seal_control(plain, &mut |bytes| wire.send(remote, bytes));
        }
    }

    /// Repeats what got lost of the handshake.
    pub fn retransmit(&mut self, now: Instant, wire: &mut Wire) {
        if let Some(remote) = self.remote {
            self.secure.retransmit(now, &mut |bytes| wire.send(remote, bytes));
        }
    }

    /// Says good-bye.
    pub fn close(&mut self, now: Instant, wire: &mut Wire) {
        if let Some(remote) = self.remote {
            self.secure.close(now, &mut |bytes| wire.send(remote, bytes));
        }
    }
}

/// All connections and the socket they share.
pub struct Peers {
    pub all: BTreeMap<PeerId, Peer>,
    pub wire: Wire,
}

impl Peers {
    /// Sends one RTP packet through a connection, if it is there.
    pub fn send(&mut self, peer: PeerId, packet: &Outgoing<'_>) -> bool {
        let wire = &mut self.wire;
        self.all.get_mut(&peer).is_some_and(|peer| peer.send(packet, wire))
    }

    /// Sends RTCP through a connection, if there is any and something to send.
    pub fn send_control(&mut self, peer: PeerId, plain: Option<Vec<u8>>) {
        if let (Some(peer), Some(plain)) = (self.all.get_mut(&peer), plain) {
            peer.send_control(&plain, &mut self.wire);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(identity: &Identity) -> Peer {
        let owner = Owner {
            chamber: "sitzung".parse().expect("an identifier"),
            endpoint: "anna".parse().expect("an identifier"),
            role: Role::Publish,
        };
        let ice = Lite { fragment: "here".to_owned(), password: "p".repeat(24), remote_fragment: "there".to_owned() };
        let secure = Secure::new(identity, &identity.fingerprint).expect("prepared");
        Peer::new(owner, ice, secure, 1_000)
    }

    #[test]
    fn without_consent_a_connection_dies() {
        let identity = Identity::generate().expect("an identity");
        let peer = peer(&identity);
        assert!(!peer.is_connected(1_000), "no keys yet");
        assert!(!peer.is_dead(1_000 + CONSENT_MS - 1));
        assert!(peer.is_dead(1_000 + CONSENT_MS));
    }

    #[tokio::test]
    async fn noise_leads_to_nothing_and_is_answered_with_nothing() {
        let identity = Identity::generate().expect("an identity");
        let mut peer = peer(&identity);
        let bound = || async { tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a socket") };
        let (other, mut wire) = (bound().await, Wire::new(bound().await));
        let from = other.local_addr().expect("an address");
        // As if it had proved itself, so that noise reaches every parser.
        peer.remote = Some(from);
        let mut noise = 7_u32;
        for round in 0..20_000_usize {
            let mut datagram: Vec<u8> = (0..round % 300)
                .map(|_| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (noise >> 24) as u8
                })
                .collect();
            if datagram.len() > 13 {
                // A DTLS record of that length, STUN with the right cookie, RTCP, RTP.
                let length = u16::try_from(datagram.len() - 13).expect("short").to_be_bytes();
                match round % 4 {
                    0 => datagram[..13].copy_from_slice(&[22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, length[0], length[1]]),
                    1 => datagram[..8].copy_from_slice(&[
                        0,
                        1,
                        0,
                        u8::try_from(round % 256).expect("a byte"),
                        0x21,
                        0x12,
                        0xA4,
                        0x42,
                    ]),
                    2 => datagram[..2].copy_from_slice(&[129, 200]),
                    _ => datagram[..2].copy_from_slice(&[144, 96]),
                }
            }
            let heard = peer.hear(&datagram, from, (Instant::now(), 2_000), (&identity, &mut wire));
            assert!(matches!(heard, Heard::Nothing), "round {round}");
        }
        assert!(!peer.is_connected(2_000));
    }
}
