//! The way into the chamber: WHIP to publish (RFC 9725), WHEP to receive. The offer and the answer are complete; nothing
//! trickles. Only who holds a seat comes in, and the hall, signed in with two factors.

use super::failure::{self, Failed};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::Visit;
use crate::app::ports::media::{Accepted, ConnectionId, MediaCommand, MediaRefusal, SDP_BYTES_MAX};
use crate::app::sitting::Snapshot;
use crate::domain::id::{EndpointId, MeetingId};
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
    let wish = |chamber, endpoint, offer| MediaCommand::Publish { chamber, endpoint, offer };
    exchange(&state, &id, (&visitor, true), &headers, &body, wish).await
}

/// `POST /media/{id}/whep`: the others' picture and sound.
pub async fn receive(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let wish = |chamber, endpoint, offer| MediaCommand::Receive { chamber, endpoint, offer };
    exchange(&state, &id, (&visitor, false), &headers, &body, wish).await
}

/// `DELETE` of what was answered as `Location`: that connection ends, and no other one of the seat.
pub async fn leave(
    State(state): State<WebState>,
    Path((id, connection)): Path<(String, ConnectionId)>,
    visitor: SignedIn,
) -> Result<StatusCode, Failed> {
    let (visit, endpoint) = enter(&state, &id, &visitor).await?;
    disconnect(&state, visit.sitting.id.clone(), endpoint, connection).await
}

/// One connection ends.
pub(super) async fn disconnect(
    state: &WebState,
    chamber: MeetingId,
    endpoint: EndpointId,
    connection: ConnectionId,
) -> Result<StatusCode, Failed> {
    let leave = MediaCommand::Leave { chamber, endpoint, connection: Some(connection) };
    state.sittings.outside().media.ask(leave).await.map(|_| StatusCode::OK).map_err(|why| refused(&why))
}

async fn enter(state: &WebState, id: &str, visitor: &SignedIn) -> Result<(Visit, EndpointId), Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    let forbidden = |text: &str| failure::page(StatusCode::FORBIDDEN, "Kein Zutritt", text);
    let endpoint = endpoint(&visit).ok_or_else(|| {
        forbidden("In den Sitzungsraum kommen Mitglieder und der Saal, mit Passwort und Einmalcode angemeldet.")
    })?;
    if visit.snapshot.meeting.is_ruled_out() {
        let norm = visit.snapshot.rules.remote_exclusion.norm();
        let text =
            format!("Die Zuschaltung ist für diese Sitzung ausgeschlossen; der Grund steht in der Ladung ({norm}).");
        return Err(forbidden(&text));
    }
    if !is_open(&visit.snapshot) {
        return Err(forbidden("Der Sitzungsraum ist nicht geöffnet."));
    }
    Ok((visit, endpoint))
}

/// Who connects from afar has consented, and who is in the hall sends nothing.
fn may_connect(visit: &Visit, publishes: bool) -> Result<(), Failed> {
    let meeting = &visit.snapshot.meeting;
    let Some(seat) = &visit.viewer.actor.seat else { return Ok(()) };
    match (meeting.is_in_room(seat), publishes) {
        (true, true) => {
            let text = "Sie sind im Saal: Bild und Ton kommen vom Gerät des Saals, dieses hier bleibt stumm.";
            Err(failure::page(StatusCode::CONFLICT, "Im Saal", text))
        }
        (false, _) if !meeting.before.consents(seat) => {
            let norm = visit.snapshot.rules.remote_consent.norm();
            let text = format!("Zugeschaltet nimmt nur teil, wer der Zuschaltung zustimmt ({norm}).");
            Err(failure::page(StatusCode::FORBIDDEN, "Kein Zutritt", &text))
        }
        _ => Ok(()),
    }
}

/// The chamber is open: people arrive or sit, and somebody may be remote.
pub(super) fn is_open(snapshot: &Snapshot) -> bool {
    match &snapshot.meeting.phase {
        Phase::Convened(convened) | Phase::Sitting { convened, .. } | Phase::Interrupted { convened, .. } => {
            convened.convening.format != MeetingFormat::InPerson
        }
        Phase::Planned | Phase::Closed(_) => false,
    }
}

/// Which end of the chamber the visitor is: the own seat, or the hall.
fn endpoint(visit: &Visit) -> Option<EndpointId> {
    let actor = &visit.viewer.actor;
    let hall = (actor.hall && visit.snapshot.meeting.hall_takes_part()).then(EndpointId::hall);
    actor.seat.as_ref().filter(|_| actor.strong).map(EndpointId::from).or(hall)
}

pub(super) fn offer(headers: &HeaderMap, body: &Bytes) -> Result<String, Failed> {
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

/// Offer in, answer out, for who may sit here.
async fn exchange(
    state: &WebState,
    id: &str,
    (visitor, publishes): (&SignedIn, bool),
    headers: &HeaderMap,
    body: &Bytes,
    wish: impl FnOnce(MeetingId, EndpointId, String) -> MediaCommand,
) -> Result<Response, Failed> {
    let (visit, endpoint) = enter(state, id, visitor).await?;
    may_connect(&visit, publishes)?;
    connect(state, wish(visit.sitting.id, endpoint, offer(headers, body)?), &format!("/media/{id}")).await
}

/// Asks the engine for a connection; it ends by a `DELETE` under `place`.
pub(super) async fn connect(state: &WebState, command: MediaCommand, place: &str) -> Result<Response, Failed> {
    match state.sittings.outside().media.ask(command).await {
        Ok(Some(Accepted { connection, answer })) => {
            let place = format!("{place}/verbindung/{connection}");
            let headers = [(header::CONTENT_TYPE, SDP.to_owned()), (header::LOCATION, place)];
            Ok((StatusCode::CREATED, headers, answer).into_response())
        }
        Ok(None) => Err(refused(&MediaRefusal::Gone)),
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
