//! DTLS as the server and SRTP with the keys it yields (RFC 5764); `ring` does the cryptography. The library takes the
//! client's first choice, which for browsers is the slower AES-CM: so AES-GCM alone is offered first (RFC 7714), and
//! AES-CM only to a client that knows nothing else.

use rtc::crypto::providers::RingProvider;
use rtc::crypto::{HashAlgorithm, RTCCryptoProvider};
use rtc::dtls::config::{ClientAuthType, ConfigBuilder, ExtendedMasterSecretType, HandshakeConfig};
use rtc::dtls::crypto::Certificate;
use rtc::dtls::endpoint::{Endpoint, EndpointEvent};
use rtc::dtls::extension::extension_use_srtp::SrtpProtectionProfile;
use rtc::dtls::state::State;
use rtc::rtp::header::Header;
use rtc::shared::TransportProtocol;
use rtc::shared::error::{Error, Result};
use rtc::shared::marshal::{MarshalSize, Unmarshal};
use rtc::srtp::config::{Config, LABEL_EXTRACTOR_DTLS_SRTP};
use rtc::srtp::context::Context;
use rtc::srtp::option::{srtcp_replay_protection, srtp_replay_protection};
use rtc::srtp::protection_profile::ProtectionProfile;
use rustls::pki_types::CertificateDer;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;
use std::time::Instant;

/// What is offered to everybody.
const GCM: &[SrtpProtectionProfile] =
    &[SrtpProtectionProfile::Srtp_Aead_Aes_128_Gcm, SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
/// What is offered to who has no AES-GCM; every WebRTC client must know it (RFC 8827, 6.5).
const OLDER: &[SrtpProtectionProfile] = &[SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80];

/// DTLS is bound to the connection and not to an address, which may change under it.
const TUNNEL: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 9));
/// Packets that may arrive out of order before one counts as a replay.
const REPLAY_WINDOW: usize = 1_024;
/// Streams one connection may open, authenticated ones.
const STREAMS_MAX: usize = 16;
/// Streams whose first packet may fail to authenticate before unknown ones are no longer looked at; the library keeps
/// state for each it is asked about.
const STRANGERS_MAX: usize = 256;

/// This engine's certificate; one for all its connections, made at its start.
pub struct Identity {
    provider: Arc<dyn RTCCryptoProvider>,
    certificate: Certificate,
    /// SHA-256 of the certificate as it stands in an SDP: upper-case hex pairs with colons.
    pub fingerprint: String,
}

impl Identity {
    /// Makes a key and a self-signed certificate.
    ///
    /// # Errors
    /// The randomness or the cryptography failed.
    pub fn generate() -> Result<Self> {
        let provider: Arc<dyn RTCCryptoProvider> = Arc::new(RingProvider::default());
        let certificate = Certificate::generate_self_signed(vec!["ratssaal".to_owned()], provider.crypto())?;
        let der = certificate.certificate.first().ok_or(Error::ErrNonCertificate)?;
        let fingerprint = fingerprint(&*provider, der.as_ref())?;
        Ok(Self { provider, certificate, fingerprint })
    }

    /// The cryptography this identity was made with.
    #[must_use]
    pub fn provider(&self) -> &dyn RTCCryptoProvider {
        &*self.provider
    }

    fn endpoint(&self, remote_fingerprint: &str, profiles: &[SrtpProtectionProfile]) -> Result<Endpoint> {
        let config = self.handshake(remote_fingerprint.to_owned(), profiles)?;
        Ok(Endpoint::new(TUNNEL, TransportProtocol::UDP, Some(config)))
    }

    fn handshake(
        &self,
        remote_fingerprint: String,
        profiles: &[SrtpProtectionProfile],
    ) -> Result<Arc<HandshakeConfig>> {
        let provider = self.provider.clone();
        let verify = move |chain: &[Vec<u8>], _: &[CertificateDer<'static>]| -> Result<()> {
            let shown = chain.first().ok_or(Error::ErrNonCertificate)?;
            let matches = fingerprint(&*provider, shown)?.eq_ignore_ascii_case(&remote_fingerprint);
            if matches { Ok(()) } else { Err(Error::ErrNoMatchingCertificateFingerprint) }
        };
        let config = ConfigBuilder::default()
            .with_crypto_provider(self.provider.clone())
            .with_certificates(vec![self.certificate.clone()])
            .with_srtp_protection_profiles(profiles.to_vec())
            // Browsers' certificates are self-signed; the fingerprint from the offer is what vouches for them.
            .with_client_auth(ClientAuthType::RequireAnyClientCert)
            .with_insecure_skip_verify(true)
            .with_verify_peer_certificate(Some(Arc::new(verify)))
            .with_extended_master_secret(ExtendedMasterSecretType::Require)
            .build(false, None)?;
        Ok(Arc::new(config))
    }
}

