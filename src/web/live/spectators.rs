//! The public's line: `/oeffentlich/{id}/live` by server-sent events, without signing in.

use super::parts::Told;
use super::{ALIVE, HEARTBEAT};
use crate::app::sitting::Sitting;
use crate::domain::meeting::Actor;
use crate::web::failure::{self, Failed};
use crate::web::show::{Screen, Viewer};
use crate::web::state::WebState;
use crate::web::visit;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use futures_util::Stream;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Messages that may wait for a slow spectator before the line ends; a new one begins with a snapshot.
const WAITING_MAX: usize = 8;

/// Follows the public part of a meeting.
///
/// # Errors
/// A page that says that there is no such meeting, or no room.
pub async fn watch(
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failed> {
    let sitting = visit::sitting(&state, &id).await?;
    let place = Arc::clone(&state.seating).spectate().ok_or_else(|| {
        failure::page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Sehr viele sehen zu",
            "Bitte laden Sie die Seite von Zeit zu Zeit neu.",
        )
    })?;
    let (send, receive) = mpsc::channel(WAITING_MAX);
    tokio::spawn(async move {
        follow(&state, &sitting, &send).await;
        drop(place);
    });
    let stream = futures_util::stream::unfold(receive, |mut receive| async move {
        let message: String = receive.recv().await?;
        Some((Ok(Event::default().data(message)), receive))
    });
    Ok(Sse::new(stream))
}

async fn follow(state: &WebState, sitting: &Sitting, send: &mpsc::Sender<String>) {
    let mut snapshots = sitting.watch();
    let viewer = Viewer { actor: Actor::default(), name: String::new(), sees_closed: false };
    let mut told = Told::nothing(Screen::Public);
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    loop {
        let snapshot = snapshots.borrow_and_update().clone();
        if let Some(message) = told.next(&snapshot, &viewer, &*state.sittings.outside().entropy)
            && send.try_send(message).is_err()
        {
            return;
        }
        loop {
            tokio::select! {
                changed = snapshots.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = state.stopping.cancelled() => return,
                () = send.closed() => return,
                _ = heartbeat.tick() => if send.try_send(ALIVE.to_owned()).is_err() { return },
            }
        }
    }
}
