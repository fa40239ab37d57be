//! From a short description and the town to a planned meeting.

use crate::app::record;
use crate::app::town::{Beyond, BylawKind, Function, Role, Town};
use crate::domain::council::{self, Seat};
use crate::domain::id::{BodyId, ItemId, MeetingId, PersonId};
use crate::domain::law::format::Clause as ClauseKind;
use crate::domain::law::voice::advisory;
use crate::domain::meeting::Plan;
use crate::domain::meeting::command::LateItem;
use crate::domain::meeting::event::{AgendaEntry, Clause, Reseated};
use crate::domain::text::{Name, Title, Wording};
use crate::domain::time::{Date, Instant};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What somebody writes down to plan a meeting.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingDraft {
    pub id: MeetingId,
    pub body: BodyId,
    pub title: Title,
    pub place: Name,
    /// The day of the sitting, by the local calendar.
    pub day: Date,
    pub starts_at: Instant,
    #[serde(default)]
    pub first_after_election: bool,
    /// The day the members were summoned on another way than by this program.
    #[serde(default)]
    pub summoned_on: Option<Date>,
    pub agenda: Vec<ItemDraft>,
}

/// One line of the agenda.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    /// Follows from the number unless it is given.
    #[serde(default)]
    pub id: Option<ItemId>,
    /// As printed.
    pub number: String,
    pub title: Title,
    #[serde(default = "public")]
    pub public: bool,
    #[serde(default)]
    pub motion: Option<Wording>,
}

const fn public() -> bool {
    true
}

/// Why a draft is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    #[error("Das Gremium „{0}“ gibt es in der Gemeinde nicht.")]
    NoBody(BodyId),
    #[error("Im Gremium „{0}“ hat an diesem Tag niemand den Vorsitz.")]
    NoChair(String),
    #[error("„{number}“ ist keine Nummer eines Tagesordnungspunkts: Ziffern und Punkte, höchstens 20 Zeichen.")]
    Number { number: String },
    #[error("{0}")]
    Local(#[from] Beyond),
    #[error("{0}: {1}")]
    Text(String, String),
}

/// The plan of a draft, with the body's seats and the Hauptsatzung as the town has them for that day.
///
/// # Errors
/// [`NoPlan`].
pub fn plan_from(draft: &MeetingDraft, town: &Town) -> Result<Plan, NoPlan> {
    let body = town.body(&draft.body).ok_or_else(|| NoPlan::NoBody(draft.body.clone()))?;
    let Reseated { seats, chair, clerk, clauses, deputies, local, statutory } = body_of(town, &draft.body, draft.day)?;
    let Agenda { entries: agenda, closed_titles, closed_motions } = agenda(&draft.agenda)?;
    Ok(Plan {
        municipality: text(town.municipality(), "Gemeinde")?,
        land: town.land().as_str().to_owned(),
        body: body.id.clone(),
        body_name: text(&body.name, "Gremium")?,
        title: draft.title.clone(),
        place: draft.place.clone(),
        day: draft.day,
        starts_at: draft.starts_at,
        first_after_election: draft.first_after_election,
        seats,
        chair,
        clerk,
        agenda,
        closed_titles: Some(closed_titles),
        closed_motions: Some(closed_motions),
        clauses,
        summoned_on: draft.summoned_on,
        deputies,
        local,
        kind: body.kind,
        statutory,
    })
}

/// A body as the town has it on `day`: who sits in it, who chairs, who writes, and what the Hauptsatzung allows.
///
/// # Errors
/// [`NoPlan`].
pub fn body_of(town: &Town, body: &BodyId, day: Date) -> Result<Reseated, NoPlan> {
    let body = town.body(body).ok_or_else(|| NoPlan::NoBody(body.clone()))?;
    let seats = body.seats_on(day).map(|seat| seat_of(seat, town)).collect::<Result<Vec<_>, _>>()?;
    let chair = body.chair_on(day).ok_or_else(|| NoPlan::NoChair(body.name.clone()))?.id.clone();
    let clerk = town
        .people()
        .iter()
        .find(|person| body.has_role(&person.id, Role::Clerk))
        .map_or_else(|| "nicht benannt".to_owned(), |person| person.name.clone());
    // The number of the town counts whoever is elected into the body; the mayor comes by an office of their own.
    let mayors = body.seats_on(day).filter(|seat| seat.function == Function::Mayor).count();
    // Who represents the chair sits with the body, with a vote or, like an official, with an advisory voice.
    let seat_of_person =
        |person: &PersonId| body.seats_on(day).find(|seat| seat.person == *person).map(|seat| seat.id.clone());
    let deputies = body.deputies.iter().filter_map(seat_of_person).filter(|seat| *seat != chair).collect();
    Ok(Reseated {
        seats,
        chair,
        deputies,
        clerk: text(&clerk, "Schriftführung")?,
        clauses: town
            .bylaws()
            .iter()
            .filter(|bylaw| bylaw.lasts_to(day) && bylaw.is_for(&body.id))
            .map(|bylaw| {
                Ok::<_, NoPlan>(Clause {
                    kind: match bylaw.kind {
                        BylawKind::Emergency2025 => ClauseKind::Digital,
                        BylawKind::Hybrid2025 => ClauseKind::Remote,
                        BylawKind::NonPublic2025 => ClauseKind::RemoteInClosedPart,
                        BylawKind::ChairNonPublic2025 => ClauseKind::ChairRemoteInClosedPart,
                        BylawKind::Remote2020 => ClauseKind::Video2020,
                        BylawKind::Exclude2025 => ClauseKind::ExcludeRemote,
                        BylawKind::Recording2025 => ClauseKind::Recording,
                        BylawKind::DistrictConsent => ClauseKind::DistrictConsent,
                    },
                    reference: text(&bylaw.reference, "Hauptsatzung")?,
                    decided_on: bylaw.decided_on,
                    in_force_from: bylaw.in_force_from,
                    carried: bylaw.carried,
                })
            })
            .collect::<Result<_, _>>()?,
        local: town.local_law_of(&body.id)?,
        statutory: u32::try_from(mayors).ok().map(|mayors| mayors.saturating_add(body.statutory_seats.into())),
    })
}

