//! `Aussprache`: who wants to speak, who speaks, what is moved from the floor, what somebody wants on record.

use super::event::{Event, Motion as Moved, MotionKind, Speaker, Turn};
use super::state::{Business, Declared, Item, ItemState, Meeting, Phase, Recorded};
use crate::domain::id::{ItemId, MotionId, SeatId};
use crate::domain::majority::Outcome;
use crate::domain::text::{Name, Remark, Title, Wording};
use crate::domain::time::Instant;

/// The floor at the called item; it begins anew with every item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Floor {
    /// `Redeliste`, in the order of asking.
    pub requests: Vec<Request>,
    /// `Schluss der Redeliste`: nobody may ask any more, save on procedure.
    pub closed: bool,
    pub speaking: Option<Speaking>,
}

/// `Wortmeldung`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub seat: SeatId,
    pub turn: Turn,
    pub at: Instant,
}

/// Who has the floor, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaking {
    pub who: Speaker,
    /// Given, or going on after an interruption.
    pub since: Instant,
    /// Spoken before interruptions, in milliseconds.
    pub spoken: i64,
}

/// `Redebeitrag`, as far as it went on without an interruption: how long people spoke is what the ledger says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    pub item: Option<ItemId>,
    pub who: Speaker,
    pub from: Instant,
    pub until: Instant,
}

/// `Antrag aus der Mitte des Gremiums`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motion {
    pub id: MotionId,
    pub item: ItemId,
    pub mover: Option<SeatId>,
    pub kind: MotionKind,
    pub wording: Wording,
    pub moved_at: Instant,
    pub withdrawn: bool,
}

/// `Erklärung zur Niederschrift` (§ 38 (1) GemO BW).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub seat: SeatId,
    pub item: Option<ItemId>,
    pub text: Remark,
    pub at: Instant,
}

/// Somebody who is no member, called to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub item: ItemId,
    pub name: Name,
    pub since: Instant,
    pub until: Option<Instant>,
}

impl Floor {
    /// The list as it is to be called: on procedure first, then in the order of asking.
    pub fn in_order(&self) -> impl Iterator<Item = &Request> {
        let of = |turn: Turn| self.requests.iter().filter(move |request| request.turn == turn);
        of(Turn::Procedure).chain(of(Turn::Speech))
    }

    /// This seat stands on the list.
    #[must_use]
    pub fn asks(&self, seat: &SeatId) -> bool {
        self.requests.iter().any(|request| request.seat == *seat)
    }
}

impl Meeting {
    /// A motion by its id.
    #[must_use]
    pub fn motion(&self, id: &MotionId) -> Option<&Motion> {
        self.motions.iter().find(|motion| motion.id == *id)
    }

    /// The result on a motion, if there is one that counts.
    #[must_use]
    pub fn fate(&self, motion: &MotionId) -> Option<&Declared> {
        let on = |declared: &&Declared| declared.motion.as_ref() == Some(motion);
        self.results.iter().rev().filter(on).find(|declared| declared.result.outcome != Outcome::NoDecision)
    }

    /// Motions at an item that still wait to be put to the vote, in the order they are to be voted on: procedure first,
    /// then amendments, then main motions; within these as they were moved.
    #[must_use]
    pub fn open_motions(&self, item: &ItemId) -> Vec<&Motion> {
        let mut open: Vec<&Motion> = self.motions.iter().filter(|motion| motion.item == *item).collect();
        open.retain(|motion| !motion.withdrawn && self.fate(&motion.id).is_none());
        open.sort_by_key(|motion| motion.kind);
        open
    }

    /// Who has spoken at an item and for how long, in milliseconds, in the order they first spoke.
    #[must_use]
    pub fn spoken_at(&self, item: &ItemId) -> Vec<(&Speaker, i64)> {
        let mut sums: Vec<(&Speaker, i64)> = Vec::new();
        for speech in self.speeches.iter().filter(|speech| speech.item.as_ref() == Some(item)) {
            let millis = speech.until.millis_since(speech.from);
            match sums.iter_mut().find(|(who, _)| **who == speech.who) {
                Some((_, sum)) => *sum = sum.saturating_add(millis),
                None => sums.push((&speech.who, millis)),
            }
        }
        sums
    }

    /// Guests who are there now.
    pub fn guests_now(&self) -> impl Iterator<Item = &Guest> {
        self.guests.iter().filter(|guest| guest.until.is_none())
    }
}

