//! A visit to a meeting: the path's meeting, running, and who visits.

use super::show::Viewer;
use super::sign_in::SignedIn;
use super::state::WebState;
use crate::app::access;
use crate::app::sitting::{Sitting, Snapshot};
use crate::app::sittings::NoSitting;
use crate::domain::id::MeetingId;
use crate::domain::meeting::Actor;
use crate::domain::meeting::seen::Audience;
use crate::web::failure::{self, Failed};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use std::sync::Arc;

/// A meeting and its visitor.
pub struct Visit {
    pub sitting: Sitting,
    pub snapshot: Arc<Snapshot>,
    pub viewer: Viewer,
}

/// The running meeting of a path segment.
///
/// # Errors
/// A page that says that there is no such meeting, or that it cannot be loaded now.
pub async fn sitting(state: &WebState, id: &str) -> Result<Sitting, Failed> {
    let unknown = || {
        failure::page(
            StatusCode::NOT_FOUND,
            "Diese Sitzung gibt es nicht",
            "Vielleicht ist die Adresse unvollständig kopiert.",
        )
    };
    let id: MeetingId = id.parse().map_err(|_| unknown())?;
    state.sittings.get(&id).await.map_err(|why| match why {
        NoSitting::Unknown => unknown(),
        NoSitting::Fault(why) => {
            tracing::error!(meeting = %id, %why, "a meeting could not be loaded");
            failure::page(
                StatusCode::SERVICE_UNAVAILABLE,
                "Die Sitzung ist gerade nicht erreichbar",
                "Die Störung liegt bei uns. Bitte in einigen Sekunden noch einmal versuchen.",
            )
        }
    })
}

impl Visit {
    /// The newest state, as the visitor may know it: a command of this very request may have changed it.
    #[must_use]
    pub fn now(&self) -> Arc<Snapshot> {
        self.sitting.snapshot().seen_by(self.viewer.audience())
    }

    /// Opens the meeting for somebody who is signed in.
    ///
    /// # Errors
    /// As [`sitting`].
    pub async fn open(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Self, Failed> {
        let sitting = sitting(state, id).await?;
        let snapshot = sitting.snapshot();
        let viewer = viewer(state, &snapshot, visitor);
        // Who is not recognised yet, or no longer, waits.
        if viewer.actor.ticket.is_some() && viewer.actor.seat.is_none() {
            return Err(Redirect::to(&format!("/sitzung/{}/warteraum", sitting.id)).into_response().into());
        }
        let snapshot = snapshot.seen_by(viewer.audience());
        Ok(Self { sitting, snapshot, viewer })
    }

    /// Every meeting. One that cannot be loaded does not hide the others; why is in the log already.
    ///
    /// # Errors
    /// A page that says that the meetings cannot be listed now.
    pub async fn all(state: &WebState, visitor: &SignedIn) -> Result<Vec<Self>, Failed> {
        let mut visits = Vec::new();
        for id in state.sittings.list().await.map_err(|why| failure::unreachable(&why))? {
            visits.extend(Self::open(state, id.as_str(), visitor).await.ok());
        }
        Ok(visits)
    }

    /// The meeting's screens this visitor may open: path segment and label, the main one first.
    #[must_use]
    pub fn views(&self) -> Vec<(&'static str, &'static str)> {
        views(&self.snapshot, &self.viewer.actor)
    }
}

/// The meeting as everybody may know it.
#[must_use]
pub fn in_public(sitting: &Sitting) -> Arc<Snapshot> {
    sitting.snapshot().seen_by(Audience::Public)
}

/// Who somebody is in this meeting's body.
#[must_use]
pub fn viewer(state: &WebState, snapshot: &Snapshot, visitor: &SignedIn) -> Viewer {
    let town = state.people.accounts.town();
    let actor = access::actor(&town, &snapshot.meeting, &visitor.person, &visitor.assurance, state.towns.today());
    let name = town.person(&visitor.person).map_or_else(String::new, |person| person.name.clone());
    Viewer { sees_closed: access::sees_closed(&actor), actor, name }
}

/// The screens an actor may open, the main one first.
#[must_use]
pub fn views(snapshot: &Snapshot, actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let chairs = actor.seat.as_ref() == Some(&snapshot.meeting.chair);
    let sits = actor.seat.is_some();
    [
        (chairs, ("leitstand", "Leitstand")),
        (sits && !chairs, ("platz", "Mein Platz")),
        (actor.clerk, ("schriftfuehrung", "Schriftführung")),
        (actor.hall, ("saal", "Saal")),
        (actor.technician, ("technik", "Technik")),
        (chairs || actor.clerk, ("ladung", "Ladung")),
        (sits, ("teilnahme", "Teilnahme")),
    ]
    .into_iter()
    .filter_map(|(may, view)| may.then_some(view))
    .collect()
}
