//! The events a recount needs, as they lie in the ledger. Names and fields are frozen; an unknown name is refused,
//! because nobody could say what it does to the figures.

mod agenda;
mod before;
mod chair;
mod complaint;
mod doors;
pub mod doubt;
pub mod election;
pub mod filming;
mod order;
mod presence;
mod result;
mod second;
pub mod switch;

pub use before::{Before, Clause, Notice, Planned};
pub use chair::{Admitted, Chair, Taken};
pub use complaint::Complaint;
pub use doors::{Announced, Doors};
pub use filming::Filming;
pub use order::Order;
pub use presence::{Perception, PresenceFound, RoomAttested};
pub use result::{ResultDeclared, ResultStruck, Special};
pub use second::{Decided, Lacking, Marked, Second, StandIn};
pub use switch::Switch;

use super::read::{Class, Entry};
use agenda::{ItemAdded, OfItem, TextWritten};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What happened, as far as it matters for quorum and tally.
pub enum Event {
    Planned(Planned),
    Convened(Convened),
    RoomAttested(RoomAttested),
    PresenceFound(PresenceFound),
    Opened(Quorum),
    ItemCalled(String),
    ItemSettled(ItemSettled),
    RecusalRecorded(Recusal),
    RecusalLifted(Recusal),
    BallotOpened(BallotOpened),
    ChoiceCast(ChoiceCast, Option<Choice>),
    ChoiceStruck(ChoiceStruck),
    HandsCounted(HandsCounted),
    BallotClosed(BallotClosed),
    ResultDeclared(ResultDeclared),
    ResultStruck(ResultStruck),
    BallotVoided(BallotVoided),
    Interrupted(Interrupted),
    Resumed(Resumed),
    Closed,
    Deleted,
    /// Several were lost at once (`open`), or the chair found where that lay.
    Fault {
        open: bool,
    },
    /// With the ballot that admitted it, if any.
    ItemAdded(Item, Option<String>),
    /// An item that was not called has ended.
    ItemDropped(String),
    ItemReopened(String),
    /// The clerk wrote on this item; also after the closing.
    Text(String),
    /// What happens at the doors.
    Doors(Doors),
    /// What happened behind closed doors and is not in this bundle.
    Withheld,
    /// A member complained to the chair.
    Complaint(Complaint),
    /// Changes no figure.
    Other,
    /// Before the meeting: another day or agenda; or nothing that changes a figure.
    Before(Before),
    /// In an election.
    Election(election::Election),
    /// On a lacking quorum.
    Second(Second),
    Chair(Chair),
    Order(Order),
    Filming(Filming),
    /// An item between the two sides of the doors.
    Switch(Switch),
    /// On a doubtful recusal.
    Doubt(doubt::Doubt),
}

#[derive(Deserialize)]
pub struct Item {
    pub id: String,
    pub number: String,
    pub public: bool,
}

