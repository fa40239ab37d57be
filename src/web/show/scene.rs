//! What every screen is made from: the meeting as it stands and who looks; and the forms in which somebody acts.

use super::{Ids, Viewer};
use crate::app::sitting::Snapshot;
use crate::domain::council::{Function, Seat};
use crate::domain::id::{ItemId, SeatId};
use crate::domain::law::Rules;
use crate::domain::meeting::event::Method;
use crate::domain::meeting::{Actor, Business, Command, Context, Item, ItemState, Meeting, view};
use crate::domain::refusal::Refusal;
use crate::domain::text::Wording;
use crate::domain::time::Instant;
use crate::web::pages::act::{Act, Blocked};

/// What stands in the place of a title that the viewer may not see (§ 35 (2) GemO BW).
pub const CLOSED_TITLE: &str = "Nichtöffentlicher Punkt";

/// A meeting before somebody's eyes.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub snapshot: &'a Snapshot,
    pub meeting: &'a Meeting,
    pub rules: &'a Rules,
    /// `None`: the public.
    pub viewer: Option<&'a Viewer>,
}

impl<'a> Scene<'a> {
    pub fn new(snapshot: &'a Snapshot, viewer: Option<&'a Viewer>) -> Self {
        Self { snapshot, meeting: &snapshot.meeting, rules: &snapshot.rules, viewer }
    }

    /// The time of the newest entry: nothing that is shown depends on a later moment.
    pub fn now(&self) -> Instant {
        self.snapshot.recent.last().map_or(self.meeting.starts_at, |newest| newest.recorded_at)
    }

    /// Whether the viewer's command would be taken.
    pub fn may(&self, command: &Command) -> Result<(), Refusal> {
        let actor = self.viewer.map_or_else(Actor::default, |viewer| viewer.actor.clone());
        view::may(self.meeting, self.rules, &Context { actor, now: self.now() }, command)
    }

