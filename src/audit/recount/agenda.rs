//! The agenda as it changes in the sitting: what may still be called, what was dealt with, and who may be recused.

use super::super::event::Event;
use super::{Business, Found, Meeting, Phase};

impl Meeting {
    /// An item is added, ended without having been called, or taken up again.
    pub(super) fn change_agenda(&mut self, event: Event) -> Found {
        self.expect(Phase::Sitting)?;
        match event {
            Event::ItemAdded(item, by) => {
                self.admit(&item.id, by)?;
                if !self.items.insert(item.id.clone()) {
                    return Err("Diesen Punkt gab es schon.".into());
                }
                self.planned.agenda.push(item);
                Ok(())
            }
            Event::ItemDropped(item) => {
                self.chairing.ended(&item);
                if self.items.contains(&item) && self.called.insert(item) {
                    return Ok(());
                }
                Err("Dieser Punkt steht nicht auf der Tagesordnung oder war schon behandelt.".into())
            }
            Event::ItemReopened(item) => {
                if self.item() != Some(&item) && self.called.remove(&item) {
                    return Ok(());
                }
                Err("Dieser Punkt war nicht behandelt.".into())
            }
            _ => Ok(()),
        }
    }

    /// A recusal changes before the ballot on its item, never in it.
    pub(super) fn recusable(&self, item: &str, seat: &str) -> Found {
        self.attendance.known(seat)?;
        if self.phase == Phase::Closed || !self.items.contains(item) {
            return Err("Zu diesem Punkt kann hier keine Befangenheit vermerkt werden.".into());
        }
        match &self.business {
            Business::Ballot(ballot) if ballot.item == item => {
                Err("Während der Abstimmung ändert sich an der Befangenheit nichts mehr.".into())
            }
            Business::Election(round) if round.opened.item == item => {
                Err("Während der Wahl ändert sich an der Befangenheit nichts mehr.".into())
            }
            _ => Ok(()),
        }
    }
}
