//! The way into the chamber: WHIP to publish (RFC 9725), WHEP to receive. The offer and the answer are complete; nothing
//! trickles. Only who holds a seat comes in, signed in with two factors.

use super::failure::{self, Failed};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::Visit;
use crate::app::ports::media::{MediaCommand, MediaRefusal, SDP_BYTES_MAX};
use crate::domain::id::EndpointId;
use crate::domain::law::format::MeetingFormat;
use crate::domain::meeting::Phase;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

const SDP: &str = "application/sdp";

/// `POST /media/{id}/whip`: the seat's picture and sound.
pub async fn publish(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let (visit, endpoint) = enter(&state, &id, &visitor).await?;
    let offer = offer(&headers, &body)?;
    let chamber = visit.sitting.id.clone();
    answer(&state, &id, MediaCommand::Publish { chamber, endpoint, offer }).await
}

/// `POST /media/{id}/whep`: the others' picture and sound.
pub async fn receive(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let (visit, endpoint) = enter(&state, &id, &visitor).await?;
    let offer = offer(&headers, &body)?;
    let chamber = visit.sitting.id.clone();
    answer(&state, &id, MediaCommand::Receive { chamber, endpoint, offer }).await
}

/// `DELETE` of what was answered as `Location`: the seat leaves the chamber with both connections.
pub async fn leave(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<StatusCode, Failed> {
    let (visit, endpoint) = enter(&state, &id, &visitor).await?;
    let chamber = visit.sitting.id.clone();
    match state.sittings.outside().media.ask(MediaCommand::Leave { chamber, endpoint }).await {
        Ok(_) => Ok(StatusCode::OK),
        Err(why) => Err(refused(&why)),
    }
}

async fn enter(state: &WebState, id: &str, visitor: &SignedIn) -> Result<(Visit, EndpointId), Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    let forbidden = |text: &str| failure::page(StatusCode::FORBIDDEN, "Kein Zutritt", text);
    let seat = visit.viewer.actor.seat.clone().filter(|_| visit.viewer.actor.strong).ok_or_else(|| {
        forbidden("In den Sitzungsraum kommen Mitglieder, die mit Passwort und Einmalcode angemeldet sind.")
    })?;
    let open = match &visit.snapshot.meeting.phase {
        Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } => {
            convened.convening.format != MeetingFormat::InPerson
        }
        Phase::Planned | Phase::Closed(_) => false,
    };
    if !open {
        return Err(forbidden("Der Sitzungsraum ist nicht geöffnet."));
    }
    Ok((visit, EndpointId::from(&seat)))
}

fn offer(headers: &HeaderMap, body: &Bytes) -> Result<String, Failed> {
    let wrong = |status, text: &str| failure::page(status, "Unbrauchbare Sitzungsbeschreibung", text);
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.split(';').next().map(str::trim) != Some(SDP) {
        return Err(wrong(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Erwartet wird application/sdp."));
    }
    if body.len() > SDP_BYTES_MAX {
        return Err(wrong(StatusCode::PAYLOAD_TOO_LARGE, "Sie ist zu lang."));
    }
    String::from_utf8(body.to_vec()).map_err(|_| wrong(StatusCode::BAD_REQUEST, "Sie ist kein Text in UTF-8."))
}

async fn answer(state: &WebState, id: &str, command: MediaCommand) -> Result<Response, Failed> {
    match state.sittings.outside().media.ask(command).await {
        Ok(sdp) => {
            let headers = [(header::CONTENT_TYPE, SDP.to_owned()), (header::LOCATION, format!("/media/{id}/platz"))];
            Ok((StatusCode::CREATED, headers, sdp).into_response())
        }
        Err(why) => Err(refused(&why)),
    }
}

fn refused(why: &MediaRefusal) -> Failed {
    let status = match why {
        MediaRefusal::Offer(_) => StatusCode::BAD_REQUEST,
        MediaRefusal::Full | MediaRefusal::Gone => StatusCode::SERVICE_UNAVAILABLE,
    };
    failure::page(status, "Keine Verbindung zum Sitzungsraum", &why.to_string())
}
