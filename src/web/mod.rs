//! What browsers see: axum routes, one page struct per template.

mod act;
mod api;
mod circulation;
mod due;
mod failure;
mod filing;
mod inspection;
pub mod live;
mod media;
mod minutes;
mod notes;
pub mod pages;
mod papers;
mod planning;
mod requests;
mod room;
mod rooms;
pub mod security;
pub mod show;
mod showing;
pub mod sign_in;
mod state;
mod town;
mod visit;
mod waiting;

pub use state::WebState;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{delete, get, post};
use security::Protection;
use tower_sessions::{SessionManagerLayer, SessionStore};

/// Every route on one screen. `more` are the routes only one command has (the demonstration's doors).
pub fn router<Store: SessionStore + Clone>(
    state: WebState,
    more: Router<WebState>,
    files: Router<WebState>,
    sessions: SessionManagerLayer<Store>,
    protection: &Protection,
) -> Router {
    let routes = Router::new()
        .route("/", get(rooms::home))
        .route("/sitzung/{id}", get(rooms::enter))
        .route("/sitzung/{id}/leitstand", get(rooms::chair))
        .route("/sitzung/{id}/platz", get(rooms::seat))
        .route("/sitzung/{id}/saal", get(rooms::hall))
        .route("/sitzung/{id}/technik", get(rooms::technician))
        .route("/sitzung/{id}/schriftfuehrung", get(rooms::clerk))
        .route("/sitzung/{id}/ladung", get(rooms::summons))
        .route("/fristen", get(due::page))
        .route("/verlangen", get(requests::page))
        .route("/verlangen/neu", get(requests::blank).post(requests::lodge))
        .route("/verlangen/{id}/erledigt", post(requests::close))
        .route("/umlauf", get(circulation::list))
        .route("/umlauf/neu", get(circulation::blank).post(circulation::create))
        .route("/umlauf/{id}", get(circulation::page))
        .route("/umlauf/{id}/tun", post(circulation::act))
        .route("/umlauf/{id}/niederschrift.pdf", get(circulation::minutes))
        .route("/umlauf/{id}/beweis.jsonl", get(circulation::bundle))
        .route("/oeffentlich/umlauf", get(circulation::announced))
        .route("/planung/neu", get(planning::blank).post(planning::create))
        .route("/sitzung/{id}/vorbereiten", get(planning::edit).post(planning::save))
        .route("/sitzung/{id}/besetzung", post(planning::take_over))
        .route("/sitzung/{id}/zweite", get(planning::second::page).post(planning::second::mark))
        .route("/sitzung/{id}/teilnahme", get(rooms::reply))
        .route("/sitzung/{id}/tagesordnung", get(rooms::agenda))
        .route("/sitzung/{id}/anwesenheitsliste", get(rooms::roll_sheet))
        .route("/oeffentlich/{id}/bekanntmachung", get(rooms::notice))
        .route("/sitzung/{id}/unterlage", post(filing::file).layer(DefaultBodyLimit::disable()))
        .route("/sitzung/{id}/unterlage/{digest}", get(filing::read_paper))
        .route("/sitzung/{id}/zeigen", post(showing::act))
        .route("/oeffentlich/{id}/gezeigt/{digest}", get(showing::public))
        .route("/sitzung/{id}/tun", post(act::act))
        .route("/sitzung/{id}/live", get(live::participate))
        .route("/sitzung/{id}/einsicht", get(inspection::page))
        .route("/sitzung/{id}/niederschrift", get(minutes::page))
        .route("/sitzung/{id}/niederschrift/entwurf", post(minutes::keep))
        .route("/sitzung/{id}/niederschrift/text", post(minutes::enter))
        .route("/sitzung/{id}/niederschrift.pdf", get(papers::minutes))
        .route("/sitzung/{id}/beweis.jsonl", get(papers::bundle))
        .route("/sitzung/{id}/beweis-nichtoeffentlich.jsonl", get(papers::closed_bundle))
        .route("/sitzung/{id}/niederschrift-nichtoeffentlich.pdf", get(papers::closed_minutes))
        .route("/sitzung/{id}/raum", post(room::act))
        .route("/sitzung/{id}/notizen", get(notes::page).post(notes::keep))
        .route("/oeffentlich/{id}", get(rooms::public))
        .route("/oeffentlich/{id}/ergebnisse", get(rooms::results))
        .route("/oeffentlich/{id}/live", get(live::watch))
        .route("/media/{id}/whip", post(media::publish))
        .route("/media/{id}/whep", post(media::receive))
        .route("/media/{id}/verbindung/{connection}", delete(media::leave))
        .route("/api/v1/meetings/{id}", get(api::meeting))
        .route("/siegel.pem", get(papers::certificate))
        .route("/readyz", get(ready))
        .merge(waiting::routes())
        .merge(sign_in::routes())
        .merge(town::routes())
        .merge(more)
        .layer(from_fn(failure::in_german))
        .layer(sessions)
        .route("/healthz", get(async || StatusCode::NO_CONTENT))
        .merge(files)
        .fallback(async || {
            failure::page(
                StatusCode::NOT_FOUND,
                "Diese Seite gibt es nicht",
                "Vielleicht ist die Adresse unvollständig kopiert.",
            )
        });
    security::protect(routes, protection).with_state(state)
}

/// Ready to serve: the record can be read.
async fn ready(axum::extract::State(state): axum::extract::State<WebState>) -> StatusCode {
    match state.sittings.list().await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(why) => {
            tracing::error!(%why, "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
