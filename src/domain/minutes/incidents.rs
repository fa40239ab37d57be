//! Interruptions, disturbances, faults and complaints (`Rügen`), in the order of time.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the minutes pick the events they tell of here; the rest is told elsewhere"
)]

use super::build::Desk;
use super::model::{Content, Section, Table};
use super::{opening, words};
use crate::domain::id::SeatId;
use crate::domain::meeting::event::{HallFound, IdentityAttested, InterruptionCause, PresenceFound, Sphere};
use crate::domain::meeting::{Event, Meeting, Phase, Recorded, fault_effect};
use crate::domain::presence::{Lack, Perception};
use crate::domain::time::Instant;
use std::collections::BTreeMap;

/// What disturbed the meeting, gathered entry by entry.
#[derive(Debug, Default)]
pub struct Incidents {
    losses: Vec<Loss>,
    /// Index into `losses` of what is still lacking, by seat.
    running: BTreeMap<SeatId, usize>,
    others: Vec<Recorded>,
}

/// A stretch in which something of a member was lacking.
#[derive(Debug)]
struct Loss {
    seat: SeatId,
    from: Instant,
    until: Option<Instant>,
    lacking: Vec<Lack>,
    absent: bool,
}

impl Loss {
    fn is_like(&self, other: &Self) -> bool {
        let key = |loss: &Self| (loss.from, loss.until, loss.absent);
        key(self) == key(other) && self.lacking == other.lacking
    }
}

impl Incidents {
    /// Looks at one entry; `before` is the meeting before it.
    pub fn take(&mut self, entry: &Recorded, before: &Meeting) {
        match &entry.event {
            Event::PresenceFound(found) => self.perceived(found, before),
            // Who comes into the room is no longer measured: whatever was lacking has ended.
            Event::RoomAttested(attested) if attested.present => self.ended(&attested.seat, entry.occurred_at),
            Event::PublicRoomAttested(_) | Event::HallFound(_) if before.opened_at.is_none() => {}
            Event::Interrupted(interrupted) => {
                // A crash ends every measurement; what was lacking before is not known to have lasted.
                if interrupted.cause == InterruptionCause::MunicipalSystem {
                    let seats: Vec<SeatId> = self.running.keys().cloned().collect();
                    for seat in &seats {
                        self.ended(seat, interrupted.since);
                    }
                }
                self.others.push(entry.clone());
            }
            Event::Resumed(_)
            | Event::PublicRoomAttested(_)
            | Event::ComplaintRaised(_)
            | Event::HallFound(_)
            | Event::FaultProposed(_)
            | Event::IdentityAttested(_)
            | Event::FaultFound(_) => self.others.push(entry.clone()),
            _ => {}
        }
    }

    fn perceived(&mut self, found: &PresenceFound, before: &Meeting) {
        let sits = matches!(before.phase, Phase::Sitting { .. } | Phase::Interrupted { .. });
        match found.perception {
            Perception::Perceptible => self.ended(&found.seat, found.since),
            Perception::Disturbed | Perception::Absent => {
                let absent = found.perception == Perception::Absent;
                if let Some(loss) = self.running.get(&found.seat).and_then(|at| self.losses.get_mut(*at)) {
                    loss.absent |= absent;
                    loss.from = loss.from.min(found.since);
                    let new: Vec<Lack> =
                        found.lacking.iter().filter(|lack| !loss.lacking.contains(lack)).copied().collect();
                    loss.lacking.extend(new);
                } else if sits && before.is_present(&found.seat) && !before.is_in_room(&found.seat) {
                    self.running.insert(found.seat.clone(), self.losses.len());
                    let (seat, lacking) = (found.seat.clone(), found.lacking.clone());
                    self.losses.push(Loss { seat, from: found.since, until: None, lacking, absent });
                }
            }
        }
    }

    fn ended(&mut self, seat: &SeatId, at: Instant) {
        if let Some(loss) = self.running.remove(seat).and_then(|index| self.losses.get_mut(index)) {
            loss.until = Some(at.max(loss.from));
        }
    }

    /// Losses of several members in the same stretch belong together.
    fn alike(&self) -> Vec<Vec<&Loss>> {
        let mut groups: Vec<Vec<&Loss>> = Vec::new();
        for loss in &self.losses {
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.is_like(loss))) {
                Some(group) => group.push(loss),
                None => groups.push(vec![loss]),
            }
        }
        groups
    }

    /// The section, with one sentence if there was nothing.
    pub fn section(&self, desk: &Desk<'_>) -> Section {
        let mut section = Section::new("stoerungen", "Unterbrechungen und Störungen");
        if desk.meeting.opened_at.is_none() {
            return section;
        }
        let mut rows: Vec<(Instant, String, String)> = self.alike().iter().map(|losses| lost(desk, losses)).collect();
        rows.extend(self.others.iter().filter_map(|entry| told(desk, entry)));
        rows.sort_by_key(|(at, _, _)| *at);
        if rows.is_empty() {
            section.say("keine", "Festgehalten ist keine Unterbrechung, keine Störung und keine Rüge.");
            return section;
        }
        let mut table = Table::new([("Zeit", 3), ("Vorgang", 10)]);
        for (_, when, what) in rows {
            table.row([when, what]);
        }
        section.add("liste", Content::Table(table));
        section
    }
}

