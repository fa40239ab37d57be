//! Events as they lie in the ledger: a frozen name, a version, and the payload split by deletion class.

use super::event::{self, Event};
use crate::domain::ledger::Class;
use crate::domain::ledger::payload::{join, split, wire_names};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Version of every payload so far. A field that changes its meaning makes a new event, not a new number here.
pub const VERSION: u16 = 1;

/// Why an entry is not an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnEvent {
    pub name: String,
    pub why: String,
}

impl fmt::Display for NotAnEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Eintrag „{}“ ist nicht lesbar: {}", self.name, self.why)
    }
}

impl std::error::Error for NotAnEvent {}

/// The fields that do not belong to the permanent findings.
const CLASSED: [(&str, &str, Class); 15] = [
    ("meeting.planned", "closed_titles", Class::NonPublic),
    ("presence.found", "evidence", Class::Measurement),
    ("choice.cast", "choice", Class::Choice),
    ("complaint.raised", "text", Class::PersonalText),
    ("hall.found", "evidence", Class::Measurement),
    ("meeting.replanned", "closed_titles", Class::NonPublic),
    ("agenda.amended", "closed_titles", Class::NonPublic),
    ("summons.delivered", "reason", Class::PersonalText),
    ("reply.given", "reason", Class::PersonalText),
    ("paper.filed", "closed_name", Class::NonPublic),
    ("order.called", "reason", Class::PersonalText),
    ("member.expelled", "reason", Class::PersonalText),
    ("meeting.planned", "closed_motions", Class::NonPublic),
    ("meeting.replanned", "closed_motions", Class::NonPublic),
    ("agenda.amended", "closed_motions", Class::NonPublic),
];

fn class_of(name: &str, field: &str) -> Class {
    CLASSED.iter().find(|(event, of, _)| (*event, *of) == (name, field)).map_or(Class::Finding, |(_, _, class)| *class)
}

