//! `Warteraum`: `/sitzung/{id}/warteraum`. Who has no code at hand is seen and heard there by the technician, and by nobody
//! else: each stay is a chamber of its own in the media engine, named like its ticket.

use super::failure::{self, Failed};
use super::media::{connect, disconnect, is_open, offer};
use super::pages::act::{Act, Tone};
use super::pages::waiting::{Call, WaitingDoor, WaitingTalk, WaitingView};
use super::security::{ClientAddress, limit_attempts};
use super::show::{appointment, minute};
use super::sign_in::pages::{answer, frame};
use super::sign_in::{SignedIn, begin_session};
use super::state::WebState;
use super::visit::{Visit, sitting, viewer};
use crate::app::access;
use crate::app::accounts::AccountRefusal;
use crate::app::ports::accounts::Assurance;
use crate::app::ports::chance::fresh_id;
use crate::app::ports::media::{ConnectionId, MediaCommand};
use crate::app::sitting::Snapshot;
use crate::app::waiting::Waiter;
use crate::domain::id::{EndpointId, MeetingId, TicketId};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{delete, get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::json;
use tower_sessions::Session;

/// Largest form of these pages, in bytes.
const FORM_BYTES_MAX: usize = 16 * 1024;

/// The routes on both sides of the door.
pub fn routes() -> Router<WebState> {
    let door = Router::new().route("/sitzung/{id}/warteraum", get(show).post(knock));
    limit_attempts(door)
        .route("/sitzung/{id}/warteraum/stand", get(stand))
        .route("/sitzung/{id}/warteraum/{ticket}", get(talk).post(dismiss))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .route("/media/{id}/warteraum/{ticket}/whip", post(publish))
        .route("/media/{id}/warteraum/{ticket}/whep", post(receive))
        .route("/media/{id}/warteraum/{ticket}/verbindung/{connection}", delete(leave))
}

/// The door, or the room behind it.
async fn show(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: Option<SignedIn>,
) -> Result<Response, Failed> {
    let snapshot = sitting(&state, &id).await?.snapshot();
    match visitor {
        None => Ok(answer(StatusCode::OK, &door(&state, &snapshot, String::new(), None))),
        Some(visitor @ SignedIn { assurance: Assurance::Waiting(_), .. }) => {
            if viewer(&state, &snapshot, &visitor).actor.seat.is_some() {
                return Ok(Redirect::to(&format!("/sitzung/{id}")).into_response());
            }
            // The stay is over, or was one for another meeting: the door again.
            let Some(waiter) = waits(&state, &snapshot, &visitor) else {
                return Ok(answer(StatusCode::OK, &door(&state, &snapshot, String::new(), None)));
            };
            let meeting = &snapshot.meeting;
            let mut frame = frame(&meeting.municipality.to_string(), "Warteraum", "");
            frame.meeting = Some(heading(&snapshot));
            frame.person = Some(waiter.name.clone());
            let page = WaitingView {
                frame,
                call: call(&meeting.id, &waiter.ticket),
                name: waiter.name,
                state: format!("/sitzung/{id}/warteraum/stand"),
                inside: format!("/sitzung/{id}"),
                dismissed: waiter.dismissed,
            };
            Ok(answer(StatusCode::OK, &page))
        }
        Some(_) => Ok(Redirect::to(&format!("/sitzung/{id}")).into_response()),
    }
}

/// The visitor's stay, as long as there is something to wait for; it is noted that the page is still there.
fn waits(state: &WebState, snapshot: &Snapshot, visitor: &SignedIn) -> Option<Waiter> {
    let Assurance::Waiting(ticket) = &visitor.assurance else { return None };
    is_open(snapshot).then(|| state.waiting.seen(&snapshot.meeting.id, ticket, state.people.accounts.now())).flatten()
}

fn heading(snapshot: &Snapshot) -> String {
    let meeting = &snapshot.meeting;
    format!("{} · {} · {}", meeting.body_name, meeting.title, appointment(meeting.starts_at))
}

fn door(state: &WebState, snapshot: &Snapshot, email: String, error: Option<String>) -> WaitingDoor {
    let id = &snapshot.meeting.id;
    let closed = "Der Warteraum ist nicht geöffnet: Die Sitzung läuft noch nicht, oder niemand ist zugeschaltet.";
    WaitingDoor {
        frame: frame(state.people.accounts.town().municipality(), "Warteraum", ""),
        meeting: heading(snapshot),
        to: format!("/sitzung/{id}/warteraum"),
        sign_in: format!("/anmelden?weiter=/sitzung/{id}"),
        email,
        error: error.or_else(|| (!is_open(snapshot)).then(|| closed.to_owned())),
    }
}

#[derive(Deserialize)]
struct Knock {
    email: String,
    password: String,
}

async fn knock(
    State(state): State<WebState>,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    session: Session,
    Form(given): Form<Knock>,
) -> Result<Response, Failed> {
    let snapshot = sitting(&state, &id).await?.snapshot();
    let email = given.email.clone();
    let again = |status, error: &str| answer(status, &door(&state, &snapshot, email.clone(), Some(error.to_owned())));
    if !is_open(&snapshot) {
        return Ok(answer(StatusCode::CONFLICT, &door(&state, &snapshot, email, None)));
    }
    let person = match state.people.accounts.knock(given.email, given.password, address).await {
        Ok(person) => person,
        Err(AccountRefusal::NotYou) => {
            return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, "E-Mail-Adresse oder Passwort stimmen nicht."));
        }
        Err(why @ AccountRefusal::Wait { .. }) => return Ok(again(StatusCode::TOO_MANY_REQUESTS, &why.to_string())),
        Err(why) => {
            if let AccountRefusal::Fault(fault) = &why {
                tracing::error!(%fault, "accounts");
            }
            return Ok(again(StatusCode::SERVICE_UNAVAILABLE, &why.to_string()));
        }
    };
    let town = state.people.accounts.town();
    let seat = access::seat(&town, &snapshot.meeting, &person, state.towns.today());
    let seat = seat.filter(|seat| snapshot.meeting.seats.contains_key(&seat.id));
    let (Some(seat), Some(name)) = (seat, town.person(&person).map(|person| person.name.clone())) else {
        let text = "Hier warten nur Mitglieder dieses Gremiums. Wer für die Verwaltung handelt, braucht den Code.";
        return Ok(again(StatusCode::FORBIDDEN, text));
    };
    let now = state.people.accounts.now();
    sweep(&state, &snapshot.meeting.id).await;
    let Ok(ticket) = fresh_id(&*state.sittings.outside().entropy, "w").parse::<TicketId>() else {
        return Ok(again(StatusCode::SERVICE_UNAVAILABLE, "Bitte gleich noch einmal."));
    };
    if !state.waiting.enter(&snapshot.meeting.id, ticket.clone(), (seat.id.clone(), name), now) {
        return Ok(again(
            StatusCode::SERVICE_UNAVAILABLE,
            "Im Warteraum ist kein Platz. Bitte rufen Sie im Rathaus an.",
        ));
    }
    match begin_session(&session, person, Assurance::Waiting(ticket), now).await {
        Ok(()) => Ok(Redirect::to(&format!("/sitzung/{id}/warteraum")).into_response()),
        Err(trouble) => Ok(trouble.into_response()),
    }
}

