//! What happens before the meeting, as far as it changes what is counted.

use super::super::event::Before;
use super::{Found, Meeting, Phase, SEATS_MAX};

impl Meeting {
    /// Another day, another agenda, or none at all: only as long as the meeting has not begun.
    pub(super) fn before(&mut self, before: Before) -> Found {
        match before {
            Before::Replanned(plan) => {
                self.expect(Phase::Planned)?;
                self.planned.day = plan.day;
                self.chairing.moved(plan.starts_at);
                self.items = plan.agenda.iter().map(|item| item.id.clone()).collect();
                self.elections.retain(|id, _| plan.agenda.iter().any(|item| item.id == *id && item.public));
                self.planned.agenda = plan.agenda;
                self.forget_gone();
            }
            Before::Rescheduled(moved) => {
                self.expect(Phase::Convened)?;
                self.planned.day = moved.day;
                self.chairing.moved(moved.starts_at);
                self.pin(&moved.law)?;
                self.summon(Some(&moved.notice))?;
            }
            Before::Amended(amended) => {
                self.expect(Phase::Convened)?;
                self.items.retain(|item| !amended.removed.contains(item));
                self.planned.agenda.retain(|item| !amended.removed.contains(&item.id));
                self.forget_gone();
                self.add_late(amended.notice.as_ref(), amended.added.iter().map(|item| item.id.clone()))?;
                self.items.extend(amended.added.iter().map(|item| item.id.clone()));
                self.planned.agenda.extend(amended.added);
            }
            Before::Cancelled => {
                self.expect(Phase::Convened)?;
                self.phase = Phase::Closed;
            }
            Before::Reseated(body) => {
                self.expect(Phase::Planned)?;
                if body.seats.len() > SEATS_MAX {
                    return Err(format!("Ein Gremium hat höchstens {SEATS_MAX} Sitze."));
                }
                self.planned.clauses.clone_from(&body.clauses);
                self.planned.local = body.local;
                self.attendance.reseat(body.seats.iter().map(|seat| seat.id.clone()));
                self.planned.seats = body.seats;
                self.attendance.statutory = body.statutory;
                self.chairing.reseated(body.chair, body.deputies, body.clauses);
            }
            Before::Told => {}
        }
        Ok(())
    }
}
