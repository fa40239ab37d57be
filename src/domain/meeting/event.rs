//! What happened. The names on the wire are frozen in [`super::wire`]; a changed meaning is a new event.
//!
//! A field that belongs to a deletion class is an `Option`: `None` once that class of the entry has been deleted.

mod adviser;
mod ballot;
mod before;
mod chair;
mod complaint;
mod doors;
mod doubt;
mod election;
mod filming;
mod floor;
mod order;
mod presence;
mod quorum;
mod second;
mod words;

pub use adviser::AdviserAdmitted;
pub use ballot::{
    BallotClosed, BallotOpened, BallotVoided, ChoiceCast, ChoiceStruck, HandsCounted, ResultDeclared, ResultStruck,
    SpecialNeed, StrikeGround,
};
pub use before::{
    Amended, Answer, Cancelled, Delivered, DeliveryOutcome, PaperFiled, Replanned, Replied, Rescheduled, Reseated,
    Resent,
};
pub use chair::{ChairHandedOver, ChairHindered, ChairReturned, ChairTaken, EldestNamed};
pub use complaint::{Channel, ComplaintRaised, Heard};
pub use doors::{
    AloneDeclared, ClosedPartBegun, ClosedPartEnded, DecisionAnnounced, DecisionWithheld, DoorsConfirmed, ItemSwitched,
    Outlet, PublicExcluded, PublicReadmitted, SwitchMoved, Withheld,
};
pub use doubt::{RecusalDecided, RecusalDoubted};
pub use election::{
    ElectionCounted, ElectionDeclared, ElectionKind, ElectionMarked, ElectionMode, ElectionObjected, ElectionOpened,
    ElectionOutcome, ElectionRound, ElectionStruck, ElectionVoided, LotDrawn,
};
pub use filming::{AnswerWay, FilmingAnswered, FilmingBasis, FilmingEnd, FilmingStarted, FilmingStopped};
pub use floor::{
    FloorDeclined, FloorEnded, FloorGiven, FloorListClosed, FloorRequested, GuestCalled, GuestDismissed, ItemAdded,
    ItemDropped, ItemMoved, ItemReopened, Motion, MotionKind, MotionReworded, MotionWithdrawn, Speaker,
    StatementRecorded, Turn,
};
pub use order::{FloorWithdrawn, MemberExcluded, MemberExpelled, MembersBarred, Misconduct, OrderCalled};
pub use presence::{HallFound, IdentityAttested, IdentityWay, PresenceFound, RoomAttested};
pub use quorum::{QuorumFound, QuorumQuestioned};
pub use second::{Consequence, FirstSitting, MayorDecided, QuorumLacking, SecondMarked, StandInAppointed};
pub use words::{Choice, Disposal, InterruptionCause, Method, Sphere, VoidReason, Way};

