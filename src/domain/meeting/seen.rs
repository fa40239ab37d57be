//! What of a meeting somebody may know (§§ 18 (5), 35 (2) GemO BW). Whatever is shown or written for others is made from
//! this, so that nothing has to be left out a second time further on.

use super::doors::Publicity;
use super::floor::{Floor, Speech};
use super::state::{Business, Item, ItemState, Meeting, Phase};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::time::Instant;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Who is to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience<'a> {
    /// Everybody: the public, and those who serve the meeting without belonging to the body.
    Public,
    /// The body, its clerk; a member by the seat, who learns nothing of non-public items they are recused at.
    Body(Option<&'a SeatId>),
}

impl Publicity {
    /// This moment lies in a non-public part.
    #[must_use]
    pub fn covers(&self, at: Instant) -> bool {
        self.parts.iter().any(|part| part.from <= at && part.until.is_none_or(|until| at <= until))
    }
}

impl Meeting {
    /// The meeting as this audience may know it.
    #[must_use]
    pub fn seen_by(&self, audience: Audience<'_>) -> Cow<'_, Self> {
        let hidden: BTreeSet<ItemId> =
            self.items.iter().filter(|item| self.is_hidden(item, audience)).map(|item| item.id.clone()).collect();
        if hidden.is_empty() && (audience != Audience::Public || self.publicity.parts.is_empty()) {
            return Cow::Borrowed(self);
        }
        let mut seen = self.clone();
        seen.forget_items(&hidden);
        if audience == Audience::Public {
            for item in seen.items.iter_mut().filter(|item| !item.public) {
                (item.title, item.motion) = (None, None);
            }
            seen.recusals.retain(|item, _| !hidden.contains(item));
            let publicity = &seen.publicity;
            let told = |at: Instant| !publicity.covers(at);
            seen.statements.retain(|said| told(said.at));
            seen.attendance.complaints.retain(|complaint| told(complaint.at));
            seen.speeches.retain(|speech: &Speech| told(speech.from));
            seen.filming.guests.retain(|_, answered| told(answered.at));
            if !seen.publicity.doors.is_open() {
                seen.floor = Floor::default();
            }
        }
        Cow::Owned(seen)
    }

    fn is_hidden(&self, item: &Item, audience: Audience<'_>) -> bool {
        !item.public
            && match audience {
                Audience::Public => true,
                Audience::Body(seat) => seat.is_some_and(|seat| self.is_recused(&item.id, seat)),
            }
    }

    /// Nothing of what was said, moved and voted at these items; that they were dealt with stays.
    fn forget_items(&mut self, hidden: &BTreeSet<ItemId>) {
        if let Phase::Sitting { business, .. } | Phase::Interrupted { business, .. } = &mut self.phase
            && business.item().is_some_and(|item| hidden.contains(item))
        {
            *business = Business::Between;
            self.floor = Floor::default();
        }
        for item in self.items.iter_mut().filter(|item| hidden.contains(&item.id)) {
            item.motion = None;
            if matches!(item.state, ItemState::Called { .. }) {
                item.state = ItemState::Pending;
            }
        }
        self.elections.retain(|item, _| !hidden.contains(item));
        self.second.lacking.retain(|found| found.item.as_ref().is_none_or(|item| !hidden.contains(item)));
        self.second.instead.retain(|item, _| !hidden.contains(item));
        self.second.stand_ins.retain(|item, _| !hidden.contains(item));
        self.results.retain(|declared| !hidden.contains(&declared.result.item));
        self.motions.retain(|motion| !hidden.contains(&motion.item));
        self.statements.retain(|said| said.item.as_ref().is_none_or(|item| !hidden.contains(item)));
        self.guests.retain(|guest| !hidden.contains(&guest.item));
        self.speeches.retain(|speech| speech.item.as_ref().is_none_or(|item| !hidden.contains(item)));
        self.texts.retain(|item, _| !hidden.contains(item));
    }
}
