//! Meetings from another system: what of them can be planned here, what had to be mended for it, and what cannot.

use crate::app::planning::{ItemDraft, MeetingDraft, is_item_number, plan_from};
use crate::app::ports::import::{ForeignItem, ForeignMeeting};
use crate::app::sittings::{Planned, Sittings};
use crate::app::town::Town;
use crate::domain::id::MeetingId;
use crate::domain::text::{NotAText, Text};
use crate::domain::time::{Date, Instant};
use std::collections::BTreeSet;

/// Begins the identifiers of meetings that come from OParl.
const KEY_PREFIX: &str = "oparl-";
/// Printed where an item has no number of its own: in real agendas these are headings.
const NO_NUMBER: &str = "–";
/// Longest printed number, in characters.
const NUMBER_CHARS_MAX: usize = 20;

/// What became of one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// As people know it there.
    pub name: String,
    pub fate: Fate,
    /// What had to be mended, as German sentences.
    pub mended: Vec<String>,
}

/// The fate of a meeting of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Planned now, or before, or before with other content.
    Planned { meeting: MeetingId, items: usize, how: Planned },
    /// Not for this town, or not usable; why, as a German sentence.
    LeftOut(String),
    /// The plan was refused or the machine failed.
    Failed(String),
}

/// Plans the meeting if a body of the town holds it. Asked again, it changes nothing.
pub async fn import(
    sittings: &Sittings,
    town: &Town,
    day_of: impl Fn(Instant) -> Date,
    foreign: &ForeignMeeting,
) -> Imported {
    let mut mended = foreign.mended.clone();
    let name = foreign.name.clone().unwrap_or_else(|| foreign.key.clone());
    let fate = match draft(town, day_of, foreign, &mut mended) {
        Err(why) => Fate::LeftOut(why),
        Ok(draft) => match plan_from(&draft, town) {
            Err(why) => Fate::Failed(why.to_string()),
            Ok(plan) => match sittings.plan(&draft.id, &plan).await {
                Err(why) => Fate::Failed(why.to_string()),
                Ok(how) => Fate::Planned { meeting: draft.id, items: draft.agenda.len(), how },
            },
        },
    };
    Imported { name, fate, mended }
}

/// A draft as a clerk would have written it.
fn draft(
    town: &Town,
    day_of: impl Fn(Instant) -> Date,
    foreign: &ForeignMeeting,
    mended: &mut Vec<String>,
) -> Result<MeetingDraft, String> {
    if foreign.cancelled {
        return Err("abgesagt oder gelöscht".to_owned());
    }
    let holds =
        |body: &&crate::app::town::Body| body.oparl.as_ref().is_some_and(|id| foreign.organizations.contains(id));
    let body = town.bodies().iter().find(holds).ok_or_else(|| {
        let whose = foreign.organizations.first().map_or("keines genannt", String::as_str);
        format!("kein Gremium der Gemeinde („oparl“ in der Gemeindedatei): {whose}")
    })?;
    let starts_at = foreign.start.ok_or("ohne Beginn")?;
    let id = format!("{KEY_PREFIX}{}", foreign.key.to_ascii_lowercase());
    let id = id.parse::<MeetingId>().map_err(|why| why.to_string())?;
    Ok(MeetingDraft {
        id,
        body: body.id.clone(),
        agenda: agenda(&foreign.items, mended)?,
        title: fitting(foreign.name.as_deref(), &body.name, "Titel der Sitzung", mended)?,
        place: fitting(foreign.place.as_deref(), "Ort nicht angegeben", "Ort", mended)?,
        day: day_of(starts_at),
        starts_at,
        first_after_election: false,
        summoned_on: None,
    })
}

/// The agenda as a clerk would have written it: numbers and titles that fit.
pub(super) fn agenda(items: &[ForeignItem], mended: &mut Vec<String>) -> Result<Vec<ItemDraft>, String> {
    let mut taken = BTreeSet::new();
    (1..).zip(items).map(|(position, foreign)| item(position, foreign, &mut taken, mended)).collect()
}

fn item(
    position: usize,
    foreign: &ForeignItem,
    taken: &mut BTreeSet<String>,
    mended: &mut Vec<String>,
) -> Result<ItemDraft, String> {
    let number = foreign.number.as_deref().map(str::trim).unwrap_or_default();
    let usable = is_item_number(number) && taken.insert(number.to_owned());
    let public = foreign.public.unwrap_or_else(|| {
        mended.push(format!("Punkt {position} sagt nicht, ob er öffentlich ist, und gilt als nichtöffentlich."));
        false
    });
    let printable =
        !number.is_empty() && number.chars().count() <= NUMBER_CHARS_MAX && !number.contains(char::is_control);
    let printed = if printable { number.to_owned() } else { NO_NUMBER.to_owned() };
    if !usable {
        mended.push(format!("Punkt {position} hat die Nummer „{}“ und heißt hier „{printed}“.", clip(number)));
    }
    let missing = if public { "Ohne Titel" } else { "Nichtöffentlicher Punkt" };
    Ok(ItemDraft {
        id: (!usable).then(|| format!("punkt-{position}").parse().ok()).flatten(),
        number: printed,
        title: fitting(foreign.title.as_deref(), missing, &format!("Titel von Punkt {position}"), mended)?,
        public,
        motion: None,
    })
}

/// A text that fits: without control characters, cut where it is too long, `instead` where there is none.
fn fitting<const MAX: usize>(
    text: Option<&str>,
    instead: &str,
    what: &str,
    mended: &mut Vec<String>,
) -> Result<Text<MAX>, String> {
    let Some(text) = text else {
        mended.push(format!("{what} fehlt; hier steht „{instead}“."));
        return instead.parse().map_err(|why: NotAText| format!("{what}: {why}"));
    };
    match text.parse() {
        Ok(text) => Ok(text),
        Err(NotAText::Empty) => fitting(None, instead, what, mended),
        Err(NotAText::Control | NotAText::TooLong { .. }) => {
            mended.push(format!("{what} ist gekürzt oder von Steuerzeichen befreit."));
            let plain = text.chars().map(|character| if character.is_control() { ' ' } else { character });
            let mut cut: String = plain.take(MAX.saturating_sub(1)).collect();
            if text.chars().count() > MAX {
                cut.push('…');
            }
            if cut.trim().is_empty() {
                fitting(None, instead, what, mended)
            } else {
                cut.parse().map_err(|why: NotAText| format!("{what}: {why}"))
            }
        }
    }
}

fn clip(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(40).collect()
}
