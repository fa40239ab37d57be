//! Chooses from an offer and writes the answer. Publish: one picture, one sound. Receive: slots in pairs.

use super::frames::PictureCodec;
use super::offer::{Format, Kind, Line, Offer};
use crate::app::ports::media::MediaRefusal;
use std::fmt::Write;
use std::net::SocketAddr;

/// What a publishing connection carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishChoice {
    pub codec: PictureCodec,
    pub picture_type: u8,
    pub sound_type: u8,
}

/// What a receiving connection can take: payload types (RFC 3551).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "payload types are called types")]
pub struct ReceiveChoice {
    pub h264_type: Option<u8>,
    pub vp8_type: Option<u8>,
    pub sound_type: u8,
}

impl ReceiveChoice {
    /// The payload type a picture of that codec has for this receiver.
    #[must_use]
    pub const fn picture_type(self, codec: PictureCodec) -> Option<u8> {
        match codec {
            PictureCodec::H264 => self.h264_type,
            PictureCodec::Vp8 => self.vp8_type,
        }
    }
}

/// The answering side of one transport.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    pub fragment: &'a str,
    pub password: &'a str,
    pub fingerprint: &'a str,
    pub addresses: &'a [SocketAddr],
}

/// One outgoing track, named so that a browser plays picture and sound of a slot in step.
#[derive(Debug, Clone)]
pub struct Track {
    pub mid: String,
    pub ssrc: u32,
    /// CNAME and stream of the slot.
    pub stream: String,
}

fn refuse<T>(why: &str) -> Result<T, MediaRefusal> {
    Err(MediaRefusal::Offer(why.to_owned()))
}

/// Chooses picture and sound of a publisher.
///
/// # Errors
/// [`MediaRefusal::Offer`] with what is missing.
pub fn choose_publish(offer: &Offer) -> Result<PublishChoice, MediaRefusal> {
    let sending = |kind| offer.lines.iter().filter(move |line| line.kind == kind && line.sends);
    let (Some(picture), Some(sound)) = (sending(Kind::Picture).next(), sending(Kind::Sound).next()) else {
        return refuse("es fehlt das Bild oder der Ton; beides muss gesendet werden");
    };
    if sending(Kind::Picture).count() + sending(Kind::Sound).count() != 2 {
        return refuse("es darf nur ein Bild und nur ein Ton gesendet werden");
    }
    let codec = [PictureCodec::H264, PictureCodec::Vp8].into_iter().find(|codec| picture.picture(*codec).is_some());
    let Some((codec, picture)) = codec.and_then(|codec| Some((codec, picture.picture(codec)?))) else {
        return refuse("das Bild ist weder H.264 (constrained baseline) noch VP8");
    };
    let Some(sound) = sound.sound() else { return refuse("der Ton ist nicht Opus") };
    if picture.payload_type == sound.payload_type {
        return refuse("Bild und Ton tragen dieselbe Nummer");
    }
    Ok(PublishChoice { codec, picture_type: picture.payload_type, sound_type: sound.payload_type })
}

/// Chooses what a receiver gets, and its slots as pairs of lines: i-th picture with i-th sound.
///
/// # Errors
/// [`MediaRefusal::Offer`] with what is missing.
pub fn choose_receive(offer: &Offer, slots_max: usize) -> Result<(ReceiveChoice, Vec<(String, String)>), MediaRefusal> {
    let lines = |kind| offer.lines.iter().filter(move |line| line.kind == kind && is_slot(line)).collect::<Vec<_>>();
    let (pictures, sounds) = (lines(Kind::Picture), lines(Kind::Sound));
    let (Some(picture), Some(sound)) = (pictures.first(), sounds.first()) else {
        return refuse("es fehlen Plätze für Bild und Ton (a=recvonly)");
    };
    if pictures.len() != sounds.len() {
        return refuse("Bild und Ton kommen nicht in Paaren");
    }
    if pictures.len() > slots_max {
        return refuse(&format!("sie hat mehr als {slots_max} Plätze"));
    }
    let number = |line: &Line, codec| line.picture(codec).map(|format| format.payload_type);
    let (h264_type, vp8_type) = (number(picture, PictureCodec::H264), number(picture, PictureCodec::Vp8));
    let Some(sound_type) = sound.sound().map(|format| format.payload_type) else {
        return refuse("der Ton ist nicht Opus");
    };
    if h264_type.is_none() && vp8_type.is_none() {
        return refuse("das Bild ist weder H.264 (constrained baseline) noch VP8");
    }
    let alike = pictures
        .iter()
        .all(|line| (number(line, PictureCodec::H264), number(line, PictureCodec::Vp8)) == (h264_type, vp8_type))
        && sounds.iter().all(|line| line.sound().map(|format| format.payload_type) == Some(sound_type));
    if !alike {
        return refuse("die Plätze unterscheiden sich in ihren Formaten");
    }
    let pairs = pictures.iter().zip(&sounds).map(|(picture, sound)| (picture.mid.clone(), sound.mid.clone()));
    Ok((ReceiveChoice { h264_type, vp8_type, sound_type }, pairs.collect()))
}

const fn is_slot(line: &Line) -> bool {
    line.receives && !line.sends
}

