//! A member's own vote. Nobody else's choice ever stands here.

use super::scene::{Forms, Scene, blocked};
use super::{election, frame, when, words};
use crate::app::ports::ledger;
use crate::domain::id::SeatId;
use crate::domain::meeting::event::{Choice, Method};
use crate::domain::meeting::{Business, Cast, ClosedBallot, Command, OpenBallot};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::pages::act::Blocked;
use crate::web::pages::vote::{OpenVote, Receipt, Vote, VoteCard, VoteChoice};

/// The three choices: value of `wahl`, picture, choice.
pub const CHOICES: [(&str, &str, Choice); 3] =
    [("ja", "yes", Choice::Yes), ("nein", "no", Choice::No), ("enthaltung", "abstain", Choice::Abstain)];

/// Part `vote`.
pub fn card(forms: &mut Forms<'_, '_>) -> VoteCard {
    let scene = forms.scene;
    let state = match (scene.own_seat(), scene.meeting.business()) {
        (Some(seat), Some(Business::Ballot(ballot))) => open(forms, seat, ballot),
        (Some(seat), Some(Business::Counting(ballot))) => closed(scene, seat, ballot),
        (Some(seat), Some(_)) => election::own(forms, seat),
        _ => Vote::None,
    };
    VoteCard { state }
}

fn kind(scene: Scene<'_>, method: Method, item: &crate::domain::id::ItemId) -> String {
    format!("{} zu TOP {}", words::method(method), scene.number(item))
}

fn open(forms: &mut Forms<'_, '_>, seat: &SeatId, ballot: &OpenBallot) -> Vote {
    let scene = forms.scene;
    if scene.by_hand(ballot.method, seat) && !scene.meeting.is_recused(&ballot.item, seat) {
        return Vote::None;
    }
    let (kind, motion) = (kind(scene, ballot.method, &ballot.item), scene.wording(&ballot.item, &ballot.wording));
    let own = ballot.choices.get(seat);
    let asked: Vec<Result<(), Refusal>> = CHOICES
        .iter()
        .map(|(_, _, choice)| scene.may(&Command::Cast { ballot: ballot.ballot.clone(), choice: *choice }))
        .collect();
    if let Some(refusal) = none_allowed(&asked) {
        let mut why: Blocked = blocked(refusal);
        if let Some(cast) = own {
            let stands = format!(
                " Ihre Stimme von {} ist aufgezeichnet: {}.",
                when::second(cast.at),
                words::choice(cast.choice)
            );
            why.reason.push_str(&stands);
        }
        return Vote::Barred { kind, motion, why };
    }
    let choices = CHOICES.iter().map(|(value, icon, choice)| VoteChoice {
        act: forms
            .judged(format!("vote-{value}"), "stimme", words::choice(*choice), Ok(()))
            .icon(icon)
            .with("abstimmung", ballot.ballot.to_string())
            .with("wahl", *value),
        chosen: own.is_some_and(|cast| cast.choice == *choice),
    });
    Vote::Open(OpenVote {
        kind,
        motion,
        choices: choices.collect(),
        receipt: own.map(|cast| standing(scene, cast)),
        openness: match ballot.method {
            Method::RollCall => "Ihre Stimme wird mit Ihrem Namen in die Niederschrift aufgenommen.".into(),
            Method::Papers | Method::ShowOfHands => {
                "Die Abstimmung ist offen: Ihre Stimme wird nach dem Schluss mit Ihrem Namen gezeigt.".into()
            }
        },
    })
}

/// The refusal, if no choice would be taken. That a choice already stands is no refusal.
fn none_allowed(asked: &[Result<(), Refusal>]) -> Option<Refusal> {
    let taken = asked.iter().any(|answer| match answer {
        Ok(()) => true,
        Err(refusal) => refusal.kind == RefusalKind::Conflict,
    });
    if taken { None } else { asked.iter().find_map(|answer| answer.clone().err()) }
}

fn closed(scene: Scene<'_>, seat: &SeatId, ballot: &ClosedBallot) -> Vote {
    if scene.by_hand(ballot.method, seat) {
        return Vote::None;
    }
    Vote::Closed {
        kind: kind(scene, ballot.method, &ballot.item),
        motion: scene.wording(&ballot.item, &ballot.wording),
        receipt: ballot.choices.get(seat).map(|cast| standing(scene, cast)),
    }
}

/// The receipt of a vote that stands. Its own head is only known while its entry is the newest; later the head shown is
/// a younger one that contains it, and its number is named.
fn standing(scene: Scene<'_>, cast: &Cast) -> Receipt {
    let head = &scene.snapshot.head;
    Receipt {
        choice: words::choice(cast.choice).into(),
        at: when::second(cast.at),
        number: if head.number == cast.number {
            cast.number.to_string()
        } else {
            format!("{}, enthalten im Kopf {}", cast.number, head.number)
        },
        head: frame::short(&head.digest),
    }
}

/// The receipt as the ledger gave it.
pub fn receipt(proof: &ledger::Receipt, choice: Choice) -> Receipt {
    Receipt {
        choice: words::choice(choice).into(),
        at: when::second(proof.recorded_at),
        number: proof.last.to_string(),
        head: frame::short(&proof.head),
    }
}
