//! The course of the sitting: opening, items, interruption, closing.

use super::super::command::Context;
use super::super::event::{
    BallotVoided, Closed, Disposal, Event, Interrupted, InterruptionCause, ItemCalled, ItemSettled, Opened, Resumed,
    VoidReason,
};
use super::super::state::{Business, Convened, Declared, ItemState, Meeting, Phase};
use super::recording::hall_excused;
use super::{
    doubt, no_open_fault, only_chair, presence_norm, public_room_receives, quorum, sitting, switch, unhindered,
};
use crate::domain::id::ItemId;
use crate::domain::law::Rules;
use crate::domain::law::format::{Clause, MeetingFormat};
use crate::domain::majority::Outcome;
use crate::domain::quorum::QuorumFinding;
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;

/// `Eröffnung`: with chair, quorum (§ 37 (2)) and, in the digital format, the public room (§ 37a (4) s. 3 GemO BW).
pub fn open(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let convened = match &meeting.phase {
        Phase::Convened(convened) => convened,
        Phase::Planned => return Err(Refusal::misuse("not_convened", "Die Sitzung ist noch nicht einberufen.")),
        Phase::Sitting { .. } | Phase::Interrupted { .. } => {
            return Err(Refusal::conflict("open", "Die Sitzung ist schon eröffnet."));
        }
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    };
    ready(meeting, rules, convened)?;
    let finding = quorum(meeting, rules, None);
    if !finding.met {
        return Err(below_quorum(&finding));
    }
    Ok(vec![Event::Opened(Opened { quorum: finding })])
}

fn below_quorum(finding: &QuorumFinding) -> Refusal {
    let (needed, entitled) = (finding.needed, finding.entitled);
    let strictly = super::second::strictly(finding);
    let sentence =
        format!("Beschlussfähig erst ab {needed} Mitgliedern; anwesend und stimmberechtigt sind {entitled}{strictly}.");
    Refusal::law("no_quorum", &finding.norm, sentence)
}

/// What must hold before the sitting begins or goes on, quorum apart.
pub(super) fn ready(meeting: &Meeting, rules: &Rules, convened: &Convened) -> Result<(), Refusal> {
    chair_is_there(meeting, rules, convened)?;
    hall_is_there(meeting, rules)?;
    public_room_receives(meeting, convened, rules)
}

/// What is looked at before a sitting begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The chair is where the format asks for it.
    Chair,
    /// The hall's device is seen and heard, and sees and hears.
    Hall,
    /// The publicly accessible room receives.
    PublicRoom,
    /// Enough members are present and entitled.
    Quorum,
}

/// Everything that must hold before the sitting can begin, each with the refusal that stands in the way. What the format
/// does not ask for is not listed; before the convening nothing is.
#[must_use]
pub fn readiness(meeting: &Meeting, rules: &Rules) -> Vec<(Check, Result<(), Refusal>)> {
    let Some(convened) = meeting.convened() else { return Vec::new() };
    let finding = quorum(meeting, rules, None);
    let enough = if finding.met { Ok(()) } else { Err(below_quorum(&finding)) };
    let format = convened.convening.format;
    let mut checks = vec![(Check::Chair, chair_is_there(meeting, rules, convened))];
    if format == MeetingFormat::Hybrid {
        checks.push((Check::Hall, hall_is_there(meeting, rules)));
    }
    if format == MeetingFormat::Digital {
        checks.push((Check::PublicRoom, public_room_receives(meeting, convened, rules)));
    }
    checks.push((Check::Quorum, enough));
    checks
}

pub(super) fn chair_is_there(meeting: &Meeting, rules: &Rules, convened: &Convened) -> Result<(), Refusal> {
    let chair = &meeting.chair;
    if chair_belongs_into_room(meeting, rules, convened) && !meeting.is_in_room(chair) {
        return Err(Refusal::law(
            "chair_in_room",
            rules.format_hybrid_chair_in_room.norm(),
            "In der hybriden Sitzung muss der Vorsitz im Sitzungsraum sein. Die Schriftführung vermerkt die Anwesenheit.",
        ));
    }
    if meeting.is_present(chair) {
        return Ok(());
    }
    let sentence = if convened.convening.format == MeetingFormat::InPerson {
        "Die Anwesenheit des Vorsitzes im Raum ist noch nicht vermerkt."
    } else {
        "Der Vorsitz ist nicht wahrnehmbar: Bild und Ton müssen ankommen, oder die Anwesenheit im Raum ist zu vermerken."
    };
    Err(Refusal::law("chair_absent", presence_norm(meeting, rules), sentence))
}

/// `Vorsitz im Sitzungsraum` (§ 37a (1) s. 1 GemO BW), whoever leads.
pub(super) fn chair_belongs_into_room(meeting: &Meeting, rules: &Rules, convened: &Convened) -> bool {
    convened.convening.format == MeetingFormat::Hybrid
        && rules.format_hybrid_chair_in_room.get()
        && !chair_may_be_remote(meeting, rules)
}

