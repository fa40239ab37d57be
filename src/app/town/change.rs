//! What an administrator can change about the town. A change is applied to the draft of the town before it; whether the
//! result is a town, [`Town::try_from`] alone decides.

mod bodies;
mod bylaws;
mod local;
mod people;
#[cfg(test)]
mod tests;
mod told;

pub use local::LocalSaid;

use super::{BylawKind, Function, Role, Town, TownDraft, TownError, chair_of};
use crate::app::town::parse;
use crate::domain::time::Date;

/// Something that is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field it is about, by its name in the form; empty if it is about the whole.
    pub field: &'static str,
    /// A German sentence.
    pub sentence: String,
}

/// Who is to get a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// Somebody the town knows, by identifier.
    Known(String),
    New {
        name: String,
        email: String,
    },
}

/// One change, as it was typed. Days are `YYYY-MM-DD`; empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    AddPerson {
        name: String,
        email: String,
    },
    ChangePerson {
        person: String,
        name: String,
        email: String,
    },
    /// Takes roles, deputising and mandates that have ended along.
    RemovePerson {
        person: String,
    },
    /// A new body, with its chair.
    AddBody {
        name: String,
        statutory_seats: String,
        chair: String,
    },
    ChangeBody {
        body: String,
        name: String,
        statutory_seats: String,
        /// Its identifier in the council information system; empty for none.
        oparl: String,
        /// The ground on which results name voters; empty: they do not.
        named_results: String,
        /// Where the Geschäftsordnung allows the chat; empty: it does not.
        chat: String,
        /// Which kind of body it is; empty: not said.
        kind: String,
        /// Minutes a contribution may last, and where the Geschäftsordnung says so; both empty: no limit.
        speaking: (String, String),
    },
    AddSeat {
        body: String,
        member: Member,
        function: Function,
        faction: String,
        from: String,
        until: String,
    },
    ChangeSeat {
        body: String,
        seat: String,
        faction: String,
        from: String,
        until: String,
    },
    /// `until` is the last day of the mandate.
    EndSeat {
        body: String,
        seat: String,
        until: String,
    },
    /// A faction of a body gets another name; an empty one dissolves it.
    RenameFaction {
        body: String,
        from: String,
        to: String,
    },
    /// In this order.
    SetDeputies {
        body: String,
        people: Vec<String>,
    },
    GiveRole {
        body: String,
        person: String,
        role: Role,
    },
    TakeRole {
        body: String,
        person: String,
        role: Role,
    },
    AddBylaw {
        kind: BylawKind,
        reference: String,
        decided_on: String,
        in_force_from: String,
        /// Votes in favour, and all members; both empty: not on record.
        carried: [String; 2],
        /// The Ortschaftsrat that consents; empty for a clause of the Hauptsatzung.
        body: String,
    },
    /// `until` is the last day it is in force.
    EndBylaw {
        place: usize,
        until: String,
    },
    /// The votes that carried it are entered afterwards.
    ProveBylaw {
        place: usize,
        carried: [String; 2],
    },
    AddLocal(LocalSaid),
    /// `until` is the last day it applies.
    EndLocal {
        place: usize,
        until: String,
    },
}

/// The town after a change, and what the history says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub town: Town,
    pub what: String,
}

