//! `/sitzung/{id}/notizen`: the private notes of whoever leads. They belong to their writer: no other person, no other
//! role, no ledger and no paper ever holds them.

use super::act::back;
use super::failure::{self, Failed, wants_json};
use super::show::{self, Viewer};
use super::sign_in::SignedIn;
use super::sign_in::pages::answer;
use super::state::WebState;
use super::visit::Visit;
use crate::app::ports::Fault;
use crate::app::ports::drafts::{Draft, Slot};
use crate::app::sitting::{Denied, Snapshot};
use crate::domain::id::ItemId;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use serde_json::json;

/// What the form sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    punkt: String,
    text: String,
}

/// `/sitzung/{id}/notizen`: a field for every item.
pub async fn page(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let notes = state.drafts.of(&visit.sitting.id, &visitor.person, Slot::Note).await;
    let notes = notes.map_err(|why| unkept(&HeaderMap::new(), &why))?;
    Ok(answer(StatusCode::OK, &show::notes_page(&visit.snapshot, &visit.viewer, &notes)))
}

/// `POST /sitzung/{id}/notizen`: keeps a note; an empty one goes away.
pub async fn keep(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Noted>, FormRejection>,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let unreadable = |why: &str| failure::unreadable(&headers, why, "");
    let Form(noted) = form.map_err(|_| unreadable("Das Formular ist nicht lesbar."))?;
    let item = noted.punkt.parse::<ItemId>().ok().filter(|item| visit.snapshot.meeting.item(item).is_some());
    let item = item.ok_or_else(|| unreadable("Diesen Tagesordnungspunkt gibt es nicht."))?;
    let text = noted.text.replace("\r\n", "\n");
    let (long, most) = (text.chars().count(), show::NOTE_CHARS_MAX);
    if long > most {
        return Err(unreadable(&format!("Die Notiz hat {long} Zeichen, Platz ist für {most}.")));
    }
    let (meeting, person, now) = (&visit.sitting.id, &visitor.person, state.people.accounts.now());
    let (done, told) = if text.trim().is_empty() {
        (state.drafts.forget(meeting, person, Slot::Note, &item).await, "Keine Notiz.".to_owned())
    } else {
        let draft = Draft { slot: Slot::Note, item: item.clone(), text, replaces: 0, saved_at: now };
        (state.drafts.keep(meeting, person, draft).await, format!("Gesichert um {}.", show::second(now)))
    };
    done.map_err(|why| unkept(&headers, &why))?;
    if wants_json(&headers) {
        return Ok(Json(json!({"text": told})).into_response());
    }
    let came_from = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or("");
    let all = came_from.split(['?', '#']).next().is_some_and(|path| path.ends_with("/notizen"));
    let to = if all { format!("/sitzung/{meeting}/notizen#notiz-zu-{item}") } else { back(&headers, &visit) };
    Ok(Redirect::to(&to).into_response())
}

/// What somebody noted in this meeting; `None` if they lead nothing, or if it cannot be read now.
pub async fn notes_of(
    state: &WebState,
    snapshot: &Snapshot,
    viewer: &Viewer,
    visitor: &SignedIn,
) -> Option<Vec<Draft>> {
    if !show::has_notes(snapshot, viewer) {
        return None;
    }
    let notes = state.drafts.of(&snapshot.meeting.id, &visitor.person, Slot::Note).await;
    notes.inspect_err(|why| tracing::error!(%why, "notes could not be read")).ok()
}

async fn open(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    if show::has_notes(&visit.snapshot, &visit.viewer) {
        return Ok(visit);
    }
    Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Diese Seite ist für den Vorsitz bestimmt."))
}

fn unkept(headers: &HeaderMap, why: &Fault) -> Failed {
    tracing::error!(%why, "a note could not be kept or read");
    let text = "Ihre Notizen sind gerade nicht zu erreichen. Bitte lassen Sie die Seite offen und versuchen Sie es gleich noch einmal.";
    failure::denied(headers, &Denied::Fault(text.into()), "")
}
