//! `Beschlussunfähigkeit` and the second sitting on the same matter (§ 37 (3), (4) GemO BW).

use super::super::command::Context;
use super::super::event::{
    Closed, Consequence, Disposal, Event, FirstSitting, InterruptionCause, ItemSettled, QuorumLacking, SecondMarked,
};
use super::super::state::{Meeting, Phase};
use super::presumption::moved_first;
use super::sitting::{by_itself, no_ballot, ready};
use super::{count, hall_quorum, no_open_fault, only_chair, only_chair_or_clerk, quorum, sitting, unhindered};
use crate::domain::id::ItemId;
use crate::domain::law::second::{self, SecondSitting};
use crate::domain::law::{BodyKind, CommitteeFallback, QuorumFallback, RemoteAbsence, Rules};
use crate::domain::quorum::{Attendance, QuorumFinding};
use crate::domain::refusal::Refusal;

/// An item of the plan is one of a second sitting, or is not. Only before the convening: the notice belongs into it
/// (§ 37 (3) s. 1 GemO BW).
pub(super) fn mark_second(
    meeting: &Meeting,
    context: &Context,
    item: &ItemId,
    of: Option<&FirstSitting>,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    match meeting.phase {
        Phase::Planned => {}
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            let sentence = "Die Sitzung ist schon einberufen. Auf die geringere Zahl wird in der Einberufung hingewiesen, danach \
                            ist es zu spät.";
            return Err(Refusal::misuse("convened", sentence));
        }
    }
    let unknown = || Refusal::misuse("unknown_item", "Diesen Punkt gibt es auf der Tagesordnung nicht.");
    meeting.item(item).ok_or_else(unknown)?;
    if meeting.second.of.get(item) == of {
        return Err(Refusal::conflict("second_marked", "Das ist schon so vermerkt."));
    }
    if let Some(first) = of
        && (first.meeting == meeting.id || first.day >= meeting.day)
    {
        let sentence = "Die erste Sitzung liegt vor der zweiten, an einem anderen Tag.";
        return Err(Refusal::misuse("first_not_before", sentence));
    }
    Ok(vec![Event::SecondMarked(SecondMarked { item: item.clone(), of: of.cloned() })])
}

/// The finding of a second sitting, where the ordinary number is not reached: with the notice three suffice
/// (§ 37 (3) s. 1 GemO BW). `in_hall` of those entitled are in the room; the others vote, and count only where the rules let
/// them. Everywhere else the ordinary finding stands.
pub(super) fn lower(
    meeting: &Meeting,
    rules: &Rules,
    item: Option<&ItemId>,
    ordinary: QuorumFinding,
    in_hall: u32,
) -> QuorumFinding {
    if ordinary.met || !meeting.is_second(item) || goes_to_council(meeting, rules, item, &ordinary) {
        return ordinary;
    }
    let sitting = SecondSitting {
        occupied: ordinary.occupied,
        statutory: None,
        in_room: in_hall,
        remote: ordinary.entitled.saturating_sub(in_hall),
        recused: count(meeting.recused_count(item)),
        notice: meeting.second.noticed,
    };
    match second::find(rules, sitting) {
        Ok(found) => {
            let (present, entitled) = (ordinary.present, ordinary.entitled);
            let counted = (found.entitled < entitled).then_some(found.entitled);
            QuorumFinding { present, entitled, counted, ..found }
        }
        // So few are entitled at all that there is no second sitting.
        Err(_) => ordinary,
    }
}

/// Behind a number of members, where not all of them count (open question O1).
pub(super) fn strictly(finding: &QuorumFinding) -> String {
    finding.counted.map_or_else(String::new, |counted| {
        format!(", im Saal {counted}; Zugeschaltete zählen in der zweiten Sitzung streng nicht mit")
    })
}

/// In an interruption the quorum is found lacking only where nothing else keeps the sitting from going on. Whoever is missing
/// through a fault of the municipality is, strictly, not absent: such a sitting is closed without this finding (open
/// question O10 is answered the same way).
fn cannot_go_on(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    let Phase::Interrupted { convened, business, cause, .. } = &meeting.phase else { return Ok(()) };
    no_ballot(business)?;
    match cause {
        InterruptionCause::Chair | InterruptionCause::Quorum => {}
        InterruptionCause::Municipality | InterruptionCause::Fault | InterruptionCause::MunicipalSystem => {
            let sentence = "Die Sitzung ruht wegen einer Störung. Wer deshalb fehlt, gilt streng nicht als abwesend: Schließen Sie \
                            die Sitzung; offene Punkte kommen in eine gewöhnliche.";
            return Err(Refusal::law("not_absent", rules.quorum_second_session_min.norm(), sentence));
        }
    }
    ready(meeting, rules, convened)?;
    no_open_fault(convened, rules)
}

