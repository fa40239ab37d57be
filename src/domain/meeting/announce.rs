//! What the meeting's room is told of an event. Nothing of the non-public part, no names of voters.

use super::event::{
    ChairReturned, ChairTaken, Disposal, ElectionMode, ElectionOutcome, ElectionRound, Event, InterruptionCause,
    MotionKind, Speaker,
};
use super::state::{Business, Meeting};
use crate::domain::id::ItemId;
use crate::domain::law::recording::Purpose;
use crate::domain::majority::Outcome;

/// What is told in the meeting's room, complete in itself: whoever reads only this line understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    Opened {
        title: String,
    },
    ItemCalled {
        number: String,
        title: String,
    },
    BallotOpened {
        number: String,
        about: MotionKind,
        wording: String,
    },
    Result {
        number: String,
        about: MotionKind,
        wording: String,
        outcome: Outcome,
        yes: u32,
        no: u32,
        abstain: u32,
    },
    Interrupted {
        cause: InterruptionCause,
    },
    Resumed,
    Closed {
        title: String,
    },
    /// `Worterteilung`: member or guest by name; who speaks in public is no secret.
    FloorGiven {
        name: String,
    },
    /// A ballot is given up or repeated; no choice of it counts.
    BallotVoided {
        number: String,
    },
    /// An item ended otherwise than by a decision.
    ItemEnded {
        number: String,
        title: String,
        disposal: Disposal,
    },
    /// An item is dealt with before another one, or last; `None` also where the other one is non-public.
    ItemMoved {
        number: String,
        title: String,
        before: Option<String>,
    },
    ItemAdded {
        number: String,
        title: String,
    },
    ItemReopened {
        number: String,
        title: String,
    },
    /// `Wahlgang` in the hall.
    ElectionOpened {
        number: String,
        which: ElectionRound,
        mode: ElectionMode,
        candidates: Vec<String>,
    },
    /// Of an open election nothing but that a member objected: who is nobody's business.
    ElectionObjected {
        number: String,
    },
    ElectionResult {
        number: String,
        /// Each candidate with the votes.
        votes: Vec<(String, u32)>,
        no: u32,
        blank: u32,
        invalid: u32,
        outcome: ElectionOutcome,
    },
    LotDrawn {
        number: String,
        drawn: Vec<String>,
    },
    /// The result of a round does not stand.
    ElectionStruck {
        number: String,
    },
    ElectionVoided {
        number: String,
    },
    /// The non-public part begins.
    PublicExcluded,
    /// The sitting is public again.
    PublicReadmitted,
    /// `Bekanntgabe` of what was decided in the non-public part.
    DecisionAnnounced {
        number: String,
        wording: String,
        outcome: Outcome,
    },
    /// `Beschlussunfähigkeit` at a public item, or with no number in the whole sitting, which is over with it.
    NotQuorate {
        number: Option<String>,
    },
    /// Somebody else leads; why is not told.
    ChairTaken {
        name: String,
    },
    /// Decided in the place of the body (§ 37 (4) GemO BW).
    DecidedInstead {
        number: String,
        by: String,
        wording: String,
    },
    /// A recording or transmission runs from now on (§ 35 (3) GemO BW).
    FilmingStarted {
        purpose: Purpose,
    },
    FilmingStopped,
    /// A declared result does not stand; it is voted again.
    ResultStruck {
        number: String,
        wording: String,
    },
}

