//! The participant's WebSocket: `/sitzung/{id}/live?ansicht=leitstand|platz|schriftfuehrung|saal|technik`.

use super::seating::Taken;
use super::seen::Seen;
use super::{ALIVE, Calm, HEARTBEAT};
use crate::app::ports::media::{MediaCommand, Slot};
use crate::app::sitting::Sitting;
use crate::domain::id::EndpointId;
use crate::domain::meeting::Actor;
use crate::web::failure::{self, Failed};
use crate::web::security::same_origin;
use crate::web::show::{Screen, Viewer};
use crate::web::sign_in::{SignedIn, is_alive};
use crate::web::state::WebState;
use crate::web::visit::{Visit, viewer};
use crate::web::waiting;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use tokio::sync::watch;
use tower_sessions::Session;

/// Largest message taken from a page, in bytes: a report of counters.
const MESSAGE_BYTES_MAX: usize = 4096;
/// Messages taken from one page in a heartbeat; more is a flood.
const MESSAGES_MAX: u32 = 100;
/// „Another device has taken your seat.“
const REPLACED: u16 = 4001;
/// „You are no longer signed in.“
const SIGNED_OUT: u16 = 4003;
/// „Somebody else leads now“, or „you lead now“: the page is another one.
const MOVED: u16 = 4004;

#[derive(Deserialize)]
pub struct Wanted {
    ansicht: String,
}

