//! The running or last ballot. How somebody voted is shown only once the voting act is over, and to the public only
//! once the result is declared.

use super::election;
use super::scene::{Forms, Scene};
use super::{voting, when, words};
use crate::domain::council::Seat;
use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::majority::Outcome;
use crate::domain::meeting::event::{Choice, Event, Method, ResultDeclared, VoidReason, Way};
use crate::domain::meeting::{Business, ClosedBallot, Declared, OpenBallot, Phase, view};
use crate::domain::quorum::QuorumFinding;
use crate::web::pages::ballot::{Ballot, BallotBoard, NamedVote, Progress, Stage, Tally};
use std::collections::BTreeMap;

/// Part `ballot` for who leads an election or writes it down, with the forms for that.
pub fn desk(forms: &mut Forms<'_, '_>) -> BallotBoard {
    let mut board = board(forms.scene);
    if let Some(card) = &mut board.election {
        card.entries = election::entries(forms);
    }
    board
}

/// Part `ballot`.
pub fn board(scene: Scene<'_>) -> BallotBoard {
    if let Some(election) = election::card(scene) {
        return BallotBoard { ballot: None, election: Some(election) };
    }
    let ballot = match scene.meeting.business() {
        Some(Business::Ballot(ballot)) => Some(running(scene, ballot)),
        Some(Business::Counting(ballot)) => Some(counting(scene, ballot)),
        Some(Business::Item(item)) => struck(scene, item).or_else(|| voided(scene, item)).or_else(|| {
            scene.meeting.results.iter().rev().find(|last| last.result.item == *item).map(|last| declared(scene, last))
        }),
        Some(Business::Election(_)) => None,
        Some(Business::Between) => scene.meeting.results.last().map(|last| declared(scene, last)),
        None => match scene.meeting.phase {
            Phase::Closed(_) => scene.meeting.results.last().map(|last| declared(scene, last)),
            Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } => None,
        },
    };
    BallotBoard { ballot, election: None }
}

fn running(scene: Scene<'_>, ballot: &OpenBallot) -> Ballot {
    let stage = if scene.viewer.is_none() {
        Stage::Hidden
    } else {
        let figures = view::figures(scene.meeting, scene.rules);
        let recused = scene.seats().filter(|seat| scene.meeting.is_recused(&ballot.item, &seat.id));
        Stage::Open(Progress {
            cast: figures.cast.unwrap_or(0),
            entitled: figures.entitled,
            waiting: scene.waiting(ballot.method),
            barred: recused
                .map(|seat| format!("{} (befangen, {})", seat.name, scene.rules.recusal_leaves.norm()))
                .collect(),
        })
    };
    Ballot {
        kind: words::method(ballot.method).into(),
        context: format!(
            "zu TOP {}, geöffnet um {}{}",
            scene.number(&ballot.item),
            when::second(ballot.opened_at),
            match ballot.method {
                Method::RollCall => "",
                Method::Papers => "; im Saal mit Stimmzetteln",
                Method::ShowOfHands => "; im Saal zählt die Schriftführung die Hände",
            }
        ),
        motion: scene.wording(&ballot.item, &ballot.wording),
        rule: rule(scene.rules, ballot.majority.as_deref()),
        stage,
    }
}

fn counting(scene: Scene<'_>, ballot: &ClosedBallot) -> Ballot {
    let result = view::result(ballot, scene.rules);
    let stage = if scene.viewer.is_none() {
        Stage::Hidden
    } else {
        let how = |seat: &SeatId| ballot.choices.get(seat).map(|cast| cast.way);
        stage(scene, &result, ballot.method, &ballot.quorum, "noch nicht festgestellt", &how)
    };
    Ballot {
        kind: words::method(ballot.method).into(),
        context: format!(
            "zu TOP {}, geschlossen um {}, Ergebnis noch nicht festgestellt",
            scene.number(&ballot.item),
            when::second(ballot.closed_at)
        ),
        motion: scene.wording(&ballot.item, &ballot.wording),
        rule: rule(scene.rules, ballot.majority.as_deref()),
        stage,
    }
}