/// The agenda of a plan, with titles and motions of the non-public items apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Agenda {
    pub entries: Vec<AgendaEntry>,
    pub closed_titles: BTreeMap<ItemId, Title>,
    pub closed_motions: BTreeMap<ItemId, Wording>,
}

pub(super) fn agenda(items: &[ItemDraft]) -> Result<Agenda, NoPlan> {
    let (mut closed_titles, mut closed_motions) = (BTreeMap::new(), BTreeMap::new());
    let mut agenda = Vec::new();
    for item in items {
        let id = item.id.clone().map_or_else(|| item_id(&item.number), Ok)?;
        if !item.public {
            closed_titles.insert(id.clone(), item.title.clone());
            closed_motions.extend(item.motion.clone().map(|motion| (id.clone(), motion)));
        }
        agenda.push(AgendaEntry {
            id,
            number: item.number.clone(),
            public: item.public,
            title: item.public.then(|| item.title.clone()),
            motion: item.motion.clone().filter(|_| item.public),
        });
    }
    Ok(Agenda { entries: agenda, closed_titles, closed_motions })
}

/// The members of a body on `day`: of those who sit with it, who has a vote there.
///
/// # Errors
/// [`NoPlan`].
pub fn members_of(town: &Town, body: &BodyId, day: Date) -> Result<Reseated, NoPlan> {
    let mut found = body_of(town, body, day)?;
    let kind = town.body(body).and_then(|body| body.kind);
    if let Ok(rules) = record::rules_on(town, body, day) {
        found.seats.retain(|seat| seat.id == found.chair || advisory(&rules, seat.function, kind).is_none());
    }
    Ok(found)
}

fn seat_of(seat: &crate::app::town::Seat, town: &Town) -> Result<Seat, NoPlan> {
    let name = town.person(&seat.person).map_or("", |person| person.name.as_str());
    Ok(Seat {
        id: seat.id.clone(),
        person: seat.person.clone(),
        name: text(name, "Name")?,
        function: match seat.function {
            Function::Mayor => council::Function::Mayor,
            // Whoever the members have elected into the chair stays one of them.
            Function::Chair | Function::Councillor => council::Function::Councillor,
            Function::Official => council::Function::Official,
            Function::Resident => council::Function::Resident,
            Function::DistrictHead => council::Function::DistrictHead,
        },
        faction: seat.faction.as_deref().map(|faction| text(faction, "Fraktion")).transpose()?,
    })
}

fn text(text: &str, what: &str) -> Result<Name, NoPlan> {
    text.parse().map_err(|why: crate::domain::text::NotAText| NoPlan::Text(what.to_owned(), why.to_string()))
}

/// An item that comes onto an agenda that was already told.
///
/// # Errors
/// [`NoPlan::Number`].
pub fn late_item(number: &str, title: Title, public: bool, motion: Option<Wording>) -> Result<LateItem, NoPlan> {
    let entry = AgendaEntry {
        id: item_id(number)?,
        number: number.to_owned(),
        public,
        title: public.then(|| title.clone()),
        motion: motion.clone().filter(|_| public),
    };
    Ok(LateItem { entry, closed_title: (!public).then_some(title), closed_motion: motion.filter(|_| !public) })
}

/// „5.1“ becomes `top-5-1`.
///
/// # Errors
/// [`NoPlan::Number`] if it is no number.
pub fn item_id(number: &str) -> Result<ItemId, NoPlan> {
    let wrong = || NoPlan::Number { number: number.chars().take(40).collect() };
    if !is_item_number(number) {
        return Err(wrong());
    }
    format!("top-{}", number.replace('.', "-")).parse().map_err(|_| wrong())
}

/// Digits and dots: „5“, „5.1“.
#[must_use]
pub fn is_item_number(number: &str) -> bool {
    number.len() <= 20
        && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()))
}
