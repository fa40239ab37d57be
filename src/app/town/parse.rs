//! From what the file says to a town without contradictions.

use super::chat::chat;
use super::local::local;
use super::speaking::speaking;
use super::{
    BODIES_MAX, Body, BodyDraft, Bylaw, BylawKind, DEPUTIES_MAX, MANDATES_MAX, PEOPLE_MAX, Person, PersonDraft, Role,
    SEATS_MAX, Seat, SeatDraft, TEXT_CHARS_MAX, Town, TownDraft, TownError,
};
use crate::domain::id::{BodyId, HALL, NotAnId, PersonId, SeatId};
use crate::domain::law::BodyKind;
use crate::domain::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// RFC 5321, 4.5.3.1: a path has at most 256 octets, two of them brackets.
const EMAIL_BYTES_MAX: usize = 254;
/// More clauses than any Hauptsatzung has on one matter.
const BYLAWS_MAX: usize = 50;
/// More roles than a body can use.
const ROLES_MAX: usize = 100;
/// More identifiers than go out of use in a hundred years.
const RETIRED_MAX: usize = 20_000;

impl TryFrom<TownDraft> for Town {
    type Error = TownError;

    fn try_from(draft: TownDraft) -> Result<Self, TownError> {
        at_most("Personen", PEOPLE_MAX, draft.people.len())?;
        at_most("Gremien", BODIES_MAX, draft.bodies.len())?;
        at_most("Regelungen der Hauptsatzung", BYLAWS_MAX, draft.bylaws.len())?;
        let municipality = text("der Name der Gemeinde", &draft.municipality)?;
        let people = people(draft.people)?;
        let known: BTreeSet<&PersonId> = people.iter().map(|person| &person.id).collect();
        let mut seats_taken = BTreeSet::new();
        let mut bodies: Vec<Body> = Vec::with_capacity(draft.bodies.len());
        for body in draft.bodies {
            let body = self::body(body, &known, &mut seats_taken)?;
            if bodies.iter().any(|other| other.id == body.id) {
                return Err(TownError::BodyTwice(body.id));
            }
            if let Some(oparl) = body.oparl.as_ref().filter(|_| bodies.iter().any(|other| other.oparl == body.oparl)) {
                return Err(TownError::OparlTwice(oparl.clone()));
            }
            bodies.push(body);
        }
        let bylaws = draft.bylaws.into_iter().map(|clause| bylaw(clause, &bodies)).collect::<Result<_, _>>()?;
        at_most("vergebene Kennungen", RETIRED_MAX, draft.retired.len())?;
        let retired: BTreeSet<String> = draft.retired.into_iter().collect();
        let used = people.iter().map(|person| person.id.as_str()).chain(seats_taken.iter().map(SeatId::as_str));
        if let Some(again) = used.into_iter().find(|id| retired.contains(*id)) {
            return Err(TownError::Retired(again.to_owned()));
        }
        let local = local(draft.local, &bodies)?;
        Ok(Self { municipality, land: draft.land, people, bodies, bylaws, local, retired })
    }
}

fn people(drafts: Vec<PersonDraft>) -> Result<Vec<Person>, TownError> {
    let (mut ids, mut emails) = (BTreeSet::new(), BTreeSet::new());
    let mut people = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let id: PersonId = id("die Kennung einer Person", draft.id)?;
        let name = text(&format!("der Name der Person „{id}“"), &draft.name)?;
        // Who has no address is summoned on another way and cannot sign in.
        let email = if draft.email.trim().is_empty() { String::new() } else { email(&draft.email)? };
        if !ids.insert(id.clone()) {
            return Err(TownError::PersonTwice(id));
        }
        if !email.is_empty() && !emails.insert(email.clone()) {
            return Err(TownError::EmailTwice(email));
        }
        people.push(Person { id, name, email });
    }
    Ok(people)
}

fn body(draft: BodyDraft, known: &BTreeSet<&PersonId>, seats_taken: &mut BTreeSet<SeatId>) -> Result<Body, TownError> {
    let id: BodyId = id("die Kennung eines Gremiums", draft.id)?;
    let name = text(&format!("der Name des Gremiums „{id}“"), &draft.name)?;
    let oparl = draft.oparl.map(|oparl| text(&format!("„oparl“ des Gremiums „{id}“"), &oparl)).transpose()?;
    let ground = |ground: String| text(&format!("„named_results“ (der Grund) des Gremiums „{id}“"), &ground);
    let named_results = draft.named_results.map(ground).transpose()?;
    at_most("Sitze", MANDATES_MAX, draft.seats.len())?;
    at_most("Rollen", ROLES_MAX, draft.roles.len())?;
    let mut seats: Vec<Seat> = Vec::with_capacity(draft.seats.len());
    for seat in draft.seats {
        let seat = self::seat(seat, known)?;
        if !seats_taken.insert(seat.id.clone()) {
            return Err(TownError::SeatTwice(seat.id));
        }
        if seat.id.as_str() == HALL {
            return Err(TownError::SeatNamedHall(seat.id));
        }
        if seats.iter().any(|other| other.person == seat.person && other.overlaps(&seat)) {
            return Err(TownError::TwoSeats { person: seat.person, body: id });
        }
        seats.push(seat);
    }
    occupied(&id, draft.statutory_seats, &seats)?;
    let deputies = deputies(&id, draft.deputies, known)?;
    let mut roles: BTreeMap<PersonId, BTreeSet<Role>> = BTreeMap::new();
    for given in draft.roles {
        if given.role == Role::Chair {
            return Err(TownError::ChairAsRole(id));
        }
        let person = person(&format!("eine Rolle im Gremium „{id}“"), given.person, known)?;
        if given.role == Role::Hall && seats.iter().any(|seat| seat.person == person) {
            return Err(TownError::HallWithSeat { person, body: id });
        }
        roles.entry(person).or_default().insert(given.role);
    }
    let chat = chat(id.as_str(), draft.chat, draft.chat_reference.as_deref())?;
    let speaking = speaking(id.as_str(), draft.speaking_minutes, draft.speaking_reference.as_deref())?;
    let statutory_seats = draft.statutory_seats;
    let kind = draft.kind;
    Ok(Body { id, name, oparl, statutory_seats, seats, deputies, named_results, kind, chat, speaking, roles })
}

