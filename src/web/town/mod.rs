//! `Verwaltung`: the pages of the administrators. Plain forms: what was typed is never lost, also when somebody else was
//! faster.

mod fields;
mod forms;
mod laws;
mod rows;
mod task;
mod view;

use super::failure::{self, Failed};
use super::pages::town::{FormField, TownForm};
use super::sign_in::SignedIn;
use super::sign_in::pages::answer;
use super::state::WebState;
use crate::app::accounts::AccountRefusal;
use crate::app::ports::Fault;
use crate::app::ports::accounts::Assurance;
use crate::app::ports::town::TownEntry;
use crate::app::registry::NotChanged;
use crate::app::town::{Edition, Wrong};
use crate::domain::id::PersonId;
use axum::Form;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use task::Task;
use view::Desk;

/// Largest form of these pages, in bytes.
const FORM_BYTES_MAX: usize = 32 * 1024;
/// Fields the longest form has: deputies.
const FIELDS_MAX: usize = 64;

type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;
/// What was typed, by the names of the fields.
type Typed = BTreeMap<String, String>;

/// The routes of the administration.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/verwaltung", get(overview))
        .route("/verwaltung/gremium/{id}", get(body))
        .route("/verwaltung/personen", get(people))
        .route("/verwaltung/hauptsatzung", get(clauses))
        .route("/verwaltung/verlauf", get(history))
        .route("/verwaltung/einladen/{id}", post(invite))
        .route("/verwaltung/tun/{*task}", get(ask).post(carry_out))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

/// Whether somebody administers the municipality.
pub fn administers(state: &WebState, visitor: &SignedIn) -> bool {
    visitor.assurance == Assurance::PasswordAndTotp && state.towns.edition().town.is_administrator(&visitor.person)
}

/// The town as an administrator sees it; everybody else is told that it is not for them.
async fn enter(state: &WebState, visitor: &SignedIn) -> Result<Desk, Failed> {
    if !administers(state, visitor) {
        return Err(failure::page(
            StatusCode::FORBIDDEN,
            "Nicht für Sie",
            "Die Gemeinde verwaltet, wer die Aufgabe „Verwaltung“ hat, angemeldet mit Passwort und Code.",
        ));
    }
    let enrolled = state.towns.enrolled().await.map_err(out_of_order)?;
    Ok(desk(state, &visitor.person, enrolled))
}

fn desk(state: &WebState, visitor: &PersonId, enrolled: BTreeSet<PersonId>) -> Desk {
    let Edition { number, town } = state.towns.edition();
    Desk {
        number,
        town,
        today: state.towns.today(),
        enrolled,
        mail: state.people.accounts.sends_mail(),
        file: state.towns.file(),
        visitor: visitor.clone(),
    }
}

fn out_of_order(fault: Fault) -> Failed {
    tracing::error!(%fault, "the town");
    failure::page(
        StatusCode::SERVICE_UNAVAILABLE,
        "Gerade nicht erreichbar",
        "Die Störung liegt bei uns. Bitte gleich noch einmal versuchen.",
    )
}

fn gone() -> Failed {
    failure::page(StatusCode::NOT_FOUND, "Das gibt es nicht mehr", "Vielleicht hat es inzwischen jemand geändert.")
}

/// What just happened, in the address.
#[derive(Deserialize)]
struct After {
    #[serde(default)]
    nach: String,
}

impl After {
    fn words(&self) -> &'static str {
        match self.nach.as_str() {
            "gespeichert" => "Gespeichert.",
            "eingeladen" => "Die Einladung ist verschickt.",
            _ => "",
        }
    }
}

async fn overview(
    State(state): State<WebState>,
    Query(after): Query<After>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let entries = state.towns.entries(u64::MAX).await.map_err(out_of_order)?;
    Ok(answer(StatusCode::OK, &desk.overview(&entries, after.words())))
}

async fn body(
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(after): Query<After>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let body = desk.body_named(&id).ok_or_else(gone)?;
    Ok(answer(StatusCode::OK, &desk.body(body, after.words())))
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    suche: String,
    #[serde(default)]
    nach: String,
}

async fn people(
    State(state): State<WebState>,
    Query(search): Query<Search>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let after = After { nach: search.nach };
    Ok(answer(StatusCode::OK, &desk.people(&search.suche, after.words())))
}

async fn clauses(
    State(state): State<WebState>,
    Query(after): Query<After>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    Ok(answer(StatusCode::OK, &desk.clauses(after.words())))
}

#[derive(Deserialize)]
struct Before {
    vor: Option<u64>,
}

async fn history(
    State(state): State<WebState>,
    Query(before): Query<Before>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let entries = state.towns.entries(before.vor.unwrap_or(u64::MAX)).await.map_err(out_of_order)?;
    Ok(answer(StatusCode::OK, &desk.history(&entries)))
}

