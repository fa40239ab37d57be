//! A paper shown to everybody: `POST /sitzung/{id}/zeigen` shows a page or ends it, `GET /oeffentlich/{id}/gezeigt/{digest}`
//! hands the paper to everybody while it is shown in public.

use super::act::back;
use super::failure::{self, Failed, wants_json};
use super::filing::pdf;
use super::pages::shown::ShownPaper;
use super::show::{self, Beside, Viewer};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::{Visit, in_public, sitting};
use crate::app::rooms::Room;
use crate::app::showing;
use crate::app::sitting::{Denied, Snapshot};
use crate::domain::ledger::Digest;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// What the forms send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    tun: String,
    /// Showing a page twice is showing it once: nothing hangs on it.
    #[serde(rename = "kennung")]
    _command: Option<String>,
    unterlage: Option<String>,
    seite: Option<String>,
}

/// Shows a page of a paper to everybody, or ends it.
pub async fn act(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Ask>, FormRejection>,
) -> Result<Response, Failed> {
    let fresh = state.fresh();
    let visit = Visit::open(&state, &id, &visitor).await?;
    let unreadable = |why: &str| failure::unreadable(&headers, why, &fresh);
    let Form(ask) = form.map_err(|_| unreadable("Das Formular ist nicht lesbar."))?;
    let done = match ask.tun.as_str() {
        "zeigen" => {
            let digest = ask.unterlage.as_deref().and_then(|text| text.parse::<Digest>().ok());
            let digest = digest.ok_or_else(|| unreadable("Diese Unterlage gibt es nicht."))?;
            let page = match ask.seite.as_deref().map_or("", str::trim) {
                "" => 1,
                text => text.parse().map_err(|_| unreadable("Die Seite ist eine Zahl, etwa 3."))?,
            };
            show_page(&state, &visit, digest, page).await
        }
        "zeigen_beenden" => end(&state, &visit),
        _ => return Err(unreadable("So etwas kann man mit einer Unterlage nicht tun.")),
    };
    let done = done.map_err(|why| failure::denied(&headers, &why, &fresh))?;
    if wants_json(&headers) {
        return Ok(Json(json!({"text": done, "kennung": fresh})).into_response());
    }
    Ok(Redirect::to(&back(&headers, &visit)).into_response())
}

async fn show_page(state: &WebState, visit: &Visit, digest: Digest, page: u32) -> Result<&'static str, Denied> {
    let (meeting, rules, actor) = (&visit.snapshot.meeting, &visit.snapshot.rules, &visit.viewer.actor);
    let paper = showing::page(meeting, rules, actor, digest, page)?;
    let known = state.showing.now(meeting).filter(|shown| shown.digest == digest).map(|shown| Arc::clone(&shown.file));
    let file = match known {
        Some(file) => file,
        None => read(state, digest).await.map_err(|why| {
            tracing::error!(meeting = %meeting.id, %why, "a paper could not be shown");
            Denied::Fault("Die Unterlage ist gerade nicht zu haben. Bitte gleich noch einmal versuchen.".into())
        })?,
    };
    state.showing.set(&meeting.id, Some(showing::shown(meeting, actor, paper, page, file)));
    Ok("Die Seite wird gezeigt.")
}

async fn read(state: &WebState, digest: Digest) -> Result<Arc<[u8]>, String> {
    let _turn = state.filing.turn().await.ok_or("no turn")?;
    let file = state.filing.fetch(digest).await.map_err(|why| why.to_string())?;
    Ok(file.ok_or("the file is missing")?.into())
}

fn end(state: &WebState, visit: &Visit) -> Result<&'static str, Denied> {
    showing::may_show(&visit.snapshot.meeting, &visit.viewer.actor)?;
    state.showing.set(&visit.snapshot.meeting.id, None);
    Ok("Es wird nichts mehr gezeigt.")
}

/// Hands the paper that is being shown to everybody, as long as it is.
pub async fn public(
    State(state): State<WebState>,
    Path((id, digest)): Path<(String, String)>,
) -> Result<Response, Failed> {
    let snapshot = in_public(&sitting(&state, &id).await?);
    let shown = state.showing.now(&snapshot.meeting).filter(|shown| shown.is_for(&snapshot.meeting, None));
    match shown.filter(|shown| shown.digest.to_string() == digest) {
        Some(shown) => Ok(pdf(shown.digest, Arc::clone(&shown.file))),
        None => Err(failure::page(
            StatusCode::NOT_FOUND,
            "Diese Unterlage wird nicht mehr gezeigt",
            &format!(
                "Unterlagen öffentlicher Sitzungen stehen auf der Internetseite der Gemeinde ({}).",
                snapshot.rules.publish_papers.norm()
            ),
        )),
    }
}

/// Part `shown` of a page; without a viewer as the public and the hall see it.
pub fn part(state: &WebState, snapshot: &Snapshot, viewer: Option<&Viewer>) -> ShownPaper {
    let (shown, room) = (state.showing.now(&snapshot.meeting), Room::default());
    let beside = Beside { shown: shown.as_deref(), ..Beside::of(&room) };
    let mut ids = || state.fresh();
    show::shown_paper(snapshot, beside, viewer, &mut ids)
}
