//! `Zweite Sitzung`: at which items the smaller number suffices, and what it is.

use super::event::Quorum;
use super::law::SecondLaw;
use std::collections::BTreeSet;

/// The items dealt with a second time.
#[derive(Default)]
pub struct SecondSitting {
    items: BTreeSet<String>,
    /// The summons said so.
    pub noticed: bool,
}

/// Who is there and entitled.
pub struct Here {
    pub occupied: u64,
    pub present: u64,
    pub entitled: u64,
    pub in_room: u64,
    pub recused: u64,
}

impl SecondSitting {
    pub fn mark(&mut self, item: &str, second: bool) {
        if second {
            self.items.insert(item.to_owned());
        } else {
            self.items.remove(item);
        }
    }

    /// Only what is still on the agenda.
    pub fn keep(&mut self, agenda: &BTreeSet<String>) {
        self.items.retain(|item| agenda.contains(item));
    }

    /// At this item, or with none at any.
    pub fn is_marked(&self, item: Option<&str>) -> bool {
        item.map_or(!self.items.is_empty(), |item| self.items.contains(item))
    }

    /// The finding where the ordinary number is not reached; `None` where that stays the measure.
    pub fn lower(&self, item: Option<&str>, law: Option<&SecondLaw>, here: &Here) -> Option<Quorum> {
        let law = law?;
        let never = here.occupied.saturating_sub(here.recused) < law.least;
        if never || !self.is_marked(item) || (law.notice_needed && !self.noticed) {
            return None;
        }
        let counted = if law.remote_counts { here.entitled } else { here.in_room };
        Some(Quorum {
            occupied: here.occupied,
            present: here.present,
            entitled: here.entitled,
            needed: law.least,
            met: counted >= law.least && counted > 0,
            norm: law.norm.clone(),
            counted: (counted < here.entitled).then_some(counted),
        })
    }
}
