//! From what somebody typed and the town to a matter that can be sent round.

use crate::app::planning::{NoPlan, members_of};
use crate::app::record;
use crate::app::town::Town;
use crate::domain::circulation::{Opened, Opening};
use crate::domain::id::BodyId;
use crate::domain::meeting::event::Reseated;
use crate::domain::text::{NotAText, Remark, Title, Wording};
use crate::domain::time::Date;

/// What somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningDraft {
    pub body: String,
    pub subject: String,
    pub wording: String,
    pub simple_because: String,
    /// `YYYY-MM-DD`.
    pub last_day: String,
    /// `Gegenstand einfacher Art`, ticked by whoever answers for it.
    pub simple: bool,
}

/// Why nothing can be sent round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoOpening {
    #[error("Das Gremium „{0}“ gibt es in der Gemeinde nicht.")]
    NoBody(String),
    #[error("„Letzter Tag“ ist kein Datum.")]
    NoDay,
    #[error("„{field}“: {why}")]
    Text { field: &'static str, why: NotAText },
    #[error(transparent)]
    Town(#[from] NoPlan),
    #[error("{0}")]
    Law(String),
}

/// The opening of a draft, with the body as the town has it today and the law of the Land.
///
/// # Errors
/// [`NoOpening`].
pub fn opening(draft: &OpeningDraft, town: &Town, today: Date) -> Result<Opening, NoOpening> {
    let unknown = || NoOpening::NoBody(draft.body.chars().take(60).collect());
    let body: BodyId = draft.body.parse().map_err(|_| unknown())?;
    let known = town.body(&body).ok_or_else(unknown)?;
    let Reseated { seats, chair, clerk, local, .. } = members_of(town, &body, today)?;
    let text = |field: &'static str| move |why: NotAText| NoOpening::Text { field, why };
    let subject: Title = draft.subject.parse().map_err(text("Gegenstand"))?;
    let wording: Wording = draft.wording.parse().map_err(text("Beschlussvorschlag"))?;
    let simple_because: Remark = draft.simple_because.parse().map_err(text("Warum einfacher Art"))?;
    let land = town.land().as_str();
    let opened = Opened {
        municipality: town.municipality().parse().map_err(text("Gemeinde"))?,
        land: land.to_owned(),
        body_name: known.name.parse().map_err(text("Gremium"))?,
        body,
        subject,
        wording,
        simple_because,
        sent_on: today,
        last_day: draft.last_day.parse().map_err(|_| NoOpening::NoDay)?,
        seats,
        chair,
        clerk,
        law: record::law_with(land, local.as_ref()).map_err(NoOpening::Law)?,
    };
    Ok(Opening { opened, simple: draft.simple })
}