/// Whether it goes on, for the page that waits.
async fn stand(State(state): State<WebState>, Path(id): Path<String>, visitor: SignedIn) -> Result<Response, Failed> {
    let snapshot = sitting(&state, &id).await?.snapshot();
    let word = match waits(&state, &snapshot, &visitor) {
        _ if viewer(&state, &snapshot, &visitor).actor.seat.is_some() => "recognised",
        Some(waiter) if waiter.dismissed => "dismissed",
        Some(_) => "waiting",
        None => "gone",
    };
    Ok(Json(json!({"state": word})).into_response())
}

/// Forgets who is gone, and ends their picture and sound.
pub async fn sweep(state: &WebState, meeting: &MeetingId) {
    for ticket in state.waiting.sweep(meeting, state.people.accounts.now()) {
        if let Ok(chamber) = ticket.as_str().parse() {
            // Refused only if nobody was connected.
            let _ = state.sittings.outside().media.ask(MediaCommand::Close { chamber }).await;
        }
    }
}

/// Where picture and sound of a stay are exchanged.
fn place(meeting: &str, ticket: &str) -> String {
    format!("/media/{meeting}/warteraum/{ticket}")
}

fn call(meeting: &MeetingId, ticket: &TicketId) -> Call {
    let place = place(meeting.as_str(), ticket.as_str());
    Call { publish: format!("{place}/whip"), receive: format!("{place}/whep") }
}

/// The technician, and who waits under this ticket.
async fn both(state: &WebState, id: &str, ticket: &str, visitor: &SignedIn) -> Result<(Visit, Waiter), Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    if !visit.viewer.actor.technician {
        let text = "Den Warteraum betreut die technische Moderation.";
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text));
    }
    let waiter = waiter(state, &visit.sitting.id, ticket);
    let gone = || failure::page(StatusCode::NOT_FOUND, "Niemand da", "Diese Person wartet nicht mehr.");
    waiter.map(|waiter| (visit, waiter)).ok_or_else(gone)
}

