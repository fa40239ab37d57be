//! `Zweifel an der Befangenheit` (§ 18 (4) s. 2 GemO BW) at one item: raised when, and what came of it. The reason is never
//! recorded, and therefore never printed.

use super::build::Desk;
use super::model::Section;
use crate::domain::meeting::{Event, Item};

/// Every doubt at the item, in the order they were raised.
#[expect(clippy::wildcard_enum_match_arm, reason = "three events of many")]
pub fn write(desk: &Desk<'_>, item: &Item, section: &mut Section) {
    let norm = desk.rules.recusal_doubt.norm();
    let mut open = None;
    for entry in desk.entries {
        let at = desk.clock.time(entry.occurred_at);
        let sentence = match &entry.event {
            Event::RecusalDoubted(doubted) if doubted.item == item.id => {
                let name = desk.name(&doubted.seat);
                let mover = desk.meeting.motion(&doubted.motion).and_then(|motion| motion.mover.as_ref());
                let by = mover.map_or_else(String::new, |mover| format!(", geäußert von {}", desk.name(mover)));
                open = Some(doubted.seat.clone());
                format!(
                    "Ob bei {name} ein Ausschließungsgrund vorliegt, war zweifelhaft ({norm}{by}). {name} nahm ab {at} an Beratung \
                     und Entscheidung nicht teil."
                )
            }
            Event::RecusalDecided(decided) if decided.item == item.id => {
                let name = desk.name(&decided.seat);
                open = None;
                if decided.recused {
                    format!(
                        "Um {at} wurde ohne {name} entschieden, dass ein Ausschließungsgrund vorliegt. {name} hat bei diesem \
                             Punkt nicht mitgewirkt."
                    )
                } else {
                    format!(
                        "Um {at} wurde ohne {name} entschieden, dass kein Ausschließungsgrund vorliegt. {name} wirkte von da an \
                             mit."
                    )
                }
            }
            Event::ResultStruck(struck) if struck.item == item.id => {
                let of = |doubt: &&crate::domain::meeting::doubt::Doubt| {
                    desk.course
                        .ballots
                        .iter()
                        .any(|ballot| ballot.id == struck.ballot && ballot.motion.as_ref() == Some(&doubt.motion))
                };
                let Some(doubt) = desk.meeting.doubts.iter().find(of) else { continue };
                open = Some(doubt.seat.clone());
                let name = desk.name(&doubt.seat);
                format!(
                    "Mit dem Ergebnis wurde um {at} auch die Entscheidung über die Befangenheit von {name} aufgehoben."
                )
            }
            Event::RecusalLifted(lifted) if lifted.item == item.id && open.as_ref() == Some(&lifted.seat) => {
                open = None;
                format!("Um {at} wurde der Zweifel zurückgenommen; {} wirkte von da an mit.", desk.name(&lifted.seat))
            }
            Event::RecusalRecorded(recusal) if recusal.item == item.id && open.as_ref() == Some(&recusal.seat) => {
                open = None;
                format!("Um {at} wurde die Befangenheit ohne Abstimmung vermerkt.")
            }
            _ => continue,
        };
        section.say(format!("zweifel-{}", entry.number), format!("{sentence}{}", desk.clock.late(entry)));
    }
    if let Some(seat) = open {
        let name = desk.name(&seat);
        section.say(
            "zweifel-offen",
            format!("Darüber wurde nicht entschieden; {name} hat bei diesem Punkt nicht mitgewirkt."),
        );
    }
}
