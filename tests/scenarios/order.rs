//! The lines that keep order, from the call to order to the exclusion.

use super::meeting_kit::{Stage, add_item, ballot, planned, seat};
use super::people::people;
use super::words::name;
use ratssaal::app::exclusions::excluded_from;
use ratssaal::domain::meeting::command::Preparation;
use ratssaal::domain::meeting::event::{Event, MemberExcluded, Misconduct};
use ratssaal::domain::meeting::{Command, Meeting};
use ratssaal::domain::time::Instant;

/// `ruft Apfelkern zur Ordnung: Zwischenrufe`, `entzieht Apfelkern das Wort`, `verweist Apfelkern wegen grober Ungebühr`,
/// `… wegen wiederholter Verstöße`, `schließt Apfelkern für 3 Sitzungen aus`, dahinter ` nach Abstimmung` die letzte
pub fn command(what: &str, all: usize, opened: u32) -> Option<Command> {
    let one = |name: &str| people(name, all).ok()?.first().copied().map(seat);
    if let Some(rest) = what.strip_prefix("ruft ") {
        let (name, reason) = rest.split_once(" zur Ordnung")?;
        let reason = reason.strip_prefix(": ").map(|reason| reason.parse().unwrap());
        return Some(Command::CallToOrder { seat: one(name)?, reason });
    }
    if let Some(rest) = what.strip_prefix("entzieht ") {
        return Some(Command::WithdrawFloor { seat: one(rest.strip_suffix(" das Wort")?)? });
    }
    if let Some(rest) = what.strip_prefix("verweist ") {
        let (name, ground) = rest.split_once(" wegen ")?;
        let ground = match ground {
            "grober Ungebühr" => Misconduct::Gross,
            "wiederholter Verstöße" => Misconduct::Repeated,
            _ => return None,
        };
        return Some(Command::Expel { seat: one(name)?, ground, reason: None });
    }
    if let Some(rest) = what.strip_prefix("hält ") {
        return Some(Command::Prepare(Preparation::Bar { seats: vec![one(rest.strip_suffix(" fern")?)?] }));
    }
    let rest = what.strip_prefix("schließt ")?;
    let (rest, decided) = rest.strip_suffix(" nach Abstimmung").map_or((rest, false), |rest| (rest, true));
    let (name, sessions) = rest.split_once(" für ")?;
    let sessions = sessions.strip_suffix(" Sitzungen aus")?.parse().ok()?;
    let ballot = decided.then(|| ballot(&format!("a{opened}")));
    Some(Command::ExcludeMember { seat: one(name)?, sessions, ballot })
}

/// What happened, as a scenario says it behind its arrow.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other words stand elsewhere")]
pub fn event(event: &Event) -> String {
    match event {
        Event::OrderCalled(called) => format!("{} zur Ordnung gerufen", name(&called.seat)),
        Event::FloorWithdrawn(withdrawn) => format!("{} das Wort entzogen", name(&withdrawn.seat)),
        Event::MemberExpelled(expelled) => format!("{} verwiesen", name(&expelled.seat)),
        Event::MembersBarred(barred) => {
            format!("{} ferngehalten", barred.seats.iter().map(name).collect::<Vec<_>>().join(" und "))
        }
        Event::MemberExcluded(excluded) => {
            format!("{} für {} Sitzungen ausgeschlossen", name(&excluded.seat), excluded.sessions)
        }
        _ => "?".into(),
    }
}

#[test]
fn an_exclusion_lasts_as_many_sittings_of_the_body_as_it_says() {
    let sitting = |number: i64| -> Meeting {
        let mut plan = planned(5);
        plan.starts_at = Instant(number * 1_000_000);
        add_item(&mut plan, "1", "Gegenstand", true);
        let mut meeting = Stage::plan(&plan, Instant(0)).unwrap().meeting;
        meeting.id = format!("sitzung-{number}").parse().unwrap();
        meeting
    };
    let mut all: Vec<Meeting> = (1..=5).map(sitting).collect();
    all[0].order.excluded.push(MemberExcluded { seat: seat(3), sessions: 2, ballot: None });
    let out = |all: &[Meeting], number: usize| excluded_from(&all[number - 1], all.iter());
    assert_eq!(out(&all, 1), [], "not the sitting that decided it");
    assert_eq!((out(&all, 2), out(&all, 3), out(&all, 4)), (vec![seat(3)], vec![seat(3)], vec![]));
    // A cancelled sitting does not count, nor does one of another body.
    all[1].before.cancelled = Some((Instant(0), "Sturm".parse().unwrap()));
    assert_eq!((out(&all, 3), out(&all, 4), out(&all, 5)), (vec![seat(3)], vec![seat(3)], vec![]));
    all[2].body = "bauausschuss".parse().unwrap();
    assert_eq!((out(&all, 3), out(&all, 5)), (vec![], vec![seat(3)]));
}