use crate::domain::council::Seat;
use crate::domain::id::{BodyId, ItemId, SeatId};
use crate::domain::law::BodyKind;
use crate::domain::law::format::{Clause as ClauseKind, MeetingFormat};
use crate::domain::law::notice::NoticeFinding;
use crate::domain::law::overlay::Carried;
use crate::domain::ledger::{Class, Digest};
use crate::domain::quorum::QuorumFinding;
use crate::domain::text::{Name, Passage, Remark, Title, Wording};
use crate::domain::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that can happen in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Planned(Planned),
    Convened(Convening),
    RoomAttested(RoomAttested),
    PresenceFound(PresenceFound),
    PublicRoomAttested(PublicRoomAttested),
    Opened(Opened),
    ItemCalled(ItemCalled),
    ItemSettled(ItemSettled),
    RecusalRecorded(Recusal),
    RecusalLifted(Recusal),
    BallotOpened(BallotOpened),
    ChoiceCast(ChoiceCast),
    ChoiceStruck(ChoiceStruck),
    HandsCounted(HandsCounted),
    BallotClosed(BallotClosed),
    ResultDeclared(ResultDeclared),
    BallotVoided(BallotVoided),
    ComplaintRaised(ComplaintRaised),
    FaultProposed(FaultProposed),
    FaultFound(FaultFound),
    Interrupted(Interrupted),
    Resumed(Resumed),
    Closed(Closed),
    DataDeleted(DataDeleted),
    HallFound(HallFound),
    FloorRequested(FloorRequested),
    FloorDeclined(FloorDeclined),
    FloorGiven(FloorGiven),
    FloorEnded(FloorEnded),
    FloorListClosed(FloorListClosed),
    MotionMoved(Motion),
    MotionReworded(MotionReworded),
    MotionWithdrawn(MotionWithdrawn),
    StatementRecorded(StatementRecorded),
    GuestCalled(GuestCalled),
    GuestDismissed(GuestDismissed),
    ItemMoved(ItemMoved),
    ItemAdded(ItemAdded),
    ItemDropped(ItemDropped),
    ItemReopened(ItemReopened),
    ItemTextWritten(ItemTextWritten),
    Replanned(Replanned),
    Rescheduled(Rescheduled),
    Cancelled(Cancelled),
    Amended(Amended),
    Delivered(Delivered),
    Resent(Resent),
    Replied(Replied),
    PaperFiled(PaperFiled),
    IdentityAttested(IdentityAttested),
    Reseated(Reseated),
    ElectionMarked(ElectionMarked),
    ElectionObjected(ElectionObjected),
    ElectionOpened(ElectionOpened),
    ElectionCounted(ElectionCounted),
    ElectionDeclared(ElectionDeclared),
    LotDrawn(LotDrawn),
    ElectionVoided(ElectionVoided),
    PublicExcluded(PublicExcluded),
    PublicReadmitted(PublicReadmitted),
    DoorsConfirmed(DoorsConfirmed),
    ClosedPartBegun(ClosedPartBegun),
    ClosedPartEnded(ClosedPartEnded),
    AloneDeclared(AloneDeclared),
    DecisionAnnounced(DecisionAnnounced),
    DecisionWithheld(DecisionWithheld),
    ResultStruck(ResultStruck),
    SecondMarked(SecondMarked),
    QuorumLacking(QuorumLacking),
    ChairHandedOver(ChairHandedOver),
    EldestNamed(EldestNamed),
    ChairTaken(ChairTaken),
    ChairReturned(ChairReturned),
    OrderCalled(OrderCalled),
    FloorWithdrawn(FloorWithdrawn),
    MemberExpelled(MemberExpelled),
    MemberExcluded(MemberExcluded),
    StandInAppointed(StandInAppointed),
    MayorDecided(MayorDecided),
    SwitchMoved(SwitchMoved),
    ItemSwitched(ItemSwitched),
    FilmingAnswered(FilmingAnswered),
    FilmingStarted(FilmingStarted),
    FilmingStopped(FilmingStopped),
    RecusalDoubted(RecusalDoubted),
    RecusalDecided(RecusalDecided),
    QuorumQuestioned(QuorumQuestioned),
    QuorumFound(QuorumFound),
    MembersBarred(MembersBarred),
    ChairHindered(ChairHindered),
    ElectionStruck(ElectionStruck),
    AdviserAdmitted(AdviserAdmitted),
}

/// The meeting exists: who sits in the body, what is on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    pub municipality: Name,
    pub land: String,
    pub body: BodyId,
    pub body_name: Name,
    pub title: Title,
    pub place: Name,
    /// The day of the sitting by the local calendar: the rules are chosen by it.
    pub day: Date,
    pub starts_at: Instant,
    /// First sitting after an election (§ 32 (1) s. 2 GemO BW): nobody may be remote.
    pub first_after_election: bool,
    /// Every occupied seat; the chair's is one of them.
    pub seats: Vec<Seat>,
    pub chair: SeatId,
    pub clerk: Name,
    pub agenda: Vec<AgendaEntry>,
    /// Titles of the non-public items, by item (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_titles: Option<BTreeMap<ItemId, Title>>,
    /// Motions put forward with non-public items, by item (class `non_public`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_motions: Option<BTreeMap<ItemId, Wording>>,
    /// What the Hauptsatzung allows, as the administration entered it.
    pub clauses: Vec<Clause>,
    /// The day the members were summoned on another way than by this program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summoned_on: Option<Date>,
    /// `Stellvertretung` of the chair, in the order in which they act (§ 48 (1) GemO BW).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<SeatId>,
    /// `Ortsrecht`: what the body's own Hauptsatzung and Geschäftsordnung say differently, as `[[local]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Passage>,
    /// Which kind of body sits; where it was not said, the rules of the council hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BodyKind>,
    /// `Gesetzliche Zahl` of the members (§ 53 (1) s. 1 HGO), empty seats included; absent where nobody said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<u32>,
}

