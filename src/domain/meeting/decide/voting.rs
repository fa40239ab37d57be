//! Voting (`Abstimmung`, § 37 (5), (6) GemO BW): by roll call or by show of hands, correction until closing.

use super::super::command::{Context, Terms};
use super::super::event::{
    BallotClosed, BallotOpened, BallotVoided, Choice, ChoiceCast, Event, HandsCounted, Method, MotionKind,
    ResultDeclared, SpecialNeed, VoidReason, Way,
};
use super::super::state::{Business, ClosedBallot, Hands, Meeting, OpenBallot, Place};
use super::motions::votable;
use super::order::not_expelled;
use super::presumption::answered_first;
use super::special::{qualified, qualifies, special};
use super::{count, doubt, known_seat, only_chair, presence_norm, quorum, sitting, unhindered, voice};
use crate::domain::id::{BallotId, ItemId, MotionId, SeatId};
use crate::domain::law::{Rules, SecretBy, SecretRemote};
use crate::domain::majority::{Outcome, decide_majority};
use crate::domain::presence::{Lack, Perception};
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;
use std::collections::BTreeMap;

/// What is asked of the body.
pub struct Asked<'a> {
    pub ballot: &'a BallotId,
    pub method: Method,
    pub wording: &'a Wording,
    pub motion: Option<&'a MotionId>,
    pub terms: &'a Terms,
}

/// Opens a ballot on the called item, if the quorum stands and nothing has to be voted on first.
pub fn open(meeting: &Meeting, rules: &Rules, context: &Context, asked: &Asked<'_>) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let item = match business {
        Business::Item(item) => item,
        Business::Between => return Err(Refusal::misuse("no_item", "Rufen Sie zuerst einen Punkt auf.")),
        Business::Ballot(_) => return Err(Refusal::conflict("ballot_open", "Es läuft schon eine Abstimmung.")),
        Business::Counting(_) => {
            return Err(Refusal::misuse(
                "result_missing",
                "Zuerst ist das Ergebnis der letzten Abstimmung festzustellen.",
            ));
        }
        Business::Election(_) => return Err(Refusal::conflict("round_open", "Es läuft ein Wahlgang.")),
    };
    if meeting.ballots.contains(asked.ballot) {
        return Err(Refusal::conflict("ballot_twice", "Diese Abstimmung gab es schon. Bitte die Seite neu laden."));
    }
    unhindered(meeting, rules)?;
    if meeting.second.instead.contains_key(item) {
        let sentence = "Über diesen Punkt ist schon an Stelle des Gemeinderats entschieden.";
        return Err(Refusal::misuse("decided", sentence));
    }
    doubt::votable(meeting, rules, item, asked.motion, asked.method)?;
    answered_first(meeting, rules)?;
    let about = votable(meeting, rules, item, asked.motion)?;
    if let Some(key) = asked.terms.majority.as_deref() {
        qualifies(meeting, rules, item, about, key)?;
    }
    if asked.terms.start.is_some_and(|letter| !letter.is_alphabetic() || asked.method != Method::RollCall) {
        return Err(Refusal::misuse(
            "start_letter",
            "Einen Anfangsbuchstaben gibt es nur bei namentlicher Abstimmung.",
        ));
    }
    if asked.method == Method::Papers {
        resolved_secret(meeting, rules, item)?;
        nobody_remote(meeting, rules)?;
    }
    let finding = quorum(meeting, rules, Some(item));
    if !finding.met {
        let strictly = super::second::strictly(&finding);
        let sentence = format!(
            "Nicht beschlussfähig: nötig sind {}, anwesend und stimmberechtigt sind {}{strictly}.",
            finding.needed, finding.entitled
        );
        return Err(Refusal::law("no_quorum", &finding.norm, sentence));
    }
    Ok(vec![Event::BallotOpened(BallotOpened {
        ballot: asked.ballot.clone(),
        item: item.clone(),
        method: asked.method,
        wording: asked.wording.clone(),
        quorum: finding,
        motion: asked.motion.cloned(),
        about,
        majority: asked.terms.majority.clone(),
        start: asked.terms.start,
    })])
}

