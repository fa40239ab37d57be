//! The public's line: `/oeffentlich/{id}/live` by server-sent events, without signing in. All spectators of a meeting see
//! the same, so it is rendered once, however many they are.

use super::parts::Told;
use super::seating::Spectator;
use super::{ALIVE, Calm, HEARTBEAT};
use crate::app::rooms::Room;
use crate::app::sitting::Sitting;
use crate::domain::id::MeetingId;
use crate::domain::meeting::seen::Audience as Eyes;
use crate::web::failure::{self, Failed};
use crate::web::room::{setting, speaking_time};
use crate::web::show::{Beside, Screen, Viewer};
use crate::web::state::WebState;
use crate::web::visit;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use futures_util::{Stream, stream};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::broadcast;

/// What the meeting's room says, for whoever begins a feed.
type RoomWatch = tokio::sync::watch::Receiver<Arc<Room>>;

/// Messages that may wait for a slow spectator before the line ends; a new one begins with a snapshot.
const WAITING_MAX: usize = 16;

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
    let room = state.rooms.follow(&sitting.id).await;
    let listener = state.audience.join(&state, &sitting, room, place);
    Ok(Sse::new(stream::unfold(listener, |mut listener| async move {
        let message = listener.next().await?;
        Some((Ok(Event::default().data(&*message)), listener))
    })))
}

/// The feeds of all meetings somebody watches.
#[derive(Debug, Default)]
pub struct Audience {
    feeds: Mutex<BTreeMap<MeetingId, Feed>>,
}

/// What all spectators of one meeting are told.
#[derive(Debug)]
struct Feed {
    news: broadcast::Sender<Arc<str>>,
    /// For those who come now: everything up to the newest of the news. Both change under one lock.
    whole: Arc<str>,
}

/// One spectator: first the whole, then what is new.
struct Listener {
    whole: Option<Arc<str>>,
    news: broadcast::Receiver<Arc<str>>,
    _place: Spectator,
}

impl Listener {
    /// `None` if the feed has ended, or was too fast for this line.
    async fn next(&mut self) -> Option<Arc<str>> {
        match self.whole.take() {
            Some(whole) => Some(whole),
            None => self.news.recv().await.ok(),
        }
    }
}

impl Audience {
    fn feeds(&self) -> MutexGuard<'_, BTreeMap<MeetingId, Feed>> {
        self.feeds.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn join(&self, state: &WebState, sitting: &Sitting, room: RoomWatch, place: Spectator) -> Listener {
        let mut feeds = self.feeds();
        let feed = feeds.entry(sitting.id.clone()).or_insert_with(|| begin(state, sitting, room));
        Listener { whole: Some(Arc::clone(&feed.whole)), news: feed.news.subscribe(), _place: place }
    }

    fn tell(&self, meeting: &MeetingId, message: String, whole: String) {
        if let Some(feed) = self.feeds().get_mut(meeting) {
            feed.whole = whole.into();
            // An error means that nobody listens just now.
            let _ = feed.news.send(message.into());
        }
    }

    /// Gives a sign of life. A feed nobody hears ends; says whether it goes on.
    fn stay_alive(&self, meeting: &MeetingId) -> bool {
        let mut feeds = self.feeds();
        let heard = feeds.get(meeting).is_some_and(|feed| feed.news.send(ALIVE.into()).is_ok());
        if !heard {
            feeds.remove(meeting);
        }
        heard
    }

    fn end(&self, meeting: &MeetingId) {
        self.feeds().remove(meeting);
    }
}

/// Renders the meeting as it stands, and lets a task follow it until nobody watches.
fn begin(state: &WebState, sitting: &Sitting, mut room: RoomWatch) -> Feed {
    let mut snapshots = sitting.watch();
    let viewer = Viewer::public();
    let entropy = Arc::clone(&state.sittings.outside().entropy);
    let mut told = Told::nothing(Screen::Public);
    let mut shown = state.showing.follow(&sitting.id);
    let first = snapshots.borrow_and_update().seen_by(Eyes::Public);
    let (chat, time) = (setting(state, &first), speaking_time(state, &first));
    let (now, before) = (room.borrow_and_update().clone(), shown.borrow_and_update().clone());
    let beside = Beside { chat: chat.as_ref(), speaking: time.as_ref(), shown: before.as_deref(), ..Beside::of(&now) };
    let _ = told.next(&first, beside, &viewer, &*entropy);
    let feed = Feed { news: broadcast::channel(WAITING_MAX).0, whole: told.whole().into() };
    let (audience, stopping, meeting) = (Arc::clone(&state.audience), state.stopping.clone(), sitting.id.clone());
    tokio::spawn(async move {
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        heartbeat.reset();
        let mut calm = Calm::none();
        loop {
            tokio::select! {
                changed = calm.then(snapshots.changed()) => {
                    if changed.is_err() {
                        return audience.end(&meeting);
                    }
                }
                Ok(()) = calm.then(room.changed()) => {}
                Ok(()) = calm.then(shown.changed()) => {}
                _ = heartbeat.tick() => {
                    if !audience.stay_alive(&meeting) {
                        return;
                    }
                    continue;
                }
                () = stopping.cancelled() => return audience.end(&meeting),
            }
            calm.told();
            let snapshot = snapshots.borrow_and_update().seen_by(Eyes::Public);
            let beside = room.borrow_and_update().clone();
            let shown = shown.borrow_and_update().clone();
            let (chat, speaking, shown) = (chat.as_ref(), time.as_ref(), shown.as_deref());
            let beside = Beside { chat, speaking, shown, ..Beside::of(&beside) };
            if let Some(message) = told.next(&snapshot, beside, &viewer, &*entropy) {
                audience.tell(&meeting, message, told.whole());
            }
        }
    });
    feed
}