fn lost(desk: &Desk<'_>, losses: &[&Loss]) -> (Instant, String, String) {
    let Some(loss) = losses.first() else { return (Instant(0), String::new(), String::new()) };
    let names: Vec<String> = losses.iter().map(|loss| desk.name(&loss.seat)).collect();
    let until = loss.until.or(desk.meeting.closed_at);
    let when =
        until.map_or_else(|| format!("ab {}", desk.clock.exact(loss.from)), |until| desk.clock.span(loss.from, until));
    let lacking = match words::lacking(&loss.lacking) {
        empty if empty.is_empty() => "Bild und Ton trafen nach der Messung nicht vollständig ein".to_owned(),
        what => format!("Nach der Messung fehlte: {what}"),
    };
    let counted = if loss.absent {
        "In dieser Zeit als abwesend gezählt."
    } else {
        "In dieser Zeit nicht mitgezählt; die Frist bis zur Abwesenheit lief nicht ab."
    };
    (loss.from, when, format!("{}: {lacking}. {counted}", words::list(&names)))
}

fn told(desk: &Desk<'_>, entry: &Recorded) -> Option<(Instant, String, String)> {
    let at = entry.occurred_at;
    let all = |seats: &[SeatId]| words::list(&seats.iter().map(|seat| desk.name(seat)).collect::<Vec<_>>());
    let (from, what) = match &entry.event {
        Event::Interrupted(interrupted) => (interrupted.since, interruption(desk, interrupted.cause)),
        Event::Resumed(resumed) => {
            let ballot = match resumed.ballot_goes_on {
                Some(true) => " Die offene Abstimmung ging weiter; die vorher abgegebenen Stimmen gelten.",
                Some(false) => " Die offene Abstimmung wurde verworfen.",
                None => "",
            };
            (at, format!("Fortsetzung der Sitzung. {}{ballot}", words::quorum(&resumed.quorum)))
        }
        Event::PublicRoomAttested(attested) => {
            (at, opening::public_room(desk, attested.receives, &desk.clock.time(at)))
        }
        Event::ComplaintRaised(complaint) => {
            let text = match &complaint.text {
                Some(text) => format!("„{text}“"),
                None => "der Wortlaut ist gelöscht".to_owned(),
            };
            let name = desk.name(&complaint.seat);
            let heard = complaint.heard.as_ref();
            let heard = heard.map_or_else(String::new, |heard| {
                let said = desk.clock.time(heard.said_at);
                format!(", {} um {said}", heard.channel.word())
            });
            (at, format!("Rüge oder Störungsmeldung von {name}{heard}: {text}"))
        }
        Event::HallFound(found) => (found.since, hall(found)),
        Event::IdentityAttested(found) => (at, identity(desk, found)),
        Event::FaultProposed(fault) if fault.hall => (
            at,
            format!(
                "Der Saal war für die Zugeschalteten nicht wahrnehmbar; gestört waren dadurch {}.",
                all(&fault.seats)
            ),
        ),
        Event::FaultProposed(fault) => (
            at,
            format!("Gleichzeitige Störung bei {} Mitgliedern gemessen: {}.", fault.seats.len(), all(&fault.seats)),
        ),
        Event::FaultFound(found) if found.hall => (at, sphere(desk, found.sphere, "der Verbindung des Saals")),
        Event::FaultFound(found) => (at, sphere(desk, found.sphere, &all(&found.seats))),
        _ => return None,
    };
    Some((from, desk.clock.exact(from), format!("{what}{}", desk.clock.late(entry))))
}

/// Who came in without a second factor, and who stands for it.
fn identity(desk: &Desk<'_>, found: &IdentityAttested) -> String {
    let name = desk.name(&found.seat);
    if !found.confirmed {
        return format!("Die Feststellung der Identität von {name} wurde zurückgenommen.");
    }
    format!("Die technische Moderation stellte die Identität von {name} {} fest.", words::identity(found.way))
}

/// What was measured of the device in the hall.
fn hall(found: &HallFound) -> String {
    match found.perception {
        Perception::Perceptible => "Bild und Ton des Saals trafen ein, und er empfing die Zugeschalteten.".to_owned(),
        Perception::Disturbed | Perception::Absent if found.lacking.is_empty() => {
            "Der Saal wurde nicht gemessen.".to_owned()
        }
        Perception::Disturbed => {
            format!("Verbindung des Saals gestört; es fehlte: {}.", words::lacking(&found.lacking))
        }
        Perception::Absent => {
            format!("Der Saal galt als nicht wahrnehmbar; es fehlte: {}.", words::lacking(&found.lacking))
        }
    }
}

fn interruption(desk: &Desk<'_>, cause: InterruptionCause) -> String {
    let words = words::cause(cause);
    match cause {
        InterruptionCause::Chair => format!("{words}."),
        InterruptionCause::Municipality => format!("{words} ({}).", desk.rules.fault_municipal.norm()),
        InterruptionCause::Fault => format!("{words} ({}).", desk.rules.fault_other.norm()),
        InterruptionCause::MunicipalSystem => format!(
            "{words} ({}). Die Zeit ist das letzte gesicherte Lebenszeichen des Systems; von da an bis zur neuen Messung galt kein \
             zugeschaltetes Mitglied als anwesend.",
            desk.rules.fault_municipal.norm()
        ),
        InterruptionCause::Quorum => format!("{words} ({}).", desk.rules.quorum_share.norm()),
    }
}

fn sphere(desk: &Desk<'_>, sphere: Sphere, names: &str) -> String {
    let (_, norm) = fault_effect(desk.rules, sphere);
    format!("Der Vorsitz stellte fest: Die Störung bei {names} lag {} ({norm}).", words::sphere(sphere))
}
