//! `/verlangen`: requests for a sitting or an item, recorded by chair or clerk, and answered once.

use super::failure::{self, Failed};
use super::pages::requests::{Asking, RequestNew, RequestsPage};
use super::planning;
use super::show::{self, Asked};
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, own_frame};
use super::state::WebState;
use super::visit::Visit;
use crate::app::ports::chance::fresh_id;
use crate::app::record::rules_on;
use crate::app::requests::{self, Sits, Typed, TypedAnswer};
use crate::app::town::{Body, Town};
use crate::domain::id::RequestId;
use crate::domain::time::Date;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Fields a form has at most: every seat of the largest body, and the rest.
const FIELDS_MAX: usize = crate::app::town::SEATS_MAX + 32;

type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// What the address says.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    gremium: String,
    #[serde(default)]
    nach: String,
}

/// The page; for chairs and clerks, about the bodies they plan for.
///
/// # Errors
/// A page that says for whom it is, or that nothing can be read now.
pub async fn page(
    State(state): State<WebState>,
    Query(wish): Query<Wish>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let saved = match wish.nach.as_str() {
        "aufgenommen" => "Das Verlangen ist aufgenommen.",
        "erledigt" => "Das Verlangen ist beantwortet.",
        _ => "",
    };
    let page = RequestsPage { saved: saved.into(), ..list(&state, &visitor, None).await? };
    Ok(answer(StatusCode::OK, &page))
}

/// All requests; the form of one answer may hold what was typed.
async fn list(
    state: &WebState,
    visitor: &SignedIn,
    typed: Option<(&str, TypedAnswer)>,
) -> Result<RequestsPage, Failed> {
    let asked = all(state, visitor).await?;
    let today = state.towns.today();
    let mut typed = typed;
    let (mut open, mut done) = (Vec::new(), Vec::new());
    for one in &asked {
        let mine = typed.take_if(|(id, _)| *id == one.kept.id.as_str()).map(|(_, typed)| typed);
        let card = show::request_card(one, mine.unwrap_or_default(), today);
        if card.answer.is_some() { open.push(card) } else { done.push(card) }
    }
    let frame = own_frame(state, visitor, "Verlangen");
    Ok(RequestsPage { frame, saved: String::new(), error: String::new(), open, done })
}

/// Everything asked of the bodies somebody plans for; `visits` are all meetings.
///
/// # Errors
/// As [`page`].
pub async fn asked(state: &WebState, visitor: &SignedIn, visits: &[Visit]) -> Result<Vec<Asked>, Failed> {
    let town = state.people.accounts.town();
    let bodies = planned_for(state, &town, visitor)?;
    let kept = state.requests.all().await.map_err(|why| failure::unreachable(&why))?;
    let asked = kept.into_iter().filter_map(|kept| {
        let body = bodies.iter().find(|body| body.id == kept.lodged.body)?;
        let found = requests::found(&town, &kept.lodged)
            .inspect_err(|why| tracing::error!(request = %kept.id, why, "no rules for a request"))
            .ok()?;
        let meetings = visits.iter().map(|visit| &visit.snapshot.meeting);
        let since = meetings.filter(|meeting| meeting.body == body.id && meeting.day >= kept.lodged.received_on);
        let mut sittings: Vec<Sits> = since.map(|meeting| Sits { id: meeting.id.clone(), day: meeting.day }).collect();
        sittings.sort_by_key(|sits| sits.day);
        Some(Asked { sittings, body_name: body.name.clone(), found, kept })
    });
    Ok(asked.collect())
}

/// The same for a page that needs the meetings for nothing else.
async fn all(state: &WebState, visitor: &SignedIn) -> Result<Vec<Asked>, Failed> {
    planned_for(state, &state.people.accounts.town(), visitor)?;
    asked(state, visitor, &Visit::all(state, visitor).await?).await
}

/// `/verlangen/neu`.
///
/// # Errors
/// As [`page`].
pub async fn blank(
    State(state): State<WebState>,
    Query(wish): Query<Wish>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let town = state.people.accounts.town();
    let bodies = planned_for(&state, &town, &visitor)?;
    let body = bodies.iter().find(|body| body.id.as_str() == wish.gremium).or_else(|| bodies.first());
    let Some(body) = body else { return Err(not_yours()) };
    let typed = Typed { received_on: state.towns.today().to_string(), wants: "punkt".into(), ..Typed::default() };
    let id = fresh_id(&*state.sittings.outside().entropy, "verlangen");
    Ok(answer(StatusCode::OK, &form(&state, &visitor, &bodies, body, &typed, id)))
}

