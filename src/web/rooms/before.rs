//! The pages of the time before a meeting.

use super::open;
use crate::domain::meeting::Phase;
use crate::web::failure::{self, Failed};
use crate::web::planning;
use crate::web::show;
use crate::web::sign_in::SignedIn;
use crate::web::sign_in::pages::answer;
use crate::web::state::WebState;
use crate::web::visit::{Visit, in_public, sitting};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// `/sitzung/{id}/ladung`.
pub async fn summons(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "ladung").await?;
    let now = state.sittings.outside().clock.now();
    let mut page = show::summons(&visit.snapshot, &visit.viewer, now, state.filing.bytes_max, &mut || state.fresh());
    page.seating = planning::other_body(&state, &visit.snapshot.meeting);
    Ok(answer(StatusCode::OK, &page))
}

/// `/sitzung/{id}/teilnahme`: where the letter leads.
pub async fn reply(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "teilnahme").await?;
    if matches!(visit.snapshot.meeting.phase, Phase::Planned) && !visit.viewer.sees_closed {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Die Sitzung ist noch nicht einberufen."));
    }
    let page = show::reply(&visit.snapshot, &visit.viewer, &mut || state.fresh());
    Ok(answer(StatusCode::OK, &page))
}

/// `/oeffentlich/{id}/bekanntmachung`: for everybody, from the convening on.
pub async fn notice(State(state): State<WebState>, Path(id): Path<String>) -> Result<Response, Failed> {
    let sitting = sitting(&state, &id).await?;
    let snapshot = in_public(&sitting);
    if snapshot.meeting.convened().is_none() {
        let text = "Bekannt gemacht wird mit der Einberufung.";
        return Err(failure::page(StatusCode::NOT_FOUND, "Die Sitzung ist noch nicht einberufen", text));
    }
    Ok(answer(StatusCode::OK, &show::notice(&snapshot)))
}

/// `/sitzung/{id}/tagesordnung`: for members and the clerk.
pub async fn agenda(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = Visit::open(&state, &id, &visitor).await?;
    if visit.views().is_empty() {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Diese Seite ist für das Gremium bestimmt."));
    }
    Ok(answer(StatusCode::OK, &show::printed_agenda(&visit.snapshot, &visit.viewer)))
}

/// `/sitzung/{id}/anwesenheitsliste`: for chair and clerk.
pub async fn roll_sheet(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "ladung").await?;
    Ok(answer(StatusCode::OK, &show::roll_sheet(&visit.snapshot, &visit.viewer)))
}
