//! What happens before a meeting: planning anew, moving, cancelling, changing the agenda, the summons on its way to each
//! member, the replies, the papers.

use super::{AgendaEntry, Clause, PinnedLaw};
use crate::domain::council::Seat;
use crate::domain::id::{ItemId, PaperId, SeatId};
use crate::domain::law::notice::NoticeFinding;
use crate::domain::ledger::Digest;
use crate::domain::text::{Name, Passage, Remark, Title, Wording};
use crate::domain::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The plan is another one; nobody has been summoned yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replanned {
    pub title: Title,
    pub place: Name,
    pub day: Date,
    pub starts_at: Instant,
    pub agenda: Vec<AgendaEntry>,
    /// Titles of the non-public items, by item (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_titles: Option<BTreeMap<ItemId, Title>>,
    /// Motions put forward with non-public items, by item (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_motions: Option<BTreeMap<ItemId, Wording>>,
}

/// `Besetzung`: the body changed between planning and convening, and the meeting takes it over as it is then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reseated {
    /// Every occupied seat; the chair's is one of them.
    pub seats: Vec<Seat>,
    pub chair: SeatId,
    pub clerk: Name,
    /// What the Hauptsatzung allows, as the administration entered it.
    pub clauses: Vec<Clause>,
    /// `Stellvertretung` of the chair, in the order in which they act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<SeatId>,
    /// `Ortsrecht`, as in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Passage>,
    /// `Gesetzliche Zahl`, as in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<u32>,
}

/// `Verlegung`: a convened meeting is moved; the law of the new day is pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rescheduled {
    pub day: Date,
    pub starts_at: Instant,
    pub place: Name,
    pub reason: Remark,
    pub law: PinnedLaw,
    pub notice: NoticeFinding,
}

/// `Absage`: a convened meeting does not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancelled {
    pub reason: Remark,
}

/// `Nachtrag` or `Absetzung` between summons and sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amended {
    pub added: Vec<AgendaEntry>,
    pub removed: Vec<ItemId>,
    /// Titles of the added non-public items (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_titles: Option<BTreeMap<ItemId, Title>>,
    /// Motions put forward with them (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_motions: Option<BTreeMap<ItemId, Wording>>,
    /// Whether what was added was told in time; absent if nothing was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeFinding>,
}

/// How a summons reached somebody, or did not. Never an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    pub seat: SeatId,
    /// Which summons: 0 the first, one more with every change.
    pub sequence: u32,
    pub outcome: DeliveryOutcome,
    /// The day it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// What the mail server said (class `personal_text`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// What became of a summons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOutcome {
    /// The next mail server took the letter.
    Sent,
    /// No mail server took it, for good.
    Refused,
    /// It came back later, as the clerk noted.
    Bounced,
    /// There is no address to write to.
    Unreachable,
    /// Given by hand or sent by post.
    HandedOver,
}

/// The summons is sent to somebody once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resent {
    pub seat: SeatId,
}

/// `Rückmeldung` of a member, with the consent to be connected (§ 37a (1) s. 1 GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replied {
    pub seat: SeatId,
    pub answer: Answer,
    /// The words consented to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Remark>,
    /// Class `personal_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
}

/// How a member means to take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// `vor Ort`.
    InRoom,
    /// `zugeschaltet`.
    Remote,
    /// `verhindert`.
    Prevented,
}

/// A paper (`Vorlage`) lies with an item; the same paper again is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperFiled {
    pub paper: PaperId,
    pub item: ItemId,
    /// 1 for the first.
    pub version: u32,
    /// SHA-256 of the file.
    pub digest: Digest,
    pub bytes: u64,
    pub pages: u32,
    /// `nachgereicht`: the members were already summoned.
    pub late: bool,
    /// What it is called; absent at a non-public item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What it is called at a non-public item (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_name: Option<Name>,
}
