//! The publishing side of one endpoint: two feeds, what was sent lately, and when a keyframe was last asked for.

use super::answer::PublishChoice;
use super::frames::Frames;
use super::history::{Gaps, History};
use super::peer::PeerId;
use super::reports::SenderClock;

/// Least time between two keyframe requests to the same source.
const KEYFRAME_PACE_MS: u64 = 500;
/// A feed that has been silent this long may go on under another SSRC.
const SILENT_MS: u64 = 2_000;

/// Whether a packet belongs to a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Same,
    /// The first packet of another stream.
    Begins,
    Stranger,
}

/// One stream of a publisher.
#[derive(Debug, Default)]
pub struct Feed {
    ssrc: Option<u32>,
    heard_ms: u64,
    pub clock: Option<SenderClock>,
}

impl Feed {
    /// The stream's SSRC at the publisher.
    #[must_use]
    pub const fn ssrc(&self) -> Option<u32> {
        self.ssrc
    }

    /// One stream at a time: another SSRC is let in only once the present one is silent.
    pub fn admit(&mut self, ssrc: u32, now_ms: u64) -> Admission {
        let admission = match self.ssrc {
            Some(present) if present == ssrc => Admission::Same,
            Some(_) if now_ms.saturating_sub(self.heard_ms) < SILENT_MS => return Admission::Stranger,
            _ => Admission::Begins,
        };
        if admission == Admission::Begins {
            (self.ssrc, self.clock) = (Some(ssrc), None);
        }
        self.heard_ms = now_ms;
        admission
    }
}

/// One publishing connection and what came through it.
pub struct Source {
    pub peer: PeerId,
    pub choice: PublishChoice,
    /// Its handshake is done.
    pub live: bool,
    pub picture: Feed,
    pub sound: Feed,
    pub frames: Frames,
    pub history: History,
    pub gaps: Gaps,
    keyframe_asked: Option<u64>,
    keyframe_wanted: bool,
}

impl Source {
    /// A connection through which nothing has come yet.
    #[must_use]
    pub fn new(peer: PeerId, choice: PublishChoice) -> Self {
        Self {
            peer,
            choice,
            live: false,
            picture: Feed::default(),
            sound: Feed::default(),
            frames: Frames::default(),
            history: History::default(),
            gaps: Gaps::default(),
            keyframe_asked: None,
            keyframe_wanted: false,
        }
    }

    /// Somebody needs a keyframe.
    pub const fn want_keyframe(&mut self) {
        self.keyframe_wanted = true;
    }

    /// The SSRC to ask for a keyframe now, at most once in half a second.
    pub fn keyframe_due(&mut self, now_ms: u64) -> Option<u32> {
        let ssrc = self.picture.ssrc?;
        let due = self.keyframe_asked.is_none_or(|asked| now_ms.saturating_sub(asked) >= KEYFRAME_PACE_MS);
        if !self.keyframe_wanted || !due {
            return None;
        }
        (self.keyframe_wanted, self.keyframe_asked) = (false, Some(now_ms));
        Some(ssrc)
    }

    /// Something has to be asked of the publisher soon.
    #[must_use]
    pub fn is_restless(&self) -> bool {
        self.live && (self.gaps.is_open() || (self.keyframe_wanted && self.picture.ssrc.is_some()))
    }

    /// Another picture stream begins: nothing of the one before counts any more.
    pub fn restart_picture(&mut self) {
        (self.frames, self.history, self.gaps) = (Frames::default(), History::default(), Gaps::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::media::frames::PictureCodec;

    #[test]
    fn one_stream_at_a_time() {
        let mut feed = Feed::default();
        assert_eq!(feed.admit(1, 0), Admission::Begins);
        assert_eq!(feed.admit(1, 100), Admission::Same);
        assert_eq!(feed.admit(2, 200), Admission::Stranger);
        assert_eq!(feed.admit(2, 2_100), Admission::Begins);
    }

    #[test]
    fn keyframes_are_asked_for_at_a_measured_pace() {
        let mut source = Source::new(1, PublishChoice { codec: PictureCodec::H264, picture_type: 1, sound_type: 2 });
        source.want_keyframe();
        assert_eq!(source.keyframe_due(0), None, "nothing to ask yet");
        source.picture.admit(9, 0);
        assert_eq!(source.keyframe_due(0), Some(9));
        assert_eq!(source.keyframe_due(1_000), None, "nobody wants one");
        source.want_keyframe();
        assert_eq!(source.keyframe_due(499), None);
        assert_eq!(source.keyframe_due(500), Some(9));
    }
}