/// In a sitting without a public part the Hauptsatzung may let the chair be connected (§ 37a (1) s. 6 GemO BW).
pub(super) fn chair_may_be_remote(meeting: &Meeting, rules: &Rules) -> bool {
    let (clause, allowed) = (Clause::ChairRemoteInClosedPart, rules.remote_nonpublic_chair.get());
    meeting.items.iter().all(|item| !item.public) && allowed.holds(meeting.has_clause(rules, clause))
}

/// The municipality keeps the way into the hybrid sitting open all the time (§ 37a (2) s. 1 GemO BW): without the hall
/// nobody remote could be there. Where everybody who may come is in the room, nobody needs it.
fn hall_is_there(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    let needed = meeting.hall_takes_part() && rules.presence_hall.get();
    let everybody_in_room = meeting.seats.keys().all(|seat| meeting.is_in_room(seat) || meeting.is_expelled(seat));
    if !needed || everybody_in_room || meeting.hall_is_perceptible() || hall_excused(meeting, rules) {
        return Ok(());
    }
    Err(Refusal::law(
        "hall_not_perceptible",
        rules.presence_hall.norm(),
        "Der Saal ist für Zugeschaltete nicht wahrnehmbar: Bild, Ton und Empfang des Saalgeräts müssen ankommen. Liegt der \
         Fehler nicht bei der Gemeinde, stellen Sie das fest.",
    ))
}