impl Change {
    /// What happened, for the log: no name, no address.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AddPerson { .. } => "add_person",
            Self::ChangePerson { .. } => "change_person",
            Self::RemovePerson { .. } => "remove_person",
            Self::AddBody { .. } => "add_body",
            Self::ChangeBody { .. } => "change_body",
            Self::AddSeat { .. } => "add_seat",
            Self::ChangeSeat { .. } => "change_seat",
            Self::EndSeat { .. } => "end_seat",
            Self::RenameFaction { .. } => "rename_faction",
            Self::SetDeputies { .. } => "set_deputies",
            Self::GiveRole { .. } => "give_role",
            Self::TakeRole { .. } => "take_role",
            Self::AddBylaw { .. } => "add_bylaw",
            Self::EndBylaw { .. } => "end_bylaw",
            Self::ProveBylaw { .. } => "prove_bylaw",
            Self::AddLocal(_) => "add_local",
            Self::EndLocal { .. } => "end_local",
        }
    }

    /// The town with this change, as of `today`.
    ///
    /// # Errors
    /// What is wrong with what was typed; nothing is changed.
    pub fn apply(&self, town: &Town, today: Date) -> Result<Changed, Wrong> {
        let mut draft = TownDraft::from(town);
        let what = match self {
            Self::AddPerson { name, email } => people::add(&mut draft, name, email).map(|(_, what)| what),
            Self::ChangePerson { person, name, email } => people::change(&mut draft, person, name, email),
            Self::RemovePerson { person } => people::remove(&mut draft, person, today),
            Self::AddBody { name, statutory_seats, chair } => {
                bodies::add(&mut draft, name, statutory_seats, (chair, led_by(town)))
            }
            Self::ChangeBody { body, name, statutory_seats, oparl, named_results, chat, kind, speaking } => {
                let speaking = (speaking.0.as_str(), speaking.1.as_str());
                let said = bodies::Said { name, statutory_seats, oparl, named_results, chat, kind, speaking };
                bodies::change(&mut draft, body, &said)
            }
            Self::AddSeat { body, member, function, faction, from, until } => {
                let seat = bodies::Mandate { faction, from, until };
                let function = if function.leads() { led_by(town) } else { *function };
                bodies::add_seat(&mut draft, body, member, function, &seat)
            }
            Self::ChangeSeat { body, seat, faction, from, until } => {
                bodies::change_seat(&mut draft, body, seat, &bodies::Mandate { faction, from, until })
            }
            Self::EndSeat { body, seat, until } => bodies::end_seat(&mut draft, body, seat, until),
            Self::RenameFaction { body, from, to } => bodies::rename_faction(&mut draft, body, from, to),
            Self::SetDeputies { body, people } => bodies::set_deputies(&mut draft, body, people),
            Self::GiveRole { body, person, role } => bodies::give_role(&mut draft, body, person, *role),
            Self::TakeRole { body, person, role } => bodies::take_role(&mut draft, body, person, *role),
            Self::AddBylaw { kind, reference, decided_on, in_force_from, carried: [yes, members], body } => {
                bylaws::add(&mut draft, (*kind, body), reference, [decided_on, in_force_from], [yes, members])
            }
            Self::EndBylaw { place, until } => bylaws::end(&mut draft, *place, until),
            Self::ProveBylaw { place, carried: [yes, members] } => bylaws::prove(&mut draft, *place, yes, members),
            Self::AddLocal(said) => local::add(&mut draft, said),
            Self::EndLocal { place, until } => local::end(&mut draft, *place, until),
        }?;
        let names = draft.clone();
        let town = Town::try_from(draft).map_err(|why| told::plainly(&why, &names))?;
        if matches!(self, Self::AddLocal(_)) {
            town.local_law_is_lawful().map_err(|beyond| wrong("wert", beyond.why.what))?;
        }
        Ok(Changed { town, what })
    }
}

/// As what the chair sits in a body, by the law of the Land: a form only says that somebody leads.
fn led_by(town: &Town) -> Function {
    town.land().newest().map_or(Function::Mayor, |rules| chair_of(&rules))
}

fn wrong(field: &'static str, sentence: impl Into<String>) -> Wrong {
    Wrong { field, sentence: sentence.into() }
}

/// A text that must be there, tidied.
fn text(field: &'static str, what: &str, typed: &str) -> Result<String, Wrong> {
    parse::text(what, typed).map_err(|why| match why {
        TownError::Empty(_) => wrong(field, format!("{what} fehlt.")),
        why => wrong(field, format!("{why}.")),
    })
}

/// A text that may be missing.
fn text_or_none(field: &'static str, what: &str, typed: &str) -> Result<Option<String>, Wrong> {
    if typed.trim().is_empty() { Ok(None) } else { text(field, what, typed).map(Some) }
}

fn day(field: &'static str, what: &str, typed: &str) -> Result<Date, Wrong> {
    match typed.trim() {
        "" => Err(wrong(field, format!("{what} fehlt."))),
        typed => typed
            .chars()
            .take(40)
            .collect::<String>()
            .parse()
            .map_err(|why: crate::domain::time::NotADate| wrong(field, format!("{what}: {why}."))),
    }
}

fn day_or_none(field: &'static str, what: &str, typed: &str) -> Result<Option<Date>, Wrong> {
    if typed.trim().is_empty() { Ok(None) } else { day(field, what, typed).map(Some) }
}

/// Whether two names are meant to be the same.
fn alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
