//! What a participant's line looks at, and what it has told.

use super::parts::Told;
use crate::app::ports::drafts::Draft;
use crate::app::rooms::Room;
use crate::app::showing::Shown;
use crate::app::sitting::{Sitting, Snapshot};
use crate::app::waiting::Waiter;
use crate::domain::id::ItemId;
use crate::web::notes::notes_of;
use crate::web::room::{setting, speaking_time};
use crate::web::show::{self, Beside, Screen, Viewer};
use crate::web::sign_in::SignedIn;
use crate::web::state::WebState;
use std::sync::Arc;
use tokio::sync::watch;

/// Who waits to be recognised.
type Waiters = watch::Receiver<Arc<Vec<Waiter>>>;

/// One line's sources.
pub struct Seen {
    screen: Screen,
    told: Told,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    room: watch::Receiver<Arc<Room>>,
    shown: watch::Receiver<Option<Arc<Shown>>>,
    waiters: Option<Waiters>,
    notes: Notes,
}

/// The viewer's own notes; read again only when another item is at hand.
#[derive(Default)]
struct Notes {
    read: bool,
    item: Option<ItemId>,
    drafts: Option<Vec<Draft>>,
}

impl Seen {
    pub async fn of(state: &WebState, sitting: &Sitting, screen: Screen) -> Self {
        let waiters = (screen == Screen::Technician).then(|| state.waiting.follow(&sitting.id));
        Self {
            screen,
            told: Told::nothing(screen),
            snapshots: sitting.watch(),
            room: state.rooms.follow(&sitting.id).await,
            shown: state.showing.follow(&sitting.id),
            waiters: waiters.flatten(),
            notes: Notes::default(),
        }
    }

    /// This line follows who waits.
    pub const fn follows_waiters(&self) -> bool {
        self.waiters.is_some()
    }

    /// Returns when something changed; `false` when the meeting no longer runs here.
    pub async fn news(&mut self) -> bool {
        tokio::select! {
            changed = self.snapshots.changed() => changed.is_ok(),
            Ok(()) = self.room.changed() => true,
            Ok(()) = self.shown.changed() => true,
            () = more_wait(self.waiters.as_mut()) => true,
        }
    }

    /// What is to be told now; `None` if the page would see no difference.
    pub async fn next(&mut self, state: &WebState, visitor: &SignedIn, viewer: &Viewer) -> Option<String> {
        let snapshot = self.snapshots.borrow_and_update().seen_by(viewer.audience());
        let room = self.room.borrow_and_update().clone();
        let waiters = self.waiters.as_mut().map(|waiters| waiters.borrow_and_update().clone()).unwrap_or_default();
        self.read_notes(state, &snapshot, visitor, viewer).await;
        let time = speaking_time(state, &snapshot);
        let shown = self.shown.borrow_and_update().clone();
        let chat = setting(state, &snapshot);
        let beside = Beside {
            chat: chat.as_ref(),
            waiters: &waiters,
            notes: self.notes.drafts.as_deref(),
            speaking: time.as_ref(),
            shown: shown.as_deref(),
            ..Beside::of(&room)
        };
        self.told.next(&snapshot, beside, viewer, &*state.sittings.outside().entropy)
    }

    async fn read_notes(&mut self, state: &WebState, snapshot: &Snapshot, visitor: &SignedIn, viewer: &Viewer) {
        let item = show::noted(snapshot);
        if self.screen != Screen::Chair || (self.notes.read && self.notes.item.as_ref() == item) {
            return;
        }
        let item = item.cloned();
        let drafts = notes_of(state, snapshot, viewer, visitor).await;
        self.notes = Notes { read: true, item, drafts };
    }
}

/// Returns when others wait than before.
async fn more_wait(waiters: Option<&mut Waiters>) {
    let heard = match waiters {
        Some(waiters) => waiters.changed().await.is_ok(),
        None => false,
    };
    if !heard {
        std::future::pending::<()>().await;
    }
}
