//! `POST /sitzung/{id}/raum`: the chat beside the sitting, where the body's Geschäftsordnung allows one. None of it is a
//! command of the meeting, and none of it reaches the ledger.

use super::act::{back, fields, form};
use super::failure::{self, Failed, wants_json};
use super::pages::floor::Floor;
use super::pages::room::{Chat, Room};
use super::show::{self, Beside, Viewer};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::Visit;
use crate::app::chat;
use crate::app::ports::Fault;
use crate::app::ports::announcer::Author;
use crate::app::ports::room::{RoomPort as _, Saying};
use crate::app::rooms::Said;
use crate::app::sitting::{Denied, Snapshot};
use crate::app::town;
use crate::domain::id::CommandId;
use crate::domain::refusal::Refusal;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde_json::json;
use std::collections::BTreeMap;

/// The chat setting of the meeting's body.
pub fn setting(state: &WebState, snapshot: &Snapshot) -> Option<town::Chat> {
    state.people.accounts.town().body(&snapshot.meeting.body)?.chat.clone()
}

/// How long somebody may speak at a time in the meeting's body.
pub fn speaking_time(state: &WebState, snapshot: &Snapshot) -> Option<town::SpeakingTime> {
    state.people.accounts.town().body(&snapshot.meeting.body)?.speaking.clone()
}

/// Puts the body's speaking time beside whoever has the floor.
pub fn limit_speaking(state: &WebState, floor: &mut Floor, snapshot: &Snapshot, viewer: Option<&Viewer>) {
    show::limit_speaking(floor, snapshot, viewer, speaking_time(state, snapshot).as_ref());
}

/// The room's parts of a page; without a viewer as the public sees them.
pub async fn beside(state: &WebState, snapshot: &Snapshot, viewer: Option<&Viewer>) -> (Room, Option<Chat>) {
    let room = state.rooms.look(&snapshot.meeting.id).await;
    let chat = setting(state, snapshot);
    let beside = Beside { chat: chat.as_ref(), ..Beside::of(&room) };
    let mut ids = || state.fresh();
    let desk = viewer.and_then(|viewer| show::chat_desk(snapshot, beside, viewer, &mut ids));
    (show::room(snapshot, beside, viewer), desk)
}

/// Opens or closes the chat, or says something in it; answers after it is durable.
pub async fn act(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failed> {
    let fresh = state.fresh();
    let visit = Visit::open(&state, &id, &visitor).await?;
    let denied = |why: Denied| failure::denied(&headers, &why, &fresh);
    chat::allowed(setting(&state, &visit.snapshot).as_ref()).map_err(|why| denied(why.into()))?;
    let fields = fields(form).map_err(|why| failure::unreadable(&headers, &why, &fresh))?;
    let ask = Ask::read(&fields).map_err(|why| failure::unreadable(&headers, &why.0, &fresh))?;
    let done = carry_out(&state, &visit, &visitor, ask).await.map_err(denied)?;
    if wants_json(&headers) {
        return Ok(Json(json!({"text": done, "kennung": fresh})).into_response());
    }
    Ok(Redirect::to(&back(&headers, &visit)).into_response())
}

/// What a form asks for.
enum Ask {
    Open(bool),
    Say(CommandId, Said),
}

impl Ask {
    fn read(fields: &BTreeMap<String, String>) -> Result<Self, form::Unreadable> {
        match fields.get("tun").map(String::as_str) {
            Some("chat_oeffnen") => Ok(Self::Open(true)),
            Some("chat_schliessen") => Ok(Self::Open(false)),
            Some("chat_schreiben") => Ok(Self::Say(form::needed(fields, "kennung")?, form::needed(fields, "text")?)),
            Some(_) | None => Err(form::Unreadable("So etwas kann man im Chat nicht tun.".into())),
        }
    }
}

async fn carry_out(state: &WebState, visit: &Visit, visitor: &SignedIn, ask: Ask) -> Result<&'static str, Denied> {
    let (snapshot, actor) = (&visit.snapshot, &visit.viewer.actor);
    let meeting = &snapshot.meeting.id;
    let fault = |why: Fault| {
        tracing::error!(%meeting, %why, "the room does not answer");
        Denied::Fault("Der Chat ist gerade gestört. Bitte gleich noch einmal.".into())
    };
    let (id, said) = match ask {
        Ask::Open(open) => {
            chat::may_lead(snapshot, actor)?;
            state.rooms.open_chat(meeting, open).await.map_err(fault)?;
            return Ok(if open { "Der Chat ist geöffnet." } else { "Der Chat ist geschlossen." });
        }
        Ask::Say(id, said) => (id, said),
    };
    chat::may_write(snapshot, actor)?;
    let author = Author { person: visitor.person.clone(), name: visit.viewer.name.clone() };
    let saying = state.rooms.write(meeting, snapshot.meeting.height, &id, author, &said).await.map_err(fault)?;
    match saying {
        Saying::Kept => Ok("Gesendet."),
        Saying::Closed => Err(Refusal::conflict("chat_closed", "Der Chat ist geschlossen.").into()),
        Saying::TooOften => {
            let slow = "Sie haben in dieser Minute schon sehr viel geschrieben. Bitte warten Sie einen Augenblick.";
            Err(Refusal::conflict("chat_too_often", slow).into())
        }
        Saying::Full => {
            let full = "Der Chat dieser Sitzung ist voll. Bitte melden Sie sich zu Wort.";
            Err(Refusal::conflict("chat_full", full).into())
        }
    }
}
