//! What a meeting knows of the time before it: the summons to each member, the replies, the papers.

use super::Meeting;
use super::event::{Answer, DeliveryOutcome, Reseated};
use crate::domain::id::{ItemId, PaperId, SeatId};
use crate::domain::ledger::Digest;
use crate::domain::text::{Name, Remark};
use crate::domain::time::{Date, Instant};
use std::collections::BTreeMap;

/// Part of a [`super::Meeting`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The day the summons went out on another way, if it was known when the meeting was planned.
    pub summoned_on: Option<Date>,
    /// Number of the entry that last changed day, place or agenda: whoever edits names the one they saw.
    pub revision: u64,
    /// Which summons is the current one: 0 the first, one more with every change (RFC 5545 `SEQUENCE`).
    pub sequence: u32,
    /// The current summons on its way; empty while nobody was written to.
    pub deliveries: BTreeMap<SeatId, Delivery>,
    pub replies: BTreeMap<SeatId, Reply>,
    /// Replies each member has given so far.
    pub replied: BTreeMap<SeatId, u32>,
    /// Why it was last moved.
    pub moved: Option<Remark>,
    /// `Absage`, with its reason.
    pub cancelled: Option<(Instant, Remark)>,
    /// How many days before the sitting the members knew of an item that was not in the first summons; 0 of one that came in
    /// the sitting itself.
    pub late: BTreeMap<ItemId, u32>,
    /// Every version of every paper, oldest first.
    pub papers: Vec<Paper>,
}

/// One member's summons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub sequence: u32,
    /// `None` while it waits to be sent.
    pub outcome: Option<DeliveryOutcome>,
    /// When that was recorded, or when it was queued.
    pub at: Instant,
    /// The day it was handed over.
    pub on: Option<Date>,
    /// What the mail server said; `None` also once deleted.
    pub reason: Option<String>,
}

/// One member's reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub answer: Answer,
    pub at: Instant,
    /// Consented to be connected.
    pub consent: bool,
    /// `None` also once deleted.
    pub reason: Option<String>,
}

/// One version of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub id: PaperId,
    pub item: ItemId,
    pub version: u32,
    pub digest: Digest,
    pub bytes: u64,
    pub pages: u32,
    pub late: bool,
    /// It lies with a non-public item.
    pub closed: bool,
    pub at: Instant,
    /// `None` once deleted with the non-public class.
    pub name: Option<Name>,
}

impl Before {
    /// How many members answered so.
    #[must_use]
    pub fn answered(&self, answer: Answer) -> usize {
        self.replies.values().filter(|reply| reply.answer == answer).count()
    }

    /// Whether a member has said beforehand that they cannot come.
    #[must_use]
    pub fn is_excused(&self, seat: &SeatId) -> bool {
        self.replies.get(seat).is_some_and(|reply| reply.answer == Answer::Prevented)
    }

    /// Whether a member has consented to be connected.
    #[must_use]
    pub fn consents(&self, seat: &SeatId) -> bool {
        self.replies.get(seat).is_some_and(|reply| reply.answer == Answer::Remote && reply.consent)
    }

    /// The newest version of every paper of an item, in the order they were first filed.
    #[must_use]
    pub fn papers_of(&self, item: &ItemId) -> Vec<&Paper> {
        let mut newest: Vec<&Paper> = Vec::new();
        for paper in self.papers.iter().filter(|paper| paper.item == *item) {
            match newest.iter_mut().find(|known| known.id == paper.id) {
                Some(known) => *known = paper,
                None => newest.push(paper),
            }
        }
        newest
    }
}

impl Meeting {
    /// How many days before the sitting the members knew of an item; `None` where it was never asked.
    #[must_use]
    pub fn days_known(&self, item: &ItemId) -> Option<u32> {
        let told = self.convened().and_then(|convened| convened.convening.notice.as_ref());
        self.before.late.get(item).copied().or_else(|| told.map(|finding| finding.days))
    }

    /// Whether connection was ruled out with the convening (§ 37a (3) s. 2 GemO BW).
    #[must_use]
    pub fn is_ruled_out(&self) -> bool {
        self.convened().is_some_and(|convened| convened.convening.ruled_out)
    }

    /// Whether this is the body the meeting has; the order of its seats does not matter.
    #[must_use]
    pub fn has_body(&self, body: &Reseated) -> bool {
        let seats: BTreeMap<_, _> = body.seats.iter().map(|seat| (&seat.id, seat)).collect();
        self.seats.iter().eq(seats)
            && self.leading.office == body.chair
            && self.leading.deputies == body.deputies
            && self.clerk == body.clerk
            && self.clauses == body.clauses
            && self.local == body.local
            && self.statutory == body.statutory
    }
}