fn waiter(state: &WebState, meeting: &MeetingId, ticket: &str) -> Option<Waiter> {
    let waiters = state.waiting.follow(meeting)?.borrow().clone();
    waiters.iter().find(|waiter| waiter.ticket.as_str() == ticket).cloned()
}

async fn talk(
    State(state): State<WebState>,
    Path((id, ticket)): Path<(String, String)>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let (visit, waiter) = both(&state, &id, &ticket, &visitor).await?;
    let meeting = &visit.snapshot.meeting;
    let mut frame = frame(&meeting.municipality.to_string(), "Warteraum", "");
    frame.meeting = Some(heading(&visit.snapshot));
    frame.person = Some(visit.viewer.name.clone());
    let to = format!("/sitzung/{}/tun", meeting.id);
    let act = |way: &'static str, id: &str, label: &str| {
        let fresh = state.fresh();
        Act::new(id, to.clone(), "identitaet_feststellen", fresh, label)
            .with("sitz", waiter.seat.to_string())
            .with("marke", waiter.ticket.to_string())
            .with("weg", way)
    };
    let faction = meeting.seats.get(&waiter.seat).and_then(|seat| seat.faction.as_ref());
    let page = WaitingTalk {
        frame,
        name: waiter.name.clone(),
        about: faction.map_or_else(|| "Mitglied".to_owned(), |faction| format!("Mitglied, {faction}")),
        since: format!("wartet seit {}", minute(waiter.since)),
        call: call(&meeting.id, &waiter.ticket),
        acts: vec![
            act("bild", "waiting-bild", "Ja, im Bild erkannt: einlassen").tone(Tone::Main),
            act("vor_ort", "waiting-vor-ort", "Ja, steht vor mir"),
        ],
        dismiss: format!("/sitzung/{id}/warteraum/{ticket}"),
        back: format!("/sitzung/{id}/technik"),
    };
    Ok(answer(StatusCode::OK, &page))
}

async fn dismiss(
    State(state): State<WebState>,
    Path((id, ticket)): Path<(String, String)>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let (visit, waiter) = both(&state, &id, &ticket, &visitor).await?;
    state.waiting.dismiss(&visit.sitting.id, &waiter.ticket);
    Ok(Redirect::to(&format!("/sitzung/{id}/technik")).into_response())
}

async fn publish(
    State(state): State<WebState>,
    Path((id, ticket)): Path<(String, String)>,
    visitor: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let (chamber, endpoint) = end(&state, (&id, &ticket), &visitor).await?;
    let offer = offer(&headers, &body)?;
    connect(&state, MediaCommand::Publish { chamber, endpoint, offer }, &place(&id, &ticket)).await
}

async fn receive(
    State(state): State<WebState>,
    Path((id, ticket)): Path<(String, String)>,
    visitor: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let (chamber, endpoint) = end(&state, (&id, &ticket), &visitor).await?;
    let offer = offer(&headers, &body)?;
    connect(&state, MediaCommand::Receive { chamber, endpoint, offer }, &place(&id, &ticket)).await
}

/// The chamber of a stay, and which end of it the visitor is.
async fn end(
    state: &WebState,
    (id, ticket): (&str, &str),
    visitor: &SignedIn,
) -> Result<(MeetingId, EndpointId), Failed> {
    let forbidden = || failure::page(StatusCode::FORBIDDEN, "Kein Zutritt", "Hier sprechen nur zwei miteinander.");
    let chamber = ticket.parse().map_err(|_| forbidden())?;
    if let Assurance::Waiting(own) = &visitor.assurance {
        let meeting = sitting(state, id).await?.id;
        let waits = own.as_str() == ticket && waiter(state, &meeting, ticket).is_some_and(|waiter| !waiter.dismissed);
        let end = "wartet".parse().ok().filter(|_| waits);
        return end.map(|end| (chamber, end)).ok_or_else(forbidden);
    }
    both(state, id, ticket, visitor).await?;
    Ok((chamber, "technik".parse().map_err(|_| forbidden())?))
}

async fn leave(
    State(state): State<WebState>,
    Path((id, ticket, connection)): Path<(String, String, ConnectionId)>,
    visitor: SignedIn,
) -> Result<StatusCode, Failed> {
    let (chamber, endpoint) = end(&state, (&id, &ticket), &visitor).await?;
    disconnect(&state, chamber, endpoint, connection).await
}
