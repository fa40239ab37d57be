//! What the outside must do once an event is durable. Pure, so that a test can ask for it.

pub use super::announce::Announcement;
use super::announce::announcement;
use super::doors::Doors;
use super::event::{Event, InterruptionCause, Outlet};
use super::state::{Business, Meeting, Phase};
use crate::domain::id::SeatId;

/// An order to the outside. Orders to the chamber are carried out at once and repeated on recovery; announcements go
/// through the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Neither seen nor heard, sees and hears nothing, until lifted (§ 18 (5) GemO BW).
    Exclude { seat: SeatId, excluded: bool },
    /// Once every exclusion ordered so far is carried out, the platform confirms it (§ 35 (1) GemO BW).
    ConfirmCutOff,
    /// Who came into the room takes no part from afar any more: the line would howl, and be seen twice. Nor does whoever
    /// turned out to be somebody else.
    Vacate { seat: SeatId },
    /// Every connection of the chamber ends.
    CloseChamber,
    /// The head is signed with the instance's key.
    SignHead,
    /// The head is mailed to the council, so that it lies where nobody here can change it.
    MailHead,
    /// The summons, its change or its cancelling is written to these members (§ 34 (1) s. 1 GemO BW).
    Summon(Vec<SeatId>),
    /// What people said in the room is deleted, and nobody says more.
    EndChat,
    /// What the room beside the picture is told.
    Announce(Announcement),
}

/// What must happen outside, after `event` led to `meeting`.
#[must_use]
pub fn react(meeting: &Meeting, event: &Event) -> Vec<Effect> {
    let mut effects = orders(meeting, event);
    effects.extend(announcement(meeting, event).map(Effect::Announce));
    effects
}

