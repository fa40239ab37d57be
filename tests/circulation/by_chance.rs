//! Circulations by chance: whatever members, clerk, chair and mail server do, the law holds, nobody is stuck, and the
//! independent checker follows.

use super::bench::{Bench, clerk, member, seat};
use super::dice::Dice;
use ratssaal::app::sitting::Denied;
use ratssaal::domain::circulation::{Answer, Circulation, Command, Context, Event, Stage, decide};
use ratssaal::domain::law::Rules;
use ratssaal::domain::majority::Outcome;
use ratssaal::domain::meeting::Actor;
use ratssaal::domain::refusal::RefusalKind;
use std::collections::BTreeSet;

/// Circulations of one run; more with `CIRCULATIONS=n`.
const RUNS: u64 = 24;

#[tokio::test]
async fn circulations_by_chance_hold_together() {
    let runs = std::env::var("CIRCULATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(RUNS);
    let mut seen = BTreeSet::new();
    for seed in 0..runs {
        seen.insert(one(seed).await);
    }
    if runs >= RUNS {
        assert_eq!(seen.len(), 4, "adopted, rejected, ended and open circulations: {seen:?}");
    }
}

/// What one circulation came to.
async fn one(seed: u64) -> &'static str {
    let mut dice = Dice::new(seed);
    let seats = 2 + dice.below(6);
    let bench = Bench::open(seats, "2026-11-24").await;
    let contentious = dice.percent(40);
    let mut days = 0;
    for step in 0..12 + dice.below(60) {
        if dice.percent(25) {
            bench.pass_days(1);
            days += 1;
        }
        let (actor, command) = wish(&mut dice, seats, contentious);
        let before = bench.dossier().await;
        let done = bench.act(&actor, &command).await;
        let after = bench.dossier().await;
        match &done {
            Ok(_) => {
                assert_eq!(after.entries.len(), before.entries.len() + 1, "seed {seed} step {step}");
                judged(&before.circulation, &after.entries.last().unwrap().event, days, seed);
            }
            Err(Denied::Refused(refusal)) => {
                assert_eq!(refusal.kind == RefusalKind::Law, refusal.norm.is_some(), "seed {seed}: {refusal}");
                assert_eq!(after.entries.len(), before.entries.len(), "seed {seed} step {step}");
            }
            Err(why) => panic!("seed {seed} step {step}: {why}"),
        }
        assert!(
            after.circulation.is_over() || somebody_can_go_on(&after.circulation, &after.rules, &bench),
            "seed {seed}"
        );
    }
    let report = bench.audited().await;
    assert!(report.is_ok(), "seed {seed}\n{report}");
    match &bench.dossier().await.circulation.stage {
        Stage::Found(found) if found.outcome == Outcome::Adopted => "adopted",
        Stage::Found(_) => "rejected",
        Stage::Ended(_) => "ended",
        Stage::Open | Stage::Objected => "open",
    }
}

/// What somebody may want, mostly within reason.
fn wish(dice: &mut Dice, seats: usize, contentious: bool) -> (Actor, Command) {
    let (who, whom) = (dice.below(seats), seat(dice.below(seats)));
    let remark = || "Ein Grund.".parse().unwrap();
    let objects = contentious && dice.percent(12);
    let answer = if objects { Answer::Objects } else { Answer::Agrees };
    match dice.below(20) {
        0..=6 => (member(who), Command::Answer { answer, reason: dice.percent(30).then(remark) }),
        7..=11 => {
            let sent = dice.percent(85);
            (Actor::system(), Command::ReportDelivery { seat: whom, sent, reason: (!sent).then(remark) })
        }
        12 => (member(who), Command::Recuse { seat: None }),
        13 => (clerk(), Command::LiftRecusal { seat: whom }),
        14 => (clerk(), Command::AttestAsked { seat: whom, how: remark() }),
        15 if dice.percent(8) => (member(0), Command::End { reason: remark() }),
        15 => (member(who), Command::Withhold),
        16 => {
            let day = format!("2026-11-{:02}", 20 + dice.below(10));
            (clerk(), Command::Announce { on: day.parse().unwrap(), sitting: "8. Sitzung".parse().unwrap() })
        }
        _ => (member(if dice.percent(80) { 0 } else { who }), Command::Find),
    }
}

/// The law, read once more from what stood before the event.
fn judged(before: &Circulation, event: &Event, days: i64, seed: u64) {
    let objects = before.members.values().any(|member| member.answer == Some(Answer::Objects));
    match event {
        Event::Found(found) => {
            assert_eq!(found.outcome == Outcome::Adopted, !objects, "seed {seed}: one objection decides");
            if !objects {
                assert!(days > 8, "seed {seed}: somebody could still object on day {days}");
                let asked = before.members.values().all(|member| member.recused || member.is_reached());
                assert!(asked, "seed {seed}: silence of somebody who was never asked");
            }
            let members = u32::try_from(before.members.len()).unwrap();
            assert_eq!(found.agreed + found.objected + found.silent + found.recused, members, "seed {seed}");
        }
        Event::Answered(answered) => {
            let member = &before.members[&answered.seat];
            assert!(!member.recused && !objects, "seed {seed}");
        }
        Event::Announced(_) | Event::Withheld(_) => {
            let adopted = matches!(&before.stage, Stage::Found(found) if found.outcome == Outcome::Adopted);
            assert!(adopted, "seed {seed}");
        }
        _ => {}
    }
}

/// Somebody can bring it to an end now.
fn somebody_can_go_on(circulation: &Circulation, rules: &Rules, bench: &Bench) -> bool {
    let reason = "Schluss.".parse().unwrap();
    let commands = [Command::Find, Command::Withhold, Command::End { reason }];
    commands.iter().any(|command| {
        [member(0), clerk()].iter().any(|actor| {
            let context = Context { actor, today: bench.today(), seated: &bench.seats };
            decide(circulation, rules, &context, command).is_ok()
        })
    })
}