pub(super) fn open_ballot<'a>(meeting: &'a Meeting, id: &BallotId) -> Result<&'a OpenBallot, Refusal> {
    match sitting(meeting)?.1 {
        Business::Ballot(ballot) if ballot.ballot == *id => Ok(ballot),
        Business::Ballot(_) | Business::Between | Business::Item(_) | Business::Counting(_) | Business::Election(_) => {
            Err(Refusal::misuse("ballot_not_open", "Diese Abstimmung nimmt keine Stimmen mehr an."))
        }
    }
}

/// A member presses. Correction is possible until closing; the same choice again is no new entry.
pub fn cast(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    ballot: &BallotId,
    choice: Choice,
) -> Result<Vec<Event>, Refusal> {
    let seat = context
        .actor
        .seat
        .as_ref()
        .ok_or_else(|| Refusal::misuse("no_seat", "Sie haben in diesem Gremium keinen Sitz und keine Stimme."))?;
    if !context.actor.strong {
        return Err(Refusal::misuse(
            "weak_sign_in",
            "Mit einem Link per E-Mail kann nicht abgestimmt werden. Melden Sie sich mit Passwort und Einmalcode an.",
        ));
    }
    choose(meeting, rules, ballot, seat, choice, Way::Pressed)
}

/// A member speaks, the clerk enters what was heard: equal to pressing, and marked as such.
pub fn enter_heard(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    ballot: &BallotId,
    seat: &SeatId,
    choice: Choice,
) -> Result<Vec<Event>, Refusal> {
    only_clerk(context)?;
    known_seat(meeting, seat)?;
    choose(meeting, rules, ballot, seat, choice, Way::Heard)
}

pub(super) fn only_clerk(context: &Context) -> Result<(), Refusal> {
    if context.actor.clerk { Ok(()) } else { Err(Refusal::misuse("clerk_only", "Das kann nur die Schriftführung.")) }
}

fn choose(
    meeting: &Meeting,
    rules: &Rules,
    id: &BallotId,
    seat: &SeatId,
    choice: Choice,
    way: Way,
) -> Result<Vec<Event>, Refusal> {
    let ballot = open_ballot(meeting, id)?;
    unhindered(meeting, rules)?;
    known_seat(meeting, seat)?;
    voice::votes(meeting, rules, seat)?;
    if meeting.is_recused(&ballot.item, seat) {
        return Err(Refusal::law(
            "recused",
            rules.recusal_leaves.norm(),
            "Wegen Befangenheit bei diesem Punkt besteht kein Stimmrecht.",
        ));
    }
    perceptible(meeting, rules, seat)?;
    if ballot.method == Method::Papers {
        return Err(Refusal::misuse(
            "by_paper",
            "Es wird geheim mit Stimmzetteln aus Papier abgestimmt, an keinem Gerät.",
        ));
    }
    if ballot.method == Method::ShowOfHands && meeting.is_in_room(seat) {
        return Err(Refusal::misuse("by_hand", "Im Saal wird durch Handzeichen abgestimmt; die Schriftführung zählt."));
    }
    if ballot.choices.get(seat).is_some_and(|before| before.choice == choice && before.way == way) {
        return Err(Refusal::conflict("same_choice", "Diese Stimme ist schon so gezählt."));
    }
    Ok(vec![Event::ChoiceCast(ChoiceCast { ballot: id.clone(), seat: seat.clone(), way, choice: Some(choice) })])
}

/// Only who is perceptible right now has a vote (§ 37a (1) s. 3 GemO BW, strictly also during the grace period).
fn perceptible(meeting: &Meeting, rules: &Rules, seat: &SeatId) -> Result<(), Refusal> {
    if meeting.is_present(seat) {
        return Ok(());
    }
    not_expelled(meeting, rules, seat)?;
    if meeting.is_kept_out(seat) {
        let sentence =
            "Wessen Amt der Vorsitz ist, nimmt nicht zugeschaltet teil, während eine Stellvertretung im Saal leitet.";
        return Err(Refusal::law("office_remote", rules.chair_office_remote.norm(), sentence));
    }
    if meeting.is_shut_out(seat) {
        let sentence = "Zugeschaltet nimmt am nichtöffentlichen Teil nur teil, wer erklärt hat, allein zu sein.";
        return Err(Refusal::law("not_alone", rules.remote_nonpublic_alone.norm(), sentence));
    }
    let lacks = |what: &[Lack]| {
        let words: Vec<&str> = what
            .iter()
            .map(|lack| match lack {
                Lack::Picture => "Bild",
                Lack::Sound => "Ton",
                Lack::Reception => "Empfang der anderen",
                Lack::Hall => "Bild und Ton des Saals",
            })
            .collect();
        words.join(" und ")
    };
    let sentence = match meeting.attendance.places.get(seat) {
        Some(Place::Remote { perception: Perception::Disturbed, lacking, .. }) if !lacking.is_empty() => {
            format!(
                "Die Zuschaltung ist gestört (es fehlt: {}). Abstimmen ist möglich, sobald wieder alles ankommt.",
                lacks(lacking)
            )
        }
        Some(Place::Remote { .. } | Place::Room { .. }) | None => {
            "Nicht anwesend: Weder ist die Anwesenheit im Raum vermerkt, noch kommen Bild und Ton an.".to_owned()
        }
    };
    Err(Refusal::law("not_perceptible", presence_norm(meeting, rules), sentence))
}