fn declared(scene: Scene<'_>, declared: &Declared) -> Ballot {
    let ways = ways(scene, &declared.result.ballot);
    let how = |seat: &SeatId| ways.get(seat).copied();
    let status = format!("festgestellt um {}", when::second(declared.at));
    let item = &declared.result.item;
    Ballot {
        kind: words::method(declared.method).into(),
        context: format!("zu TOP {}", scene.number(item)),
        motion: scene.wording(item, &declared.wording),
        rule: rule(scene.rules, declared.majority.as_deref()),
        stage: stage(scene, &declared.result, declared.method, &declared.quorum, &status, &how),
    }
}

/// The last ballot on the called item, if it was given up; known as long as it is among the newest entries.
fn voided(scene: Scene<'_>, item: &ItemId) -> Option<Ballot> {
    let last = scene.snapshot.recent.iter().rev().find(|entry| {
        matches!(
            entry.event,
            Event::BallotVoided(_) | Event::ResultDeclared(_) | Event::BallotOpened(_) | Event::ItemCalled(_)
        )
    })?;
    let Event::BallotVoided(voided) = &last.event else { return None };
    let opened = scene.snapshot.recent.iter().find_map(|entry| match &entry.event {
        Event::BallotOpened(opened) if opened.ballot == voided.ballot && opened.item == *item => Some(opened),
        _ => None,
    })?;
    let why = match voided.reason {
        VoidReason::Chair => "Der Vorsitz hat die Abstimmung verworfen; keine Stimme zählt.",
        VoidReason::Interruption => "Die Abstimmung wird nach der Unterbrechung wiederholt; keine Stimme zählt.",
    };
    Some(Ballot {
        kind: words::method(opened.method).into(),
        context: format!("zu TOP {}, verworfen um {}", scene.number(item), when::second(last.occurred_at)),
        motion: scene.wording(item, &opened.wording),
        rule: rule(scene.rules, opened.majority.as_deref()),
        stage: Stage::Void(why.into()),
    })
}

/// The last ballot on the called item, if its result does not stand; known as long as it is among the newest entries.
fn struck(scene: Scene<'_>, item: &ItemId) -> Option<Ballot> {
    let last = scene.snapshot.recent.iter().rev().find(|entry| {
        matches!(
            entry.event,
            Event::ResultStruck(_) | Event::BallotVoided(_) | Event::ResultDeclared(_) | Event::ItemCalled(_)
        )
    })?;
    let Event::ResultStruck(_) = &last.event else { return None };
    let (before, why) = scene.meeting.struck.iter().rev().find(|(before, _)| before.result.item == *item)?;
    Some(Ballot {
        kind: words::method(before.method).into(),
        context: format!("zu TOP {}, Ergebnis aufgehoben um {}", scene.number(item), when::second(last.occurred_at)),
        motion: scene.wording(item, &before.wording),
        rule: rule(scene.rules, before.majority.as_deref()),
        stage: Stage::Void(format!("Das Ergebnis gilt nicht, es wird neu abgestimmt: {}", why.reason)),
    })
}

/// The majority in words, with its paragraphs from the rules.
fn rule(rules: &Rules, majority: Option<&str>) -> String {
    if let Some(special) = view::special(rules, majority) {
        return voting::special_rule(special);
    }
    let abstentions = if rules.vote_abstentions_count.get() {
        "Enthaltungen zählen wie Nein."
    } else {
        "Enthaltungen zählen nicht mit."
    };
    format!(
        "Angenommen ist, was mehr Ja als Nein hat ({}). {abstentions} Bei Stimmengleichheit ist abgelehnt ({}).",
        rules.vote_majority.norm(),
        rules.vote_tie.norm()
    )
}

