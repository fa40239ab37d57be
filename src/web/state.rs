//! What the routes share.

use super::live::{Audience, Seating, SlotBoard};
use super::sign_in::PeopleState;
use crate::app::circulation::Circulations;
use crate::app::filing::Filing;
use crate::app::ports::chance::fresh_id;
use crate::app::ports::drafts::Drafts;
use crate::app::ports::requests::RequestStore;
use crate::app::registry::Registry;
use crate::app::rooms::Rooms;
use crate::app::showing::Showing;
use crate::app::sittings::Sittings;
use crate::app::waiting::WaitingRooms;
use axum::extract::FromRef;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The application's state, cheap to clone.
#[derive(Clone)]
pub struct WebState {
    pub people: PeopleState,
    pub towns: Arc<Registry>,
    pub sittings: Sittings,
    pub circulations: Circulations,
    pub slots: Arc<SlotBoard>,
    pub seating: Arc<Seating>,
    pub audience: Arc<Audience>,
    pub rooms: Arc<Rooms>,
    pub papers: Arc<super::papers::Papers>,
    pub drafts: Arc<dyn Drafts>,
    pub requests: Arc<dyn RequestStore>,
    pub filing: Arc<Filing>,
    pub waiting: Arc<WaitingRooms>,
    pub showing: Arc<Showing>,
    /// Ends every stream, so that the server can stop.
    pub stopping: CancellationToken,
}

impl WebState {
    /// A fresh identifier for the command of a form.
    #[must_use]
    pub fn fresh(&self) -> String {
        fresh_id(&*self.sittings.outside().entropy, "k")
    }
}

impl FromRef<WebState> for PeopleState {
    fn from_ref(state: &WebState) -> Self {
        state.people.clone()
    }
}