#[expect(clippy::too_many_lines, reason = "one arm for each event, to be read as one table")]
fn orders(meeting: &Meeting, event: &Event) -> Vec<Effect> {
    match event {
        Event::ItemCalled(called) => recused_at(meeting, &called.item),
        Event::ItemSettled(settled) => recused_at(meeting, &settled.item),
        Event::RecusalRecorded(recusal) if is_called(meeting, &recusal.item) => {
            vec![Effect::Exclude { seat: recusal.seat.clone(), excluded: true }]
        }
        Event::RecusalDoubted(doubted) => vec![exclusion(meeting, &doubted.seat)],
        Event::RecusalDecided(decided) => vec![exclusion(meeting, &decided.seat)],
        Event::RecusalLifted(recusal) => vec![exclusion(meeting, &recusal.seat)],
        // Whose doubt is open again leaves once more.
        Event::ResultStruck(struck) => {
            recused_at(meeting, &struck.item).into_iter().chain([Effect::SignHead]).collect()
        }
        Event::PublicExcluded(_) => {
            let mut effects = everybody(meeting);
            effects.push(Effect::ConfirmCutOff);
            effects
        }
        Event::PublicReadmitted(_) => everybody(meeting),
        Event::AdviserAdmitted(decided) => vec![exclusion(meeting, &decided.seat)],
        Event::AloneDeclared(declared) => vec![exclusion(meeting, &declared.seat)],
        Event::MemberExpelled(expelled) => {
            let seat = expelled.seat.clone();
            vec![Effect::Vacate { seat }, exclusion(meeting, &expelled.seat)]
        }
        Event::MembersBarred(barred) => barred
            .seats
            .iter()
            .flat_map(|seat| [Effect::Vacate { seat: seat.clone() }, exclusion(meeting, seat)])
            .collect(),
        // Whoever has the office may be connected only while leading, or not at all.
        Event::ChairTaken(_) | Event::ChairReturned(_) if !meeting.is_in_room(&meeting.leading.office) => {
            vec![exclusion(meeting, &meeting.leading.office)]
        }
        // Who leaves the room while the public is shut out is connected, and has declared nothing.
        Event::RoomAttested(attested) if !attested.present && meeting.is_shut_out(&attested.seat) => {
            vec![exclusion(meeting, &attested.seat)]
        }
        Event::Interrupted(stopped) if stopped.cause == InterruptionCause::MunicipalSystem => {
            standing_exclusions(meeting)
        }
        // Found lacking in an interruption, the closing follows as an event of its own.
        Event::QuorumLacking(_) if !matches!(meeting.phase, Phase::Closed(_)) => vec![Effect::SignHead],
        Event::Closed(_) | Event::QuorumLacking(_) => {
            vec![Effect::SignHead, Effect::MailHead, Effect::CloseChamber, Effect::EndChat]
        }
        // A deletion comes after the closing head; it is signed so that nobody else can claim one.
        Event::Opened(_)
        | Event::ResultDeclared(_)
        | Event::DataDeleted(_)
        | Event::ElectionDeclared(_)
        | Event::ElectionStruck(_)
        | Event::LotDrawn(_)
        | Event::MayorDecided(_) => vec![Effect::SignHead],
        Event::RoomAttested(attested) if attested.present => vec![Effect::Vacate { seat: attested.seat.clone() }],
        Event::IdentityAttested(attested) if !attested.confirmed => {
            vec![Effect::Vacate { seat: attested.seat.clone() }]
        }
        // So does a text on the minutes that is written after the closing.
        Event::ItemTextWritten(_) if matches!(meeting.phase, Phase::Closed(_)) => vec![Effect::SignHead],
        Event::Convened(convening) => {
            let told = convening.notice.as_ref().is_some_and(|notice| !notice.elsewhere);
            let advisers = convening.advisory.iter().map(|seat| exclusion(meeting, seat));
            told.then(|| everybody_is_told(meeting)).into_iter().chain(advisers).collect()
        }
        Event::Rescheduled(_) | Event::Amended(_) => vec![everybody_is_told(meeting)],
        Event::Cancelled(_) => vec![Effect::SignHead, everybody_is_told(meeting), Effect::CloseChamber],
        Event::Resent(resent) => vec![Effect::Summon(vec![resent.seat.clone()])],
        Event::Planned(_)
        | Event::Replanned(_)
        | Event::Reseated(_)
        | Event::Delivered(_)
        | Event::Replied(_)
        | Event::PaperFiled(_)
        | Event::RoomAttested(_)
        | Event::HallFound(_)
        | Event::IdentityAttested(_)
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
        | Event::ItemMoved(_)
        | Event::ItemAdded(_)
        | Event::ItemDropped(_)
        | Event::ItemReopened(_)
        | Event::PresenceFound(_)
        | Event::PublicRoomAttested(_)
        | Event::RecusalRecorded(_)
        | Event::BallotOpened(_)
        | Event::Interrupted(_)
        | Event::Resumed(_)
        | Event::ChoiceCast(_)
        | Event::ChoiceStruck(_)
        | Event::HandsCounted(_)
        | Event::BallotClosed(_)
        | Event::BallotVoided(_)
        | Event::ComplaintRaised(_)
        | Event::FaultProposed(_)
        | Event::FaultFound(_)
        | Event::DoorsConfirmed(_)
        | Event::ClosedPartBegun(_)
        | Event::ClosedPartEnded(_)
        | Event::DecisionAnnounced(_)
        | Event::DecisionWithheld(_)
        | Event::ChairHandedOver(_)
        | Event::EldestNamed(_)
        | Event::ChairTaken(_)
        | Event::ChairReturned(_)
        | Event::OrderCalled(_)
        | Event::FloorWithdrawn(_)
        | Event::MemberExcluded(_)
        | Event::ItemTextWritten(_)
        | Event::ElectionMarked(_)
        | Event::ElectionObjected(_)
        | Event::ElectionOpened(_)
        | Event::ElectionCounted(_)
        | Event::SecondMarked(_)
        | Event::StandInAppointed(_)
        | Event::SwitchMoved(_)
        | Event::QuorumQuestioned(_)
        | Event::QuorumFound(_)
        | Event::ItemSwitched(_)
        | Event::FilmingAnswered(_)
        | Event::FilmingStarted(_)
        | Event::FilmingStopped(_)
        | Event::ChairHindered(_)
        | Event::ElectionVoided(_) => Vec::new(),
    }
}

fn everybody_is_told(meeting: &Meeting) -> Effect {
    Effect::Summon(meeting.seats.keys().cloned().collect())
}

/// The exclusions in force: what a chamber that starts anew must be told first.
#[must_use]
pub fn standing_exclusions(meeting: &Meeting) -> Vec<Effect> {
    let mut effects: Vec<Effect> =
        meeting.cut_off().into_iter().map(|seat| Effect::Exclude { seat, excluded: true }).collect();
    if matches!(meeting.publicity.doors, Doors::Clearing(_)) && meeting.unconfirmed().contains(&Outlet::Platform) {
        effects.push(Effect::ConfirmCutOff);
    }
    effects
}

fn exclusion(meeting: &Meeting, seat: &SeatId) -> Effect {
    Effect::Exclude { seat: seat.clone(), excluded: meeting.cut_off().contains(seat) }
}

/// Whoever is not in the room, connected or not: who comes later finds the order there.
fn everybody(meeting: &Meeting) -> Vec<Effect> {
    let cut_off = meeting.cut_off();
    let remote = meeting.seats.keys().filter(|seat| !meeting.is_in_room(seat));
    remote.map(|seat| Effect::Exclude { seat: seat.clone(), excluded: cut_off.contains(seat) }).collect()
}

fn recused_at(meeting: &Meeting, item: &crate::domain::id::ItemId) -> Vec<Effect> {
    meeting.recusals.get(item).into_iter().flatten().map(|seat| exclusion(meeting, seat)).collect()
}

fn is_called(meeting: &Meeting, item: &crate::domain::id::ItemId) -> bool {
    meeting.business().and_then(Business::item) == Some(item)
}
