//! A planned meeting and the body as it is now.

use super::{Fields, fields, impossible, needed, open};
use crate::app::planning::{NoPlan, body_of};
use crate::app::town::Town;
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::event::Reseated;
use crate::domain::meeting::{Command, Meeting, Phase};
use crate::web::failure::{self, Failed};
use crate::web::pages::before::OtherBody;
use crate::web::pages::plan::Seating;
use crate::web::sign_in::SignedIn;
use crate::web::state::WebState;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

/// Most differences that are listed.
const CHANGES_MAX: usize = 12;

/// How the body of today differs from the meeting's; `None` if it does not.
pub(super) fn seating(state: &WebState, meeting: &Meeting, id: &MeetingId) -> Option<Seating> {
    let town = state.people.accounts.town();
    let (changes, blocked) = match now(&town, meeting) {
        Ok(body) if meeting.has_body(&body) => return None,
        Ok(body) => (changes(meeting, &body), String::new()),
        Err(why) => (vec![why.to_string()], "Bitte zuerst das Gremium in der Verwaltung berichtigen.".to_owned()),
    };
    Some(Seating { to: format!("/sitzung/{id}/besetzung"), command: state.fresh(), changes, blocked })
}

/// The same for the summons: what follows depends on whether the meeting is convened. One that has begun is not asked.
pub fn other_body(state: &WebState, meeting: &Meeting) -> Option<OtherBody> {
    let (word, href) = match meeting.phase {
        Phase::Planned => (
            "Übernehmen Sie sie in der Planung, bevor Sie einberufen; danach steht die Besetzung fest.",
            format!("/sitzung/{}/vorbereiten", meeting.id),
        ),
        Phase::Convened(_) => (
            "Diese Sitzung behält die Besetzung, mit der sie einberufen ist. Wessen Mandat vor dem Sitzungstag endet, hat \
             darin keinen Platz mehr; wer neu ist, auch noch nicht. Die neue Besetzung hat erst eine neu geplante Sitzung.",
            String::new(),
        ),
        Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => return None,
    };
    let town = state.people.accounts.town();
    let changes = match now(&town, meeting) {
        Ok(body) if meeting.has_body(&body) => return None,
        Ok(body) => changes(meeting, &body),
        Err(why) => vec![why.to_string()],
    };
    Some(OtherBody { changes, word: word.to_owned(), href })
}

fn now(town: &Town, meeting: &Meeting) -> Result<Reseated, NoPlan> {
    body_of(town, &meeting.body, meeting.day)
}

/// What a reader wants to know before pressing, seat by seat.
fn changes(meeting: &Meeting, body: &Reseated) -> Vec<String> {
    let mut said = Vec::new();
    for seat in meeting.seats.values() {
        match body.seats.iter().find(|now| now.id == seat.id) {
            None => said.push(format!("{} gehört an diesem Tag nicht mehr dazu.", seat.name)),
            Some(now) if now.name != seat.name => said.push(format!("{} heißt jetzt {}.", seat.name, now.name)),
            Some(now) if now.faction != seat.faction => said.push(match &now.faction {
                Some(faction) => format!("{}: Fraktion {faction}.", seat.name),
                None => format!("{}: ohne Fraktion.", seat.name),
            }),
            Some(_) => {}
        }
    }
    let new = body.seats.iter().filter(|seat| !meeting.seats.contains_key(&seat.id));
    said.extend(new.map(|seat| format!("{} ist neu dabei.", seat.name)));
    let chair =
        |body: &Reseated| body.seats.iter().find(|seat| seat.id == body.chair).map(|seat| seat.name.to_string());
    if let Some(name) = chair(body).filter(|_| body.chair != meeting.leading.office) {
        said.push(format!("Den Vorsitz hat {name}."));
    }
    if body.deputies != meeting.leading.deputies {
        said.push("Die Stellvertretung im Vorsitz ist anders besetzt.".to_owned());
    }
    if body.clerk != meeting.clerk {
        said.push(format!("Schriftführung: {}.", body.clerk));
    }
    if body.clauses != meeting.clauses {
        said.push("Die Regelungen der Hauptsatzung sind andere.".to_owned());
    }
    if body.local != meeting.local {
        said.push("Das Ortsrecht des Gremiums (Hauptsatzung, Geschäftsordnung) ist ein anderes.".to_owned());
    }
    let more = said.len().saturating_sub(CHANGES_MAX);
    if more > 0 {
        said.truncate(CHANGES_MAX);
        said.push(format!("Und {more} weitere Änderungen."));
    }
    said
}

/// `POST /sitzung/{id}/besetzung`: the meeting takes the body over as it is now.
pub async fn take_over(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Fields,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let fields = fields(form)?;
    let command: CommandId = needed(&fields, "kennung")?;
    let to = now(&state.people.accounts.town(), &visit.snapshot.meeting).map_err(|why| impossible(&why.to_string()))?;
    let step = Command::Prepare(Preparation::Reseat { to });
    match visit.sitting.command(command, visit.viewer.actor.clone(), step).await {
        Ok(_) => Ok(Redirect::to(&format!("/sitzung/{id}/vorbereiten?nach=besetzung")).into_response()),
        Err(why) => Err(failure::denied(&headers, &why, "")),
    }
}
