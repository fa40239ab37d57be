//! The doors (§ 35 (1) GemO BW): the public leaves and comes back in two steps, connected members stay only alone, and
//! what was decided without the public is told to it afterwards.

use super::super::command::Context;
use super::super::doors::{Doors, Threshold};
use super::super::event::{
    AloneDeclared, ClosedPartBegun, ClosedPartEnded, DecisionAnnounced, DecisionWithheld, DoorsConfirmed, Event,
    Outlet, PublicExcluded, PublicReadmitted, PublicRoomAttested, Withheld,
};
use super::super::state::{Declared, Item, ItemState, Meeting, Phase};
use super::sitting::{chair_is_there, no_ballot, settled};
use super::{known_seat, only_chair, only_chair_or_clerk, only_system, sitting};
use crate::domain::id::BallotId;
use crate::domain::law::Rules;
use crate::domain::law::format::Clause;
use crate::domain::majority::Outcome;
use crate::domain::refusal::Refusal;

/// `Ausschluss der Öffentlichkeit`: what is called ends, and everybody whose part it is confirms that nobody follows.
pub fn exclude(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    match meeting.publicity.doors {
        Doors::Open => {}
        Doors::Clearing(_) | Doors::Closed { .. } => {
            return Err(Refusal::conflict("doors", "Die Öffentlichkeit ist schon ausgeschlossen."));
        }
        Doors::Opening(_) => {
            let sentence = "Die Öffentlichkeit wird gerade wiederhergestellt. Beenden Sie das zuerst.";
            return Err(Refusal::misuse("doors", sentence));
        }
    }
    if !meeting.items.iter().any(|item| !item.public && item.state == ItemState::Pending) {
        return Err(Refusal::law(
            "public_stays",
            rules.agenda_closed_doors.norm(),
            "Es wartet kein nichtöffentlicher Punkt. Ohne einen solchen bleibt die Sitzung öffentlich.",
        ));
    }
    let mut events: Vec<Event> = business.item().map(|item| settled(meeting, item)).into_iter().collect();
    events.push(Event::PublicExcluded(PublicExcluded {}));
    Ok(events)
}

/// `Wiederherstellung der Öffentlichkeit`, also of an exclusion that has not begun yet.
pub fn readmit(meeting: &Meeting, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    no_ballot(business)?;
    match meeting.publicity.doors {
        Doors::Clearing(_) | Doors::Closed { .. } => {}
        Doors::Open | Doors::Opening(_) => {
            return Err(Refusal::conflict("doors", "Die Öffentlichkeit ist nicht ausgeschlossen."));
        }
    }
    let mut events: Vec<Event> = business.item().map(|item| settled(meeting, item)).into_iter().collect();
    events.push(Event::PublicReadmitted(PublicReadmitted {}));
    Ok(events)
}

/// One way in which the public follows is shut or open again, as ordered.
pub fn confirm(meeting: &Meeting, context: &Context, outlet: Outlet) -> Result<Vec<Event>, Refusal> {
    match outlet {
        Outlet::Hall | Outlet::PublicRoom => only_chair_or_clerk(meeting, context)?,
        Outlet::Platform => only_system(context)?,
    }
    under_way(meeting)?;
    let closing = match &meeting.publicity.doors {
        Doors::Clearing(_) => true,
        Doors::Opening(_) => false,
        Doors::Open | Doors::Closed { .. } => {
            return Err(Refusal::misuse(
                "doors",
                "Zu bestätigen ist nur etwas, während die Öffentlichkeit geht oder wiederkommt.",
            ));
        }
    };
    if !meeting.unconfirmed().contains(&outlet) {
        return Err(Refusal::conflict("confirmed", "Das ist schon bestätigt, oder es ist hier nicht nötig."));
    }
    let mut events = vec![Event::DoorsConfirmed(DoorsConfirmed { outlet })];
    let receives = meeting.convened().is_some_and(|convened| convened.public_room_receives);
    if outlet == Outlet::PublicRoom && receives == closing {
        events.push(Event::PublicRoomAttested(PublicRoomAttested { receives: !closing }));
    }
    Ok(events)
}

/// The non-public part begins, once nobody follows who may not.
pub fn begin(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (convened, _) = sitting(meeting)?;
    if !matches!(meeting.publicity.doors, Doors::Clearing(_)) {
        return Err(Refusal::misuse("doors", "Schließen Sie zuerst die Öffentlichkeit aus."));
    }
    let norm = rules.agenda_closed_doors.norm();
    confirmed(meeting, norm, "Noch hört vielleicht jemand mit.")?;
    chair_is_there(meeting, rules, convened)?;
    Ok(vec![Event::ClosedPartBegun(ClosedPartBegun {})])
}

/// The sitting is public again, once everybody can come in.
pub fn end(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    if !matches!(meeting.publicity.doors, Doors::Opening(Threshold { .. })) {
        return Err(Refusal::misuse("doors", "Stellen Sie zuerst die Öffentlichkeit wieder her."));
    }
    confirmed(meeting, rules.public_default.norm(), "Noch kann vielleicht nicht jeder folgen.")?;
    Ok(vec![Event::ClosedPartEnded(ClosedPartEnded {})])
}

