//! What holds after every command, and that a meeting never comes to a point from which nobody can lead it on.

use super::doors::kept_apart;
use super::leading::{leader, led};
use super::meeting_kit::{Stage, ballot, chair, clerk, item};
use super::order::kept;
use ratssaal::app::record::law_of;
use ratssaal::domain::id::SeatId;
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::meeting::event::Sphere;
use ratssaal::domain::meeting::{
    Actor, Business, Command, Context, Event, Meeting, Phase, Recorded, apply, decide, is_prevented, view,
};
use ratssaal::domain::refusal::{Refusal, RefusalKind};
use std::collections::BTreeSet;

type Outcome = Result<Vec<Event>, Refusal>;

/// Asked after every command.
pub fn after_step(before: &Meeting, stage: &Stage, command: &Command, outcome: &Outcome) {
    match outcome {
        Err(refusal) => {
            assert_eq!(before, &stage.meeting, "a refusal changes nothing");
            assert_eq!(refusal.kind == RefusalKind::Law, refusal.norm.is_some(), "{refusal:?}");
            // Who is recorded without being a member is protected by the GDPR, which has articles.
            let cited = |norm: &str| norm.starts_with('§') || norm.starts_with("Art. ");
            assert!(refusal.norm.as_deref().is_none_or(cited), "{refusal:?}");
            assert!(refusal.sentence.ends_with('.'), "{refusal:?}");
        }
        Ok(events) => {
            let fault_open = before.convened().is_some_and(|convened| convened.open_fault.is_some());
            let stands = fault_open || !matches!(before.phase, Phase::Sitting { .. });
            for event in events {
                assert!(!stands || !gives(event), "{command:?} led to {event:?} while the sitting stood still");
                declared(before, event);
            }
            kept_apart(before, &stage.meeting, events);
        }
    }
    figures(stage);
    led(&stage.meeting);
    kept(&stage.meeting);
    super::filming::consented(&stage.meeting);
    speeches(&stage.meeting);
}

/// One speaks after the other, and nobody for less than no time.
fn speeches(meeting: &Meeting) {
    assert!(meeting.speeches.iter().all(|speech| speech.from <= speech.until), "{:?}", meeting.speeches);
    assert!(meeting.speeches.is_sorted_by(|one, next| one.until <= next.from), "{:?}", meeting.speeches);
}

/// Events that give something in a ballot. Taking away (striking, voiding) is always possible.
fn gives(event: &Event) -> bool {
    matches!(
        event,
        Event::BallotOpened(_)
            | Event::ChoiceCast(_)
            | Event::HandsCounted(_)
            | Event::BallotClosed(_)
            | Event::ResultDeclared(_)
            | Event::ElectionOpened(_)
            | Event::ElectionCounted(_)
            | Event::ElectionDeclared(_)
            | Event::LotDrawn(_)
    )
}

/// A result is what its parts say, and nobody recused is in it.
fn declared(before: &Meeting, event: &Event) {
    let Event::ResultDeclared(result) = event else { return };
    let Some(Business::Counting(ballot)) = before.business() else { panic!("declared without a count") };
    assert!(result.by_seat.keys().all(|seat| !before.is_recused(&result.item, seat)), "a recused seat voted");
    let by_name: BTreeSet<&SeatId> = result.by_seat.keys().collect();
    assert_eq!(by_name, ballot.choices.keys().collect());
    let hands = ballot.hands.map_or(0, |hands| hands.yes + hands.no + hands.abstain);
    assert_eq!(result.yes + result.no + result.abstain, hands + u32::try_from(by_name.len()).unwrap());
    assert_eq!(result, &view::result(ballot, &stage_rules(before)), "shown before and declared are the same");
}

fn stage_rules(meeting: &Meeting) -> ratssaal::domain::law::Rules {
    ratssaal::app::record::rules_of(meeting).unwrap()
}

/// The five numbers fit each other.
fn figures(stage: &Stage) {
    let meeting = &stage.meeting;
    let numbers = view::figures(meeting, &stage.rules);
    let quorum = view::quorum_now(meeting, &stage.rules);
    let all = u32::try_from(meeting.members().count()).unwrap();
    assert!(numbers.entitled <= numbers.present && numbers.present <= all, "{numbers:?}");
    assert!(numbers.needed <= meeting.statutory.unwrap_or(all), "{numbers:?}");
    let counted = quorum.counted.unwrap_or(numbers.entitled);
    let presumed = quorum.norm == stage.rules.quorum_presumption.norm();
    let (enough, somebody) = (counted >= numbers.needed && counted > 0, meeting.opened_at.is_some());
    assert!(numbers.quorate == enough || (presumed && somebody && numbers.quorate), "{numbers:?}");
    assert_eq!(quorum.met, numbers.quorate);
    assert_eq!(quorum.occupied, meeting.statutory.unwrap_or(all));
    // An official who led has voted, and the choice stands when somebody else leads.
    assert!(numbers.cast.is_none_or(|cast| cast <= all + 1), "more choices than seats: {numbers:?}");
    assert!(numbers.missing.is_none_or(|missing| missing <= all), "{numbers:?}");
    let voting = matches!(meeting.business(), Some(Business::Ballot(_) | Business::Counting(_)));
    assert_eq!((numbers.cast.is_some(), numbers.missing.is_some()), (voting, voting), "{numbers:?}");
    let taking = matches!(meeting.business(), Some(Business::Ballot(_)));
    assert!(!taking || numbers.missing.is_some_and(|missing| missing <= numbers.entitled), "{numbers:?}");
}

