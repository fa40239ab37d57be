//! The minutes as a page, and the clerk's texts: entered as a command, kept as a draft until then.

use super::failure::{self, Failed, wants_json};
use super::pages::frame::Notice;
use super::papers::broken;
use super::show;
use super::sign_in::SignedIn;
use super::sign_in::pages::answer;
use super::state::WebState;
use super::visit::Visit;
use crate::app::ports::Fault;
use crate::app::ports::drafts::{DRAFT_CHARS_MAX, Draft, Slot};
use crate::app::sitting::Denied;
use crate::domain::id::{CommandId, ItemId};
use crate::domain::meeting::{Command, Item};
use crate::domain::minutes::Part;
use crate::domain::text::Passage;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use serde_json::json;

/// What the forms of this page send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(default)]
    kennung: String,
    punkt: String,
    /// The entry its writer had before her.
    stand: u64,
    text: String,
}

/// Which of the two books; the public one if nothing is said.
#[derive(Deserialize)]
pub struct Wanted {
    buch: Option<String>,
}

/// `/sitzung/{id}/niederschrift`: for the clerk, and to read for the chair.
pub async fn page(
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let part = if wanted.buch.as_deref() == Some(show::CLOSED_BOOK) { Part::Closed } else { Part::Public };
    shown(&state, &visit, &visitor, part, (StatusCode::OK, None)).await
}

/// `POST /sitzung/{id}/niederschrift/entwurf`: keeps what is being written.
pub async fn keep(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Written>, FormRejection>,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let (written, item) = read(&visit, &headers, form)?;
    let text = kept(&state, &visit, &visitor, &item, &written).await.map_err(|why| unkept(&headers, &why))?;
    if wants_json(&headers) {
        return Ok(Json(json!({"text": text})).into_response());
    }
    Ok(Redirect::to(&back(&visit, &item)).into_response())
}

/// Where the item stands in its book.
fn back(visit: &Visit, item: &ItemId) -> String {
    format!("{}#top-{item}", show::book(&visit.sitting.id, part_of(visit, item)))
}

fn part_of(visit: &Visit, item: &ItemId) -> Part {
    if visit.snapshot.meeting.item(item).is_some_and(|item| !item.public) { Part::Closed } else { Part::Public }
}

/// `POST /sitzung/{id}/niederschrift/text`: enters a text. Whatever comes of it, the text is kept until it is entered.
pub async fn enter(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Written>, FormRejection>,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let (written, item) = read(&visit, &headers, form)?;
    kept(&state, &visit, &visitor, &item, &written).await.map_err(|why| unkept(&headers, &why))?;
    let refused = |text: String, paragraph: String| Some(Notice { refused: true, text, paragraph });
    let misread =
        |why: String| (StatusCode::UNPROCESSABLE_ENTITY, refused(format!("Nicht eingetragen: {why}"), String::new()));
    let (status, notice) = match command(&written, &item) {
        Err(why) => misread(why),
        Ok((id, command)) => match visit.sitting.command(id, visit.viewer.actor.clone(), command).await {
            Ok(_) => {
                let forgotten = state.drafts.forget(&visit.sitting.id, &visitor.person, Slot::Text, &item).await;
                if let Err(why) = forgotten {
                    tracing::warn!(%why, "a draft was entered and is still there");
                }
                return Ok(Redirect::to(&back(&visit, &item)).into_response());
            }
            Err(Denied::Refused(refusal)) => {
                (failure::status(&refusal), refused(refusal.sentence, refusal.norm.unwrap_or_default()))
            }
            Err(Denied::Busy) => (StatusCode::TOO_MANY_REQUESTS, refused(Denied::Busy.to_string(), String::new())),
            Err(Denied::Fault(why)) => {
                tracing::error!(meeting = %visit.sitting.id, %why, "a text could not be entered");
                let text = "Der Text konnte gerade nicht eingetragen werden. Als Entwurf ist er gesichert.";
                (StatusCode::SERVICE_UNAVAILABLE, refused(text.into(), String::new()))
            }
        },
    };
    shown(&state, &visit, &visitor, part_of(&visit, &item), (status, notice)).await
}

async fn open(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    if visit.views().iter().any(|(view, _)| matches!(*view, "schriftfuehrung" | "leitstand")) {
        return Ok(visit);
    }
    let text = "Die Niederschrift schreibt die Schriftführung; lesen kann sie auch der Vorsitz.";
    Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text))
}

