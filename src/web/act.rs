//! `POST /sitzung/{id}/tun`: everything anybody does in a meeting, by form or by JSON call, as one command.

use super::failure::{self, Failed, wants_json};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::Visit;
use crate::app::exclusions;
use crate::app::sitting::Denied;
use crate::domain::id::CommandId;
use crate::domain::meeting::{Business, Command};
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde_json::json;
use std::collections::BTreeMap;

pub(super) mod form;

/// Fields a form may have; none of ours has more than ten.
const FIELDS_MAX: usize = 24;

/// Pages of a meeting that do not change by themselves.
const STILL: [&str; 2] = ["/ladung", "/teilnahme"];

/// Carries out what a form asks for, and answers after it is durable.
pub async fn act(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failed> {
    let fresh = state.fresh();
    let visit = Visit::open(&state, &id, &visitor).await?;
    let mut fields = fields(form).map_err(|why| failure::unreadable(&headers, &why, &fresh))?;
    complete(&mut fields, &visit);
    let read = |why: form::Unreadable| failure::unreadable(&headers, &why.0, &fresh);
    let command_id: CommandId = form::needed(&fields, "kennung").map_err(read)?;
    let mut command = form::command(&fields).map_err(read)?;
    let done = form::done(&command);
    let ready = exclusions::before(&state.sittings, &visit.sitting, &mut command).await;
    ready.map_err(|why| failure::denied(&headers, &Denied::Fault(why), &fresh))?;
    let excludes = matches!(command, Command::ExcludeMember { .. });
    let answer = visit.sitting.command(command_id, visit.viewer.actor.clone(), command).await;
    if excludes
        && answer.is_ok()
        && let Err(cause) = exclusions::carry(&state.sittings, &visit.snapshot.meeting.body).await
    {
        tracing::warn!(meeting = %visit.sitting.id, %cause, "an exclusion waits for the opening of the next sitting");
    }
    match answer {
        Ok(receipt) if wants_json(&headers) => {
            let mut told = json!({"text": done, "kennung": fresh, "beleg": receipt});
            // A page that does not change by itself is to be asked for again.
            if let Some(to) = still(&headers, &visit) {
                told["weiter"] = json!(to);
            }
            Ok(Json(told).into_response())
        }
        Ok(_) => Ok(Redirect::to(&back(&headers, &visit)).into_response()),
        Err(why) => {
            if let Denied::Fault(cause) = &why {
                tracing::error!(meeting = %visit.sitting.id, %cause, "a command failed");
            }
            Err(failure::denied(&headers, &why, &fresh))
        }
    }
}

pub(super) fn fields(
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<BTreeMap<String, String>, String> {
    let fields = pairs(form, FIELDS_MAX)?;
    form::only_known(&fields).map_err(|why| why.0)?;
    Ok(fields)
}

/// The fields of a form, each once, at most so many.
///
/// # Errors
/// A German sentence.
pub(super) fn pairs(
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
    most: usize,
) -> Result<BTreeMap<String, String>, String> {
    let Form(pairs) = form.map_err(|_| "Das Formular ist nicht lesbar.".to_owned())?;
    if pairs.len() > most {
        return Err("Das Formular hat zu viele Felder.".into());
    }
    let count = pairs.len();
    let fields: BTreeMap<String, String> = pairs.into_iter().collect();
    if fields.len() < count {
        return Err("Ein Feld des Formulars steht doppelt.".into());
    }
    Ok(fields)
}

/// A recusal, or that something is an election, is said of the called item where no other is named.
fn complete(fields: &mut BTreeMap<String, String>, visit: &Visit) {
    if fields.get("tun").is_some_and(|verb| verb == "befangen" || verb == "wahl_vermerken")
        && !fields.contains_key("punkt")
        && let Some(item) = visit.snapshot.meeting.business().and_then(Business::item)
    {
        fields.insert("punkt".into(), item.to_string());
    }
}

/// The page the form stood on, if it is one that does not follow the meeting by itself.
fn still(headers: &HeaderMap, visit: &Visit) -> Option<String> {
    let to = back(headers, visit);
    let came_from = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or("");
    // Whoever is recognised goes in; the technician goes on with the others.
    if came_from.contains("/warteraum/") {
        return Some(to);
    }
    let same = came_from.split(['?', '#']).next().is_some_and(|from| from.ends_with(&to));
    (same && STILL.iter().any(|segment| to.ends_with(segment))).then_some(to)
}

/// Back to the screen the form stood on, if it is one of this meeting; else to the visitor's main screen.
pub(super) fn back(headers: &HeaderMap, visit: &Visit) -> String {
    let came_from = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or("");
    let last = came_from.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or("");
    let views = visit.views();
    let view = views.iter().find(|(segment, _)| *segment == last).or_else(|| views.first());
    view.map_or_else(|| "/".to_owned(), |(segment, _)| format!("/sitzung/{}/{segment}", visit.sitting.id))
}