/// The hall's count: its sum must be the number of entitled members in the hall, so that a slip is noticed at once.
pub fn count_hands(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    id: &BallotId,
    hands: Hands,
) -> Result<Vec<Event>, Refusal> {
    only_clerk(context)?;
    let ballot = open_ballot(meeting, id)?;
    unhindered(meeting, rules)?;
    if ballot.method != Method::ShowOfHands {
        return Err(Refusal::misuse("by_name", "Bei namentlicher Abstimmung wird jede Stimme einzeln erfasst."));
    }
    let (sum, in_hall) = (hands.sum(), entitled_in_hall(meeting, ballot));
    if sum != in_hall {
        return Err(Refusal::misuse(
            "hands_sum",
            format!("Die Summe ist {sum}, im Saal sind aber {in_hall} Stimmberechtigte. Bitte noch einmal zählen."),
        ));
    }
    Ok(vec![Event::HandsCounted(HandsCounted {
        ballot: id.clone(),
        yes: hands.yes,
        no: hands.no,
        abstain: hands.abstain,
        none: hands.none,
        invalid: 0,
    })])
}

pub(super) fn entitled_in_hall(meeting: &Meeting, ballot: &OpenBallot) -> u32 {
    count(meeting.entitled(Some(&ballot.item)).into_iter().filter(|seat| meeting.is_in_room(seat)).count())
}

/// Ends the voting act. The quorum is found again; below it there will be no decision.
pub fn close(meeting: &Meeting, rules: &Rules, context: &Context, id: &BallotId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let ballot = open_ballot(meeting, id)?;
    unhindered(meeting, rules)?;
    let in_hall = entitled_in_hall(meeting, ballot);
    match ballot.hands {
        _ if ballot.method == Method::RollCall => {}
        None if ballot.method == Method::Papers => {
            return Err(Refusal::misuse("papers_missing", "Die Stimmzettel sind noch nicht ausgezählt."));
        }
        None if in_hall > 0 => {
            return Err(Refusal::misuse(
                "hands_missing",
                "Die Hände im Saal sind noch nicht gezählt, oder seither hat sich dort etwas geändert. Die Schriftführung \
                 zählt sie.",
            ));
        }
        Some(hands) if hands.sum() != in_hall => {
            return Err(Refusal::misuse(
                "hands_sum",
                "Im Saal hat sich etwas geändert. Bitte die Hände noch einmal zählen.",
            ));
        }
        None | Some(_) => {}
    }
    if ballot.method == Method::Papers {
        nobody_remote(meeting, rules)?;
    }
    let quorum = quorum(meeting, rules, Some(&ballot.item));
    Ok(vec![Event::BallotClosed(BallotClosed { ballot: id.clone(), quorum })])
}

/// `Feststellung`: recounted from the choices that stand, never from a running total.
pub fn declare(meeting: &Meeting, rules: &Rules, context: &Context, id: &BallotId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (_, business) = sitting(meeting)?;
    let ballot = match business {
        Business::Counting(ballot) if ballot.ballot == *id => ballot,
        Business::Ballot(_) => return Err(Refusal::misuse("ballot_open", "Schließen Sie zuerst die Abstimmung.")),
        Business::Counting(_) | Business::Between | Business::Item(_) | Business::Election(_) => {
            return Err(Refusal::misuse("no_ballot", "Für diese Abstimmung ist kein Ergebnis offen."));
        }
    };
    unhindered(meeting, rules)?;
    let result = result(ballot, rules);
    let follows = doubt::follows(meeting, ballot, &result);
    Ok(std::iter::once(Event::ResultDeclared(result)).chain(follows).collect())
}

