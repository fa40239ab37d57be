//! An item between the two sides of the doors (§ 35 (1) s. 3 GemO BW): the motion is an item of its own, non-public, and
//! what it is about changes sides once that is decided.

use super::event::{ItemSwitched, SwitchMoved};
use super::floor;
use super::state::{Business, Item, ItemState, Meeting, Phase};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::time::Instant;

/// A motion to deal with an item on the other side of the doors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The item on which it is decided.
    pub id: ItemId,
    /// The item it is about.
    pub about: ItemId,
    pub to_public: bool,
    pub mover: Option<SeatId>,
}

impl Meeting {
    /// The motion that is decided on this item.
    #[must_use]
    pub fn question(&self, id: &ItemId) -> Option<&Question> {
        self.publicity.questions.iter().find(|question| question.id == *id)
    }

    /// The motion about this item that is not decided yet.
    #[must_use]
    pub fn open_question(&self, about: &ItemId) -> Option<&Question> {
        let open = |id: &ItemId| self.item(id).is_some_and(|item| !matches!(item.state, ItemState::Settled { .. }));
        self.publicity.questions.iter().find(|question| question.about == *about && open(&question.id))
    }

    /// Whether an item is public once what is called now has ended.
    #[must_use]
    pub fn is_public_next(&self, item: &Item) -> bool {
        let ended = self.business().and_then(Business::item).and_then(|called| self.switch_of(called));
        ended.filter(|switched| switched.item == item.id).map_or(item.public, |switched| switched.public)
    }

    /// What follows when the item of a motion ends: the one it is about changes sides, if that is decided and it still
    /// waits on the other one.
    #[must_use]
    pub fn switch_of(&self, ended: &ItemId) -> Option<ItemSwitched> {
        let question = self.question(ended)?;
        let item = self.item(&question.about)?;
        if item.state != ItemState::Pending || item.public == question.to_public {
            return None;
        }
        let mut results = self.results.iter().rev();
        let decided = results.find(|declared| declared.result.item == *ended && declared.about.is_main())?;
        (decided.result.outcome == Outcome::Adopted).then(|| ItemSwitched {
            item: item.id.clone(),
            question: ended.clone(),
            ballot: decided.result.ballot.clone(),
            public: question.to_public,
            title: item.title.clone().filter(|_| question.to_public),
            recused: match self.recusals.get(&item.id) {
                Some(seats) if question.to_public => seats.iter().cloned().collect(),
                Some(_) | None => Vec::new(),
            },
        })
    }
}

/// The motion stands on the agenda before what it is about, which waits if it was called.
pub(super) fn moved(meeting: &mut Meeting, moved: &SwitchMoved, at: Instant) {
    let question = Question {
        id: moved.question.clone(),
        about: moved.item.clone(),
        to_public: moved.to_public,
        mover: moved.mover.clone(),
    };
    meeting.publicity.questions.push(question);
    if meeting.business().and_then(Business::item) == Some(&moved.item) {
        floor::begin_anew(meeting, at);
        if let Phase::Sitting { business, .. } | Phase::Interrupted { business, .. } = &mut meeting.phase {
            *business = Business::Between;
        }
    }
    let place = meeting.items.iter().position(|item| item.id == moved.item).unwrap_or(meeting.items.len());
    if let Some(item) = meeting.items.get_mut(place) {
        item.state = ItemState::Pending;
    }
    let item = Item {
        id: moved.question.clone(),
        number: moved.number.clone(),
        public: false,
        title: Some(moved.title.clone()),
        motion: Some(moved.wording.clone()),
        state: ItemState::Pending,
    };
    meeting.items.insert(place, item);
}

/// The item is on the other side from now on. What the clerk wrote on it behind closed doors stays there.
pub(super) fn switched(meeting: &mut Meeting, switched: &ItemSwitched) {
    let Some(item) = meeting.items.iter_mut().find(|item| item.id == switched.item) else { return };
    item.public = switched.public;
    if switched.public {
        item.title.clone_from(&switched.title);
        // Nor does the motion that was planned behind closed doors: what is voted on in public is said there.
        item.motion = None;
        meeting.texts.remove(&switched.item);
        let recused = meeting.recusals.entry(switched.item.clone()).or_default();
        recused.extend(switched.recused.iter().cloned());
        if recused.is_empty() {
            meeting.recusals.remove(&switched.item);
        }
    }
}
