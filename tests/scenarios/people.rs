//! Who a line speaks of.

use super::meeting_kit::{NAMES, administrator, chair, clerk, member, seat};
use ratssaal::domain::id::TicketId;
use ratssaal::domain::meeting::event::IdentityWay;
use ratssaal::domain::meeting::{Actor, Command};

/// `Vorsitz`, `Technik`, `Apfelkern (Warteraum)`: who acts.
pub fn actors(who: &str, seats: usize) -> Result<Vec<Actor>, String> {
    Ok(match who {
        "Vorsitz" => vec![chair()],
        "Schriftführung" => vec![clerk()],
        "Verwaltung" => vec![administrator()],
        "Technik" => vec![Actor { technician: true, strong: true, ..Actor::default() }],
        "Messung" | "System" => vec![Actor::system()],
        "Zuschauer" => vec![Actor::default()],
        names => {
            if let Some(names) = names.strip_suffix(" (nur Link)") {
                return Ok(people(names, seats)?.into_iter().map(|n| Actor { strong: false, ..member(n) }).collect());
            }
            if let Some(names) = names.strip_suffix(" (Warteraum)") {
                return Ok(people(names, seats)?.into_iter().map(|n| waiting(n, "a")).collect());
            }
            people(names, seats)?.into_iter().map(member).collect()
        }
    })
}

/// `alle`, `alle außer Apfelkern`, `Apfelkern bis Distelfink`, `Apfelkern, Birnbaum`.
pub fn people(text: &str, seats: usize) -> Result<Vec<usize>, String> {
    let one = |name: &str| {
        let found = NAMES.iter().take(seats).position(|known| *known == name);
        found.ok_or_else(|| format!("niemand im Gremium heißt {name}"))
    };
    if text == "alle" {
        return Ok((0..seats).collect());
    }
    if let Some(rest) = text.strip_prefix("alle außer ") {
        let not = people(rest, seats)?;
        return Ok((0..seats).filter(|number| !not.contains(number)).collect());
    }
    let mut numbers = Vec::new();
    for part in text.split(", ") {
        match part.split_once(" bis ") {
            Some((first, last)) => numbers.extend(one(first)?..=one(last)?),
            None => numbers.push(one(part)?),
        }
    }
    Ok(numbers)
}

/// One stay in the waiting room of each member; another one is somebody else with the same password.
fn ticket(number: usize, stay: &str) -> TicketId {
    format!("w-{number}-{stay}").parse().unwrap()
}

fn waiting(number: usize, stay: &str) -> Actor {
    Actor { ticket: Some(ticket(number, stay)), ..member(number) }
}

/// `erkennt Apfelkern im Bild`, `erkennt Apfelkern vor Ort`, `erkennt Apfelkern doch nicht`, `erkennt einen anderen als
/// Apfelkern im Bild`
pub fn recognised(what: &str, all: usize) -> Option<Command> {
    let rest = what.strip_prefix("erkennt ")?;
    let (stay, rest) = rest.strip_prefix("einen anderen als ").map_or(("a", rest), |rest| ("b", rest));
    let (name, how) = rest.split_once(' ')?;
    let number = *people(name, all).ok()?.first()?;
    let (way, confirmed) = match how {
        "im Bild" => (IdentityWay::Picture, true),
        "vor Ort" => (IdentityWay::InPerson, true),
        "doch nicht" => (IdentityWay::Picture, false),
        _ => return None,
    };
    Some(Command::AttestIdentity { seat: seat(number), ticket: ticket(number, stay), way, confirmed })
}
