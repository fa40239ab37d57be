//! `Wechsel im Vorsitz`: who led when, and in whose place.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::Section;
use crate::domain::id::SeatId;
use crate::domain::meeting::Event;

/// Everybody who led the sitting, in the order they began to.
pub fn leaders<'a>(desk: &'a Desk<'_>) -> Vec<&'a SeatId> {
    let mut leads = &desk.meeting.leading.office;
    let mut found = Vec::new();
    for entry in desk.entries {
        match &entry.event {
            Event::ChairTaken(taken) => leads = &taken.seat,
            Event::ChairReturned(returned) => leads = &returned.seat,
            Event::Opened(_) => {}
            _ => continue,
        }
        let open = desk.meeting.opened_at.is_some_and(|opened| opened <= entry.occurred_at);
        if open && !found.contains(&leads) {
            found.push(leads);
        }
    }
    found
}

/// Nothing where the same person led from the opening to the end.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("vorsitz", "Wechsel im Vorsitz");
    for entry in desk.entries {
        let at = desk.clock.time(entry.occurred_at);
        let sentence = match &entry.event {
            Event::ChairHandedOver(over) => match over.item.as_ref().and_then(|item| desk.meeting.item(item)) {
                Some(item) => format!(
                    "{} gab den Vorsitz um {at} für TOP {} ab ({}).",
                    desk.name(&over.seat),
                    item.number,
                    desk.rules.recusal_leaves.norm()
                ),
                None => format!("{} gab den Vorsitz um {at} ab.", desk.name(&over.seat)),
            },
            Event::ChairHindered(noted) => {
                let word = if noted.hindered {
                    "war um {at} am Vorsitz verhindert"
                } else {
                    "war ab {at} nicht mehr verhindert"
                };
                let norm = desk.rules.chair_deputies_in_order.norm();
                format!(
                    "{} {}, wie die Schriftführung vermerkte ({norm}).",
                    desk.name(&noted.seat),
                    word.replace("{at}", &at)
                )
            }
            Event::EldestNamed(named) => format!(
                "Alle Stellvertretungen waren verhindert; die Schriftführung benannte um {at} {} als ältestes nicht verhindertes \
                 Mitglied ({}).",
                desk.name(&named.seat),
                desk.rules.chair_oldest_member.norm()
            ),
            Event::ChairTaken(taken) => {
                let (as_whom, norm) = match taken.rank {
                    Some(rank) => (format!("{rank}. Stellvertretung"), desk.rules.chair_deputies_in_order.norm()),
                    None => ("ältestes Mitglied".to_owned(), desk.rules.chair_oldest_member.norm()),
                };
                format!("{} übernahm den Vorsitz um {at} als {as_whom} ({norm}).", desk.name(&taken.seat))
            }
            Event::ChairReturned(returned) => {
                format!("{} übernahm den Vorsitz um {at} wieder.", desk.name(&returned.seat))
            }
            _ => continue,
        };
        let sentence = format!("{}{}", sentence.trim_end_matches('.'), desk.clock.late(entry));
        section.say(format!("eintrag-{}", entry.number), format!("{sentence}."));
    }
    section
}