/// Writes the answer to a publisher.
#[must_use]
pub fn publish(offer: &Offer, here: Here<'_>) -> String {
    let accepted = |line: &Line| line.sends && line.kind != Kind::Other;
    write(offer, here, accepted, |text, line| {
        let format = match line.kind {
            Kind::Sound => line.sound(),
            _ => line.picture(PictureCodec::H264).or_else(|| line.picture(PictureCodec::Vp8)),
        };
        row(text, "a=recvonly");
        formats(text, format.into_iter());
    })
}

/// Writes the answer to a receiver; `tracks` in any order, one for each accepted line.
#[must_use]
pub fn receive(offer: &Offer, here: Here<'_>, tracks: &[Track]) -> String {
    let track = |line: &Line| tracks.iter().find(|track| track.mid == line.mid);
    write(
        offer,
        here,
        |line| track(line).is_some(),
        |text, line| {
            let Some(track) = track(line) else { return };
            row(text, "a=sendonly");
            let (h264, vp8) = (line.picture(PictureCodec::H264), line.picture(PictureCodec::Vp8));
            let sound = if line.kind == Kind::Sound { line.sound() } else { None };
            formats(text, h264.into_iter().chain(vp8).chain(sound));
            let (ssrc, stream) = (track.ssrc, &track.stream);
            let name = if line.kind == Kind::Sound { "ton" } else { "bild" };
            row(text, &format!("a=msid:{stream} {stream}-{name}"));
            row(text, &format!("a=ssrc:{ssrc} cname:{stream}"));
            row(text, &format!("a=ssrc:{ssrc} msid:{stream} {stream}-{name}"));
        },
    )
}

fn row(text: &mut String, row: &str) {
    text.push_str(row);
    text.push_str("\r\n");
}

fn chosen(line: &Line) -> String {
    let picture = [line.picture(PictureCodec::H264), line.picture(PictureCodec::Vp8)];
    let all: Vec<String> = match line.kind {
        Kind::Sound => line.sound().map(|format| format.payload_type.to_string()).into_iter().collect(),
        _ if line.sends => picture.into_iter().flatten().take(1).map(|one| one.payload_type.to_string()).collect(),
        _ => picture.into_iter().flatten().map(|one| one.payload_type.to_string()).collect(),
    };
    all.join(" ")
}

fn write(offer: &Offer, here: Here<'_>, accepted: impl Fn(&Line) -> bool, body: impl Fn(&mut String, &Line)) -> String {
    let mut text = String::with_capacity(2_048);
    row(&mut text, "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=Ratssaal\r\nt=0 0\r\na=ice-lite");
    let mids: Vec<&str> = offer.lines.iter().filter(|line| accepted(line)).map(|line| line.mid.as_str()).collect();
    row(&mut text, &format!("a=group:BUNDLE {}", mids.join(" ")));
    row(&mut text, "a=msid-semantic: WMS *");
    for line in &offer.lines {
        if !accepted(line) {
            row(&mut text, &format!("m={} 0 {} {}", line.media, line.protocol, line.first_format));
            row(&mut text, &format!("c=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:{}", line.mid));
            continue;
        }
        row(&mut text, &format!("m={} 9 {} {}", line.media, line.protocol, chosen(line)));
        row(&mut text, &format!("c=IN IP4 0.0.0.0\r\na=rtcp-mux\r\na=mid:{}", line.mid));
        if line.reduced {
            row(&mut text, "a=rtcp-rsize");
        }
        if Some(&line.mid.as_str()) == mids.first() {
            candidates(&mut text, here.addresses);
        }
        row(&mut text, &format!("a=ice-ufrag:{}\r\na=ice-pwd:{}", here.fragment, here.password));
        row(&mut text, &format!("a=fingerprint:sha-256 {}\r\na=setup:passive", here.fingerprint));
        body(&mut text, line);
    }
    text
}

fn candidates(text: &mut String, addresses: &[SocketAddr]) {
    for (place, address) in addresses.iter().enumerate() {
        let (foundation, ip, port) = (place + 1, address.ip(), address.port());
        let priority = 2_130_706_431_usize.saturating_sub(place * 256);
        let _ = write!(text, "a=candidate:{foundation} 1 udp {priority} {ip} {port} typ host\r\n");
    }
    row(text, "a=end-of-candidates");
}

fn formats<'f>(text: &mut String, formats: impl Iterator<Item = &'f Format>) {
    for format in formats {
        let number = format.payload_type;
        if format.name == "OPUS" {
            // Without discontinuous transmission: silence must not look like a failure.
            row(text, &format!("a=rtpmap:{number} opus/48000/2"));
            row(text, &format!("a=fmtp:{number} minptime=10;useinbandfec=1;usedtx=0"));
            continue;
        }
        row(text, &format!("a=rtpmap:{number} {}/90000", format.name));
        if format.name == "H264" {
            let profile = format.setting("profile-level-id").unwrap_or("42e01f");
            let fixed = "level-asymmetry-allowed=1;packetization-mode=1";
            row(text, &format!("a=fmtp:{number} {fixed};profile-level-id={profile}"));
        }
        row(text, &format!("a=rtcp-fb:{number} nack\r\na=rtcp-fb:{number} nack pli\r\na=rtcp-fb:{number} ccm fir"));
    }
}