/// Folds what happens on the floor and to the agenda; every other event is somebody else's.
#[expect(clippy::wildcard_enum_match_arm, reason = "the fold hands over what belongs here")]
pub(super) fn take(meeting: &mut Meeting, recorded: &Recorded) {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::FloorRequested(asked) => {
            let (seat, turn) = (asked.seat.clone(), asked.turn);
            meeting.floor.requests.retain(|request| request.seat != seat);
            meeting.floor.requests.push(Request { seat, turn, at });
        }
        Event::FloorDeclined(gone) => meeting.floor.requests.retain(|request| request.seat != gone.seat),
        Event::FloorGiven(given) => {
            if let Speaker::Member { seat } = &given.to {
                meeting.floor.requests.retain(|request| request.seat != *seat);
            }
            hush(meeting, at);
            meeting.floor.speaking = Some(Speaking { who: given.to.clone(), since: at, spoken: 0 });
        }
        Event::FloorEnded(_) => hush(meeting, at),
        Event::FloorListClosed(list) => meeting.floor.closed = list.closed,
        Event::MotionMoved(moved) => meeting.motions.push(motion(moved, at)),
        Event::MotionReworded(reworded) => {
            if let Some(motion) = meeting.motions.iter_mut().find(|motion| motion.id == reworded.motion) {
                motion.wording = reworded.wording.clone();
            }
        }
        Event::MotionWithdrawn(gone) => {
            if let Some(motion) = meeting.motions.iter_mut().find(|motion| motion.id == gone.motion) {
                motion.withdrawn = true;
            }
        }
        Event::StatementRecorded(said) => meeting.statements.push(Statement {
            seat: said.seat.clone(),
            item: said.item.clone(),
            text: said.text.clone(),
            at,
        }),
        Event::GuestCalled(called) => {
            let (item, name) = (called.item.clone(), called.name.clone());
            meeting.guests.push(Guest { item, name, since: at, until: None });
        }
        Event::GuestDismissed(gone) => dismiss(meeting, |guest| guest.name == gone.name, at),
        Event::ItemMoved(moved) => move_item(&mut meeting.items, &moved.item, moved.before.as_ref()),
        Event::ItemAdded(added) => {
            meeting.items.push(Item {
                id: added.item.clone(),
                number: added.number.clone(),
                public: true,
                title: Some(added.title.clone()),
                motion: added.motion.clone(),
                state: ItemState::Pending,
            });
            meeting.before.late.insert(added.item.clone(), 0);
            meeting.admissions.extend(added.admitted_by.clone());
        }
        Event::ItemDropped(dropped) => {
            let state = ItemState::Settled { disposal: dropped.disposal, called_at: at, at };
            set(&mut meeting.items, &dropped.item, state);
        }
        Event::ItemReopened(reopened) => set(&mut meeting.items, &reopened.item, ItemState::Pending),
        _ => {}
    }
}

/// Another item, or none: the floor is free, and who was called to the one before has gone.
pub(super) fn begin_anew(meeting: &mut Meeting, at: Instant) {
    hush(meeting, at);
    meeting.floor = Floor::default();
    dismiss(meeting, |_| true, at);
}

/// Who is recused at the called item neither asks nor speaks any more.
pub(super) fn leave(meeting: &mut Meeting, item: &ItemId, seat: &SeatId, at: Instant) {
    if meeting.business().and_then(Business::item) != Some(item) {
        return;
    }
    meeting.floor.requests.retain(|request| request.seat != *seat);
    if matches!(&meeting.floor.speaking, Some(Speaking { who: Speaker::Member { seat: speaks }, .. }) if speaks == seat)
    {
        hush(meeting, at);
    }
}

/// The sitting stands still: whoever speaks keeps the floor, and no time runs.
pub(super) fn pause(meeting: &mut Meeting, since: Instant) {
    meeting.interruptions = meeting.interruptions.saturating_add(1);
    let Some(speech) = running(meeting, since) else { return };
    if let Some(speaking) = &mut meeting.floor.speaking {
        speaking.spoken = speaking.spoken.saturating_add(speech.until.millis_since(speech.from));
    }
    meeting.speeches.push(speech);
}

/// The sitting goes on, and with it whoever speaks.
pub(super) const fn go_on(meeting: &mut Meeting, at: Instant) {
    if let Some(speaking) = &mut meeting.floor.speaking {
        speaking.since = at;
    }
}

/// Whoever speaks has ended.
fn hush(meeting: &mut Meeting, at: Instant) {
    let speech = running(meeting, at);
    meeting.speeches.extend(speech);
    meeting.floor.speaking = None;
}

/// What is being said, ended at this moment; `None` while nobody speaks or the sitting stands still.
fn running(meeting: &Meeting, until: Instant) -> Option<Speech> {
    let Phase::Sitting { business, .. } = &meeting.phase else { return None };
    let Speaking { who, since, .. } = meeting.floor.speaking.clone()?;
    // A fault is found later than it began: who was given the floor after that was never heard.
    Some(Speech { item: business.item().cloned(), who, from: since, until: until.max(since) })
}

fn dismiss(meeting: &mut Meeting, who: impl Fn(&Guest) -> bool, at: Instant) {
    let speaking = meeting.floor.speaking.as_ref().map(|speaking| speaking.who.clone());
    let mut silent = false;
    for guest in meeting.guests.iter_mut().filter(|guest| guest.until.is_none() && who(guest)) {
        guest.until = Some(at);
        silent |= matches!(&speaking, Some(Speaker::Guest { name }) if *name == guest.name);
    }
    if silent {
        hush(meeting, at);
    }
}

fn motion(moved: &Moved, moved_at: Instant) -> Motion {
    Motion {
        id: moved.motion.clone(),
        item: moved.item.clone(),
        mover: moved.mover.clone(),
        kind: moved.kind,
        wording: moved.wording.clone(),
        moved_at,
        withdrawn: false,
    }
}

fn set(items: &mut [Item], id: &ItemId, state: ItemState) {
    if let Some(item) = items.iter_mut().find(|item| item.id == *id) {
        item.state = state;
    }
}

fn move_item(items: &mut Vec<Item>, id: &ItemId, before: Option<&ItemId>) {
    let Some(from) = items.iter().position(|item| item.id == *id) else { return };
    let item = items.remove(from);
    let to = before.and_then(|before| items.iter().position(|item| item.id == *before)).unwrap_or(items.len());
    items.insert(to, item);
}

/// A title as it stands on the agenda, for an item added in the sitting.
#[must_use]
pub fn is_on_agenda(meeting: &Meeting, title: &Title) -> bool {
    meeting.items.iter().any(|item| item.title.as_ref() == Some(title))
}

/// The called item, if nothing is being voted on.
pub(super) const fn deliberated(business: &Business) -> Option<&ItemId> {
    match business {
        Business::Item(item) => Some(item),
        Business::Between | Business::Ballot(_) | Business::Counting(_) | Business::Election(_) => None,
    }
}
