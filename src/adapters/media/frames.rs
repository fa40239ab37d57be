//! Pictures from packets: which packet begins a picture, which carries a keyframe, and when a picture is complete.
//! Only the first bytes of a payload are looked at (RFC 6184, RFC 7741); nothing is decoded. Pure.

/// How the picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureCodec {
    H264,
    Vp8,
}

/// What the first bytes of one packet tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    /// This packet is the first of a picture.
    pub begins: bool,
    /// It carries a part of a keyframe (H.264: IDR; VP8: keyframe bit).
    pub key: bool,
    /// A decoder that knows nothing yet can start here (parameter sets count).
    pub entry: bool,
}

/// Looks at one payload. An empty or cut-off one tells nothing.
#[must_use]
pub fn glance(codec: PictureCodec, payload: &[u8]) -> Glance {
    match codec {
        PictureCodec::H264 => h264(payload),
        PictureCodec::Vp8 => vp8(payload),
    }
}

fn h264(payload: &[u8]) -> Glance {
    let Some((&first, rest)) = payload.split_first() else { return Glance::default() };
    match first & 0x1F {
        24 => aggregated(rest),
        28 => match rest.split_first() {
            Some((&fu, slice)) if fu & 0x80 != 0 => nal(fu & 0x1F, slice),
            Some((&fu, _)) => Glance { key: fu & 0x1F == 5, ..Glance::default() },
            None => Glance::default(),
        },
        kind => nal(kind, rest),
    }
}

/// A STAP-A holds several units, each behind its length.
fn aggregated(mut rest: &[u8]) -> Glance {
    let mut whole = Glance::default();
    while let [high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(unit) = tail.get(..length) else { break };
        if let Some((&first, slice)) = unit.split_first() {
            let one = nal(first & 0x1F, slice);
            whole.begins |= one.begins;
            whole.key |= one.key;
            whole.entry |= one.entry;
        }
        rest = tail.get(length..).unwrap_or(&[]);
    }
    whole
}

fn nal(kind: u8, body: &[u8]) -> Glance {
    // `first_mb_in_slice` is the first Exp-Golomb number of a slice; zero is a single set bit.
    let first_slice = body.first().is_some_and(|byte| byte & 0x80 != 0);
    match kind {
        1 => Glance { begins: first_slice, ..Glance::default() },
        5 => Glance { begins: first_slice, key: true, entry: first_slice },
        7 => Glance { begins: true, key: false, entry: true },
        9 => Glance { begins: true, ..Glance::default() },
        _ => Glance::default(),
    }
}

fn vp8(payload: &[u8]) -> Glance {
    let Some(&descriptor) = payload.first() else { return Glance::default() };
    let begins = descriptor & 0x10 != 0 && descriptor.trailing_zeros() >= 3;
    if !begins {
        return Glance::default();
    }
    let mut header = 1;
    if descriptor & 0x80 != 0 {
        let Some(&extended) = payload.get(1) else { return Glance::default() };
        header += 1;
        if extended & 0x80 != 0 {
            header += if payload.get(2).is_some_and(|id| id & 0x80 != 0) { 2 } else { 1 };
        }
        header += usize::from(extended & 0x40 != 0) + usize::from(extended & 0x30 != 0);
    }
    let key = payload.get(header).is_some_and(|frame| frame & 0x01 == 0);
    Glance { begins, key, entry: key }
}

/// Packets remembered; a picture of more packets is never complete.
const WINDOW: usize = 512;

#[derive(Debug, Clone, Copy)]
struct Arrived {
    sequence: u16,
    timestamp: u32,
    marker: bool,
    glance: Glance,
    counted: bool,
}

/// A picture that has just become complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete {
    pub key: bool,
}

/// Puts pictures together, in whatever order their packets arrive.
#[derive(Debug)]
pub struct Frames {
    window: Vec<Option<Arrived>>,
}

impl Default for Frames {
    fn default() -> Self {
        Self { window: vec![None; WINDOW] }
    }
}

impl Frames {
    /// Takes one packet. Reports the picture it completes: from its first packet to the marked last one, without a hole.
    pub fn arrived(&mut self, sequence: u16, timestamp: u32, marker: bool, glance: Glance) -> Option<Complete> {
        let known = self.at(sequence).is_some_and(|packet| packet.timestamp == timestamp);
        if known {
            return None;
        }
        self.window[usize::from(sequence) % WINDOW] =
            Some(Arrived { sequence, timestamp, marker, glance, counted: false });
        let last = self.last_of(sequence, timestamp)?;
        let key = self.first_to(last, timestamp)?;
        let packet = self.window[usize::from(last) % WINDOW].as_mut()?;
        if packet.counted {
            return None;
        }
        packet.counted = true;
        Some(Complete { key })
    }