/// Sends the mail with which somebody enrols.
async fn invite(State(state): State<WebState>, Path(id): Path<String>, visitor: SignedIn) -> Result<Response, Failed> {
    enter(&state, &visitor).await?;
    let person: PersonId = id.parse().map_err(|_| gone())?;
    match state.people.accounts.invite(&person).await {
        Ok(()) => {
            tracing::info!("an invitation was sent");
            Ok(Redirect::to("/verwaltung?nach=eingeladen").into_response())
        }
        Err(why) => {
            if let AccountRefusal::Fault(fault) = &why {
                tracing::error!(%fault, "invitation");
            }
            let status = match &why {
                AccountRefusal::NoSuchPerson => StatusCode::NOT_FOUND,
                _ => StatusCode::SERVICE_UNAVAILABLE,
            };
            Err(failure::page(status, "Die Einladung ist nicht verschickt", &why.to_string()))
        }
    }
}

/// A change to be filled in, or to be confirmed.
async fn ask(State(state): State<WebState>, Path(task): Path<String>, visitor: SignedIn) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let task = Task::of(&task).filter(|task| task.concerns(&desk)).ok_or_else(gone)?;
    Ok(answer(StatusCode::OK, &desk.form(&task)))
}

async fn carry_out(
    State(state): State<WebState>,
    Path(task): Path<String>,
    visitor: SignedIn,
    form: Fields,
) -> Result<Response, Failed> {
    let desk = enter(&state, &visitor).await?;
    let task = Task::of(&task).ok_or_else(gone)?;
    let typed = typed(form)?;
    let seen = typed.get("stand").and_then(|stand| stand.parse().ok()).unwrap_or(0);
    let change = match task.change(&typed) {
        Ok(change) => change,
        Err(why) => return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &wrong(&desk, &task, &typed, &why))),
    };
    match state.towns.change(seen, &visitor.person, &change).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?nach=gespeichert", task.home())).into_response()),
        Err(NotChanged::Wrong(why)) => Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &wrong(&desk, &task, &typed, &why))),
        Err(NotChanged::Conflict(entries)) => {
            let now = self::desk(&state, &visitor.person, desk.enrolled);
            Ok(answer(StatusCode::CONFLICT, &conflict(&now, &task, &typed, &entries)))
        }
        Err(NotChanged::Fault(fault)) => {
            tracing::error!(%fault, "the town could not be changed");
            let sentence = "Das hat nicht geklappt, die Störung liegt bei uns. Bitte gleich noch einmal speichern.";
            let why = Wrong { field: "", sentence: sentence.to_owned() };
            Ok(answer(StatusCode::SERVICE_UNAVAILABLE, &wrong(&desk, &task, &typed, &why)))
        }
    }
}

fn typed(form: Fields) -> Result<Typed, Failed> {
    let unreadable =
        || failure::page(StatusCode::BAD_REQUEST, "Das Formular ist nicht lesbar", "Bitte noch einmal versuchen.");
    let Form(pairs) = form.map_err(|_| unreadable())?;
    if pairs.len() > FIELDS_MAX { Err(unreadable()) } else { Ok(pairs.into_iter().collect()) }
}

/// The form as it was typed.
fn refilled(desk: &Desk, task: &Task, typed: &Typed) -> TownForm {
    let mut form = desk.form(task);
    for field in &mut form.fields {
        field.first = false;
        if let Some(value) = typed.get(&field.name) {
            field.value.clone_from(value);
        }
    }
    form
}

/// What was typed, with what is wrong beside it.
fn wrong(desk: &Desk, task: &Task, typed: &Typed, why: &Wrong) -> TownForm {
    let mut form = refilled(desk, task, typed);
    let belongs = |field: &&mut FormField| !why.field.is_empty() && field.name == why.field;
    match form.fields.iter_mut().find(belongs) {
        Some(field) => {
            field.error.clone_from(&why.sentence);
            field.first = true;
            form.error = Some("Bitte berichtigen Sie das markierte Feld. Gespeichert ist noch nichts.".to_owned());
        }
        None => form.error = Some(why.sentence.clone()),
    }
    form
}

/// What was typed beside what others have saved. Saving now is done knowingly, and stays in the history.
fn conflict(desk: &Desk, task: &Task, typed: &Typed, entries: &[TownEntry]) -> TownForm {
    let stored = desk.form(task);
    let mut form = refilled(desk, task, typed);
    for (field, now) in form.fields.iter_mut().zip(&stored.fields) {
        if field.value.trim() != now.value {
            field.theirs = fields::shown(now);
        }
    }
    let sentence = "Jemand anders hat die Gemeinde inzwischen geändert. Ihre Änderung ist noch nicht gespeichert; prüfen Sie \
         bitte, ob sie noch passt.";
    form.error = Some(sentence.to_owned());
    form.button = format!("{} – trotzdem", form.button);
    form.theirs = desk.told(entries);
    form
}
