//! Planning: a new meeting, and the agenda of one that is not convened yet. Works as plain forms; what was typed is never
//! lost, also when somebody else was faster.

mod seating;
pub mod second;

pub use seating::{other_body, take_over};

use super::failure::{self, Failed};
use super::pages::next::Choice;
use super::pages::plan::{PlanEditor, PlanNew, PlanRow, Theirs};
use super::show::{self, appointment, hour, moment};
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, own_frame};
use super::state::WebState;
use super::visit::Visit;
use crate::app::editing::{LINES_MAX, Line, Lines};
use crate::app::planning::{MeetingDraft, plan_from};
use crate::app::ports::accounts::Assurance;
use crate::app::ports::chance::fresh_id;
use crate::app::record::rules_on;
use crate::app::sitting::Denied;
use crate::app::town::{Body, Role, Town};
use crate::domain::id::CommandId;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::{Command, Phase};
use crate::domain::refusal::RefusalKind;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use seating::seating;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Fields a form of a thousand lines has.
const FIELDS_MAX: usize = LINES_MAX * 5 + 32;

type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// Bodies for which somebody plans: its chair and its clerk, signed in with both factors.
pub(super) fn bodies<'a>(state: &WebState, town: &'a Town, visitor: &SignedIn) -> Vec<&'a Body> {
    let today = state.towns.today();
    let plans = |body: &&Body| {
        let chairs = body.chair_on(today).is_some_and(|seat| seat.person == visitor.person);
        chairs || body.has_role(&visitor.person, Role::Clerk)
    };
    let strong = visitor.assurance == Assurance::PasswordAndTotp;
    town.bodies().iter().filter(|_| strong).filter(plans).collect()
}

/// Whether somebody plans for any body.
pub fn plans(state: &WebState, visitor: &SignedIn) -> bool {
    !bodies(state, &state.people.accounts.town(), visitor).is_empty()
}

/// `/planung/neu`.
pub async fn blank(State(state): State<WebState>, visitor: SignedIn) -> Result<Response, Failed> {
    let lines = Lines { time: "19:00".into(), ..Lines::default() };
    Ok(answer(StatusCode::OK, &new_page(&state, &visitor, &lines, None)?))
}

fn new_page(state: &WebState, visitor: &SignedIn, lines: &Lines, error: Option<String>) -> Result<PlanNew, Failed> {
    let town = state.people.accounts.town();
    let bodies = bodies(state, &town, visitor);
    let Some(first) = bodies.first() else {
        return Err(failure::page(
            StatusCode::FORBIDDEN,
            "Nicht für Sie",
            "Sitzungen planen Vorsitz und Schriftführung.",
        ));
    };
    let frame = own_frame(state, visitor, "Neue Sitzung");
    let rules = rules_on(&town, &first.id, state.towns.today()).map_err(|why| failure::unreachable(&why))?;
    let choice = |body: &&Body| Choice { value: body.id.to_string(), label: body.name.clone() };
    Ok(PlanNew {
        frame,
        to: "/planung/neu".into(),
        bodies: bodies.iter().map(choice).collect(),
        title: lines.title.clone(),
        place: lines.place.clone(),
        day: lines.day.clone(),
        time: lines.time.clone(),
        first_norm: rules.format_first_session_remote.norm().to_owned(),
        error,
    })
}

/// `POST /planung/neu`: the meeting exists from here on, without an agenda.
pub async fn create(State(state): State<WebState>, visitor: SignedIn, form: Fields) -> Result<Response, Failed> {
    let fields = fields(form)?;
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let lines =
        Lines { title: text("titel"), place: text("ort"), day: text("tag"), time: text("uhrzeit"), items: vec![] };
    let wrong = |why: String| {
        let page = new_page(&state, &visitor, &lines, Some(why))?;
        Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
    };
    let wanted = text("gremium");
    let town = state.people.accounts.town();
    let Some(body) = bodies(&state, &town, &visitor).into_iter().find(|body| body.id.as_str() == wanted) else {
        return wrong("Für dieses Gremium planen Sie keine Sitzungen.".into());
    };
    let plan = match lines.plan(moment) {
        Ok(plan) => plan,
        Err(why) => return wrong(why.to_string()),
    };
    let Ok(id) = fresh_id(&*state.sittings.outside().entropy, "sitzung").parse() else {
        return wrong("Bitte gleich noch einmal.".into());
    };
    let draft = MeetingDraft {
        id,
        body: body.id.clone(),
        title: plan.title,
        place: plan.place,
        day: plan.day,
        starts_at: plan.starts_at,
        first_after_election: fields.contains_key("erste"),
        summoned_on: None,
        agenda: Vec::new(),
    };
    let planned = match plan_from(&draft, &town) {
        Ok(planned) => planned,
        Err(why) => return wrong(why.to_string()),
    };
    let clerk = body.has_role(&visitor.person, Role::Clerk);
    let seat = body
        .seat_on(&visitor.person, state.towns.today())
        .map_or_else(String::new, |seat| format!("chair:{}", seat.id));
    let actor = if clerk { "clerk".to_owned() } else { seat };
    match state.sittings.plan_as(&draft.id, &planned, &actor).await {
        Ok(_) => Ok(Redirect::to(&format!("/sitzung/{}/vorbereiten", draft.id)).into_response()),
        Err(why) => wrong(why.to_string()),
    }
}

