//! `GET /api/v1/meetings/{id}`: the meeting as data, for programs. What is not public is there only for who may see it;
//! a running ballot never tells how anybody chose.

use super::failure::Failed;
use super::show::Viewer;
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::{sitting, viewer};
use crate::app::sitting::Snapshot;
use crate::domain::meeting::seen::Audience;
use crate::domain::meeting::view::{figures, missing};
use crate::domain::meeting::{Business, Item, ItemState, Meeting, Phase, Place};
use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

/// The meeting as it stands.
pub async fn meeting(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: Option<SignedIn>,
) -> Result<Json<Value>, Failed> {
    let snapshot = sitting(&state, &id).await?.snapshot();
    let viewer = visitor.map(|visitor| viewer(&state, &snapshot, &visitor));
    let snapshot = snapshot.seen_by(viewer.as_ref().map_or(Audience::Public, Viewer::audience));
    let sees_closed = viewer.as_ref().is_some_and(|viewer| viewer.sees_closed);
    let member = viewer.as_ref().is_some_and(|viewer| viewer.actor.seat.is_some() || viewer.actor.clerk);
    let mut meeting = describe(&snapshot, sees_closed, member);
    if let Some(viewer) = viewer {
        meeting["you"] = json!({"seat": viewer.actor.seat, "name": viewer.name});
    }
    Ok(Json(meeting))
}

fn describe(snapshot: &Snapshot, sees_closed: bool, member: bool) -> Value {
    let meeting = &snapshot.meeting;
    let numbers = figures(meeting, &snapshot.rules);
    let phase = match &meeting.phase {
        Phase::Planned => "planned",
        Phase::Convened(_) => "convened",
        Phase::Sitting { .. } => "sitting",
        Phase::Interrupted { .. } => "interrupted",
        Phase::Closed(_) => "closed",
    };
    json!({
        "id": meeting.id,
        "title": meeting.title,
        "phase": phase,
        "format": meeting.convened().map(|convened| convened.convening.format),
        "public_room_receives": meeting.convened().is_some_and(|convened| convened.public_room_receives),
        "hall": meeting.convened().and_then(|convened| convened.hall.as_ref()).map(|hall| hall.perception),
        "fault_open": meeting.convened().is_some_and(|convened| convened.open_fault.is_some()),
        "head": {"number": snapshot.head.number, "digest": snapshot.head.digest},
        "figures": {
            "present": numbers.present,
            "entitled": numbers.entitled,
            "needed": numbers.needed,
            "quorate": numbers.quorate,
            "cast": numbers.cast.filter(|_| member),
            "missing": numbers.missing.filter(|_| member),
        },
        "agenda": meeting.items.iter().map(|item| describe_item(item, sees_closed)).collect::<Vec<_>>(),
        "item": meeting.business().and_then(Business::item),
        "recused": meeting.business().and_then(Business::item).and_then(|item| meeting.recusals.get(item)),
        "ballot": ballot(meeting, member),
        "results": meeting.results.iter().map(|declared| json!({
            "ballot": declared.result.ballot,
            "item": declared.result.item,
            "about": declared.about,
            "outcome": declared.result.outcome,
            "yes": declared.result.yes,
            "no": declared.result.no,
            "abstain": declared.result.abstain,
            "by_seat": declared.result.by_seat,
            "norm": declared.result.norm,
        })).collect::<Vec<_>>(),
        "people": meeting.seats.values().map(|seat| {
            let (place, perception) = match meeting.attendance.places.get(&seat.id) {
                Some(Place::Room { .. }) => ("room", None),
                Some(Place::Remote { perception, .. }) => ("remote", Some(*perception)),
                None => ("away", None),
            };
            json!({"seat": seat.id, "name": seat.name, "place": place, "perception": perception})
        }).collect::<Vec<_>>(),
    })
}

fn describe_item(item: &Item, sees_closed: bool) -> Value {
    let state = match item.state {
        ItemState::Pending => "pending",
        ItemState::Called { .. } => "called",
        ItemState::Settled { .. } => "settled",
    };
    let title = item.title.as_ref().filter(|_| item.public || sees_closed);
    json!({
        "id": item.id,
        "number": item.number,
        "public": item.public,
        "title": title,
        "motion": item.motion.as_ref().filter(|_| item.public || sees_closed),
        "state": state,
    })
}

fn ballot(meeting: &Meeting, member: bool) -> Value {
    match meeting.business() {
        Some(Business::Ballot(ballot)) => json!({
            "id": ballot.ballot,
            "stage": "open",
            "method": ballot.method,
            "wording": ballot.wording,
            "hands_counted": ballot.hands.is_some(),
            "missing": if member { json!(missing(meeting)) } else { Value::Null },
        }),
        Some(Business::Counting(ballot)) => json!({
            "id": ballot.ballot,
            "stage": "counting",
            "method": ballot.method,
            "wording": ballot.wording,
        }),
        Some(Business::Election(round)) => json!({
            "id": round.round,
            "stage": if round.count.is_some() { "counted" } else { "election" },
            "round": round.which,
            "mode": round.mode,
            "candidates": round.candidates,
        }),
        Some(Business::Between | Business::Item(_)) | None => Value::Null,
    }
}
