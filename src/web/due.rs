//! `/fristen`: the deadlines of every meeting the visitor prepares, chairs or writes the minutes of.

use super::circulation;
use super::failure::{self, Failed};
use super::pages::due::Deadlines;
use super::planning;
use super::requests;
use super::show;
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, frame};
use super::state::WebState;
use super::visit::{Visit, views};
use crate::domain::meeting::Phase;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// The page; for chairs and clerks.
///
/// # Errors
/// A page that says for whom it is, or that the meetings cannot be listed now.
pub async fn page(State(state): State<WebState>, visitor: SignedIn) -> Result<Response, Failed> {
    if !planning::plans(&state, &visitor) {
        let text = "Fristen verfolgen Vorsitz und Schriftführung, angemeldet mit Passwort und Code.";
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text));
    }
    let listed = state.sittings.list().await.map_err(|why| {
        tracing::error!(%why, "meetings could not be listed");
        failure::page(StatusCode::SERVICE_UNAVAILABLE, "Gerade nicht erreichbar", "Bitte gleich noch einmal.")
    })?;
    let mut meetings = Vec::new();
    for id in listed {
        // One meeting that cannot be loaded does not hide the deadlines of the others; why is in the log already.
        let Ok(visit) = Visit::open(&state, id.as_str(), &visitor).await else { continue };
        if views(&visit.snapshot, &visit.viewer.actor).iter().any(|(view, _)| *view == "ladung") {
            let place = if matches!(visit.snapshot.meeting.phase, Phase::Planned) { "ladung" } else { "niederschrift" };
            meetings.push((visit.snapshot, format!("/sitzung/{id}/{place}")));
        }
    }
    let town = state.people.accounts.town();
    let today = state.towns.today();
    let mut frame = frame(town.municipality(), "Fristen", "");
    frame.person = town.person(&visitor.person).map(|person| person.name.clone());
    let requests = show::request_rows(&requests::all(&state, &visitor).await?, today);
    let sent_round = show::circulation_rows(&circulation::in_office(&state, &visitor).await?, today);
    let groups = requests.into_iter().chain(sent_round).chain(show::deadlines(&meetings, today)).collect();
    Ok(answer(StatusCode::OK, &Deadlines { frame, today: show::long(today), groups }))
}
