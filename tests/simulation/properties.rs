//! What must never make a difference to a tally or a quorum.

use super::dice::Dice;
use super::meeting_kit::{
    Stage, add_item, ballot, chair, change, clause, clerk, hall_change, item, member, planned, seat,
};
use ratssaal::app::record::law_to_pin;
use ratssaal::domain::council::Function;
use ratssaal::domain::law::format::{Clause, MeetingFormat};
use ratssaal::domain::meeting::command::Summons;
use ratssaal::domain::meeting::event::{Choice, Method, ResultDeclared};
use ratssaal::domain::meeting::{Actor, Command, hall_quorum, view};
use ratssaal::domain::presence::Perception;
use ratssaal::domain::time::Instant;

const CHOICES: [Choice; 3] = [Choice::Yes, Choice::No, Choice::Abstain];
const SEATS: usize = 13;

/// An open sitting with these seats in the room and the first item called.
fn sitting(present: &[usize]) -> Stage {
    begun(MeetingFormat::InPerson, present, &[])
}

/// The chair and these in the hall, those connected.
fn mixed(here: &[usize], connected: &[usize]) -> Stage {
    let hall: Vec<usize> = std::iter::once(0).chain(here.iter().copied()).collect();
    begun(MeetingFormat::Hybrid, &hall, connected)
}

fn begun(format: MeetingFormat, present: &[usize], connected: &[usize]) -> Stage {
    let mut plan = planned(SEATS);
    add_item(&mut plan, "1", "Gegenstand", true);
    plan.clauses = vec![clause(Clause::Remote)];
    let mut stage = Stage::plan(&plan, Instant(0)).unwrap();
    let law = law_to_pin("bw").unwrap();
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
    if format == MeetingFormat::Hybrid {
        let now = stage.now;
        let seen = |number: &usize| change(seat(*number), Perception::Perceptible, now);
        let changes = connected.iter().map(seen).collect();
        let hall = Some(hall_change(Perception::Perceptible, now));
        stage.act(&Actor::system(), &Command::ReportPresence { changes, hall }).unwrap();
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

/// Who is connected counts for a vote and not for an election (§ 37 (2), (7), § 37a (1) s. 2 GemO BW).
#[test]
fn whoever_connects_instead_of_coming_changes_no_quorum_but_that_of_an_election() {
    let mut lost = 0;
    for seed in 0..40 {
        let mut dice = Dice::new(seed);
        let mut others: Vec<usize> = (1..SEATS).collect();
        dice.shuffle(&mut others);
        let away = dice.below(SEATS / 2);
        let here = others.split_off(away);
        let connected = dice.below(here.len());
        let quorum = |remote: usize| {
            let stage = mixed(&here[remote..], &here[..remote]);
            let hall = hall_quorum(&stage.meeting, &stage.rules, &item("1"));
            (view::quorum_now(&stage.meeting, &stage.rules), hall.met)
        };
        let ((all_in, elects), (some_out, still_elects)) = (quorum(0), quorum(connected));
        assert_eq!(all_in, some_out, "seed {seed}: {connected} connected");
        assert!(elects || !still_elects, "seed {seed}: leaving the hall made an election possible");
        lost += u32::from(elects && !still_elects);
    }
    assert!(lost > 0, "in no sitting did the hall become too small to elect");
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

#[test]
fn who_advises_from_the_magistrat_never_changes_a_result() {
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let casting: Vec<usize> = (0..SEATS).filter(|_| dice.percent(80)).collect();
        let casts: Vec<_> = casting.into_iter().map(|n| (n, dice.pick(&CHOICES))).collect();
        let alone = vote(&mut hessian(0), &casts);
        let more = 1 + dice.below(6);
        let attempts: Vec<_> = (SEATS..SEATS + more).map(|n| (n, Choice::No)).chain(casts).collect();
        assert_eq!(alone, vote(&mut hessian(more), &attempts), "seed {seed}");
    }
}

/// An open sitting in Hessen with every seat in the room, and so many of the Magistrat, who advise.
fn hessian(advising: usize) -> Stage {
    let mut plan = planned(SEATS + advising);
    add_item(&mut plan, "1", "Gegenstand", true);
    plan.land = "he".into();
    plan.statutory = Some(u32::try_from(SEATS).unwrap());
    for (number, seat) in plan.seats.iter_mut().enumerate() {
        seat.function = if number < SEATS { Function::Councillor } else { Function::Official };
    }
    let mut stage = Stage::plan(&plan, Instant(0)).unwrap();
    let (ground, reason, public_room) = (None, None, None);
    let (format, law, summons) = (MeetingFormat::InPerson, law_to_pin("he").unwrap(), Summons::default());
    stage.act(&clerk(), &Command::Convene { format, ground, reason, public_room, law, summons }).unwrap();
    for number in 0..SEATS + advising {
        stage.act(&clerk(), &Command::AttestRoom { seat: seat(number), present: true }).unwrap();
    }
    stage.act(&chair(), &Command::Open).unwrap();
    stage.act(&chair(), &Command::CallItem { item: item("1") }).unwrap();
    stage
}
