//! The forms about the quorum: doubted, found, lacking, and what follows from that.

use super::{Command, Fields, SeatId, Unreadable, Wording, needed, optional, seat};

/// The verbs this file reads.
pub const VERBS: [&str; 5] = ["beschlussunfaehig", "beschlussfaehig", "bezweifeln", "stellvertretung", "stattdessen"];

/// The command of such a form.
pub fn command(verb: &str, fields: &Fields) -> Result<Command, Unreadable> {
    Ok(match verb {
        "beschlussunfaehig" => Command::FindNoQuorum,
        "beschlussfaehig" => Command::FindQuorum,
        "bezweifeln" => Command::QuestionQuorum(seat(fields)?),
        "stellvertretung" => Command::AppointStandIn { seat: seat(fields)? },
        _ => {
            let (item, wording) = (optional(fields, "punkt")?, needed::<Wording>(fields, "wortlaut")?);
            Command::DecideInstead { item, heard: heard(fields)?, wording }
        }
    })
}

fn heard(fields: &Fields) -> Result<Vec<SeatId>, Unreadable> {
    let seats = fields.get("gehoert").map_or("", String::as_str).split_whitespace();
    seats.map(|seat| seat.parse().map_err(|_| Unreadable("Wer gehört wurde, ist nicht lesbar.".into()))).collect()
}

/// What is said to whoever did it.
pub const fn done(command: &Command) -> &'static str {
    match command {
        Command::FindNoQuorum => "Die Beschlussunfähigkeit ist festgestellt.",
        Command::FindQuorum => "Die Beschlussfähigkeit ist festgestellt.",
        Command::QuestionQuorum(_) => "Der Antrag ist vermerkt. Der Vorsitz stellt fest, was gilt.",
        Command::AppointStandIn { .. } => "Die Stellvertretung ist festgehalten.",
        _ => "Die Entscheidung ist festgehalten.",
    }
}
