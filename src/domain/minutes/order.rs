//! `Ordnungsmaßnahmen` (§ 36 (3) GemO BW): every one with its time, and the reason while it exists.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::Section;
use crate::domain::meeting::Event;
use crate::domain::meeting::event::Misconduct;
use crate::domain::text::Remark;

/// Nothing where nobody disturbed.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut section = Section::new("ordnung", "Ordnungsmaßnahmen");
    if !desk.meeting.order.barred.is_empty() {
        let names = desk.names(|seat| desk.meeting.order.barred.contains(seat)).join(", ");
        let norm = desk.rules.order_exclusion_by.norm();
        section.say("ausgeschlossen", format!("Von dieser Sitzung ausgeschlossen ({norm}): {names}."));
    }
    for entry in desk.entries {
        let at = desk.clock.time(entry.occurred_at);
        let sentence = match &entry.event {
            Event::OrderCalled(called) => {
                format!("{}: Ordnungsruf um {at}{}", desk.name(&called.seat), because(called.reason.as_ref()))
            }
            Event::FloorWithdrawn(withdrawn) => format!(
                "{}: Wortentzug um {at} ({})",
                desk.name(&withdrawn.seat),
                desk.rules.order_withdraw_floor.norm()
            ),
            Event::MemberExpelled(expelled) => format!(
                "{}: um {at} wegen {} aus der Sitzung verwiesen ({}){}",
                desk.name(&expelled.seat),
                match expelled.ground {
                    Misconduct::Gross => "grober Ungebühr",
                    Misconduct::Repeated => "wiederholter Verstöße",
                },
                desk.rules.order_expulsion.norm(),
                because(expelled.reason.as_ref())
            ),
            Event::MemberExcluded(excluded) => format!(
                "{}: ab der nächsten Sitzung für {} {} ausgeschlossen ({})",
                desk.name(&excluded.seat),
                excluded.sessions,
                if excluded.sessions == 1 { "Sitzung" } else { "Sitzungen" },
                desk.rules.order_exclusion_by.norm()
            ),
            _ => continue,
        };
        section.say(format!("eintrag-{}", entry.number), format!("{sentence}{}.", desk.clock.late(entry)));
    }
    section
}

fn because(reason: Option<&Remark>) -> String {
    reason.map_or_else(String::new, |reason| format!(", Anlass: {}", reason.as_str().trim_end_matches('.')))
}