/// `POST /verlangen/neu`: the request is kept before the answer goes out.
///
/// # Errors
/// As [`page`].
pub async fn lodge(State(state): State<WebState>, visitor: SignedIn, fields: Fields) -> Result<Response, Failed> {
    let fields = bounded(fields)?;
    let text = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let town = state.people.accounts.town();
    let bodies = planned_for(&state, &town, &visitor)?;
    let Some(body) = bodies.iter().find(|body| body.id.as_str() == text("gremium")) else { return Err(not_yours()) };
    let typed = Typed {
        wants: text("art").into(),
        subject: text("gegenstand").into(),
        received_on: text("eingang").into(),
        asking: fields.iter().filter(|(field, _)| field == "sitz").map(|(_, seat)| seat.clone()).collect(),
        faction: text("fraktion").into(),
        foreign: text("fremd") == "ja",
        handwritten: text("unterschrieben") == "ja",
        dealt_with: text("behandelt").into(),
    };
    let id: RequestId = match text("kennung").parse() {
        Ok(id) => id,
        Err(_) => fresh_id(&*state.sittings.outside().entropy, "verlangen").parse().map_err(|_| unreadable())?,
    };
    let (now, today) = (state.sittings.outside().clock.now(), state.towns.today());
    match requests::lodge(&typed, body, &town, &visitor.person, today) {
        Err(why) => {
            let page = form(&state, &visitor, &bodies, body, &typed, id.to_string());
            let page = RequestNew { error: Some(why.to_string()), ..page };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Ok(lodged) => {
            if state.requests.lodge(id.clone(), lodged, now).await.map_err(|why| failure::unreachable(&why))? {
                return Ok(Redirect::to(&format!("/verlangen?nach=aufgenommen#{id}")).into_response());
            }
            // Somebody went back in the browser and wrote something else.
            let page = form(
                &state,
                &visitor,
                &bodies,
                body,
                &typed,
                fresh_id(&*state.sittings.outside().entropy, "verlangen"),
            );
            let why = "Mit diesem Formular ist schon ein anderes Verlangen aufgenommen. Noch einmal absenden nimmt dieses dazu auf.";
            Ok(answer(StatusCode::CONFLICT, &RequestNew { error: Some(why.to_owned()), ..page }))
        }
    }
}

/// `POST /verlangen/{id}/erledigt`.
///
/// # Errors
/// As [`page`].
pub async fn close(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    fields: Fields,
) -> Result<Response, Failed> {
    let fields = bounded(fields)?;
    let text = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let typed =
        TypedAnswer { outcome: text("ergebnis").into(), meeting: text("sitzung").into(), remark: text("dazu").into() };
    let asked = all(&state, &visitor).await?;
    let Some(asked) = asked.iter().find(|asked| asked.kept.id.as_str() == id) else {
        return Err(failure::page(
            StatusCode::NOT_FOUND,
            "Dieses Verlangen gibt es nicht",
            "Alle stehen unter „Verlangen“.",
        ));
    };
    let now = state.sittings.outside().clock.now();
    let (status, error) = match requests::answer(&typed, &asked.found, &asked.sittings, &visitor.person, now) {
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, why.to_string()),
        Ok(answered) => match state.requests.answer(&asked.kept.id, answered).await {
            Ok(true) => return Ok(Redirect::to(&format!("/verlangen?nach=erledigt#{id}")).into_response()),
            Ok(false) => (StatusCode::CONFLICT, "Das Verlangen ist inzwischen beantwortet.".to_owned()),
            Err(why) => return Err(failure::unreachable(&why)),
        },
    };
    let page = RequestsPage { error, ..list(&state, &visitor, Some((&id, typed))).await? };
    Ok(answer(status, &page))
}

fn form(state: &WebState, visitor: &SignedIn, bodies: &[&Body], body: &Body, typed: &Typed, id: String) -> RequestNew {
    let town = state.people.accounts.town();
    let today = state.towns.today();
    let day: Date = typed.received_on.parse().unwrap_or(today);
    let people: Vec<Asking> = requests::seats(body, day)
        .map(|seat| Asking {
            seat: seat.id.to_string(),
            name: town.person(&seat.person).map_or_else(String::new, |person| person.name.clone()),
            about: seat.faction.clone().unwrap_or_default(),
            ticked: typed.asking.iter().any(|id| id == seat.id.as_str()),
        })
        .collect();
    let mut factions: Vec<String> = requests::factions(body, day).map(str::to_owned).collect();
    factions.sort();
    factions.dedup();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let law = rules_on(&town, &body.id, day).map_or_else(
        |_| Vec::new(),
        |rules| show::request_law(&rules, count(people.len()), count(body.seats_on(day).count())),
    );
    RequestNew {
        frame: own_frame(state, visitor, "Verlangen aufnehmen"),
        id,
        error: None,
        others: bodies
            .iter()
            .filter(|other| other.id != body.id)
            .map(|other| (format!("/verlangen/neu?gremium={}", other.id), other.name.clone()))
            .collect(),
        body: body.id.to_string(),
        body_name: body.name.clone(),
        wants: typed.wants.clone(),
        subject: typed.subject.clone(),
        received_on: typed.received_on.clone(),
        people,
        faction: typed.faction.clone(),
        factions,
        foreign: typed.foreign,
        handwritten: typed.handwritten,
        dealt_with: typed.dealt_with.clone(),
        law,
    }
}

fn planned_for<'a>(state: &WebState, town: &'a Town, visitor: &SignedIn) -> Result<Vec<&'a Body>, Failed> {
    let bodies = planning::bodies(state, town, visitor);
    if bodies.is_empty() { Err(not_yours()) } else { Ok(bodies) }
}

fn not_yours() -> Failed {
    let text = "Verlangen nehmen Vorsitz und Schriftführung auf, angemeldet mit Passwort und Code.";
    failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text)
}

fn unreadable() -> Failed {
    failure::page(StatusCode::BAD_REQUEST, "Das Formular ist nicht lesbar", "Bitte noch einmal versuchen.")
}

fn bounded(fields: Fields) -> Result<Vec<(String, String)>, Failed> {
    let Form(fields) = fields.map_err(|_| unreadable())?;
    if fields.len() > FIELDS_MAX { Err(unreadable()) } else { Ok(fields) }
}