    /// The viewer's own seat.
    pub fn own_seat(&self) -> Option<&'a SeatId> {
        self.viewer?.actor.seat.as_ref()
    }

    /// The viewer sits in the chair.
    pub fn chairs(&self) -> bool {
        self.own_seat() == Some(&self.meeting.chair)
    }

    /// The called item.
    pub fn called(&self) -> Option<&'a Item> {
        self.meeting.item(self.meeting.business().and_then(Business::item)?)
    }

    /// The item that comes next: the first one of the present part, public or not, that is not yet dealt with.
    pub fn upcoming(&self) -> Option<&'a Item> {
        let public = !self.meeting.publicity.doors.is_closed();
        self.meeting
            .items
            .iter()
            .find(|item| self.meeting.is_public_next(item) == public && item.state == ItemState::Pending)
    }

    /// The title as the viewer may see it.
    pub fn title(&self, item: &Item) -> String {
        let hidden = || CLOSED_TITLE.to_owned();
        if self.sees(item) { item.title.as_ref().map_or_else(hidden, ToString::to_string) } else { hidden() }
    }

    /// Title and motion of this item are for the viewer's eyes.
    pub fn sees(&self, item: &Item) -> bool {
        item.public || self.viewer.is_some_and(|viewer| viewer.sees_closed)
    }

    /// What is voted on, as the viewer may see it.
    pub fn wording(&self, item: &ItemId, wording: &Wording) -> String {
        match self.meeting.item(item) {
            Some(item) if self.sees(item) => wording.to_string(),
            Some(_) | None => CLOSED_TITLE.to_owned(),
        }
    }

    /// „3“: the number of an item as printed.
    pub fn number(&self, item: &ItemId) -> &'a str {
        self.meeting.item(item).map_or("", |item| item.number.as_str())
    }

    /// The members in the order of the council, the chair first.
    pub fn seats(&self) -> impl Iterator<Item = &'a Seat> {
        let chair = &self.meeting.chair;
        let others = self.meeting.seats.values().filter(move |seat| seat.id != *chair);
        self.meeting.seats.get(chair).into_iter().chain(others)
    }

    /// A member's name.
    pub fn name(&self, seat: &SeatId) -> String {
        self.meeting.seats.get(seat).map_or_else(|| seat.to_string(), |seat| seat.name.to_string())
    }

    /// The names of some, in the order of the council.
    pub fn names<'s>(&self, seats: impl IntoIterator<Item = &'s SeatId>) -> Vec<String> {
        let wanted: Vec<&SeatId> = seats.into_iter().collect();
        self.seats().filter(|seat| wanted.contains(&&seat.id)).map(|seat| seat.name.to_string()).collect()
    }

    /// „Vorsitz“ or the faction.
    pub fn about(&self, seat: &Seat) -> String {
        if seat.id == self.meeting.chair {
            return "Vorsitz".into();
        }
        match (&seat.faction, seat.function) {
            (Some(faction), _) => faction.to_string(),
            (None, Function::Mayor) => "Bürgermeisteramt".into(),
            (None, Function::Councillor) => String::new(),
            (None, _) if !self.meeting.has_vote(&seat.id) => "beratende Stimme".into(),
            (None, Function::Official | Function::Resident | Function::DistrictHead) => String::new(),
        }
    }

    /// Entitled members in the room: those whose hands are counted.
    pub fn entitled_in_room(&self, item: &ItemId) -> u32 {
        let entitled = self.meeting.entitled(Some(item));
        super::words::number(entitled.into_iter().filter(|seat| self.meeting.is_in_room(seat)).count())
    }

    /// A show of hands takes the viewer's or somebody's vote in the room, not by name.
    pub fn by_hand(&self, method: Method, seat: &SeatId) -> bool {
        method != Method::RollCall && self.meeting.is_in_room(seat)
    }

    /// Whose vote is missing in the running ballot, by name; hands not yet counted in one line.
    pub fn waiting(&self, method: Method) -> Vec<String> {
        let missing = view::missing(self.meeting);
        let (hands, by_name): (Vec<&SeatId>, Vec<&SeatId>) =
            missing.into_iter().partition(|seat| self.by_hand(method, seat));
        let hall = (!hands.is_empty()).then(|| format!("{} im Saal (Hände noch nicht gezählt)", hands.len()));
        hall.into_iter().chain(self.names(by_name)).collect()
    }

    /// Where forms go.
    pub fn to(&self) -> String {
        format!("/sitzung/{}/tun", self.meeting.id)
    }
}

/// A refusal beside its button.
pub fn blocked(refusal: Refusal) -> Blocked {
    Blocked { reason: refusal.sentence, paragraph: refusal.norm.unwrap_or_default() }
}

/// The forms of one rendering: each has a fresh command id and knows whether the core would take it.
pub struct Forms<'s, 'i> {
    pub scene: Scene<'s>,
    ids: Ids<'i>,
}

impl<'s, 'i> Forms<'s, 'i> {
    pub fn new(scene: Scene<'s>, ids: Ids<'i>) -> Self {
        Self { scene, ids }
    }

    /// A fresh id, for a command or a ballot.
    pub fn id(&mut self) -> String {
        (self.ids)()
    }

    /// A button for `command`, with the reason beside it if the core would refuse.
    pub fn act(
        &mut self,
        id: impl Into<String>,
        verb: &'static str,
        label: impl Into<String>,
        command: &Command,
    ) -> Act {
        let allowed = self.scene.may(command);
        self.judged(id, verb, label, allowed)
    }

    /// A button whose fate is already known.
    pub fn judged(
        &mut self,
        id: impl Into<String>,
        verb: &'static str,
        label: impl Into<String>,
        allowed: Result<(), Refusal>,
    ) -> Act {
        let act = Act::new(id, self.scene.to(), verb, self.id(), label);
        match allowed {
            Ok(()) => act,
            Err(refusal) => act.blocked(refusal.sentence, refusal.norm.unwrap_or_default()),
        }
    }
}