/// What just happened, in the address.
#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    nach: String,
}

/// `/sitzung/{id}/vorbereiten`.
pub async fn edit(
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(after): Query<After>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let lines = Lines::of(&visit.snapshot.meeting, hour);
    let mut page = page(&state, &visit, &lines);
    page.saved = match after.nach.as_str() {
        "speichern" => "Gespeichert.".into(),
        "besetzung" => "Die jetzige Besetzung ist übernommen.".into(),
        _ => String::new(),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// `POST /sitzung/{id}/vorbereiten`: saves, or moves lines about without saving.
pub async fn save(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    form: Fields,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let fields = fields(form)?;
    let mut lines = typed(&fields);
    let text = |name: &str| fields.get(name).map_or("", String::as_str);
    let revision = text("stand").parse().unwrap_or(0);
    let with = |status, lines: &Lines, error: Option<String>| {
        let page = PlanEditor { revision, error, ..page(&state, &visit, lines) };
        answer(status, &page)
    };
    if text("tun") != "speichern" {
        rearrange(&mut lines, text("tun"));
        return Ok(with(StatusCode::OK, &lines, None));
    }
    let draft = match lines.plan(moment) {
        Ok(draft) => draft,
        Err(why) => return Ok(with(StatusCode::UNPROCESSABLE_ENTITY, &lines, Some(why.to_string()))),
    };
    let Ok(command) = text("kennung").parse::<CommandId>() else {
        return Ok(with(StatusCode::UNPROCESSABLE_ENTITY, &lines, Some("Bitte noch einmal speichern.".into())));
    };
    let step = Command::Prepare(Preparation::Replan { revision, draft });
    match visit.sitting.command(command, visit.viewer.actor.clone(), step).await {
        Ok(_) => Ok(Redirect::to(&format!("/sitzung/{id}/vorbereiten?nach=speichern")).into_response()),
        Err(Denied::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => {
            Ok(answer(StatusCode::CONFLICT, &conflict(&state, &visit, &lines, refusal.sentence)))
        }
        Err(Denied::Refused(why)) => Ok(with(StatusCode::UNPROCESSABLE_ENTITY, &lines, Some(why.to_string()))),
        Err(why) => Ok(with(StatusCode::SERVICE_UNAVAILABLE, &lines, Some(why.to_string()))),
    }
}

/// Both versions side by side. Saving now replaces theirs, knowingly; it stays in the record.
fn conflict(state: &WebState, visit: &Visit, mine: &Lines, error: String) -> PlanEditor {
    let now = visit.now();
    let theirs = Lines::of(&now.meeting, hour);
    PlanEditor {
        revision: now.meeting.before.revision,
        error: Some(error),
        theirs: Some(Theirs {
            when: format!("{} · {}", appointment(now.meeting.starts_at), theirs.place),
            rows: rows(&theirs),
            href: format!("/sitzung/{}/vorbereiten", visit.sitting.id),
        }),
        ..page(state, visit, mine)
    }
}

async fn open(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    let refused = |text: &str| failure::page(StatusCode::FORBIDDEN, "Hier wird nicht mehr geplant", text);
    if !visit.views().iter().any(|(view, _)| *view == "ladung") || !visit.viewer.sees_closed {
        return Err(refused("Sitzungen planen Vorsitz und Schriftführung, angemeldet mit Passwort und Code."));
    }
    match visit.snapshot.meeting.phase {
        Phase::Planned => Ok(visit),
        Phase::Convened(_) | Phase::Sitting { .. } | Phase::Interrupted { .. } | Phase::Closed(_) => {
            Err(refused("Die Sitzung ist schon einberufen. Änderungen stehen jetzt unter „Ladung“."))
        }
    }
}

fn page(state: &WebState, visit: &Visit, lines: &Lines) -> PlanEditor {
    let outside = state.sittings.outside();
    let (frame, period) = show::planning(&visit.snapshot, &visit.viewer, outside.clock.now());
    PlanEditor {
        frame,
        to: format!("/sitzung/{}/vorbereiten", visit.sitting.id),
        command: fresh_id(&*outside.entropy, "k"),
        revision: visit.snapshot.meeting.before.revision,
        period,
        title: lines.title.clone(),
        place: lines.place.clone(),
        day: lines.day.clone(),
        time: lines.time.clone(),
        rows: rows(lines),
        error: None,
        theirs: None,
        saved: String::new(),
        seating: seating(state, &visit.snapshot.meeting, &visit.sitting.id),
        second: format!("/sitzung/{}/zweite", visit.sitting.id),
    }
}

fn rows(lines: &Lines) -> Vec<PlanRow> {
    let row = |line: &Line| PlanRow {
        id: line.id.clone(),
        number: line.number.clone(),
        title: line.title.clone(),
        public: line.public,
        motion: line.motion.clone(),
    };
    lines.items.iter().map(row).collect()
}

fn fields(form: Fields) -> Result<BTreeMap<String, String>, Failed> {
    let unreadable =
        || failure::page(StatusCode::BAD_REQUEST, "Das Formular ist nicht lesbar", "Bitte noch einmal versuchen.");
    let Form(pairs) = form.map_err(|_| unreadable())?;
    if pairs.len() > FIELDS_MAX { Err(unreadable()) } else { Ok(pairs.into_iter().collect()) }
}

/// A field of a page that is still in step with us; every other page has to be loaded anew.
fn needed<T: std::str::FromStr>(fields: &BTreeMap<String, String>, name: &str) -> Result<T, Failed> {
    fields.get(name).and_then(|text| text.parse().ok()).ok_or_else(outdated)
}

fn outdated() -> Failed {
    impossible("Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.")
}

fn impossible(text: &str) -> Failed {
    failure::page(StatusCode::UNPROCESSABLE_ENTITY, "Das ist jetzt nicht möglich", text)
}

/// What stands in the form, line by line.
fn typed(fields: &BTreeMap<String, String>) -> Lines {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let line = |number: usize| {
        let of = |name: &str| text(&format!("{name}.{number}"));
        let there = fields.contains_key(&format!("titel.{number}"));
        there.then(|| Line {
            id: of("punkt"),
            number: of("nr"),
            title: of("titel"),
            public: of("art") != "nichtoeffentlich",
            motion: of("antrag"),
        })
    };
    let items = (0..LINES_MAX).map_while(line).collect();
    Lines { title: text("titel"), place: text("ort"), day: text("tag"), time: text("uhrzeit"), items }
}

/// A line up, down, away, or a new one.
fn rearrange(lines: &mut Lines, what: &str) {
    let (verb, at) = what.split_once('.').map_or((what, None), |(verb, at)| (verb, at.parse::<usize>().ok()));
    let count = lines.items.len();
    match (verb, at) {
        ("hoch", Some(at)) if (1..count).contains(&at) => lines.items.swap(at - 1, at),
        ("runter", Some(at)) if at.saturating_add(1) < count => lines.items.swap(at, at + 1),
        ("weg", Some(at)) if at < count => drop(lines.items.remove(at)),
        ("neu", at) if count < LINES_MAX => {
            let at = at.map_or(count, |at| at.saturating_add(1).min(count));
            lines.items.insert(at, Line { number: next_number(lines, at), public: true, ..Line::default() });
        }
        _ => {}
    }
}

/// The number that follows the line before: „5“ after „4“, „5.2“ after „5.1“.
fn next_number(lines: &Lines, at: usize) -> String {
    let before = at.checked_sub(1).and_then(|at| lines.items.get(at)).map_or("0", |line| line.number.as_str());
    let (stem, last) = before.rsplit_once('.').map_or(("", before), |(stem, last)| (stem, last));
    let next = last.parse::<u32>().map_or(1, |last| last.saturating_add(1));
    if stem.is_empty() { next.to_string() } else { format!("{stem}.{next}") }
}