/// There is a chair, never two at a time, and never more members than the law knows (§ 25 (2) GemO BW). The most are there
/// on a day on which somebody begins.
fn occupied(body: &BodyId, statutory: u16, seats: &[Seat]) -> Result<(), TownError> {
    let chairs: Vec<&Seat> = seats.iter().filter(|seat| seat.function.leads()).collect();
    if chairs.is_empty() {
        return Err(TownError::NoChair(body.clone()));
    }
    if chairs.iter().enumerate().any(|(place, one)| chairs.iter().skip(place + 1).any(|other| one.overlaps(other))) {
        return Err(TownError::TwoChairs(body.clone()));
    }
    let beginnings: BTreeSet<Date> = seats.iter().map(|seat| seat.from.unwrap_or(Date::EPOCH)).collect();
    for day in beginnings {
        let held = || seats.iter().filter(|seat| seat.is_held_on(day));
        at_most("Sitze", SEATS_MAX, held().count())?;
        let occupied = held().filter(|seat| seat.function.is_elected()).count();
        if occupied > usize::from(statutory) {
            return Err(TownError::MoreThanStatutory { body: body.clone(), occupied, statutory });
        }
    }
    Ok(())
}

fn deputies(body: &BodyId, names: Vec<String>, known: &BTreeSet<&PersonId>) -> Result<Vec<PersonId>, TownError> {
    at_most("Stellvertretungen", DEPUTIES_MAX, names.len())?;
    let mut deputies: Vec<PersonId> = Vec::with_capacity(names.len());
    for name in names {
        let person = person(&format!("eine Stellvertretung im Gremium „{body}“"), name, known)?;
        if deputies.contains(&person) {
            return Err(TownError::DeputyTwice { person, body: body.clone() });
        }
        deputies.push(person);
    }
    Ok(deputies)
}

fn seat(draft: SeatDraft, known: &BTreeSet<&PersonId>) -> Result<Seat, TownError> {
    let id: SeatId = id("die Kennung eines Sitzes", draft.id)?;
    let person = person(&format!("der Sitz „{id}“"), draft.person, known)?;
    let faction = draft.faction.map(|name| text(&format!("die Fraktion des Sitzes „{id}“"), &name)).transpose()?;
    if draft.from.zip(draft.until).is_some_and(|(from, until)| until < from) {
        return Err(TownError::EndsBeforeItBegins { what: format!("der Sitz „{id}“") });
    }
    Ok(Seat { id, person, function: draft.function, faction, from: draft.from, until: draft.until })
}

fn bylaw(mut clause: Bylaw, bodies: &[Body]) -> Result<Bylaw, TownError> {
    clause.reference = text("die Fundstelle einer Regelung der Hauptsatzung", &clause.reference)?;
    let districts = bodies.iter().filter(|body| body.kind == Some(BodyKind::DistrictCouncil));
    let consents = districts.into_iter().any(|body| clause.body.as_deref() == Some(body.id.as_str()));
    if consents != (clause.kind == BylawKind::DistrictConsent) || (clause.body.is_some() && !consents) {
        return Err(TownError::NoDistrict(clause.reference));
    }
    if clause.in_force_from < clause.decided_on {
        return Err(TownError::InForceBeforeDecided(clause.reference));
    }
    if !clause.lasts_to(clause.in_force_from) {
        return Err(TownError::EndsBeforeItBegins { what: format!("die Regelung „{}“", clause.reference) });
    }
    Ok(clause)
}

fn person(what: &str, name: String, known: &BTreeSet<&PersonId>) -> Result<PersonId, TownError> {
    let id: PersonId = id(what, name)?;
    if known.contains(&id) {
        Ok(id)
    } else {
        Err(TownError::UnknownPerson { what: what.to_owned(), person: id.into() })
    }
}

fn id<T: TryFrom<String, Error = NotAnId>>(what: &str, text: String) -> Result<T, TownError> {
    T::try_from(text).map_err(|why| TownError::Id { what: what.to_owned(), why })
}

pub(super) fn text(what: &str, text: &str) -> Result<String, TownError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        Err(TownError::Empty(what.to_owned()))
    } else if trimmed.chars().count() > TEXT_CHARS_MAX {
        Err(TownError::TooLong { what: what.to_owned() })
    } else if trimmed.chars().any(char::is_control) {
        Err(TownError::ControlCharacter(what.to_owned()))
    } else {
        Ok(trimmed.to_owned())
    }
}

/// Just enough to catch a slip of the pen; whether somebody reads it, only a delivered mail tells.
pub(super) fn email(text: &str) -> Result<String, TownError> {
    let well_formed = text.len() <= EMAIL_BYTES_MAX
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b',' | b';'))
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|l| !l.is_empty())
        });
    if well_formed {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(TownError::NotAnEmail(text.chars().take(EMAIL_BYTES_MAX).collect()))
    }
}

pub(super) fn at_most(what: &'static str, max: usize, count: usize) -> Result<(), TownError> {
    if count > max { Err(TownError::TooMany { what, max }) } else { Ok(()) }
}