/// One line of the agenda. A non-public one has no title here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaEntry {
    pub id: ItemId,
    /// As printed: „5“, „5.1“.
    pub number: String,
    pub public: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// The motion put forward with the item, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<Wording>,
}

/// A clause of the Hauptsatzung on taking part remotely, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub kind: ClauseKind,
    /// Where it stands: „§ 3b Hauptsatzung“.
    pub reference: Name,
    pub decided_on: Date,
    pub in_force_from: Date,
    /// The votes that carried it; `None` where nobody entered them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

/// `Einberufung`: the format with its reason, and the law that applies, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Convening {
    pub format: MeetingFormat,
    /// Key of the serious reason in the rule pack, for the digital format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The reason in the words of the convening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Remark>,
    /// Where the public sees and hears the meeting, for the digital format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_room: Option<Name>,
    pub law: PinnedLaw,
    /// Whether the summons comes in time (§ 34 (1) s. 1 GemO BW); absent where it was not asked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeFinding>,
    /// The summons says that the smaller number suffices at the items of a second sitting (§ 37 (3) s. 1 GemO BW).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_notice: bool,
    /// Who is excluded from this sitting by an earlier one (§ 36 (3) GemO BW); the seats stay occupied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<SeatId>,
    /// Who takes part with an advisory voice only, and is no member (§ 33 (1) GemO BW).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisory: Vec<SeatId>,
    /// An official among them has a vote while leading (§ 41 (2) GemO BW).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chair_votes: bool,
    /// `Ausschluss der Zuschaltung im Einzelfall` (§ 37a (3) s. 2 GemO BW): the Hauptsatzung would let members be connected, and
    /// for the `reason` given nobody is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ruled_out: bool,
}

/// The rule pack as it stood at the convening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedLaw {
    pub land: String,
    pub digest: Digest,
    pub text: String,
}

/// Whether the publicly accessible room receives picture and sound (§ 37a (4) s. 3 GemO BW), attested by the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicRoomAttested {
    pub receives: bool,
}

/// `Eröffnung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub quorum: QuorumFinding,
}

/// `Aufruf`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemCalled {
    pub item: ItemId,
}

/// An item is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSettled {
    pub item: ItemId,
    pub disposal: Disposal,
    /// What was settled without a vote, word for word: where an item is referred, what was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Wording>,
}

/// `Befangenheit` at one item (§ 18 GemO BW). The reason is never recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    pub item: ItemId,
    pub seat: SeatId,
}

/// Several were lost at once: the machine proposes the municipality's sphere and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultProposed {
    pub seats: Vec<SeatId>,
    /// The hall was lost, and with it everybody remote.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hall: bool,
}

/// Where a fault lies, as the chair finds (§ 37a (2) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultFound {
    pub seats: Vec<SeatId>,
    pub sphere: Sphere,
    /// The fault of the hall.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hall: bool,
}

/// `Unterbrechung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interrupted {
    pub cause: InterruptionCause,
    /// Since when: for a crash the last durable sign of life.
    pub since: Instant,
}

/// The sitting goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resumed {
    pub quorum: QuorumFinding,
    /// What becomes of a ballot that was open: it goes on (`true`) or is repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot_goes_on: Option<bool>,
}

/// `Schluss der Sitzung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {}

/// Parts of entries ceased to exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataDeleted {
    pub class: Class,
    pub entries: Vec<u64>,
    /// The ground of the deletion, such as a period of the deletion concept.
    pub ground: Remark,
}

/// What the clerk writes on an item (`Niederschrift`, § 38 (1) GemO BW). The newest stands; earlier ones are corrected
/// by it and remain in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemTextWritten {
    pub item: ItemId,
    /// `None`: what was written is taken back. Part of the minutes and therefore of the permanent findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Passage>,
}
