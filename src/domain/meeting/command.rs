//! What somebody wants. Every fact a decision needs beyond the meeting itself is in the command or its context.

mod actor;
mod before;
mod complaint;
mod filming;
mod presence;
mod terms;

pub use actor::{Actor, Context};
pub use before::{LateItem, PaperFile, PlanDraft, Preparation, Summons};
pub use complaint::TakenComplaint;
pub use filming::FilmingStep;
pub use presence::{HallChange, PresenceChange};
pub use terms::Terms;

use super::event::{
    AgendaEntry, Choice, Disposal, ElectionKind, ElectionMode, IdentityWay, InterruptionCause, Method, Misconduct,
    MotionKind, Outlet, PinnedLaw, Speaker, Sphere, StrikeGround, Turn, Withheld,
};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId, TicketId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::ledger::Class;
use crate::domain::text::{Name, Passage, Remark, Title, Wording};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};

/// What is needed to plan a meeting: recorded as it is given.
pub type Plan = super::event::Planned;

/// What can be wanted of a planned meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Convene {
        format: MeetingFormat,
        ground: Option<String>,
        reason: Option<Remark>,
        public_room: Option<Name>,
        /// Filled in by the application, never by the caller.
        law: PinnedLaw,
        /// Also by whom it is told, and when.
        summons: Summons,
    },
    AttestRoom {
        seat: SeatId,
        present: bool,
    },
    AttestPublicRoom {
        receives: bool,
    },
    /// Who waits without a second factor is recognised; or that is taken back.
    AttestIdentity {
        seat: SeatId,
        ticket: TicketId,
        way: IdentityWay,
        confirmed: bool,
    },
    /// The measurement's changes, by the platform.
    ReportPresence {
        changes: Vec<PresenceChange>,
        /// The hall's change, if it changed as well.
        hall: Option<HallChange>,
    },
    Open,
    CallItem {
        item: ItemId,
    },
    SettleItem {
        disposal: Disposal,
        /// Where no ballot holds it: where an item is referred, what was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wording: Option<Wording>,
    },
    Recuse {
        item: ItemId,
        seat: SeatId,
    },
    LiftRecusal {
        item: ItemId,
        seat: SeatId,
    },
    OpenBallot {
        ballot: BallotId,
        method: Method,
        wording: Wording,
        /// The motion from the floor it is about; without one it is the item's own.
        motion: Option<MotionId>,
        #[serde(default)]
        terms: Terms,
    },
    Cast {
        ballot: BallotId,
        choice: Choice,
    },
    EnterHeard {
        ballot: BallotId,
        seat: SeatId,
        choice: Choice,
    },
    CountHands {
        ballot: BallotId,
        yes: u32,
        no: u32,
        abstain: u32,
        none: u32,
    },
    CloseBallot {
        ballot: BallotId,
    },
    DeclareResult {
        ballot: BallotId,
    },
    VoidBallot {
        ballot: BallotId,
    },
    Complain {
        text: Remark,
        /// `None`: of the member who sends it.
        heard: Option<TakenComplaint>,
    },
    FindFault {
        sphere: Sphere,
    },
    Interrupt {
        cause: InterruptionCause,
    },
    Resume {
        ballot_goes_on: Option<bool>,
    },
    /// The platform found the meeting open without an owner.
    Recover {
        last_alive: Instant,
    },
    Close,
    /// For the own seat, or noted for `seat` by chair or clerk.
    RequestFloor {
        seat: Option<SeatId>,
        turn: Turn,
    },
    DeclineFloor {
        seat: Option<SeatId>,
    },
    GiveFloor {
        to: Speaker,
    },
    EndSpeech,
    CloseList {
        closed: bool,
    },
    MoveMotion {
        motion: MotionId,
        mover: Option<SeatId>,
        kind: MotionKind,
        wording: Wording,
    },
    RewordMotion {
        motion: MotionId,
        wording: Wording,
    },
    WithdrawMotion {
        motion: MotionId,
    },
    RecordStatement {
        seat: Option<SeatId>,
        text: Remark,
    },
    CallGuest {
        name: Name,
    },
    DismissGuest {
        name: Name,
    },
    MoveItem {
        item: ItemId,
        before: Option<ItemId>,
    },
    AddItem {
        item: ItemId,
        number: String,
        title: Title,
        motion: Option<Wording>,
        ground: Option<Remark>,
    },
    DropItem {
        item: ItemId,
        disposal: Disposal,
    },
    ReopenItem {
        item: ItemId,
        reason: Remark,
    },
    Delete {
        class: Class,
        ground: Remark,
    },
    WriteItemText {
        item: ItemId,
        /// `None` takes back what was written.
        text: Option<Passage>,
        /// Number of the entry with the text this one replaces; 0 if there is none.
        replaces: u64,
    },
    /// What is done before the meeting.
    Prepare(Preparation),
    /// The item is an election, or with no kind is none.
    MarkElection {
        item: ItemId,
        kind: Option<ElectionKind>,
    },
    /// Against an open election. Who objects is recorded only if `named`.
    ObjectElection {
        named: bool,
    },
    /// The papers are handed out.
    OpenElection {
        round: BallotId,
        mode: ElectionMode,
        candidates: Vec<Name>,
        tellers: Vec<Name>,
        /// The first round of the single candidate was in another sitting.
        second: bool,
    },
    CountElection {
        round: BallotId,
        votes: Vec<u32>,
        no: u32,
        blank: u32,
        invalid: u32,
        missing: u32,
    },
    DeclareElection {
        round: BallotId,
    },
    DrawLot {
        drawn: Vec<Name>,
        drawer: SeatId,
        maker: Name,
    },
    VoidElection {
        round: BallotId,
        reason: Remark,
    },
    /// The public is to leave.
    ExcludePublic,
    /// The public is to come back.
    ReadmitPublic,
    ConfirmDoors {
        outlet: Outlet,
    },
    BeginClosedPart,
    EndClosedPart,
    /// For the own seat: nobody else can follow.
    DeclareAlone,
    AnnounceDecision {
        ballot: BallotId,
    },
    WithholdDecision {
        ballot: BallotId,
        until: Withheld,
    },
    /// What the tellers counted in a secret ballot.
    CountPapers {
        ballot: BallotId,
        yes: u32,
        no: u32,
        abstain: u32,
        invalid: u32,
        missing: u32,
    },
    /// A declared result does not stand; the vote is repeated.
    StrikeResult {
        ballot: BallotId,
        ground: StrikeGround,
        reason: Remark,
    },
    /// The quorum is lacking: at the called item, or before the opening in the whole sitting.
    FindNoQuorum,
    /// By whoever leads: for the item they are recused at, or because they cannot go on.
    HandOverChair {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
    },
    /// By the clerk, once every deputy is prevented.
    NameEldest {
        seat: SeatId,
    },
    /// For the own seat.
    TakeChair,
    /// By the clerk: a deputy who is there cannot lead, or can again.
    NoteHindrance {
        seat: SeatId,
        hindered: bool,
    },
    StrikeElection {
        round: BallotId,
        reason: Remark,
    },
    CallToOrder {
        seat: SeatId,
        reason: Option<Remark>,
    },
    WithdrawFloor {
        seat: SeatId,
    },
    Expel {
        seat: SeatId,
        ground: Misconduct,
        reason: Option<Remark>,
    },
    /// From coming sittings; with the ballot in which the body decided it.
    ExcludeMember {
        seat: SeatId,
        sessions: u32,
        ballot: Option<BallotId>,
    },
    /// The mayor is recused as well: the council appoints who stands in for this decision.
    AppointStandIn {
        seat: SeatId,
    },
    /// The mayor, or who stands in, decides in the council's place: on the called item, or after a sitting that lacked its
    /// quorum altogether on one of its items.
    DecideInstead {
        item: Option<ItemId>,
        heard: Vec<SeatId>,
        wording: Wording,
    },
    /// An item be dealt with on the other side of the doors.
    MoveSwitch {
        item: ItemId,
        mover: Option<SeatId>,
    },
    Film(FilmingStep),
    /// Whether somebody is recused at the called item is doubtful.
    DoubtRecusal {
        seat: SeatId,
        mover: Option<SeatId>,
        motion: MotionId,
    },
    /// Where the quorum is presumed: a member moves that it is lacking.
    QuestionQuorum(SeatId),
    FindQuorum,
    /// Somebody with an advisory voice may be connected to this sitting, or no longer.
    AdmitAdviser {
        seat: SeatId,
        admitted: bool,
    },
}
