//! ICE as the lite end (RFC 8445, 2.5): one host address, no checks of its own, an answer to whoever proves that it
//! knows the password. Candidates in an offer are not looked at, so names of `.local` cost nothing.

use rtc::crypto::{RTCCrypto, RTCCryptoProvider};
use rtc::stun::attributes::{ATTR_USE_CANDIDATE, ATTR_USERNAME};
use rtc::stun::fingerprint::FINGERPRINT;
use rtc::stun::integrity::MessageIntegrity;
use rtc::stun::message::{BINDING_REQUEST, BINDING_SUCCESS, Message, Setter};
use rtc::stun::xoraddr::XorMappedAddress;
use std::net::SocketAddr;

const HEADER: usize = 20;
const COOKIE: [u8; 4] = [0x21, 0x12, 0xA4, 0x42];
/// Longest connectivity check accepted, in bytes.
const CHECK_BYTES_MAX: usize = 1_024;

/// Whether a datagram is STUN (RFC 7983: first byte 0 to 3, then the magic cookie).
#[must_use]
pub fn is_stun(datagram: &[u8]) -> bool {
    datagram.first().is_some_and(|first| *first < 4) && datagram.get(4..8) == Some(&COOKIE[..])
}

/// The local name fragment a binding request asks for, read without any cryptography.
#[must_use]
pub fn asked_fragment(datagram: &[u8]) -> Option<&str> {
    if !is_stun(datagram) || datagram.len() > CHECK_BYTES_MAX || datagram.get(..2) != Some(&[0, 1]) {
        return None;
    }
    let mut rest = datagram.get(HEADER..)?;
    while let [t1, t0, l1, l0, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*l1, *l0]));
        if u16::from_be_bytes([*t1, *t0]) == ATTR_USERNAME.0 {
            return std::str::from_utf8(tail.get(..length)?).ok()?.split_once(':').map(|(local, _)| local);
        }
        rest = tail.get(length.next_multiple_of(4)..)?;
    }
    None
}

/// A check that proved itself, and its answer.
#[derive(Debug)]
pub struct Answered {
    pub response: Vec<u8>,
    /// The other side has settled on this pair.
    pub nominated: bool,
}

/// This end's and the other end's names, and this end's password.
#[derive(Debug)]
pub struct Lite {
    pub fragment: String,
    pub password: String,
    pub remote_fragment: String,
}

impl Lite {
    /// Answers one check that came from `from`; `None` if it is malformed or does not know the password.
    #[must_use]
    pub fn answer(&self, check: &[u8], from: SocketAddr, provider: &dyn RTCCryptoProvider) -> Option<Answered> {
        let crypto = provider.crypto();
        let mut request = Message::new();
        request.unmarshal_binary(check).ok()?;
        if request.typ != BINDING_REQUEST || request.attributes.0.len() > 32 {
            return None;
        }
        let username = request.get(ATTR_USERNAME).ok()?;
        if username != format!("{}:{}", self.fragment, self.remote_fragment).as_bytes() {
            return None;
        }
        MessageIntegrity::check(&mut request, self.password.as_bytes(), crypto).ok()?;
        let response = self.response(&request, from, crypto)?;
        Some(Answered { response, nominated: request.contains(ATTR_USE_CANDIDATE) })
    }

    fn response(&self, request: &Message, from: SocketAddr, crypto: &dyn RTCCrypto) -> Option<Vec<u8>> {
        let mut response = Message::new();
        let setters: [Box<dyn Setter + '_>; 5] = [
            Box::new(BINDING_SUCCESS),
            Box::new(request.transaction_id),
            Box::new(XorMappedAddress { ip: from.ip(), port: from.port() }),
            Box::new(MessageIntegrity::new_short_term_integrity_with_provider(self.password.clone(), crypto)),
            Box::new(FINGERPRINT),
        ];
        response.build(&setters).ok()?;
        Some(response.raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rtc::crypto::providers::RingProvider;
    use rtc::stun::textattrs::TextAttribute;

    fn check(username: &str, password: &str) -> Vec<u8> {
        let provider = RingProvider::default();
        let mut message = Message::new();
        let setters: [Box<dyn Setter + '_>; 4] = [
            Box::new(BINDING_REQUEST),
            Box::new(TextAttribute::new(ATTR_USERNAME, username.to_owned())),
            Box::new(MessageIntegrity::new_short_term_integrity_with_provider(password.to_owned(), provider.crypto())),
            Box::new(FINGERPRINT),
        ];
        message.build(&setters).expect("built");
        message.raw
    }

    fn lite() -> Lite {
        Lite { fragment: "here".to_owned(), password: "p".repeat(24), remote_fragment: "there".to_owned() }
    }

    #[test]
    fn answers_only_who_knows_the_password_and_both_names() {
        let from = SocketAddr::from(([127, 0, 0, 1], 4_000));
        let answer = |check: &[u8]| lite().answer(check, from, &RingProvider::default());
        let good = check("here:there", &"p".repeat(24));
        assert_eq!(asked_fragment(&good), Some("here"));
        let answered = answer(&good).expect("answered");
        assert!(is_stun(&answered.response) && !answered.nominated);
        assert!(answer(&check("here:there", "wrong")).is_none());
        assert!(answer(&check("here:elsewhere", &"p".repeat(24))).is_none());
    }

    #[test]
    fn survives_every_cut_and_every_flipped_byte() {
        let from = SocketAddr::from(([127, 0, 0, 1], 4_000));
        let good = check("here:there", &"p".repeat(24));
        for cut in 0..good.len() {
            let _ = asked_fragment(&good[..cut]);
            assert!(lite().answer(&good[..cut], from, &RingProvider::default()).is_none());
        }
        for place in 0..good.len() {
            for value in [0, 0x7F, 0xFF] {
                let mut bad = good.clone();
                bad[place] = value;
                let _ = asked_fragment(&bad);
                let _ = lite().answer(&bad, from, &RingProvider::default());
            }
        }
    }
}