    fn at(&self, sequence: u16) -> Option<&Arrived> {
        self.window[usize::from(sequence) % WINDOW].as_ref().filter(|packet| packet.sequence == sequence)
    }

    /// The marked packet of the picture, if all up to it is there.
    fn last_of(&self, from: u16, timestamp: u32) -> Option<u16> {
        let mut sequence = from;
        for _ in 0..WINDOW {
            let packet = self.at(sequence).filter(|packet| packet.timestamp == timestamp)?;
            if packet.marker {
                return Some(sequence);
            }
            sequence = sequence.wrapping_add(1);
        }
        None
    }

    /// Whether the picture that ends at `last` is whole, and then whether it is a keyframe.
    fn first_to(&self, last: u16, timestamp: u32) -> Option<bool> {
        let (mut sequence, mut key) = (last, false);
        let mut begun = false;
        for _ in 0..WINDOW {
            match self.at(sequence) {
                Some(packet) if packet.timestamp == timestamp => {
                    key |= packet.glance.key;
                    begun = packet.glance.begins;
                }
                Some(_) => return Some(key),
                None => return begun.then_some(key),
            }
            sequence = sequence.wrapping_sub(1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Glance = Glance { begins: false, key: false, entry: false };
    const BEGIN: Glance = Glance { begins: true, key: false, entry: false };
    const KEY: Glance = Glance { begins: true, key: true, entry: true };

    #[test]
    fn a_picture_is_complete_with_its_last_missing_packet() {
        let mut frames = Frames::default();
        assert_eq!(frames.arrived(1, 10, false, KEY), None);
        assert_eq!(frames.arrived(3, 10, true, PLAIN), None);
        assert_eq!(frames.arrived(2, 10, false, PLAIN), Some(Complete { key: true }));
        assert_eq!(frames.arrived(2, 10, false, PLAIN), None, "a duplicate completes nothing");
        assert_eq!(frames.arrived(4, 20, true, PLAIN), Some(Complete { key: false }));
    }

    #[test]
    fn a_hole_at_the_start_or_the_end_leaves_it_incomplete() {
        let mut frames = Frames::default();
        frames.arrived(1, 10, true, BEGIN);
        assert_eq!(frames.arrived(3, 20, true, PLAIN), None, "its first packet may be the missing one");
        assert_eq!(frames.arrived(4, 30, false, BEGIN), None);
        assert_eq!(frames.arrived(6, 40, true, BEGIN), Some(Complete { key: false }), "begins itself after a loss");
    }

    #[test]
    fn numbers_wrap() {
        let mut frames = Frames::default();
        assert_eq!(frames.arrived(u16::MAX, 10, false, BEGIN), None);
        assert_eq!(frames.arrived(0, 10, true, PLAIN), Some(Complete { key: false }));
    }

    #[test]
    fn reads_h264() {
        let see = |bytes: &[u8]| glance(PictureCodec::H264, bytes);
        assert_eq!(see(&[0x65, 0x88]), KEY);
        assert_eq!(see(&[0x65, 0x08]), Glance { key: true, ..PLAIN }, "a later slice of the keyframe");
        assert_eq!(see(&[0x41, 0x9A]), BEGIN);
        assert_eq!(see(&[0x67, 0x42]), Glance { begins: true, key: false, entry: true });
        assert_eq!(see(&[0x7C, 0x85, 0x88]), KEY);
        assert_eq!(see(&[0x7C, 0x05, 0x88]), Glance { key: true, ..PLAIN });
        let stap = [0x78, 0, 2, 0x67, 0x42, 0, 1, 0x68, 0, 2, 0x65, 0x88];
        assert_eq!(see(&stap), KEY);
        for cut in 0..stap.len() {
            let _ = see(&stap[..cut]);
        }
        assert_eq!(see(&[]), PLAIN);
        assert_eq!(see(&[0x7C]), PLAIN);
    }

    #[test]
    fn reads_vp8() {
        let see = |bytes: &[u8]| glance(PictureCodec::Vp8, bytes);
        assert_eq!(see(&[0x10, 0x00]), KEY);
        assert_eq!(see(&[0x10, 0x01]), BEGIN);
        assert_eq!(see(&[0x00, 0x00]), PLAIN);
        assert_eq!(see(&[0x90, 0x80, 0x81, 0x02, 0x00]), KEY, "fifteen bit picture id");
        assert_eq!(see(&[0x90, 0xE0, 0x01, 0x02, 0x03, 0x01]), BEGIN);
        assert_eq!(see(&[0x90]), PLAIN);
    }
}