#[derive(Deserialize)]
pub struct Convened {
    pub format: String,
    pub law: PinnedLaw,
    #[serde(default)]
    pub second_notice: bool,
    #[serde(default)]
    pub excluded: Vec<String>,
    #[serde(default)]
    pub advisory: Vec<String>,
    #[serde(default)]
    pub chair_votes: bool,
    /// Nobody is connected, for the reason given.
    #[serde(default)]
    pub ruled_out: bool,
    pub reason: Option<String>,
    pub notice: Option<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedLaw {
    pub land: String,
    pub digest: String,
    pub text: String,
}

/// The recorded finding of a quorum.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    pub occupied: u64,
    pub present: u64,
    pub entitled: u64,
    pub needed: u64,
    pub met: bool,
    pub norm: String,
    #[serde(default)]
    pub counted: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opened {
    quorum: Quorum,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemCalled {
    item: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSettled {
    pub item: String,
    pub disposal: String,
    #[serde(default, rename = "wording")]
    _wording: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    pub item: String,
    pub seat: String,
}

#[derive(Deserialize)]
pub struct BallotOpened {
    pub ballot: String,
    pub item: String,
    pub method: Method,
    pub quorum: Quorum,
    #[serde(default)]
    pub about: About,
    /// Key of a special majority.
    #[serde(default)]
    pub majority: Option<String>,
    /// The motion it is about.
    #[serde(default)]
    pub motion: Option<String>,
}

/// What a vote is about. Only one on the matter decides the item.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Procedural,
    Amendment,
    #[default]
    Main,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    RollCall,
    ShowOfHands,
    Papers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Yes,
    No,
    Abstain,
}

/// The permanent part: that a seat chose, not what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceCast {
    pub ballot: String,
    pub seat: String,
    #[serde(rename = "way")]
    _way: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicePart {
    choice: Choice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceStruck {
    pub ballot: String,
    pub seat: String,
    pub absent_since: i64,
}

#[derive(Clone, Copy, Default, Deserialize)]
pub struct Hands {
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
    pub none: u32,
    #[serde(default)]
    pub invalid: u32,
}

#[derive(Deserialize)]
pub struct HandsCounted {
    pub ballot: String,
    #[serde(flatten)]
    pub hands: Hands,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotClosed {
    pub ballot: String,
    pub quorum: Quorum,
}

#[derive(Deserialize)]
pub struct BallotVoided {
    pub ballot: String,
}

#[derive(Deserialize)]
pub struct Interrupted {
    pub cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resumed {
    pub quorum: Quorum,
    #[serde(default)]
    pub ballot_goes_on: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataDeleted {
    pub class: Class,
    pub entries: Vec<u64>,
    #[serde(rename = "ground")]
    _ground: String,
}

/// The event of an entry.
///
/// # Errors
/// A German sentence if name, version or fields are not the frozen ones.
pub fn event(entry: &Entry) -> Result<Event, String> {
    if entry.envelope.version != 1 {
        return Err(format!("Unbekannte Fassung {} dieses Eintrags.", entry.envelope.version));
    }
    if entry.is_withheld() {
        return Ok(Event::Withheld);
    }
    Ok(match entry.envelope.name.as_str() {
        "meeting.planned" => Event::Planned(finding(entry)?),
        "meeting.convened" => Event::Convened(finding(entry)?),
        "room.attested" => Event::RoomAttested(finding(entry)?),
        "presence.found" => Event::PresenceFound(finding(entry)?),
        "meeting.opened" => Event::Opened(finding::<Opened>(entry)?.quorum),
        "item.called" => Event::ItemCalled(finding::<ItemCalled>(entry)?.item),
        "item.settled" => Event::ItemSettled(finding(entry)?),
        "recusal.recorded" => Event::RecusalRecorded(finding(entry)?),
        "recusal.lifted" => Event::RecusalLifted(finding(entry)?),
        "ballot.opened" => Event::BallotOpened(finding(entry)?),
        "choice.cast" => Event::ChoiceCast(finding(entry)?, choice(entry)?),
        "choice.struck" => Event::ChoiceStruck(finding(entry)?),
        "hands.counted" => Event::HandsCounted(finding(entry)?),
        "ballot.closed" => Event::BallotClosed(finding(entry)?),
        "result.declared" => Event::ResultDeclared(finding(entry)?),
        "result.struck" => Event::ResultStruck(finding(entry)?),
        "complaint.raised" => Event::Complaint(finding(entry)?),
        "ballot.voided" => Event::BallotVoided(finding(entry)?),
        "meeting.interrupted" => Event::Interrupted(finding(entry)?),
        "meeting.resumed" => Event::Resumed(finding(entry)?),
        "meeting.closed" => Event::Closed,
        "data.deleted" => Event::Deleted,
        "fault.proposed" => Event::Fault { open: true },
        "fault.found" => Event::Fault { open: false },
        "item.text_written" => Event::Text(finding::<TextWritten>(entry)?.item),
        "item.added" => {
            let ItemAdded { item: id, number, admitted_by } = finding(entry)?;
            Event::ItemAdded(Item { id, number, public: true }, admitted_by)
        }
        "item.dropped" => Event::ItemDropped(finding::<OfItem>(entry)?.item),
        "item.reopened" => Event::ItemReopened(finding::<OfItem>(entry)?.item),
        "public_room.attested"
        | "hall.found"
        | "identity.attested"
        | "floor.requested"
        | "floor.declined"
        | "floor.given"
        | "floor.ended"
        | "floor.list_closed"
        | "motion.moved"
        | "motion.reworded"
        | "statement.recorded"
        | "item.moved"
        | "decision.withheld" => Event::Other,
        "public.excluded" => Event::Doors(Doors::Clearing),
        "public.readmitted" => Event::Doors(Doors::Opening),
        "doors.confirmed" => Event::Doors(Doors::Confirmed),
        "closed_part.begun" => Event::Doors(Doors::Closed),
        "closed_part.ended" => Event::Doors(Doors::Open),
        "alone.declared" => Event::Doors(Doors::Alone(finding::<doors::Alone>(entry)?.seat)),
        "decision.announced" => Event::Doors(Doors::Announced(finding(entry)?)),
        "meeting.replanned" => Event::Before(Before::Replanned(finding(entry)?)),
        "meeting.reseated" => Event::Before(Before::Reseated(finding(entry)?)),
        "meeting.rescheduled" => Event::Before(Before::Rescheduled(finding(entry)?)),
        "agenda.amended" => Event::Before(Before::Amended(finding(entry)?)),
        "meeting.cancelled" => Event::Before(Before::Cancelled),
        "summons.delivered" | "summons.repeated" | "reply.given" | "paper.filed" => Event::Before(Before::Told),
        _ if let Some(event) = election::election(entry)? => Event::Election(event),
        _ if let Some(event) = second::second(entry)? => Event::Second(event),
        _ if let Some(event) = chair::chair(entry)? => Event::Chair(event),
        _ if let Some(event) = order::order(entry)? => Event::Order(event),
        _ if let Some(event) = filming::filming(entry)? => Event::Filming(event),
        _ if let Some(event) = switch::switch(entry)? => Event::Switch(event),
        _ if let Some(event) = doubt::doubt(entry)? => Event::Doubt(event),
        _ => return Err("Dieses Ereignis kennt diese Prüfung nicht; niemand kann sagen, was es bewirkt.".into()),
    })
}

/// The permanent part of an entry; of what happened behind closed doors the one kept apart.
///
/// # Errors
/// A German sentence if it is missing or has other fields.
pub fn finding<T: DeserializeOwned>(entry: &Entry) -> Result<T, String> {
    let part = |class| entry.parts.get(&class).and_then(Option::as_ref);
    let part = part(Class::Finding).or_else(|| part(Class::ClosedFinding)).ok_or("Die Feststellung fehlt.")?;
    serde_json::from_str(&part.payload).map_err(|error| format!("Die Feststellung ist nicht lesbar: {error}"))
}

/// The choice itself; `None` if it has been deleted.
fn choice(entry: &Entry) -> Result<Option<Choice>, String> {
    let wrong = || "Die Einzelstimme ist nicht lesbar.".to_owned();
    match entry.parts.get(&Class::Choice) {
        Some(Some(part)) => {
            serde_json::from_str::<ChoicePart>(&part.payload).map(|part| Some(part.choice)).map_err(|_| wrong())
        }
        Some(None) => Ok(None),
        None => Err(wrong()),
    }
}