/// The result of a closed ballot.
#[must_use]
pub fn result(ballot: &ClosedBallot, rules: &Rules) -> ResultDeclared {
    let by_seat: BTreeMap<SeatId, Choice> =
        ballot.choices.iter().map(|(seat, cast)| (seat.clone(), cast.choice)).collect();
    let by_name = |wanted: Choice| count(by_seat.values().filter(|choice| **choice == wanted).count());
    let hands = ballot.hands.unwrap_or(Hands { yes: 0, no: 0, abstain: 0, none: 0, invalid: 0 });
    let yes = by_name(Choice::Yes).saturating_add(hands.yes);
    let no = by_name(Choice::No).saturating_add(hands.no);
    let abstain = by_name(Choice::Abstain).saturating_add(hands.abstain);
    let given = yes.saturating_add(no).saturating_add(abstain);
    let asked = special(rules, ballot.majority.as_deref()).map(|asked| qualified(rules, asked, ballot, yes));
    let (outcome, norm) = match &asked {
        _ if !ballot.quorum.met => (Outcome::NoDecision, ballot.quorum.norm.clone()),
        Some(found) => (found.outcome, found.norm.clone()),
        None => (decide_majority(rules, yes, no, abstain), rules.vote_majority.norm().to_owned()),
    };
    ResultDeclared {
        ballot: ballot.ballot.clone(),
        item: ballot.item.clone(),
        outcome,
        yes,
        no,
        abstain,
        missing: ballot.quorum.entitled.saturating_sub(given),
        by_seat,
        norm,
        special: asked.map(|found| SpecialNeed { base: found.base, needed: found.needed }),
    }
}

/// A secret ballot on a motion is nobody's choice alone: the body has resolved it on a motion on procedure at this item. What
/// that motion said is for the minutes; here it counts that one was adopted, and still stands.
fn resolved_secret(meeting: &Meeting, rules: &Rules, item: &ItemId) -> Result<(), Refusal> {
    let rule = &rules.vote_secret_by;
    let resolved = meeting.results.iter().any(|declared| {
        declared.result.item == *item
            && declared.about == MotionKind::Procedural
            && declared.motion.as_ref().is_none_or(|motion| meeting.doubt_of(motion).is_none())
            && declared.result.outcome == Outcome::Adopted
    });
    match rule.get() {
        SecretBy::Nobody => Err(Refusal::law("secret_vote", rule.norm(), "Eine geheime Abstimmung ist unzulässig.")),
        SecretBy::Council if !resolved => Err(Refusal::law(
            "secret_unresolved",
            rule.norm(),
            "Geheim wird nur abgestimmt, wenn das Gremium es beschließt. Lassen Sie zuerst über einen Antrag zur \
             Geschäftsordnung abstimmen.",
        )),
        SecretBy::Council => Ok(()),
    }
}

/// A secret ballot on a motion while somebody is connected: the law is silent, strictly it is not held (open question O3).
fn nobody_remote(meeting: &Meeting, rules: &Rules) -> Result<(), Refusal> {
    let SecretRemote::Blocked = rules.vote_secret_remote.get();
    let remote = meeting.seats.keys().any(|seat| meeting.is_present(seat) && !meeting.is_in_room(seat));
    if !remote {
        return Ok(());
    }
    let sentence = "Solange Mitglieder zugeschaltet sind, wird nicht geheim abgestimmt: Ihre Stimme bliebe nicht geheim. Das \
                    Gesetz schweigt dazu; die Einstellung ist streng.";
    Err(Refusal::law("secret_remote", rules.vote_secret_remote.norm(), sentence))
}

/// The chair gives a ballot up before its result is declared: nothing of it counts. Also in an interruption, so that a
/// sitting whose quorum does not come back can be closed.
pub fn void(meeting: &Meeting, context: &Context, id: &BallotId) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let undeclared = match meeting.business() {
        Some(Business::Ballot(ballot)) => ballot.ballot == *id,
        Some(Business::Counting(ballot)) => ballot.ballot == *id,
        Some(Business::Between | Business::Item(_) | Business::Election(_)) | None => false,
    };
    if !undeclared {
        return Err(Refusal::misuse("ballot_not_open", "Diese Abstimmung ist nicht offen."));
    }
    Ok(vec![Event::BallotVoided(BallotVoided { ballot: id.clone(), reason: VoidReason::Chair })])
}
