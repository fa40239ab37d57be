//! Reads a session description (RFC 8866) that somebody else wrote. What is not understood is skipped; what is needed
//! and missing is named in German, since it ends up before a person.

use super::frames::PictureCodec;
use crate::app::ports::media::{MediaRefusal, SDP_BYTES_MAX};

/// What a media line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Picture,
    Sound,
    Other,
}

/// One payload type of a media line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Format {
    pub payload_type: u8,
    /// Encoding name, upper case.
    pub name: String,
    pub clock: u32,
    pub settings: String,
}

/// One media line.
#[derive(Debug, Clone)]
pub struct Line {
    pub kind: Kind,
    pub mid: String,
    /// Media, protocol and first format as offered, for a line that is turned down.
    pub media: String,
    pub protocol: String,
    pub first_format: String,
    pub sends: bool,
    pub receives: bool,
    pub formats: Vec<Format>,
    /// RTCP may come without a report in front (RFC 5506).
    pub reduced: bool,
    port: u32,
    muxed: bool,
    transport: Transport,
}

#[derive(Debug, Clone, Default)]
struct Transport {
    fragment: Option<String>,
    fingerprint: Option<String>,
    setup: Option<String>,
    direction: Option<(bool, bool)>,
}

/// A session description with one transport for all its lines.
#[derive(Debug, Clone)]
pub struct Offer {
    pub lines: Vec<Line>,
    /// ICE name of the other side.
    pub fragment: String,
    /// SHA-256 of its certificate, hex pairs with colons.
    pub fingerprint: String,
}

fn refuse<T>(why: &str) -> Result<T, MediaRefusal> {
    Err(MediaRefusal::Offer(why.to_owned()))
}

impl Offer {
    /// Reads an offer of at most `lines_max` media lines.
    ///
    /// # Errors
    /// [`MediaRefusal::Offer`] with what is wrong.
    pub fn parse(text: &str, lines_max: usize) -> Result<Self, MediaRefusal> {
        if text.len() > SDP_BYTES_MAX {
            return refuse("sie ist zu lang");
        }
        if !text.starts_with("v=0") {
            return refuse("sie beginnt nicht mit „v=0“");
        }
        let (mut session, mut bundle, mut lines) = (Transport::default(), None, Vec::<Line>::new());
        for row in text.lines().map(str::trim_end) {
            if let Some(media) = row.strip_prefix("m=") {
                if lines.len() >= lines_max {
                    return refuse(&format!("sie hat mehr als {lines_max} Medienzeilen"));
                }
                lines.push(Line::begin(media)?);
            } else if let Some(attribute) = row.strip_prefix("a=") {
                let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
                match lines.last_mut() {
                    Some(line) => line.attribute(name, value),
                    None if name == "group" && value.starts_with("BUNDLE") => bundle = Some(value.to_owned()),
                    None => session.attribute(name, value),
                }
            }
        }
        Self::checked(&session, bundle.as_deref().unwrap_or_default(), lines)
    }

    fn checked(session: &Transport, bundle: &str, mut lines: Vec<Line>) -> Result<Self, MediaRefusal> {
        if lines.is_empty() {
            return refuse("sie enthält keine Medienzeile");
        }
        let bundled: Vec<&str> = bundle.split_ascii_whitespace().skip(1).collect();
        for (place, line) in lines.iter_mut().enumerate() {
            let (sends, receives) = line.transport.direction.or(session.direction).unwrap_or((true, true));
            let usable = line.kind != Kind::Other && (line.port != 0 || bundled.contains(&line.mid.as_str()));
            (line.sends, line.receives) = (usable && sends, usable && receives);
            let well_formed = (1..=32).contains(&line.mid.len())
                && line.mid.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
            if !well_formed {
                return refuse(&format!("die {}. Medienzeile hat keine brauchbare Kennung (a=mid)", place + 1));
            }
        }
        let mut mids: Vec<&str> = lines.iter().map(|line| line.mid.as_str()).collect();
        mids.sort_unstable();
        if mids.windows(2).any(|pair| pair[0] == pair[1]) {
            return refuse("eine Kennung (a=mid) kommt doppelt vor");
        }
        let active = lines.iter().filter(|line| line.sends || line.receives);
        for line in active.clone() {
            if !bundled.contains(&line.mid.as_str()) || !line.muxed {
                return refuse("alle Medien müssen über eine Verbindung laufen (BUNDLE und rtcp-mux)");
            }
        }
        let all = active.map(|line| &line.transport).chain([session]).collect::<Vec<_>>();
        let find = |pick: fn(&Transport) -> Option<&String>| all.iter().find_map(|one| pick(one)).cloned();
        if find(|one| one.setup.as_ref()).is_some_and(|setup| setup != "actpass" && setup != "active") {
            return refuse("die Gegenseite muss die Verschlüsselung beginnen können (a=setup:actpass)");
        }
        let Some(fragment) = find(|one| one.fragment.as_ref()).filter(|name| (4..=256).contains(&name.len())) else {
            return refuse("der ICE-Name fehlt (a=ice-ufrag)");
        };
        let Some(fingerprint) = find(|one| one.fingerprint.as_ref()) else {
            return refuse("der Fingerabdruck des Zertifikats fehlt (a=fingerprint:sha-256)");
        };
        Ok(Self { lines, fragment, fingerprint })
    }
}

