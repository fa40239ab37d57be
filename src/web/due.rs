//! `/fristen`: the deadlines of every meeting the visitor prepares, chairs or writes the minutes of.

use super::circulation;
use super::failure::{self, Failed};
use super::pages::due::Deadlines;
use super::planning;
use super::requests;
use super::show;
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, own_frame};
use super::state::WebState;
use super::visit::Visit;
use crate::domain::meeting::Phase;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// The page; for chairs and clerks.
///
/// # Errors
/// A page that says for whom it is, or that the meetings cannot be listed now.
pub async fn page(State(state): State<WebState>, visitor: SignedIn) -> Result<Response, Failed> {
    if !planning::plans(&state, &visitor) {
        let text = "Fristen verfolgen Vorsitz und Schriftführung, angemeldet mit Passwort und Code.";
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text));
    }
    let visits = Visit::all(&state, &visitor).await?;
    let works_on = |visit: &&Visit| visit.views().iter().any(|(view, _)| *view == "ladung");
    let meetings: Vec<_> = visits
        .iter()
        .filter(works_on)
        .map(|visit| {
            let meeting = &visit.snapshot.meeting;
            let place = if matches!(meeting.phase, Phase::Planned) { "ladung" } else { "niederschrift" };
            (Arc::clone(&visit.snapshot), format!("/sitzung/{}/{place}", meeting.id))
        })
        .collect();
    let today = state.towns.today();
    let frame = own_frame(&state, &visitor, "Fristen");
    let requests = show::request_rows(&requests::asked(&state, &visitor, &visits).await?, today);
    let sent_round = show::circulation_rows(&circulation::in_office(&state, &visitor).await?, today);
    let groups = requests.into_iter().chain(sent_round).chain(show::deadlines(&meetings, today)).collect();
    Ok(answer(StatusCode::OK, &Deadlines { frame, today: show::long(today), groups }))
}
