//! A lacking quorum and the second sitting, in the words of the scenarios.

use super::meeting_kit::{item, seat};
use super::people::people;
use super::words::name;
use ratssaal::domain::law::BodyKind;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Preparation;
use ratssaal::domain::meeting::event::{Consequence, Event, FirstSitting};

/// Which kind of body sits.
pub const KINDS: [(&str, BodyKind); 5] = [
    ("Kreistag", BodyKind::CountyCouncil),
    ("Gemeinderat", BodyKind::Council),
    ("beschließender Ausschuss", BodyKind::DecidingCommittee),
    ("beratender Ausschuss", BodyKind::AdvisoryCommittee),
    ("Ortschaftsrat", BodyKind::DistrictCouncil),
];

/// `TOP 1 ist zweite Sitzung nach dem 2026-10-22`, `TOP 1 ist doch keine zweite Sitzung`, `stellt die Beschlussunfähigkeit fest`,
/// `bestellt Apfelkern`, `entscheidet an Stelle des Gemeinderats, gehört Apfelkern: Wortlaut`.
pub fn command(what: &str, all: usize) -> Option<Command> {
    if let Some(name) = what.strip_prefix("bestellt ") {
        let number = people(name, all).ok()?.first().copied()?;
        return Some(Command::AppointStandIn { seat: seat(number) });
    }
    if let Some(rest) = what.strip_prefix("entscheidet an Stelle des Gemeinderats") {
        let (after, rest) = rest.split_once(", gehört ")?;
        let item = after.strip_prefix(" zu TOP ").map(item);
        let (names, wording) = rest.split_once(": ")?;
        let heard = if names == "niemand" { Vec::new() } else { people(names, all).ok()? };
        let heard = heard.into_iter().map(seat).collect();
        return Some(Command::DecideInstead { item, heard, wording: wording.parse().ok()? });
    }
    if what == "stellt die Beschlussfähigkeit fest" {
        return Some(Command::FindQuorum);
    }
    // „Antrag von Apfelkern, die Beschlussunfähigkeit festzustellen“, by chair or clerk, or for oneself.
    if let Some(name) =
        what.strip_prefix("Antrag von ").and_then(|rest| rest.strip_suffix(", die Beschlussunfähigkeit festzustellen"))
    {
        let number = people(name, all).ok()?.first().copied()?;
        return Some(Command::QuestionQuorum(seat(number)));
    }
    if what == "stellt die Beschlussunfähigkeit fest" {
        return Some(Command::FindNoQuorum);
    }
    let (number, rest) = what.strip_prefix("TOP ")?.split_once(' ')?;
    let of = match rest.strip_prefix("ist zweite Sitzung nach dem ") {
        Some(day) => {
            Some(FirstSitting { meeting: "sitzung-davor".parse().ok()?, item: item(number), day: day.parse().ok()? })
        }
        None if rest == "ist doch keine zweite Sitzung" => None,
        None => return None,
    };
    Some(Command::Prepare(Preparation::MarkSecond { item: item(number), of }))
}

/// What happened, behind the arrow.
pub fn event(event: &Event) -> String {
    match event {
        Event::SecondMarked(marked) if marked.of.is_some() => "als zweite Sitzung vermerkt".into(),
        Event::SecondMarked(_) => "nicht mehr als zweite Sitzung vermerkt".into(),
        Event::QuorumLacking(lacking) => {
            let follows = match lacking.follows {
                Consequence::SecondSession => "zweite Sitzung",
                Consequence::MayorDecides => "der Bürgermeister entscheidet",
                Consequence::CouncilDecides => "der Gemeinderat entscheidet",
                Consequence::Open => "offen",
            };
            format!("Beschlussunfähigkeit festgestellt ({follows})")
        }
        Event::StandInAppointed(appointed) => format!("{} zur Stellvertretung bestellt", name(&appointed.seat)),
        Event::MayorDecided(decided) => format!("an Stelle des Gemeinderats entschieden von {}", name(&decided.by)),
        Event::QuorumQuestioned(questioned) => format!("{} bezweifelt die Beschlussfähigkeit", name(&questioned.mover)),
        Event::QuorumFound(_) => "Beschlussfähigkeit festgestellt".into(),
        _ => "?".into(),
    }
}