impl Transport {
    fn attribute(&mut self, name: &str, value: &str) {
        match name {
            "ice-ufrag" => self.fragment = Some(value.to_owned()),
            "fingerprint" => {
                if let Some((method, hash)) = value.split_once(' ')
                    && method.eq_ignore_ascii_case("sha-256")
                    && hash.len() == 95
                {
                    self.fingerprint = Some(hash.to_owned());
                }
            }
            "setup" => self.setup = Some(value.to_owned()),
            "sendrecv" => self.direction = Some((true, true)),
            "sendonly" => self.direction = Some((true, false)),
            "recvonly" => self.direction = Some((false, true)),
            "inactive" => self.direction = Some((false, false)),
            _ => {}
        }
    }
}

/// Payload types of one line that are looked at.
const FORMATS_MAX: usize = 128;

impl Line {
    fn begin(media: &str) -> Result<Self, MediaRefusal> {
        let mut words = media.split_ascii_whitespace();
        let (Some(media), Some(port), Some(protocol)) = (words.next(), words.next(), words.next()) else {
            return refuse("eine Medienzeile ist unvollständig");
        };
        let Some(port) = port.split('/').next().and_then(|port| port.parse::<u16>().ok()) else {
            return refuse("eine Medienzeile hat keinen Port");
        };
        let token = |text: &str| text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_graphic());
        let kind = match (media, protocol) {
            ("video", "UDP/TLS/RTP/SAVPF") => Kind::Picture,
            ("audio", "UDP/TLS/RTP/SAVPF") => Kind::Sound,
            _ => Kind::Other,
        };
        let formats: Vec<&str> = words.take(FORMATS_MAX).collect();
        let first_format = formats.first().copied().unwrap_or("0");
        if !token(media) || !token(protocol) || !token(first_format) {
            return refuse("eine Medienzeile ist unlesbar");
        }
        let numbers = formats.iter().filter_map(|text| text.parse().ok()).filter(|number| *number < 128);
        Ok(Self {
            kind,
            mid: String::new(),
            media: media.to_owned(),
            protocol: protocol.to_owned(),
            first_format: first_format.to_owned(),
            sends: false,
            receives: false,
            formats: numbers.map(|payload_type| Format { payload_type, ..Format::default() }).collect(),
            reduced: false,
            port: u32::from(port),
            muxed: false,
            transport: Transport::default(),
        })
    }

    fn attribute(&mut self, name: &str, value: &str) {
        match name {
            "mid" => value.clone_into(&mut self.mid),
            "rtcp-mux" => self.muxed = true,
            "rtcp-rsize" => self.reduced = true,
            "rtpmap" => {
                let Some((format, encoding)) = self.format(value) else { return };
                let mut parts = encoding.split('/');
                format.name = parts.next().unwrap_or_default().to_ascii_uppercase();
                format.clock = parts.next().and_then(|clock| clock.parse().ok()).unwrap_or(0);
            }
            "fmtp" => {
                if let Some((format, settings)) = self.format(value) {
                    format.settings = settings.chars().filter(char::is_ascii_graphic).take(512).collect();
                }
            }
            _ => self.transport.attribute(name, value),
        }
    }

    fn format<'v>(&mut self, value: &'v str) -> Option<(&mut Format, &'v str)> {
        let (number, rest) = value.split_once(' ')?;
        let number: u8 = number.parse().ok()?;
        self.formats.iter_mut().find(|format| format.payload_type == number).map(|format| (format, rest))
    }

    /// The best payload type for a picture codec: H.264 in constrained baseline with packetization mode 1, level 3.1
    /// before others; VP8.
    #[must_use]
    pub fn picture(&self, codec: PictureCodec) -> Option<&Format> {
        let fits = |format: &&Format| format.clock == 90_000;
        match codec {
            PictureCodec::Vp8 => self.formats.iter().filter(fits).find(|format| format.name == "VP8"),
            PictureCodec::H264 => {
                let all = || self.formats.iter().filter(fits).filter(|format| format.name == "H264");
                let profile = |format: &&Format, start: &str| {
                    format.setting("packetization-mode") == Some("1")
                        && format.setting("profile-level-id").is_some_and(|id| {
                            id.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
                        })
                };
                ["42e01f", "42e0", "42"].iter().find_map(|start| all().find(|format| profile(format, start)))
            }
        }
    }

    /// The payload type for Opus.
    #[must_use]
    pub fn sound(&self) -> Option<&Format> {
        self.formats.iter().find(|format| format.name == "OPUS" && format.clock == 48_000)
    }
}

impl Format {
    /// One value of the format's settings.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.split(';').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name)).map(|(_, v)| v)
    }
}

#[cfg(test)]
#[path = "offer/tests.rs"]
mod tests;
