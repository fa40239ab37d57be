//! The screens as pages: home, Leitstand, Mein Platz, Schriftführung, Öffentlichkeit.

mod before;

pub use before::{agenda, notice, reply, roll_sheet, summons};

use super::circulation;
use super::failure::{self, Failed};
use super::notes::notes_of;
use super::pages::access::{Home, MeetingCard};
use super::pages::frame::Live;
use super::planning;
use super::room::{beside, limit_speaking};
use super::show::{self, Viewer};
use super::showing;
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, frame};
use super::state::WebState;
use super::visit::{Visit, in_public, sitting, viewer};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The two names of a member's place: in the chair and elsewhere.
const AT_THE_TABLE: [&str; 2] = ["leitstand", "platz"];

/// `/`: the meetings, with the doors this visitor may open.
pub async fn home(State(state): State<WebState>, visitor: Option<SignedIn>) -> Result<Response, Failed> {
    let mut meetings: Vec<MeetingCard> = Vec::new();
    for id in state.sittings.list().await.map_err(|why| failure::unreachable(&why))? {
        // One meeting that cannot be loaded does not close the door to the others; why is in the log already.
        let Ok(sitting) = sitting(&state, id.as_str()).await else { continue };
        let snapshot = sitting.snapshot();
        let viewer = visitor.as_ref().map_or_else(Viewer::public, |visitor| viewer(&state, &snapshot, visitor));
        let snapshot = snapshot.seen_by(viewer.audience());
        meetings.push(show::card(&snapshot, &viewer, &mut || state.fresh()));
    }
    let plans = visitor.as_ref().is_some_and(|visitor| planning::plans(&state, visitor));
    let plan = plans.then(|| "/planung/neu".to_owned());
    let administers = visitor.as_ref().is_some_and(|visitor| super::town::administers(&state, visitor));
    let office = administers.then(|| "/verwaltung".to_owned());
    let takes_part = visitor.as_ref().is_some_and(|visitor| circulation::takes_part(&state, visitor));
    let town = state.people.accounts.town();
    let name = visitor.as_ref().and_then(|visitor| town.person(&visitor.person)).map(|person| person.name.clone());
    let mut frame = frame(town.municipality(), "Meine Sitzungen", "");
    frame.person.clone_from(&name);
    Ok(answer(
        StatusCode::OK,
        &Home { frame, name: name.unwrap_or_default(), meetings, plan, circulations: takes_part, town: office },
    ))
}

/// `/sitzung/{id}`: to the visitor's main screen.
pub async fn enter(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = Visit::open(&state, &id, &visitor).await?;
    let to = match visit.views().first() {
        Some((view, _)) => format!("/sitzung/{id}/{view}"),
        None => format!("/oeffentlich/{id}"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// `/sitzung/{id}/leitstand`.
pub async fn chair(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "leitstand").await?;
    let mut page = show::chair(&visit.snapshot, &visit.viewer, &mut || state.fresh());
    limit_speaking(&state, &mut page.floor, &visit.snapshot, Some(&visit.viewer));
    page.shown = showing::part(&state, &visit.snapshot, Some(&visit.viewer));
    page.frame.live = live(&id, "leitstand");
    (page.room, page.chat) = beside(&state, &visit.snapshot, Some(&visit.viewer)).await;
    let noted = notes_of(&state, &visit.snapshot, &visit.viewer, &visitor).await;
    page.notes = noted.and_then(|noted| show::notes(&visit.snapshot, &visit.viewer, &noted));
    Ok(answer(StatusCode::OK, &page))
}

/// `/sitzung/{id}/platz`.
pub async fn seat(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "platz").await?;
    let mut page = show::seat(&visit.snapshot, &visit.viewer, &mut || state.fresh());
    limit_speaking(&state, &mut page.floor, &visit.snapshot, Some(&visit.viewer));
    page.shown = showing::part(&state, &visit.snapshot, Some(&visit.viewer));
    page.frame.live = live(&id, "platz");
    (page.room, page.chat) = beside(&state, &visit.snapshot, Some(&visit.viewer)).await;
    Ok(answer(StatusCode::OK, &page))
}

/// `/sitzung/{id}/schriftfuehrung`.
pub async fn clerk(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "schriftfuehrung").await?;
    let mut page = show::clerk(&visit.snapshot, &visit.viewer, &mut || state.fresh());
    limit_speaking(&state, &mut page.floor, &visit.snapshot, Some(&visit.viewer));
    page.shown = showing::part(&state, &visit.snapshot, Some(&visit.viewer));
    page.frame.live = live(&id, "schriftfuehrung");
    (page.room, page.chat) = beside(&state, &visit.snapshot, Some(&visit.viewer)).await;
    Ok(answer(StatusCode::OK, &page))
}

/// `/sitzung/{id}/saal`.
pub async fn hall(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "saal").await?;
    let mut page = show::hall(&visit.snapshot, &visit.viewer);
    limit_speaking(&state, &mut page.floor, &visit.snapshot, None);
    page.shown = showing::part(&state, &visit.snapshot, None);
    page.frame.live = live(&id, "saal");
    Ok(answer(StatusCode::OK, &page))
}

/// `/sitzung/{id}/technik`.
pub async fn technician(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor, "technik").await?;
    let waiting = state.waiting.follow(&visit.sitting.id);
    let waiters = waiting.map(|waiting| waiting.borrow().clone()).unwrap_or_default();
    let mut page = show::technician(&visit.snapshot, &waiters, &visit.viewer, &mut || state.fresh());
    page.frame.live = live(&id, "technik");
    Ok(answer(StatusCode::OK, &page))
}

/// `/oeffentlich/{id}`: for everybody.
pub async fn public(State(state): State<WebState>, Path(id): Path<String>) -> Result<Response, Failed> {
    let sitting = sitting(&state, &id).await?;
    let snapshot = in_public(&sitting);
    let mut page = show::public(&snapshot);
    limit_speaking(&state, &mut page.floor, &snapshot, None);
    page.shown = showing::part(&state, &snapshot, None);
    page.frame.live = Live::Events(format!("/oeffentlich/{id}/live"));
    (page.room, _) = beside(&state, &snapshot, None).await;
    Ok(answer(StatusCode::OK, &page))
}

/// `/oeffentlich/{id}/ergebnisse`: for everybody, also long after the meeting.
pub async fn results(State(state): State<WebState>, Path(id): Path<String>) -> Result<Response, Failed> {
    let sitting = sitting(&state, &id).await?;
    let snapshot = in_public(&sitting);
    let town = state.people.accounts.town();
    let named = town.body(&snapshot.meeting.body).and_then(|body| body.named_results.as_deref());
    Ok(answer(StatusCode::OK, &show::results(&snapshot, named)))
}

async fn open(state: &WebState, id: &str, visitor: &SignedIn, view: &str) -> Result<Visit, Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    let views = visit.views();
    if views.iter().any(|(mine, _)| *mine == view) {
        return Ok(visit);
    }
    // Whoever leads now, or no longer does, finds the own place under its other name.
    let mine = views.iter().find(|(mine, _)| AT_THE_TABLE.contains(mine)).filter(|_| AT_THE_TABLE.contains(&view));
    if let Some((mine, _)) = mine {
        Err(Redirect::to(&format!("/sitzung/{id}/{mine}")).into_response().into())
    } else {
        Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Diese Ansicht ist nicht für Sie bestimmt."))
    }
}

fn live(id: &str, view: &str) -> Live {
    Live::Socket(format!("/sitzung/{id}/live?ansicht={view}"))
}
