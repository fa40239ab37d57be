//! What can be wanted before a meeting.

use super::{AgendaEntry, ItemId, Name, PinnedLaw, Remark, SeatId, Title, Wording};
use crate::domain::id::PaperId;
use crate::domain::ledger::Digest;
use crate::domain::meeting::event::{Answer, DeliveryOutcome, FirstSitting, Reseated};
use crate::domain::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the members are summoned (§ 34 GemO BW).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Summons {
    /// The present day by the local calendar. Filled in by the application, never by the caller.
    pub today: Option<Date>,
    /// The hour of it, by the clock of the town hall. Filled in by the application, never by the caller.
    pub hour: Option<u8>,
    /// The summons went out on another way on this day; nobody is written to.
    pub elsewhere: Option<Date>,
    /// `Notfall` (§ 34 (2) GemO BW): why it cannot wait for the period.
    pub emergency: Option<Remark>,
    /// On the other way, too, the summons said that the smaller number suffices in a second sitting (§ 37 (3) s. 1 GemO BW).
    /// A summons by this program always says it.
    pub second_notice: bool,
    /// Who is excluded from this sitting by an earlier one. Filled in by the application, never by the caller.
    pub excluded: Vec<SeatId>,
    /// `Ausschluss der Zuschaltung im Einzelfall` (§ 37a (3) s. 2 and 3 GemO BW): wanted with the convening and with nothing else.
    pub rule_out: bool,
}

/// A plan as somebody edited it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDraft {
    pub title: Title,
    pub place: Name,
    pub day: Date,
    pub starts_at: Instant,
    pub agenda: Vec<AgendaEntry>,
    pub closed_titles: BTreeMap<ItemId, Title>,
    /// Motions put forward with non-public items.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub closed_motions: BTreeMap<ItemId, Wording>,
}

/// An item that comes onto an agenda that was already told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateItem {
    pub entry: AgendaEntry,
    /// For a non-public item.
    pub closed_title: Option<Title>,
    /// For a non-public item, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_motion: Option<Wording>,
}

/// A file that lies ready to be a paper of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperFile {
    pub paper: PaperId,
    pub name: Name,
    pub digest: Digest,
    pub bytes: u64,
    pub pages: u32,
}

/// One step of the preparation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preparation {
    /// Before the convening: another plan. `revision` is the one that was edited.
    Replan {
        revision: u64,
        draft: PlanDraft,
    },
    /// The law is filled in by the application.
    Reschedule {
        day: Date,
        starts_at: Instant,
        place: Name,
        reason: Remark,
        law: PinnedLaw,
        summons: Summons,
    },
    Cancel {
        reason: Remark,
    },
    /// After the convening: one item more.
    AddItem {
        item: LateItem,
        summons: Summons,
    },
    /// After the convening: one item less.
    DropItem {
        item: ItemId,
    },
    /// By the platform: what became of a letter.
    ReportDelivery {
        seat: SeatId,
        sequence: u32,
        outcome: DeliveryOutcome,
        reason: Option<Remark>,
    },
    NoteBounce {
        seat: SeatId,
    },
    HandOver {
        seat: SeatId,
        on: Date,
    },
    Resend {
        seat: SeatId,
    },
    Reply {
        answer: Answer,
        consent: bool,
        reason: Option<Remark>,
    },
    FilePaper {
        item: ItemId,
        file: PaperFile,
    },
    /// Before the convening: the body as it is now. Filled in by the application, never by the caller.
    Reseat {
        to: Reseated,
    },
    /// Before the convening: the item is one of a second sitting, or is not. Where it was dealt with first is looked up by
    /// the application, never said by the caller.
    MarkSecond {
        item: ItemId,
        of: Option<FirstSitting>,
    },
    /// By the platform, before the opening: an earlier sitting has excluded these from this one since it was convened.
    Bar {
        seats: Vec<SeatId>,
    },
}