/// `Feststellung der Beschlussunfähigkeit`: before the opening and in an interruption it ends the sitting, at an item it says
/// what becomes of it.
pub fn find_lacking(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let item = match &meeting.phase {
        Phase::Convened(_) if context.now < meeting.starts_at => {
            let sentence =
                "Die Sitzung beginnt erst noch. Dass sie nicht beschlussfähig ist, steht frühestens dann fest.";
            return Err(Refusal::misuse("too_early", sentence));
        }
        Phase::Convened(_) => None,
        Phase::Interrupted { .. } => {
            cannot_go_on(meeting, rules)?;
            None
        }
        Phase::Planned | Phase::Sitting { .. } | Phase::Closed(_) => {
            let (_, business) = sitting(meeting)?;
            no_ballot(business)?;
            unhindered(meeting, rules)?;
            let none = || Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen.");
            let item = business.item().ok_or_else(none)?;
            if by_itself(meeting, item) == Disposal::Decided {
                return Err(Refusal::misuse("decided", "Über diesen Punkt ist schon entschieden."));
            }
            Some(item)
        }
    };
    if item.is_some() {
        moved_first(meeting, rules)?;
    }
    let election = item.filter(|item| meeting.election(item).is_some());
    let finding = match election {
        Some(item) if rules.election_remote_absence.get() == RemoteAbsence::SecondSession => {
            hall_quorum(meeting, rules, item)
        }
        Some(_) | None => quorum(meeting, rules, item),
    };
    if finding.met {
        // Whether who is connected is absent here is open (O10): strictly no second session follows from it.
        if election.is_some_and(|item| !hall_quorum(meeting, rules, item).met) {
            let sentence = "Beschlussfähig ist das Gremium, nur wählen kann der Saal allein nicht. Ob Zugeschaltete bei der Wahl \
                            „abwesend“ sind, ist zweifelhaft; eine zweite Sitzung folgt daraus nicht. Vertagen Sie die Wahl auf \
                            eine Sitzung in Präsenz.";
            return Err(Refusal::law("election_remote_absence", rules.election_remote_absence.norm(), sentence));
        }
        let QuorumFinding { entitled, needed, .. } = finding;
        let sentence = format!("Beschlussfähig: anwesend und stimmberechtigt sind {entitled}, nötig sind {needed}.");
        return Err(Refusal::misuse("quorate", sentence));
    }
    let follows = follows(meeting, rules, item, &finding);
    let before = item.and_then(|item| meeting.lacking(item));
    if before.is_some_and(|before| before.follows == follows && before.quorum == finding) {
        return Err(Refusal::conflict("lacking", "Das ist schon festgestellt."));
    }
    let mut events = vec![Event::QuorumLacking(QuorumLacking { item: item.cloned(), quorum: finding, follows })];
    if let Phase::Interrupted { business, .. } = &meeting.phase {
        let called = business.item().map(|item| (item.clone(), by_itself(meeting, item)));
        events.extend(called.map(|(item, ended)| {
            let disposal = if ended == Disposal::Decided { ended } else { Disposal::Postponed };
            Event::ItemSettled(ItemSettled { item, disposal, wording: None })
        }));
        events.push(Event::Closed(Closed {}));
    }
    let disposal = match follows {
        Consequence::SecondSession => Some(Disposal::Postponed),
        Consequence::CouncilDecides => Some(Disposal::Referred),
        // Who decides instead does so while the item is called.
        Consequence::MayorDecides | Consequence::Open => None,
    };
    if let Some((item, disposal)) = item.cloned().zip(disposal) {
        events.push(Event::ItemSettled(ItemSettled { item, disposal, wording: None }));
    }
    Ok(events)
}

/// What the law says happens next (§ 37 (3), (4), § 39 (5) s. 3 GemO BW).
fn follows(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>, finding: &QuorumFinding) -> Consequence {
    if goes_to_council(meeting, rules, item, finding) {
        return Consequence::CouncilDecides;
    }
    let instead = match (rules.quorum_fallback.get(), meeting.kind) {
        (QuorumFallback::MayorDecides, None | Some(BodyKind::Council)) => Consequence::MayorDecides,
        // Whether somebody decides in the place of these, the law this program knows does not say.
        (QuorumFallback::MayorDecides, Some(_)) | (QuorumFallback::Nobody, _) => Consequence::Open,
    };
    let can_ever = count(meeting.members().count()).saturating_sub(count(meeting.recused_count(item)));
    if can_ever < rules.quorum_second_session_min.get() {
        return instead;
    }
    let was_second = meeting.is_second(item) && finding.norm == rules.quorum_second_session_min.norm();
    // Lacking only because the connected are strictly not counted (O1): in person it could still be decided.
    let only_for_the_connected = finding.counted.is_some() && finding.entitled >= finding.needed;
    if was_second && !only_for_the_connected { instead } else { Consequence::SecondSession }
}

/// How many recused members the quorum is found with: in a committee the quarter rule is not reached, because the council
/// decides before (§ 39 (5) s. 3 GemO BW).
pub(super) fn recused(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>) -> u32 {
    let committee =
        meeting.is_committee() && rules.quorum_committee_bias_fallback.get() == CommitteeFallback::CouncilDecides;
    if committee { 0 } else { count(meeting.recused_count(item)) }
}

/// `Beschlussunfähiger Ausschuss`, § 39 (5) s. 3 GemO BW: its quorum is lacking because members are recused.
fn goes_to_council(meeting: &Meeting, rules: &Rules, item: Option<&ItemId>, finding: &QuorumFinding) -> bool {
    let QuorumFinding { occupied, present, entitled, .. } = *finding;
    let recused = count(meeting.recused_count(item));
    meeting.is_committee()
        && second::goes_to_council(rules, Attendance { occupied, statutory: None, present, entitled, recused })
}
