//! Whether the members knew of a matter in time: the summons, what came after it, what was admitted in the sitting.

use super::super::event::Notice;
use super::super::law::notice::{Summoned, number};
use super::{Found, Meeting};
use std::collections::{BTreeMap, BTreeSet};

/// Of what the members knew, and since when.
#[derive(Default)]
pub struct Told {
    /// Days before the sitting, as the summons says; `None` where it was never asked.
    days: Option<i64>,
    /// The same of an item that was not in it.
    late: BTreeMap<String, i64>,
    /// Ballots that have admitted an item.
    admissions: BTreeSet<String>,
}

impl Meeting {
    /// A summons to the whole agenda.
    pub(super) fn summon(&mut self, notice: Option<&Notice>) -> Found {
        let Some(notice) = notice else { return Ok(()) };
        let again = !self.items.is_empty()
            && self.items.iter().all(|item| self.attendance.second.is_marked(Some(item.as_str())));
        self.find_notice(notice, again)?;
        self.told.days = Some(notice.days);
        self.told.late.clear();
        Ok(())
    }

    /// Items that were told after it.
    pub(super) fn add_late(&mut self, notice: Option<&Notice>, items: impl Iterator<Item = String>) -> Found {
        if let Some(notice) = notice {
            self.find_notice(notice, false)?;
        }
        let days = notice.map_or(0, |notice| notice.days);
        self.told.late.extend(items.map(|item| (item, days)));
        Ok(())
    }

    fn find_notice(&self, notice: &Notice, second: bool) -> Found {
        let Some(law) = self.law.as_ref().and_then(|law| law.notice.as_ref()) else { return Ok(()) };
        let day = |day: &str| number(day).ok_or("Ein Tag der Ladung ist nicht lesbar.");
        law.check(&Summoned {
            on: day(&notice.on)?,
            received: notice.received.as_deref().map(day).transpose()?,
            sitting: day(&self.planned.day)?,
            days: notice.days,
            needed: notice.needed,
            kept: notice.kept,
            reason: notice.emergency.as_deref().is_some_and(|why| !why.trim().is_empty()),
            second,
        })
    }

    /// A matter that needs the whole period had it at this item.
    pub(super) fn known_in_time(&self, item: &str, matter: &str) -> Found {
        let law = self.law.as_ref().and_then(|law| law.notice.as_ref());
        let (Some(law), Some(days)) = (law, self.told.late.get(item).copied().or(self.told.days)) else {
            return Ok(());
        };
        if law.could_decide(matter, days) {
            return Ok(());
        }
        Err("Darüber konnte mit dieser Ladungsfrist nicht entschieden werden.".into())
    }

    /// An item comes onto the agenda in the sitting: where the body decides on that, by a vote of its own with the majority for it.
    pub(super) fn admit(&mut self, item: &str, by: Option<String>) -> Found {
        let asked = self.law.as_ref().is_some_and(|law| law.admission);
        let carried = by.as_ref().is_some_and(|by| self.declared.iter().any(|one| one.admits(by)));
        if asked != by.is_some() || asked && !carried {
            return Err("Die Aufnahme dieses Punktes war nicht mit der nötigen Mehrheit beschlossen.".into());
        }
        if let Some(by) = by
            && !self.told.admissions.insert(by)
        {
            return Err("Mit einer Abstimmung ist mehr als ein Punkt aufgenommen.".into());
        }
        self.told.late.insert(item.to_owned(), 0);
        Ok(())
    }
}
