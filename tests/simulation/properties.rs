//! What must never make a difference to a tally or a quorum.

use super::dice::Dice;
use super::meeting_kit::{Stage, add_item, ballot, chair, clause, clerk, item, member, planned, seat};
use ratssaal::app::record::law_to_pin;
use ratssaal::domain::law::format::{Clause, MeetingFormat};
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::meeting::event::{Choice, Method, ResultDeclared};
use ratssaal::domain::meeting::{Command, view};
use ratssaal::domain::time::Instant;

const CHOICES: [Choice; 3] = [Choice::Yes, Choice::No, Choice::Abstain];
const SEATS: usize = 13;

/// An open sitting with these seats in the room and the first item called.
fn sitting(present: &[usize]) -> Stage {
    let mut plan = planned(SEATS);
    add_item(&mut plan, "1", "Gegenstand", true);
    plan.clauses = vec![clause(Clause::Remote)];
    let mut stage = Stage::plan(&plan, Instant(0)).unwrap();
    let (format, law) = (MeetingFormat::InPerson, law_to_pin("bw").unwrap());
    stage
        .act(
            &clerk(),
            &Command::Convene {
                format,
                ground: None,
                reason: None,
                public_room: None,
                law,
                summons: Summons::default(),
            },
        )
        .unwrap();
    for number in present {
        stage.act(&clerk(), &Command::AttestRoom { seat: seat(*number), present: true }).unwrap();
    }
    stage.act(&chair(), &Command::Open).unwrap();
    stage.act(&chair(), &Command::CallItem { item: item("1") }).unwrap();
    stage
}

fn vote(stage: &mut Stage, casts: &[(usize, Choice)]) -> ResultDeclared {
    let (ballot, wording) = (ballot("a1"), "Der Vorlage wird zugestimmt.".parse().unwrap());
    let open = Command::OpenBallot {
        ballot: ballot.clone(),
        method: Method::RollCall,
        wording,
        motion: None,
        terms: Default::default(),
    };
    stage.act(&chair(), &open).unwrap();
    for (number, choice) in casts {
        // Whoever may not vote is refused; the others count.
        let _ = stage.act(&member(*number), &Command::Cast { ballot: ballot.clone(), choice: *choice });
    }
    stage.act(&chair(), &Command::CloseBallot { ballot: ballot.clone() }).unwrap();
    stage.act(&chair(), &Command::DeclareResult { ballot }).unwrap();
    stage.meeting.results.last().unwrap().result.clone()
}

#[test]
fn the_order_of_casting_never_changes_a_tally() {
    let everybody: Vec<usize> = (0..SEATS).collect();
    for seed in 0..40 {
        let mut dice = Dice::new(seed);
        let mut casts: Vec<_> = everybody
            .iter()
            .filter(|_| dice.percent(90))
            .copied()
            .collect::<Vec<_>>()
            .into_iter()
            .map(|n| (n, dice.pick(&CHOICES)))
            .collect();
        let first = vote(&mut sitting(&everybody), &casts);
        dice.shuffle(&mut casts);
        assert_eq!(first, vote(&mut sitting(&everybody), &casts), "seed {seed}");
    }
}

#[test]
fn one_more_present_member_never_destroys_the_quorum() {
    for seed in 0..40 {
        let mut dice = Dice::new(seed);
        let mut others: Vec<usize> = (1..SEATS).collect();
        dice.shuffle(&mut others);
        let away = others.split_off(6);
        others.push(0);
        let mut stage = sitting(&others);
        for number in (1..SEATS).filter(|_| dice.percent(35)) {
            let _ = stage.act(&clerk(), &Command::Recuse { item: item("1"), seat: seat(number) });
        }
        let mut quorate = view::quorum_now(&stage.meeting, &stage.rules).met;
        for number in away {
            stage.act(&clerk(), &Command::AttestRoom { seat: seat(number), present: true }).unwrap();
            let now = view::quorum_now(&stage.meeting, &stage.rules).met;
            assert!(now || !quorate, "seed {seed}: seat {number} came and the quorum went");
            quorate = now;
        }
    }
}

#[test]
fn a_recused_seat_never_changes_a_result() {
    let everybody: Vec<usize> = (0..SEATS).collect();
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let recused = 1 + dice.below(SEATS - 1);
        let casts: Vec<(usize, Choice)> = everybody.iter().map(|n| (*n, dice.pick(&CHOICES))).collect();
        let result = |wish: Option<Choice>, here: bool| {
            let present: Vec<usize> = everybody.iter().copied().filter(|n| here || *n != recused).collect();
            let mut stage = sitting(&present);
            stage.act(&chair(), &Command::Recuse { item: item("1"), seat: seat(recused) }).unwrap();
            let casts = casts.iter().filter_map(|(n, choice)| match *n == recused {
                true => wish.map(|wish| (*n, wish)),
                false => Some((*n, *choice)),
            });
            vote(&mut stage, &casts.collect::<Vec<_>>())
        };
        let without = result(None, false);
        for wish in [None, Some(Choice::Yes), Some(Choice::No), Some(Choice::Abstain)] {
            assert_eq!(without, result(wish, true), "seed {seed}: {wish:?}");
        }
    }
}
