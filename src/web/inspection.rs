//! `/sitzung/{id}/einsicht`: members inspect the minutes of the non-public part and take nothing with them (§ 38 (2) s. 2
//! GemO BW).

use super::failure::{self, Failed};
use super::papers::broken;
use super::show;
use super::sign_in::SignedIn;
use super::sign_in::pages::answer;
use super::state::WebState;
use super::visit::Visit;
use crate::domain::meeting::Phase;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// For members of the body, once the minutes are made out: after the sitting was closed.
pub async fn page(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = Visit::open(&state, &id, &visitor).await?;
    let meeting = &visit.snapshot.meeting;
    let seat = visit.viewer.actor.seat.as_ref().filter(|seat| meeting.seats.contains_key(*seat));
    let Some(seat) = seat.filter(|_| visit.viewer.sees_closed) else {
        let norm = visit.snapshot.rules.minutes_nonpublic_copies.norm();
        let text = format!(
            "Was nichtöffentlich verhandelt wurde, lesen nur Mitglieder des Gremiums, angemeldet mit Passwort und Code ({norm})."
        );
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", &text));
    };
    if !matches!(meeting.phase, Phase::Closed(_)) {
        let text = "Einsicht gibt es, sobald die Niederschrift ausgefertigt ist: nach dem Schluss der Sitzung.";
        return Err(failure::page(StatusCode::FORBIDDEN, "Noch nicht ausgefertigt", text));
    }
    let minutes = state.papers.inspection(&meeting.id, seat).await.map_err(|why| broken(&why))?;
    tracing::info!(meeting = %meeting.id, %seat, "the non-public minutes were inspected");
    Ok(answer(StatusCode::OK, &show::inspection(&visit.snapshot, &visit.viewer, &minutes)))
}