fn stage(
    scene: Scene<'_>,
    result: &ResultDeclared,
    method: Method,
    quorum: &QuorumFinding,
    status: &str,
    how: &dyn Fn(&SeatId) -> Option<Way>,
) -> Stage {
    let word = match result.outcome {
        Outcome::Adopted => "Angenommen",
        Outcome::Rejected if result.special.is_some() => "Abgelehnt (besondere Mehrheit nicht erreicht)",
        Outcome::Rejected if result.yes == result.no => "Abgelehnt (Stimmengleichheit)",
        Outcome::Rejected => "Abgelehnt",
        Outcome::NoDecision => {
            return Stage::Void(format!(
                "Bei Schluss der Abstimmung war die Beschlussfähigkeit nicht gegeben: {} von nötigen {} ({}); {status}.",
                quorum.entitled, quorum.needed, quorum.norm
            ));
        }
    };
    Stage::Counted(Tally {
        yes: result.yes,
        no: result.no,
        abstain: result.abstain,
        accepted: result.outcome == Outcome::Adopted,
        word: word.into(),
        status: match result.special {
            Some(need) => format!("nötig {} von {}; {status}", need.needed, need.base),
            None => status.into(),
        },
        votes: match method {
            Method::RollCall => scene
                .seats()
                .filter(|seat| scene.meeting.has_vote(&seat.id) || result.by_seat.contains_key(&seat.id))
                .map(|seat| named(scene, result, seat, how))
                .collect(),
            Method::Papers => Vec::new(),
            Method::ShowOfHands => by_hand(scene, result, how),
        },
    })
}

fn named(scene: Scene<'_>, result: &ResultDeclared, seat: &Seat, how: &dyn Fn(&SeatId) -> Option<Way>) -> NamedVote {
    let choice = match result.by_seat.get(&seat.id) {
        Some(choice) => words::choice(*choice),
        None if scene.meeting.is_recused(&result.item, &seat.id) => "befangen",
        None => "keine Stimme",
    };
    let way = match how(&seat.id) {
        Some(Way::Heard) if result.by_seat.contains_key(&seat.id) => "zu Protokoll gehört",
        Some(Way::Heard | Way::Pressed) | None => "",
    };
    NamedVote { name: seat.name.to_string(), about: scene.about(seat), choice: choice.into(), how: way.into() }
}

/// The hall in one line, then whoever chose by name.
fn by_hand(scene: Scene<'_>, result: &ResultDeclared, how: &dyn Fn(&SeatId) -> Option<Way>) -> Vec<NamedVote> {
    let by_name = |wanted: Choice| words::number(result.by_seat.values().filter(|choice| **choice == wanted).count());
    let hall = NamedVote {
        name: "Im Saal".into(),
        about: String::new(),
        choice: words::tally(
            result.yes.saturating_sub(by_name(Choice::Yes)),
            result.no.saturating_sub(by_name(Choice::No)),
            result.abstain.saturating_sub(by_name(Choice::Abstain)),
        ),
        how: "durch Handzeichen".into(),
    };
    let remote = scene.seats().filter(|seat| result.by_seat.contains_key(&seat.id));
    std::iter::once(hall).chain(remote.map(|seat| named(scene, result, seat, how))).collect()
}

/// How each choice of a ballot came in, if all of its entries are among the newest; otherwise nothing is said.
fn ways(scene: Scene<'_>, ballot: &BallotId) -> BTreeMap<SeatId, Way> {
    let recent = &scene.snapshot.recent;
    let whole =
        recent.iter().any(|entry| matches!(&entry.event, Event::BallotOpened(opened) if opened.ballot == *ballot));
    recent
        .iter()
        .filter(|_| whole)
        .filter_map(|entry| match &entry.event {
            Event::ChoiceCast(cast) if cast.ballot == *ballot => Some((cast.seat.clone(), cast.way)),
            _ => None,
        })
        .collect()
}