async fn shown(
    state: &WebState,
    visit: &Visit,
    visitor: &SignedIn,
    part: Part,
    (status, notice): (StatusCode, Option<Notice>),
) -> Result<Response, Failed> {
    if part == Part::Closed && !visit.viewer.sees_closed {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Dieser Teil ist für das Gremium bestimmt."));
    }
    let (actor, meeting) = (&visit.viewer.actor, &visit.snapshot.meeting);
    let recused =
        |item: &Item| !item.public && actor.seat.as_ref().is_some_and(|seat| meeting.is_recused(&item.id, seat));
    if part == Part::Closed && !actor.clerk && meeting.items.iter().any(recused) {
        let text = format!(
            "Sie waren im nichtöffentlichen Teil befangen ({}). Was Sie davon lesen, steht nach der Sitzung unter „Nichtöffentlicher Teil“.",
            visit.snapshot.rules.recusal_leaves.norm()
        );
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", &text));
    }
    let (meeting, person) = (&visit.sitting.id, &visitor.person);
    let document = state.papers.document(meeting, part).await.map_err(|why| broken(&why))?;
    let drafts = state.drafts.of(meeting, person, Slot::Text).await.map_err(|why| unkept(&HeaderMap::new(), &why))?;
    let mut fresh = || state.fresh();
    let mut page = show::minutes(&visit.now(), &visit.viewer, part, &document, &drafts, &mut fresh);
    page.frame.notice = notice;
    Ok(answer(status, &page))
}

fn read(
    visit: &Visit,
    headers: &HeaderMap,
    form: Result<Form<Written>, FormRejection>,
) -> Result<(Written, ItemId), Failed> {
    let unreadable = |why: &str| failure::unreadable(headers, why, "");
    if !visit.viewer.actor.clerk {
        return Err(unreadable("Texte der Niederschrift schreibt nur die Schriftführung."));
    }
    let Form(written) = form.map_err(|_| unreadable("Das Formular ist nicht lesbar."))?;
    let item: ItemId = written.punkt.parse().map_err(|_| unreadable("Diesen Tagesordnungspunkt gibt es nicht."))?;
    match visit.snapshot.meeting.item(&item) {
        Some(_) => Ok((written, item)),
        None => Err(unreadable("Diesen Tagesordnungspunkt gibt es nicht.")),
    }
}

fn command(written: &Written, item: &ItemId) -> Result<(CommandId, Command), String> {
    let id = written.kennung.parse().map_err(|why| format!("Die Kennung: {why}"))?;
    let text = match written.text.trim() {
        "" => None,
        _ => Some(Passage::try_from(written.text.clone()).map_err(|why| why.to_string())?),
    };
    Ok((id, Command::WriteItemText { item: item.clone(), text, replaces: written.stand }))
}

/// Keeps the draft, unless it is what stands in the minutes anyway; says so.
async fn kept(
    state: &WebState,
    visit: &Visit,
    visitor: &SignedIn,
    item: &ItemId,
    written: &Written,
) -> Result<String, Fault> {
    let text: String = written.text.replace("\r\n", "\n").chars().take(DRAFT_CHARS_MAX).collect();
    let (meeting, person) = (&visit.sitting.id, &visitor.person);
    let snapshot = visit.now();
    let entered = snapshot.meeting.texts.get(item);
    let stands = entered.and_then(|entered| entered.text.as_ref()).map_or("", Passage::as_str);
    if text.trim() == stands && written.stand == entered.map_or(0, |entered| entered.number) {
        state.drafts.forget(meeting, person, Slot::Text, item).await?;
        return Ok("So steht es in der Niederschrift.".into());
    }
    let now = state.people.accounts.now();
    let draft = Draft { slot: Slot::Text, item: item.clone(), text, replaces: written.stand, saved_at: now };
    state.drafts.keep(meeting, person, draft).await?;
    Ok(format!("Entwurf gesichert um {}, noch nicht eingetragen.", show::second(now)))
}

fn unkept(headers: &HeaderMap, why: &Fault) -> Failed {
    tracing::error!(%why, "a draft could not be kept or read");
    let text = "Der Entwurf ist gerade nicht zu sichern. Bitte lassen Sie die Seite offen und versuchen Sie es gleich noch einmal.";
    failure::denied(headers, &Denied::Fault(text.into()), "")
}