/// Opens the socket for somebody who may see that screen.
///
/// # Errors
/// A page that says why not.
pub async fn participate(
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    (visitor, session): (SignedIn, Session),
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Failed> {
    if !same_origin(&headers) {
        return Err(failure::page(
            StatusCode::FORBIDDEN,
            "Fremde Seite",
            "Diese Verbindung kam von einer fremden Seite.",
        ));
    }
    let visit = Visit::open(&state, &id, &visitor).await?;
    let Some(screen) =
        visit.views().iter().find(|(view, _)| *view == wanted.ansicht).and_then(|(view, _)| screen(view))
    else {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Diese Ansicht ist nicht für Sie bestimmt."));
    };
    let line = Line { state, visitor, session, sitting: visit.sitting, screen };
    Ok(upgrade.max_message_size(MESSAGE_BYTES_MAX).on_upgrade(move |socket| line.serve(socket)))
}

fn screen(view: &str) -> Option<Screen> {
    match view {
        "leitstand" => Some(Screen::Chair),
        "platz" => Some(Screen::Seat),
        "schriftfuehrung" => Some(Screen::Clerk),
        "saal" => Some(Screen::Hall),
        "technik" => Some(Screen::Technician),
        _ => None,
    }
}

struct Line {
    state: WebState,
    visitor: SignedIn,
    session: Session,
    sitting: Sitting,
    screen: Screen,
}

/// What ended a line, or nothing.
enum Turn {
    Go,
    End(Option<CloseFrame>),
}

impl Line {
    async fn serve(self, mut socket: WebSocket) {
        let frame = self.talk(&mut socket).await;
        // The other side may be gone already; then there is nobody to tell.
        let _ = socket.send(Message::Close(frame)).await;
    }

    async fn talk(&self, socket: &mut WebSocket) -> Option<CloseFrame> {
        let mut seen = Seen::of(&self.state, &self.sitting, self.screen).await;
        let viewer = viewer(&self.state, &self.sitting.snapshot(), &self.visitor);
        let seat = match self.screen {
            Screen::Chair | Screen::Seat => viewer.actor.seat.as_ref().map(EndpointId::from),
            Screen::Hall => Some(EndpointId::hall()),
            Screen::Clerk | Screen::Technician | Screen::Public => None,
        };
        let mut taken = seat.as_ref().map(|seat| self.state.seating.take(&self.sitting.id, seat));
        let mut slots = seat.as_ref().and_then(|seat| self.state.slots.follow(&self.sitting.id, seat));
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        let mut heard = 0_u32;
        if self.tell(socket, &mut seen, &viewer).await.is_err() || tell_slots(socket, slots.as_mut()).await.is_err() {
            return None;
        }
        let mut calm = Calm::none();
        loop {
            let turn = tokio::select! {
                goes_on = calm.then(seen.news()) => {
                    calm.told();
                    if !goes_on {
                        Turn::End(None)
                    } else if self.may_still(&viewer) && self.sits_elsewhere(&viewer) {
                        Turn::End(Some(CloseFrame { code: MOVED, reason: "Der Vorsitz hat gewechselt".into() }))
                    } else if self.may_still(&viewer) {
                        go(self.tell(socket, &mut seen, &viewer).await)
                    } else {
                        Turn::End(Some(CloseFrame { code: SIGNED_OUT, reason: "Nicht mehr bestätigt".into() }))
                    }
                }
                () = changed(slots.as_mut()) => go(tell_slots(socket, slots.as_mut()).await),
                () = lost(taken.as_mut()) => {
                    Turn::End(Some(CloseFrame { code: REPLACED, reason: "Platz auf anderem Gerät übernommen".into() }))
                }
                () = self.state.stopping.cancelled() => Turn::End(None),
                _ = heartbeat.tick() => {
                    heard = 0;
                    if seen.follows_waiters() {
                        waiting::sweep(&self.state, &self.sitting.id).await;
                    }
                    let signed_in = is_alive(&self.session).await;
                    if signed_in && self.may_still(&viewer) {
                        go(socket.send(Message::Text(ALIVE.into())).await)
                    } else {
                        self.leave(seat.as_ref()).await;
                        // Who has other rights than before may come anew with them.
                        let over = || CloseFrame { code: SIGNED_OUT, reason: "Abgemeldet".into() };
                        Turn::End((!signed_in).then(over))
                    }
                }
                message = socket.recv() => {
                    heard += 1;
                    match message {
                        Some(Ok(Message::Close(_)) | Err(_)) | None => Turn::End(None),
                        Some(Ok(_)) if heard > MESSAGES_MAX => Turn::End(None),
                        // What a page reports of itself is not yet evidence; the receiver reports are.
                        Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => Turn::Go,
                    }
                }
            };
            if let Turn::End(frame) = turn {
                return frame;
            }
        }
    }

    /// Whether the administration has left this person's seat and tasks as they were.
    fn may_still(&self, before: &Viewer) -> bool {
        let now = viewer(&self.state, &self.sitting.snapshot(), &self.visitor).actor;
        let held = |actor: &Actor| (actor.seat.clone(), actor.clerk, actor.technician, actor.hall);
        held(&now) == held(&before.actor)
    }

    /// This place is no longer, or only now, the one from which the sitting is led.
    fn sits_elsewhere(&self, viewer: &Viewer) -> bool {
        let leads = viewer.actor.seat.as_ref() == Some(&self.sitting.snapshot().meeting.chair);
        match self.screen {
            Screen::Chair => !leads,
            Screen::Seat => leads,
            Screen::Clerk | Screen::Hall | Screen::Technician | Screen::Public => false,
        }
    }

    /// Who is no longer signed in no longer sits in the chamber.
    async fn leave(&self, seat: Option<&EndpointId>) {
        let Some(endpoint) = seat.cloned() else { return };
        let chamber = self.sitting.id.clone();
        // Refused only if nobody sat there, or the engine is gone with everybody.
        let _ =
            self.state.sittings.outside().media.ask(MediaCommand::Leave { chamber, endpoint, connection: None }).await;
    }

    async fn tell(&self, socket: &mut WebSocket, seen: &mut Seen, viewer: &Viewer) -> Result<(), axum::Error> {
        match seen.next(&self.state, &self.visitor, viewer).await {
            Some(message) => socket.send(Message::Text(message.into())).await,
            None => Ok(()),
        }
    }
}

fn go(sent: Result<(), axum::Error>) -> Turn {
    if sent.is_ok() { Turn::Go } else { Turn::End(None) }
}

async fn tell_slots(socket: &mut WebSocket, slots: Option<&mut watch::Receiver<Vec<Slot>>>) -> Result<(), axum::Error> {
    let Some(slots) = slots else { return Ok(()) };
    let text = serde_json::json!({"slots": *slots.borrow_and_update()}).to_string();
    socket.send(Message::Text(text.into())).await
}

async fn changed(slots: Option<&mut watch::Receiver<Vec<Slot>>>) {
    let heard = match slots {
        Some(slots) => slots.changed().await.is_ok(),
        None => false,
    };
    if !heard {
        std::future::pending::<()>().await;
    }
}

async fn lost(taken: Option<&mut Taken>) {
    match taken {
        Some(taken) => taken.lost().await,
        None => std::future::pending().await,
    }
}
