//! What is wrong with a town, told to somebody who sees names and never identifiers.

use super::people::name;
use super::{Wrong, wrong};
use crate::app::town::{TownDraft, TownError};

pub(super) fn plainly(why: &TownError, draft: &TownDraft) -> Wrong {
    let body = |id: &str| draft.bodies.iter().find(|body| body.id == id).map_or("", |body| body.name.as_str());
    match why {
        TownError::TwoSeats { person, body: at } => wrong(
            "person",
            format!(
                "{} hat im Gremium „{}“ in dieser Zeit schon ein Mandat: eine Person, ein Sitz.",
                name(draft, person.as_str()),
                body(at.as_str())
            ),
        ),
        TownError::TwoChairs(at) => wrong(
            "funktion",
            format!(
                "Das Gremium „{}“ hätte zwei Vorsitzende zugleich (§ 25 Abs. 1 GemO). Beenden Sie zuerst das andere Mandat.",
                body(at.as_str())
            ),
        ),
        TownError::NoChair(at) => {
            wrong("", format!("Das Gremium „{}“ hätte keinen Vorsitz (§ 25 Abs. 1 GemO).", body(at.as_str())))
        }
        TownError::MoreThanStatutory { body: at, occupied, statutory } => wrong(
            "sitze",
            format!(
                "Im Gremium „{}“ wären {occupied} Sitze besetzt; nach Gesetz oder Hauptsatzung hat es {statutory} \
                 (§ 25 Abs. 2 GemO).",
                body(at.as_str())
            ),
        ),
        TownError::HallWithSeat { person, .. } => wrong(
            "person",
            format!("{} ist das Gerät im Saal und kann kein Mitglied sein.", name(draft, person.as_str())),
        ),
        TownError::OparlTwice(_) => wrong("oparl", "Diese OParl-Kennung gehört schon einem anderen Gremium."),
        TownError::TooMany { what, max } => wrong("", format!("Es sind zu viele {what}: höchstens {max}.")),
        // Whatever else is wrong was looked for field by field before.
        other => wrong("", format!("Das ist nicht möglich: {other}.")),
    }
}