wire_names! {
    Planned(event::Planned) = "meeting.planned",
    Convened(event::Convening) = "meeting.convened",
    RoomAttested(event::RoomAttested) = "room.attested",
    PresenceFound(event::PresenceFound) = "presence.found",
    PublicRoomAttested(event::PublicRoomAttested) = "public_room.attested",
    Opened(event::Opened) = "meeting.opened",
    ItemCalled(event::ItemCalled) = "item.called",
    ItemSettled(event::ItemSettled) = "item.settled",
    RecusalRecorded(event::Recusal) = "recusal.recorded",
    RecusalLifted(event::Recusal) = "recusal.lifted",
    BallotOpened(event::BallotOpened) = "ballot.opened",
    ChoiceCast(event::ChoiceCast) = "choice.cast",
    ChoiceStruck(event::ChoiceStruck) = "choice.struck",
    HandsCounted(event::HandsCounted) = "hands.counted",
    BallotClosed(event::BallotClosed) = "ballot.closed",
    ResultDeclared(event::ResultDeclared) = "result.declared",
    BallotVoided(event::BallotVoided) = "ballot.voided",
    ComplaintRaised(event::ComplaintRaised) = "complaint.raised",
    FaultProposed(event::FaultProposed) = "fault.proposed",
    FaultFound(event::FaultFound) = "fault.found",
    Interrupted(event::Interrupted) = "meeting.interrupted",
    Resumed(event::Resumed) = "meeting.resumed",
    Closed(event::Closed) = "meeting.closed",
    DataDeleted(event::DataDeleted) = "data.deleted",
    HallFound(event::HallFound) = "hall.found",
    FloorRequested(event::FloorRequested) = "floor.requested",
    FloorDeclined(event::FloorDeclined) = "floor.declined",
    FloorGiven(event::FloorGiven) = "floor.given",
    FloorEnded(event::FloorEnded) = "floor.ended",
    FloorListClosed(event::FloorListClosed) = "floor.list_closed",
    MotionMoved(event::Motion) = "motion.moved",
    MotionReworded(event::MotionReworded) = "motion.reworded",
    MotionWithdrawn(event::MotionWithdrawn) = "motion.withdrawn",
    StatementRecorded(event::StatementRecorded) = "statement.recorded",
    GuestCalled(event::GuestCalled) = "guest.called",
    GuestDismissed(event::GuestDismissed) = "guest.dismissed",
    ItemMoved(event::ItemMoved) = "item.moved",
    ItemAdded(event::ItemAdded) = "item.added",
    ItemDropped(event::ItemDropped) = "item.dropped",
    ItemReopened(event::ItemReopened) = "item.reopened",
    ItemTextWritten(event::ItemTextWritten) = "item.text_written",
    Replanned(event::Replanned) = "meeting.replanned",
    Rescheduled(event::Rescheduled) = "meeting.rescheduled",
    Cancelled(event::Cancelled) = "meeting.cancelled",
    Amended(event::Amended) = "agenda.amended",
    Delivered(event::Delivered) = "summons.delivered",
    Resent(event::Resent) = "summons.repeated",
    Replied(event::Replied) = "reply.given",
    PaperFiled(event::PaperFiled) = "paper.filed",
    IdentityAttested(event::IdentityAttested) = "identity.attested",
    Reseated(event::Reseated) = "meeting.reseated",
    ElectionMarked(event::ElectionMarked) = "election.marked",
    ElectionObjected(event::ElectionObjected) = "election.objected",
    ElectionOpened(event::ElectionOpened) = "election.opened",
    ElectionCounted(event::ElectionCounted) = "election.counted",
    ElectionDeclared(event::ElectionDeclared) = "election.declared",
    LotDrawn(event::LotDrawn) = "election.lot_drawn",
    ElectionVoided(event::ElectionVoided) = "election.voided",
    PublicExcluded(event::PublicExcluded) = "public.excluded",
    PublicReadmitted(event::PublicReadmitted) = "public.readmitted",
    DoorsConfirmed(event::DoorsConfirmed) = "doors.confirmed",
    ClosedPartBegun(event::ClosedPartBegun) = "closed_part.begun",
    ClosedPartEnded(event::ClosedPartEnded) = "closed_part.ended",
    AloneDeclared(event::AloneDeclared) = "alone.declared",
    DecisionAnnounced(event::DecisionAnnounced) = "decision.announced",
    DecisionWithheld(event::DecisionWithheld) = "decision.withheld",
    ResultStruck(event::ResultStruck) = "result.struck",
    SecondMarked(event::SecondMarked) = "item.second_session",
    QuorumLacking(event::QuorumLacking) = "quorum.lacking",
    ChairHandedOver(event::ChairHandedOver) = "chair.handed_over",
    EldestNamed(event::EldestNamed) = "chair.eldest_named",
    ChairTaken(event::ChairTaken) = "chair.taken",
    ChairReturned(event::ChairReturned) = "chair.returned",
    OrderCalled(event::OrderCalled) = "order.called",
    FloorWithdrawn(event::FloorWithdrawn) = "floor.withdrawn",
    MemberExpelled(event::MemberExpelled) = "member.expelled",
    MemberExcluded(event::MemberExcluded) = "member.excluded",
    StandInAppointed(event::StandInAppointed) = "stand_in.appointed",
    MayorDecided(event::MayorDecided) = "mayor.decided",
    SwitchMoved(event::SwitchMoved) = "item.switch_moved",
    ItemSwitched(event::ItemSwitched) = "item.switched",
    FilmingAnswered(event::FilmingAnswered) = "recording.answered",
    FilmingStarted(event::FilmingStarted) = "recording.started",
    FilmingStopped(event::FilmingStopped) = "recording.stopped",
    RecusalDoubted(event::RecusalDoubted) = "recusal.doubted",
    RecusalDecided(event::RecusalDecided) = "recusal.decided",
    QuorumQuestioned(event::QuorumQuestioned) = "quorum.questioned",
    QuorumFound(event::QuorumFound) = "quorum.found",
    MembersBarred(event::MembersBarred) = "member.barred",
    ChairHindered(event::ChairHindered) = "chair.hindered",
    ElectionStruck(event::ElectionStruck) = "election.struck",
    AdviserAdmitted(event::AdviserAdmitted) = "adviser.admitted",
}

/// The payload of an event, split by class. The findings are always there, if only as an empty object; of what happens
/// behind closed doors they are kept apart from those the public may check.
///
/// # Errors
/// If the payload cannot be written as JSON, which no event of this module brings about.
pub fn parts(event: &Event, behind_doors: bool) -> Result<BTreeMap<Class, Value>, NotAnEvent> {
    let name = event.wire_name();
    let found = if behind_doors { Class::ClosedFinding } else { Class::Finding };
    let parts = payload(event).and_then(|payload| split(payload, found, |field| class_of(name, field)));
    parts.map_err(|why| NotAnEvent { name: name.into(), why })
}

/// The event of an entry, from whatever parts still exist.
///
/// # Errors
/// If the name is unknown or the payload is not of that event.
pub fn from_parts<'a>(
    name: &str,
    version: u16,
    parts: impl IntoIterator<Item = (Class, &'a str)>,
) -> Result<Event, NotAnEvent> {
    let wrong = |why: String| NotAnEvent { name: name.chars().take(64).collect(), why };
    if version != VERSION {
        return Err(wrong(format!("unbekannte Fassung {version}")));
    }
    join(parts, |field| class_of(name, field)).and_then(|payload| from_payload(name, payload)).map_err(wrong)
}