fn fingerprint(provider: &dyn RTCCryptoProvider, der: &[u8]) -> Result<String> {
    let hash = provider.crypto().hash(HashAlgorithm::Sha256, der).map_err(|error| Error::Crypto(error.to_string()))?;
    Ok(hash.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"))
}

/// One RTP packet after its protection was taken off.
#[derive(Debug, Clone)]
pub struct Opened {
    pub marker: bool,
    pub payload_type: u8,
    pub sequence: u16,
    pub timestamp: u32,
    pub ssrc: u32,
    /// Without padding; may be empty.
    pub payload: Arc<[u8]>,
}

struct Keys {
    inbound: Context,
    outbound: Context,
    profile: ProtectionProfile,
    known: Vec<u32>,
    strangers: Vec<u32>,
}

/// What a DTLS datagram led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Nothing,
    Established,
    Closed,
}

/// The protected side of one connection.
pub struct Secure {
    endpoint: Endpoint,
    /// Takes over once, if the first hello shows a client without AES-GCM.
    older: Option<Endpoint>,
    keys: Option<Keys>,
    provider: Arc<dyn RTCCryptoProvider>,
}

impl Secure {
    /// Waits for the handshake of the one whose certificate has that fingerprint.
    ///
    /// # Errors
    /// The library does not take the settings.
    pub fn new(identity: &Identity, remote_fingerprint: &str) -> Result<Self> {
        let endpoint = identity.endpoint(remote_fingerprint, GCM)?;
        let older = Some(identity.endpoint(remote_fingerprint, OLDER)?);
        Ok(Self { endpoint, older, keys: None, provider: identity.provider.clone() })
    }

    /// Whether media can pass.
    #[must_use]
    pub const fn is_established(&self) -> bool {
        self.keys.is_some()
    }

    /// The SRTP protection that was agreed.
    #[must_use]
    pub fn profile(&self) -> Option<String> {
        self.keys.as_ref().map(|keys| format!("{:?}", keys.profile))
    }

    /// Takes one DTLS datagram and hands what is to be sent to `send`.
    pub fn handshake(&mut self, now: Instant, datagram: &[u8], send: &mut dyn FnMut(&[u8])) -> Progress {
        let mut events = self.endpoint.read(now, TUNNEL, None, datagram.into());
        if let Err(Error::ErrServerNoMatchingSrtpProfile) = events
            && let Some(older) = self.older.take()
        {
            // Nothing was sent yet but the refusal, which goes with the endpoint it lies in.
            self.endpoint = older;
            events = self.endpoint.read(now, TUNNEL, None, datagram.into());
        }
        self.flush(send);
        let Ok(events) = events else { return Progress::Nothing };
        for event in events {
            match event {
                EndpointEvent::HandshakeComplete if self.keys.is_none() => {
                    let Some(state) = self.endpoint.get_connection_state(TUNNEL) else { return Progress::Closed };
                    let Ok(keys) = keys(state, &*self.provider) else { return Progress::Closed };
                    (self.keys, self.older) = (Some(keys), None);
                    return Progress::Established;
                }
                EndpointEvent::PeerClosed => return Progress::Closed,
                _ => {}
            }
        }
        Progress::Nothing
    }

    /// Repeats what got lost of the handshake.
    pub fn retransmit(&mut self, now: Instant, send: &mut dyn FnMut(&[u8])) {
        if self.keys.is_none() {
            // A handshake out of attempts stays unfinished and is cleared away with its connection.
            let _ = self.endpoint.handle_timeout(TUNNEL, now);
            self.flush(send);
        }
    }

    /// Tells the other side that this is the end.
    pub fn close(&mut self, now: Instant, send: &mut dyn FnMut(&[u8])) {
        let _ = self.endpoint.close(now);
        self.flush(send);
    }

    fn flush(&mut self, send: &mut dyn FnMut(&[u8])) {
        while let Some(transmit) = self.endpoint.poll_transmit() {
            send(&transmit.message);
        }
    }