/// `Aufruf`. Calling the next item settles the one before: by its result, or without a vote.
pub fn call(meeting: &Meeting, rules: &Rules, context: &Context, id: &ItemId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let item = meeting
        .item(id)
        .ok_or_else(|| Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht."))?;
    match item.state {
        ItemState::Pending => {}
        ItemState::Called { .. } => return Err(Refusal::conflict("called", "Dieser Punkt ist schon aufgerufen.")),
        ItemState::Settled { .. } => return Err(Refusal::misuse("settled", "Dieser Punkt ist schon behandelt.")),
    }
    no_ballot(business)?;
    let public = meeting.is_public_next(item);
    if !public && !meeting.publicity.doors.is_closed() {
        let sentence = "Ein nichtöffentlicher Punkt wird erst aufgerufen, wenn die Öffentlichkeit ausgeschlossen ist.";
        return Err(Refusal::law("doors", rules.agenda_closed_doors.norm(), sentence));
    }
    if public && !meeting.publicity.doors.is_open() {
        let sentence = "Ein öffentlicher Punkt wird erst aufgerufen, wenn die Öffentlichkeit wiederhergestellt ist.";
        return Err(Refusal::law("doors", rules.public_default.norm(), sentence));
    }
    switch::decided_first(meeting, rules, id)?;
    unhindered(meeting, rules)?;
    let mut events: Vec<Event> = business.item().map(|before| settled(meeting, before)).into_iter().collect();
    events.push(Event::ItemCalled(ItemCalled { item: id.clone() }));
    Ok(events)
}

/// Ends the called item in another way than by calling the next. What is settled without a vote is part of the minutes
/// word for word as well (§ 38 (1) GemO BW).
pub fn settle(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    disposal: Disposal,
    wording: Option<&Wording>,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    let item = business.item().ok_or_else(|| Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen."))?;
    if !matches!(disposal, Disposal::Postponed | Disposal::Removed | Disposal::Withdrawn) {
        doubt::settled_first(meeting, rules, item)?;
    }
    let sentence = match by_itself(meeting, item) {
        Disposal::Decided if disposal != Disposal::Decided => "Über diesen Punkt ist entschieden.",
        Disposal::Postponed if matches!(disposal, Disposal::Decided | Disposal::WithoutVote) => {
            if meeting.election(item).is_some() {
                "Zu diesem Punkt ist noch nicht zu Ende gewählt."
            } else if meeting.open_doubt(item).is_some() {
                "Zu diesem Punkt ist noch nicht entschieden, wer befangen ist."
            } else if meeting.lacking(item).is_some() {
                "Zu diesem Punkt fehlte die Beschlussfähigkeit."
            } else {
                "Über diesen Punkt wurde abgestimmt, aber kein Beschluss gefasst."
            }
        }
        Disposal::WithoutVote if disposal == Disposal::Decided => "Über diesen Punkt wurde nicht abgestimmt.",
        Disposal::Decided if wording.is_some() => "Der Wortlaut dieses Beschlusses steht schon bei der Abstimmung.",
        Disposal::Decided
        | Disposal::Noted
        | Disposal::Postponed
        | Disposal::Referred
        | Disposal::Removed
        | Disposal::Withdrawn
        | Disposal::WithoutVote
        | Disposal::Moot => {
            let (item, wording) = (item.clone(), wording.cloned());
            return Ok(vec![Event::ItemSettled(ItemSettled { item, disposal, wording })]);
        }
    };
    Err(Refusal::misuse("disposal", sentence))
}

/// How an item ends if the chair says nothing. Where the quorum was missing there is no decision, and the matter waits
/// for another sitting (§ 37 (3) GemO BW).
pub(super) fn by_itself(meeting: &Meeting, item: &ItemId) -> Disposal {
    match meeting.election(item) {
        Some(election) if election.is_over() => return Disposal::Decided,
        // A run-off, a second round or a lot is still to come.
        Some(election) if !election.rounds.is_empty() => return Disposal::Postponed,
        Some(_) | None => {}
    }
    let on_the_matter = |declared: &&Declared| declared.result.item == *item && declared.about.is_main();
    let mut outcomes = meeting.results.iter().filter(on_the_matter).map(|declared| declared.result.outcome);
    if meeting.second.instead.contains_key(item) {
        return Disposal::Decided;
    }
    match outcomes.next() {
        None if meeting.lacking(item).is_some() || meeting.open_doubt(item).is_some() => Disposal::Postponed,
        None => Disposal::WithoutVote,
        Some(Outcome::NoDecision) if outcomes.all(|outcome| outcome == Outcome::NoDecision) => Disposal::Postponed,
        Some(Outcome::Adopted | Outcome::Rejected | Outcome::NoDecision) => Disposal::Decided,
    }
}

pub(super) fn settled(meeting: &Meeting, item: &ItemId) -> Event {
    let disposal = by_itself(meeting, item);
    Event::ItemSettled(ItemSettled { item: item.clone(), disposal, wording: None })
}

pub(super) fn no_ballot(business: &Business) -> Result<(), Refusal> {
    match business {
        Business::Between | Business::Item(_) => Ok(()),
        Business::Ballot(_) => {
            Err(Refusal::misuse("ballot_open", "Es läuft eine Abstimmung. Schließen oder verwerfen Sie sie zuerst."))
        }
        Business::Counting(_) => {
            Err(Refusal::misuse("result_missing", "Zuerst ist das Ergebnis der Abstimmung festzustellen."))
        }
        Business::Election(_) => Err(Refusal::misuse(
            "round_open",
            "Es läuft ein Wahlgang. Stellen Sie das Ergebnis fest oder verwerfen Sie ihn.",
        )),
    }
}

/// `Unterbrechung` by the chair.
pub fn interrupt(meeting: &Meeting, context: &Context, cause: InterruptionCause) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    match cause {
        InterruptionCause::Chair | InterruptionCause::Municipality | InterruptionCause::Quorum => {}
        InterruptionCause::Fault => {
            return Err(Refusal::misuse(
                "fault_only",
                "Dieser Grund folgt nur daraus, wo der Vorsitz eine Störung befindet.",
            ));
        }
        InterruptionCause::MunicipalSystem => {
            return Err(Refusal::misuse("system_only", "Diesen Grund stellt nur das System fest."));
        }
    }
    Ok(vec![Event::Interrupted(Interrupted { cause, since: context.now })])
}

/// `Fortsetzung`, when presence has been measured anew. Whether an open ballot goes on or is repeated is the chair's
/// choice, and must be made.
pub fn resume(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    ballot_goes_on: Option<bool>,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let Phase::Interrupted { convened, business, .. } = &meeting.phase else {
        return Err(Refusal::misuse("not_interrupted", "Die Sitzung ist nicht unterbrochen."));
    };
    ready(meeting, rules, convened)?;
    no_open_fault(convened, rules)?;
    // Below the quorum at one item through recusals the sitting still goes on, to the next one.
    let sitting_quorum = quorum(meeting, rules, None);
    if !sitting_quorum.met {
        return Err(below_quorum(&sitting_quorum));
    }
    let finding = quorum(meeting, rules, business.item());
    let open = match business {
        Business::Ballot(ballot) => Some(&ballot.ballot),
        Business::Between | Business::Item(_) | Business::Counting(_) | Business::Election(_) => None,
    };
    if open.is_some() != ballot_goes_on.is_some() {
        return Err(Refusal::misuse(
            "ballot_choice",
            if open.is_some() {
                "Entscheiden Sie, ob die offene Abstimmung weitergeht oder wiederholt wird."
            } else {
                "Es ist keine Abstimmung offen."
            },
        ));
    }
    let mut events = vec![Event::Resumed(Resumed { quorum: finding, ballot_goes_on })];
    if let (Some(ballot), Some(false)) = (open, ballot_goes_on) {
        events.push(Event::BallotVoided(BallotVoided { ballot: ballot.clone(), reason: VoidReason::Interruption }));
    }
    Ok(events)
}

/// `Schluss der Sitzung`, also out of an interruption.
pub fn close(meeting: &Meeting, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let Some(business) = meeting.business() else {
        return Err(Refusal::misuse("not_open", "Die Sitzung ist nicht eröffnet."));
    };
    no_ballot(business)?;
    let mut events: Vec<Event> = business.item().map(|item| settled(meeting, item)).into_iter().collect();
    events.push(Event::Closed(Closed {}));
    Ok(events)
}