fn confirmed(meeting: &Meeting, norm: &str, why: &str) -> Result<(), Refusal> {
    let missing: Vec<&str> = meeting
        .unconfirmed()
        .into_iter()
        .map(|outlet| match outlet {
            Outlet::Hall => "der Saal",
            Outlet::PublicRoom => "der öffentliche Raum",
            Outlet::Platform => "die Trennung der Zugeschalteten",
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::law("doors_unconfirmed", norm, format!("{why} Es fehlt die Bestätigung für: {}.", missing.join(", "))))
}

/// What a connected member declares before the non-public part (§ 37a (1) s. 5 GemO BW).
#[must_use]
pub fn alone_text(rules: &Rules) -> String {
    format!(
        "Ich bin allein. Niemand sonst kann den nichtöffentlichen Teil sehen oder hören ({}).",
        rules.remote_nonpublic_alone.norm()
    )
}

/// A connected member stays for the non-public part.
pub fn declare_alone(meeting: &Meeting, rules: &Rules, context: &Context) -> Result<Vec<Event>, Refusal> {
    let seat = context.actor.seat.as_ref();
    let seat = seat.ok_or_else(|| Refusal::misuse("no_seat", "Das erklären nur Mitglieder."))?;
    known_seat(meeting, seat)?;
    under_way(meeting)?;
    if !matches!(meeting.publicity.doors, Doors::Clearing(_) | Doors::Closed { .. }) {
        return Err(Refusal::misuse("doors", "Es steht kein nichtöffentlicher Teil bevor."));
    }
    if meeting.is_in_room(seat) {
        return Err(Refusal::misuse("in_room", "Das erklärt nur, wer zugeschaltet ist."));
    }
    may_follow(meeting, rules)?;
    if meeting.only_advises(seat) {
        let sentence = "Mit beratender Stimme nimmt am nichtöffentlichen Teil nur teil, wer im Saal ist: Das Gesetz nennt dafür nur \
                        zugeschaltete Mitglieder (zweifelhaft, die Einstellung ist streng).";
        return Err(Refusal::law("advisory_closed_part", rules.remote_advisory.norm(), sentence));
    }
    if meeting.publicity.alone.contains(seat) {
        return Err(Refusal::conflict("declared", "Das haben Sie schon erklärt."));
    }
    let words = alone_text(rules).parse();
    let words = words.map_err(|_| Refusal::misuse("words", "Der Text der Erklärung ist zu lang."))?;
    Ok(vec![Event::AloneDeclared(AloneDeclared { seat: seat.clone(), words })])
}

/// Connected members may take part in what is non-public: where the law lets them, and the Hauptsatzung says so.
fn may_follow(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    if rules.remote_nonpublic_allowed.get().holds(meeting.has_clause(rules, Clause::RemoteInClosedPart)) {
        return Ok(());
    }
    Err(Refusal::law(
        "remote_closed_part",
        rules.remote_nonpublic_allowed.norm(),
        "Am nichtöffentlichen Teil nimmt nur teil, wer im Saal ist: Die Hauptsatzung lässt die Zuschaltung dafür nicht zu.",
    ))
}

/// `Bekanntgabe` in public, word for word.
pub fn announce(meeting: &Meeting, rules: &Rules, context: &Context, ballot: &BallotId) -> Result<Vec<Event>, Refusal> {
    let declared = behind_doors(meeting, context, ballot)?;
    if !meeting.publicity.doors.is_open() {
        return Err(Refusal::law(
            "announce_in_public",
            rules.public_announce_nonpublic.norm(),
            "Bekannt gegeben wird erst, wenn die Öffentlichkeit wiederhergestellt ist.",
        ));
    }
    Ok(vec![Event::DecisionAnnounced(DecisionAnnounced {
        ballot: ballot.clone(),
        item: declared.result.item.clone(),
        wording: declared.wording.clone(),
        outcome: declared.result.outcome,
    })])
}

/// It is not announced in this sitting.
pub fn withhold(
    meeting: &Meeting,
    context: &Context,
    ballot: &BallotId,
    until: Withheld,
) -> Result<Vec<Event>, Refusal> {
    behind_doors(meeting, context, ballot)?;
    if meeting.publicity.withheld.iter().any(|(withheld, _)| withheld == ballot) {
        return Err(Refusal::conflict("withheld", "Das ist schon so vermerkt."));
    }
    Ok(vec![Event::DecisionWithheld(DecisionWithheld { ballot: ballot.clone(), until })])
}

/// A decision of the non-public part that was not announced yet.
fn behind_doors<'a>(meeting: &'a Meeting, context: &Context, ballot: &BallotId) -> Result<&'a Declared, Refusal> {
    only_chair(meeting, context)?;
    sitting(meeting)?;
    let closed = |item: &Item| !item.public;
    let declared = meeting.results.iter().find(|declared| declared.result.ballot == *ballot);
    let declared = declared
        .filter(|declared| meeting.item(&declared.result.item).is_some_and(closed))
        .filter(|declared| declared.result.outcome != Outcome::NoDecision)
        .ok_or_else(|| Refusal::misuse("no_decision", "Diesen nichtöffentlichen Beschluss gibt es nicht."))?;
    if meeting.publicity.announced.iter().any(|announced| announced.decision.ballot == *ballot) {
        return Err(Refusal::conflict("announced", "Dieser Beschluss ist schon bekannt gegeben."));
    }
    Ok(declared)
}

/// Sitting, or standing still: who is lost in an interruption comes back before it ends.
fn under_way(meeting: &Meeting) -> Result<(), Refusal> {
    match meeting.phase {
        Phase::Sitting { .. } | Phase::Interrupted { .. } => Ok(()),
        Phase::Planned | Phase::Convened(_) | Phase::Closed(_) => sitting(meeting).map(|_| ()),
    }
}