/// The commands that end this meeting, if everybody comes into the room.
pub fn way_out(stage: &Stage) -> Vec<(Actor, Command)> {
    let meeting = &stage.meeting;
    let mut way = Vec::new();
    let (leads, taken) = taken_over(stage);
    match &meeting.phase {
        Phase::Closed(_) => return way,
        Phase::Planned => {
            let law = law_of(meeting).unwrap();
            let format = MeetingFormat::InPerson;
            way.push((
                chair(),
                Command::Convene {
                    format,
                    ground: None,
                    reason: None,
                    public_room: None,
                    law,
                    summons: super::before::today(),
                },
            ));
        }
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => {}
    }
    let comes = taken.first().map(|(_, command)| command.clone());
    way.extend(taken);
    if matches!(meeting.phase, Phase::Planned | Phase::Convened(_)) {
        let arrives = |seat: &SeatId| Command::AttestRoom { seat: seat.clone(), present: true };
        for seat in meeting.seats.keys().filter(|seat| !meeting.is_in_room(seat) && !meeting.is_expelled(seat)) {
            if comes.as_ref() == Some(&arrives(seat)) {
                continue;
            }
            way.push((clerk(), arrives(seat)));
        }
        let digital = meeting.convened().filter(|convened| convened.convening.format == MeetingFormat::Digital);
        if digital.is_some_and(|convened| !convened.public_room_receives) {
            way.push((clerk(), Command::AttestPublicRoom { receives: true }));
        }
        way.push((leads.clone(), Command::Open));
    }
    if meeting.convened().is_some_and(|convened| convened.open_fault.is_some()) {
        way.push((leads.clone(), Command::FindFault { sphere: Sphere::Unknown }));
    }
    match meeting.business() {
        Some(Business::Ballot(open)) => way.push((leads.clone(), Command::VoidBallot { ballot: open.ballot.clone() })),
        Some(Business::Counting(closed)) => {
            way.push((leads.clone(), Command::VoidBallot { ballot: closed.ballot.clone() }))
        }
        Some(Business::Election(round)) => {
            let (round, reason) = (round.round.clone(), "Schluss".parse().unwrap());
            way.push((leads.clone(), Command::VoidElection { round, reason }));
        }
        Some(Business::Between | Business::Item(_)) | None => {}
    }
    way.push((leads.clone(), Command::Close));
    way
}

/// Who leads this meeting to its end: where the chair was handed over whoever's turn it is, coming into the room for it.
fn taken_over(stage: &Stage) -> (Actor, Vec<(Actor, Command)>) {
    let (meeting, rules) = (&stage.meeting, &stage.rules);
    if !meeting.is_leaderless() {
        return (leader(meeting), Vec::new());
    }
    let able = meeting.leading.in_order().find(|seat| !is_prevented(meeting, rules, seat, stage.now));
    let seat = able.unwrap_or(&meeting.chair).clone();
    let actor = Actor { seat: Some(seat.clone()), strong: true, ..Actor::default() };
    let attested = (!meeting.is_in_room(&seat)).then(|| (clerk(), Command::AttestRoom { seat, present: true }));
    (actor.clone(), attested.into_iter().chain([(actor, Command::TakeChair)]).collect())
}

/// So many are excluded that the others are too few: the chair finds just that, and the sitting is over.
pub fn too_few(meeting: &Meeting, refusal: &Refusal) -> bool {
    refusal.code == "no_quorum" && meeting.seats.keys().any(|seat| meeting.is_expelled(seat))
}

/// Tries the way out on a copy.
pub fn can_be_led_to_its_end(stage: &Stage) {
    let mut meeting = stage.meeting.clone();
    for (actor, command) in way_out(stage) {
        if matches!(meeting.phase, Phase::Closed(_)) {
            break;
        }
        let context = Context { actor, now: stage.now };
        let mut events = decide(&meeting, &stage.rules, &context, &command);
        if events.as_ref().is_err_and(|refusal| too_few(&meeting, refusal)) {
            events = decide(&meeting, &stage.rules, &context, &Command::FindNoQuorum);
        }
        for event in events.unwrap_or_else(|refusal| panic!("stuck at {command:?}: {refusal:?}")) {
            let number = meeting.height + 1;
            let (occurred_at, recorded_at) = (stage.now, stage.now);
            let recorded = Recorded { number, occurred_at, recorded_at, classes: BTreeSet::new(), event };
            meeting = apply(meeting, &recorded);
        }
    }
    assert!(matches!(meeting.phase, Phase::Closed(_)));
    let late = Context { actor: chair(), now: stage.now };
    let again = [Command::Open, Command::CallItem { item: item("1") }, Command::CloseBallot { ballot: ballot("a1") }];
    assert!(again.iter().all(|command| decide(&meeting, &stage.rules, &late, command).is_err()), "after the end");
}