    /// Takes the protection off an RTP packet; `None` if it is not genuine.
    #[must_use]
    pub fn open(&mut self, datagram: &[u8]) -> Option<Opened> {
        let keys = self.keys.as_mut()?;
        let mut rest = datagram;
        let header = Header::unmarshal(&mut rest).ok()?;
        if !keys.may_try(header.ssrc) {
            return None;
        }
        let plain = keys.inbound.decrypt_rtp_with_header(datagram, &header).ok()?;
        keys.accept(header.ssrc);
        let mut payload = plain.get(header.marshal_size()..)?;
        if header.padding {
            let padding = usize::from(*payload.last()?);
            payload = payload.get(..payload.len().checked_sub(padding)?)?;
        }
        Some(Opened {
            marker: header.marker,
            payload_type: header.payload_type,
            sequence: header.sequence_number,
            timestamp: header.timestamp,
            ssrc: header.ssrc,
            payload: Arc::from(payload),
        })
    }

    /// Takes the protection off an RTCP packet; `None` if it is not genuine or malformed.
    #[must_use]
    pub fn open_control(&mut self, datagram: &[u8]) -> Option<Vec<Box<dyn rtc::rtcp::Packet>>> {
        let keys = self.keys.as_mut()?;
        let ssrc = u32::from_be_bytes(datagram.get(4..8)?.try_into().ok()?);
        if !keys.may_try(ssrc) {
            return None;
        }
        let mut plain = keys.inbound.decrypt_rtcp(datagram).ok()?;
        keys.accept(ssrc);
        rtc::rtcp::packet::unmarshal(&mut plain).ok()
    }

    /// Protects an RTP packet; `plain` is the marshalled `header` and its payload.
    pub fn seal(&mut self, plain: &[u8], header: &Header, send: &mut dyn FnMut(&[u8])) -> bool {
        let sealed = self.keys.as_mut().and_then(|keys| keys.outbound.encrypt_rtp_with_header(plain, header).ok());
        sealed.map(|bytes| send(&bytes)).is_some()
    }

    /// Protects an RTCP packet.
    pub fn seal_control(&mut self, plain: &[u8], send: &mut dyn FnMut(&[u8])) {
        if let Some(bytes) = self.keys.as_mut().and_then(|keys| keys.outbound.encrypt_rtcp(plain).ok()) {
            send(&bytes);
        }
    }
}

impl Keys {
    fn may_try(&mut self, ssrc: u32) -> bool {
        if self.known.contains(&ssrc) || self.strangers.contains(&ssrc) {
            return true;
        }
        if self.known.len() >= STREAMS_MAX || self.strangers.len() >= STRANGERS_MAX {
            return false;
        }
        self.strangers.push(ssrc);
        true
    }

    fn accept(&mut self, ssrc: u32) {
        if !self.known.contains(&ssrc) {
            self.known.push(ssrc);
            self.strangers.retain(|stranger| *stranger != ssrc);
        }
    }
}

fn keys(state: &State, provider: &dyn RTCCryptoProvider) -> Result<Keys> {
    let profile = match state.srtp_protection_profile() {
        SrtpProtectionProfile::Srtp_Aead_Aes_128_Gcm => ProtectionProfile::AeadAes128Gcm,
        SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm => ProtectionProfile::AeadAes256Gcm,
        SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80 => ProtectionProfile::Aes128CmHmacSha1_80,
        _ => return Err(Error::ErrNoSuchSrtpProfile),
    };
    let mut config = Config { profile, ..Config::default() };
    let material = state.export_keying_material(LABEL_EXTRACTOR_DTLS_SRTP, &[], config.keying_material_len())?;
    config.set_session_keys_from_keying_material(material.as_ref(), state.is_client())?;
    let session = &config.keys;
    let crypto = provider.crypto();
    let outbound = Context::new(&session.local_master_key, &session.local_master_salt, profile, None, None, crypto)?;
    let inbound = Context::new(
        &session.remote_master_key,
        &session.remote_master_salt,
        profile,
        Some(srtp_replay_protection(REPLAY_WINDOW)),
        Some(srtcp_replay_protection(REPLAY_WINDOW)),
        crypto,
    )?;
    Ok(Keys { inbound, outbound, profile, known: Vec::new(), strangers: Vec::new() })
}
