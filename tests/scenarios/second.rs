//! A lacking quorum and the second sitting, in the words of the scenarios.

use super::meeting_kit::item;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::command::Preparation;
use ratssaal::domain::meeting::event::{Consequence, Event, FirstSitting};

/// `TOP 1 ist zweite Sitzung nach dem 2026-10-22`, `TOP 1 ist doch keine zweite Sitzung`, `stellt die Beschlussunfähigkeit fest`.
pub fn command(what: &str) -> Option<Command> {
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
        _ => "?".into(),
    }
}