/// What is told of `event`, which led to `meeting`. Who speaks, what is put to the vote and what
/// becomes of the agenda is told; attendance, faults, recusals and single choices are not.
#[expect(clippy::too_many_lines, reason = "one arm for each event, to be read as one table")]
pub(super) fn announcement(meeting: &Meeting, event: &Event) -> Option<Announcement> {
    let told = match event {
        Event::Opened(_) => Announcement::Opened { title: meeting.title.to_string() },
        Event::ItemCalled(called) => {
            let (number, title) = public_item(meeting, &called.item)?;
            Announcement::ItemCalled { number, title }
        }
        Event::BallotOpened(opened) => {
            let (number, _) = public_item(meeting, &opened.item)?;
            Announcement::BallotOpened { number, about: opened.about, wording: opened.wording.to_string() }
        }
        Event::BallotVoided(_) => {
            let (number, _) = public_item(meeting, meeting.business().and_then(Business::item)?)?;
            Announcement::BallotVoided { number }
        }
        Event::ResultDeclared(result) => {
            let (number, _) = public_item(meeting, &result.item)?;
            let declared = meeting.results.last()?;
            Announcement::Result {
                number,
                about: declared.about,
                wording: declared.wording.to_string(),
                outcome: result.outcome,
                yes: result.yes,
                no: result.no,
                abstain: result.abstain,
            }
        }
        Event::Interrupted(interrupted) => Announcement::Interrupted { cause: interrupted.cause },
        Event::Resumed(_) => Announcement::Resumed,
        Event::Closed(_) => Announcement::Closed { title: meeting.title.to_string() },
        Event::FloorGiven(given) if is_in_public(meeting) => {
            let name = match &given.to {
                Speaker::Member { seat } => meeting.seats.get(seat)?.name.to_string(),
                Speaker::Guest { name } => name.to_string(),
            };
            Announcement::FloorGiven { name }
        }
        // What was decided has been told with its result.
        Event::ItemSettled(settled) if settled.disposal != Disposal::Decided => {
            let (number, title) = public_item(meeting, &settled.item)?;
            Announcement::ItemEnded { number, title, disposal: settled.disposal }
        }
        Event::ItemDropped(dropped) => {
            let (number, title) = public_item(meeting, &dropped.item)?;
            Announcement::ItemEnded { number, title, disposal: dropped.disposal }
        }
        Event::ItemMoved(moved) => {
            let (number, title) = public_item(meeting, &moved.item)?;
            let before = moved.before.as_ref().and_then(|before| public_item(meeting, before));
            Announcement::ItemMoved { number, title, before: before.map(|(number, _)| number) }
        }
        Event::ItemAdded(added) => {
            let (number, title) = public_item(meeting, &added.item)?;
            Announcement::ItemAdded { number, title }
        }
        Event::ItemReopened(reopened) => {
            let (number, title) = public_item(meeting, &reopened.item)?;
            Announcement::ItemReopened { number, title }
        }
        Event::ElectionOpened(opened) => {
            let (number, _) = public_item(meeting, &opened.item)?;
            let candidates = opened.candidates.iter().map(ToString::to_string).collect();
            Announcement::ElectionOpened { number, which: opened.which, mode: opened.mode, candidates }
        }
        Event::ElectionObjected(objected) => {
            Announcement::ElectionObjected { number: public_item(meeting, &objected.item)?.0 }
        }
        Event::ElectionDeclared(declared) => {
            let (number, _) = public_item(meeting, &declared.item)?;
            let last = meeting.election(&declared.item)?.rounds.last()?;
            let names = last.candidates.iter().map(ToString::to_string);
            Announcement::ElectionResult {
                number,
                votes: names.zip(last.count.votes.iter().copied()).collect(),
                no: last.count.no,
                blank: last.count.blank,
                invalid: last.count.invalid,
                outcome: declared.outcome.clone(),
            }
        }
        Event::LotDrawn(lot) => Announcement::LotDrawn {
            number: public_item(meeting, &lot.item)?.0,
            drawn: lot.drawn.iter().map(ToString::to_string).collect(),
        },
        Event::ResultStruck(struck) => {
            let (number, _) = public_item(meeting, &struck.item)?;
            let (declared, _) = meeting.struck.last()?;
            Announcement::ResultStruck { number, wording: declared.wording.to_string() }
        }
        Event::QuorumLacking(lacking) => Announcement::NotQuorate {
            number: match &lacking.item {
                Some(item) => Some(public_item(meeting, item)?.0),
                None => None,
            },
        },
        Event::MayorDecided(decided) => Announcement::DecidedInstead {
            number: public_item(meeting, &decided.item)?.0,
            by: meeting.seats.get(&decided.by)?.name.to_string(),
            wording: decided.wording.to_string(),
        },
        Event::FilmingStarted(started) if is_in_public(meeting) => {
            Announcement::FilmingStarted { purpose: started.purpose }
        }
        // Also where the doors are just closing: whoever was recorded knows that it is over.
        Event::FilmingStopped(_) if !meeting.publicity.doors.is_closed() => Announcement::FilmingStopped,
        Event::ElectionVoided(_) => {
            let (number, _) = public_item(meeting, meeting.business().and_then(Business::item)?)?;
            Announcement::ElectionVoided { number }
        }
        Event::ClosedPartBegun(_) => Announcement::PublicExcluded,
        Event::ClosedPartEnded(_) => Announcement::PublicReadmitted,
        Event::DecisionAnnounced(announced) => Announcement::DecisionAnnounced {
            number: meeting.item(&announced.item)?.number.clone(),
            wording: announced.wording.to_string(),
            outcome: announced.outcome,
        },
        Event::ChairTaken(ChairTaken { seat, .. }) | Event::ChairReturned(ChairReturned { seat, .. }) => {
            Announcement::ChairTaken { name: meeting.seats.get(seat)?.name.to_string() }
        }
        Event::ElectionStruck(struck) => Announcement::ElectionStruck { number: public_item(meeting, &struck.item)?.0 },
        Event::ChairHandedOver(_)
        | Event::ChairHindered(_)
        | Event::AdviserAdmitted(_)
        | Event::MembersBarred(_)
        | Event::EldestNamed(_)
        | Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExpelled(_)
        | Event::MemberExcluded(_)
        | Event::Planned(_)
        | Event::Convened(_)
        | Event::RoomAttested(_)
        | Event::PresenceFound(_)
        | Event::PublicRoomAttested(_)
        | Event::ItemSettled(_)
        | Event::RecusalRecorded(_)
        | Event::RecusalLifted(_)
        | Event::RecusalDoubted(_)
        | Event::RecusalDecided(_)
        | Event::ChoiceCast(_)
        | Event::ChoiceStruck(_)
        | Event::HandsCounted(_)
        | Event::BallotClosed(_)
        | Event::ComplaintRaised(_)
        | Event::FaultProposed(_)
        | Event::FaultFound(_)
        | Event::DataDeleted(_)
        | Event::HallFound(_)
        | Event::FloorRequested(_)
        | Event::FloorDeclined(_)
        | Event::FloorGiven(_)
        | Event::FloorEnded(_)
        | Event::FloorListClosed(_)
        | Event::MotionMoved(_)
        | Event::MotionReworded(_)
        | Event::MotionWithdrawn(_)
        | Event::StatementRecorded(_)
        | Event::GuestCalled(_)
        | Event::GuestDismissed(_)
        | Event::ItemTextWritten(_)
        | Event::Replanned(_)
        | Event::Reseated(_)
        | Event::Rescheduled(_)
        | Event::Cancelled(_)
        | Event::Amended(_)
        | Event::Delivered(_)
        | Event::Resent(_)
        | Event::Replied(_)
        | Event::PaperFiled(_)
        | Event::IdentityAttested(_)
        | Event::ElectionMarked(_)
        | Event::ElectionCounted(_)
        | Event::PublicExcluded(_)
        | Event::DoorsConfirmed(_)
        | Event::PublicReadmitted(_)
        | Event::AloneDeclared(_)
        | Event::SecondMarked(_)
        | Event::StandInAppointed(_)
        | Event::SwitchMoved(_)
        | Event::QuorumQuestioned(_)
        | Event::QuorumFound(_)
        | Event::ItemSwitched(_)
        | Event::FilmingAnswered(_)
        | Event::FilmingStarted(_)
        | Event::FilmingStopped(_)
        | Event::DecisionWithheld(_) => return None,
    };
    Some(told)
}

/// Number and title of a public item.
fn public_item(meeting: &Meeting, id: &ItemId) -> Option<(String, String)> {
    let item = meeting.item(id).filter(|item| item.public)?;
    Some((item.number.clone(), item.title.as_ref()?.to_string()))
}

/// The public follows.
fn is_in_public(meeting: &Meeting) -> bool {
    let called = meeting.business().and_then(Business::item).and_then(|item| meeting.item(item));
    meeting.publicity.doors.is_open() && called.is_none_or(|item| item.public)
}
