//! Umlaufverfahren (`/umlauf`): for members and clerks, signed in with both factors; and what the public may read.

use super::act::pairs;
use super::failure::{self, Failed, wants_json};
use super::pages::circulation::{CirculationList, CirculationNew, CirculationResults};
use super::pages::frame::Frame;
use super::papers::{broken, download};
use super::planning;
use super::show::{self, Looking};
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, frame, own_frame};
use super::state::WebState;
use crate::app::access;
use crate::app::circulation::{Dossier, NoCirculation, OpeningDraft, opening};
use crate::app::papers::{BUNDLE_NAME, MINUTES_NAME};
use crate::app::planning::members_of;
use crate::app::ports::accounts::Assurance;
use crate::app::record;
use crate::app::sitting::Denied;
use crate::app::town::{Role, Town};
use crate::domain::circulation::{Answer, Command};
use crate::domain::council::Seat;
use crate::domain::id::{CommandId, MeetingId};
use crate::domain::meeting::Actor;
use crate::domain::text::{Name, NotAText, Remark};
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Fields a form may have.
const FIELDS_MAX: usize = 12;
/// Decisions the public page shows, the newest first.
const DECISIONS_MAX: usize = 100;

type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;
type Fields = BTreeMap<String, String>;

/// A circulation and its visitor.
struct Visit {
    dossier: Arc<Dossier>,
    actor: Actor,
    seated: Vec<Seat>,
    frame: Frame,
}

/// Whether somebody sits in a body or writes for one, signed in with both factors.
pub fn takes_part(state: &WebState, visitor: &SignedIn) -> bool {
    let (town, today) = (state.people.accounts.town(), state.towns.today());
    let takes = |body: &crate::app::town::Body| {
        body.seat_on(&visitor.person, today).is_some() || body.has_role(&visitor.person, Role::Clerk)
    };
    visitor.assurance == Assurance::PasswordAndTotp && town.bodies().iter().any(takes)
}

/// `/umlauf`.
pub async fn list(State(state): State<WebState>, visitor: SignedIn) -> Result<Response, Failed> {
    if !takes_part(&state, &visitor) {
        return Err(not_yours());
    }
    let town = state.people.accounts.town();
    let today = state.towns.today();
    let mut cards = Vec::new();
    for dossier in state.circulations.all().await.map_err(|why| failure::unreachable(&why))? {
        let actor = access::circulation_actor(&town, &dossier.circulation, &visitor.person, &visitor.assurance, today);
        if access::sees_closed(&actor) {
            let seated = seated(&town, &dossier, &state);
            let looking = Looking { dossier: &dossier, actor: &actor, today, seated: &seated };
            cards.push((dossier.circulation.opened.sent_on, show::circulation_card(&looking)));
        }
    }
    cards.sort_by(|(one, first), (other, second)| {
        second.calls.cmp(&first.calls).then(other.cmp(one)).then(first.subject.cmp(&second.subject))
    });
    let frame = own_frame(&state, &visitor, "Umlaufverfahren");
    let cards = cards.into_iter().map(|(_, card)| card).collect();
    let may_open = planning::plans(&state, &visitor);
    Ok(answer(StatusCode::OK, &CirculationList { frame, may_open, cards }))
}

/// What is sent round for the bodies somebody plans for; not what that person is recused from.
///
/// # Errors
/// A page that says that nothing can be read now.
pub async fn in_office(state: &WebState, visitor: &SignedIn) -> Result<Vec<Arc<Dossier>>, Failed> {
    let town = state.people.accounts.town();
    let bodies = planning::bodies(state, &town, visitor);
    let concerns = |dossier: &Arc<Dossier>| {
        let circulation = &dossier.circulation;
        let mut members = circulation.members.values();
        let recused = members.any(|member| member.recused && member.seat.person == visitor.person);
        !recused && bodies.iter().any(|body| body.id == circulation.opened.body)
    };
    let dossiers = state.circulations.all().await.map_err(|why| failure::unreachable(&why))?;
    Ok(dossiers.into_iter().filter(concerns).collect())
}

/// `/umlauf/neu`.
pub async fn blank(State(state): State<WebState>, visitor: SignedIn) -> Result<Response, Failed> {
    let page = new_page(&state, &visitor, &OpeningDraft::default(), None)?;
    Ok(answer(StatusCode::OK, &page))
}

fn new_page(
    state: &WebState,
    visitor: &SignedIn,
    draft: &OpeningDraft,
    error: Option<String>,
) -> Result<CirculationNew, Failed> {
    let town = state.people.accounts.town();
    let bodies = planning::bodies(state, &town, visitor);
    if bodies.is_empty() {
        let text = "In Umlauf geben Vorsitz und Schriftführung, angemeldet mit Passwort und Code.";
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text));
    }
    let first = bodies.first().map(|body| record::rules_on(&town, &body.id, state.towns.today()));
    let rules =
        first.unwrap_or_else(|| Err("Es gibt kein Gremium.".to_owned())).map_err(|why| failure::unreachable(&why))?;
    let bodies = bodies.iter().map(|body| (body.id.to_string(), body.name.clone())).collect();
    let norm = rules.circulation_adopt_if.norm().to_owned();
    let law = "Ohne Sitzung beschlossen werden können nur Gegenstände einfacher Art, und nur wenn kein Mitglied widerspricht.";
    Ok(CirculationNew {
        frame: own_frame(state, visitor, "Neues Umlaufverfahren"),
        error,
        law: (law.to_owned(), norm),
        form: show::circulation_form(draft, bodies, &rules, state.fresh()),
    })
}

/// `POST /umlauf/neu`: from here on it is on its way to the members.
pub async fn create(
    State(state): State<WebState>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Sent,
) -> Result<Response, Failed> {
    let fresh = state.fresh();
    let fields = pairs(form, FIELDS_MAX).map_err(|why| failure::unreadable(&headers, &why, &fresh))?;
    let draft = OpeningDraft {
        body: text(&fields, "gremium"),
        subject: text(&fields, "titel"),
        wording: text(&fields, "wortlaut"),
        simple_because: text(&fields, "begruendung"),
        last_day: text(&fields, "tag"),
        simple: fields.contains_key("einfach"),
    };
    let wrong = |why: String| {
        if wants_json(&headers) {
            return Err(failure::unreadable(&headers, &why, &fresh));
        }
        let page = new_page(&state, &visitor, &draft, Some(why))?;
        Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
    };
    let Ok(command) = text(&fields, "kennung").parse::<CommandId>() else {
        return wrong("Bitte noch einmal absenden.".into());
    };
    let (town, today) = (state.people.accounts.town(), state.towns.today());
    let bodies = planning::bodies(&state, &town, &visitor);
    let Some(body) = bodies.into_iter().find(|body| body.id.as_str() == draft.body) else {
        return wrong("Für dieses Gremium geben Sie nichts in Umlauf.".into());
    };
    let opening = match opening(&draft, &town, today) {
        Ok(opening) => opening,
        Err(why) => return wrong(why.to_string()),
    };
    let seat = body.chair_on(today).filter(|seat| seat.person == visitor.person);
    let actor = seat.map_or_else(|| "clerk".to_owned(), |seat| format!("chair:{}", seat.id));
    match state.circulations.open(&command, &actor, &opening).await {
        Ok(id) if wants_json(&headers) => {
            let told =
                json!({"text": "Die Vorlage ist im Umlauf.", "kennung": fresh, "weiter": format!("/umlauf/{id}")});
            Ok(Json(told).into_response())
        }
        Ok(id) => Ok(Redirect::to(&format!("/umlauf/{id}")).into_response()),
        Err(why) if wants_json(&headers) => Err(failure::denied(&headers, &why, &fresh)),
        Err(why) => wrong(why.to_string()),
    }
}

/// `/umlauf/{id}`.
pub async fn page(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let Visit { dossier, actor, seated, frame } = &visit;
    let looking = Looking { dossier, actor, today: state.towns.today(), seated };
    let page = show::circulation(&looking, frame.clone(), &mut || state.fresh());
    Ok(answer(StatusCode::OK, &page))
}

/// `POST /umlauf/{id}/tun`.
pub async fn act(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Sent,
) -> Result<Response, Failed> {
    let fresh = state.fresh();
    let visit = open(&state, &id, &visitor).await?;
    let unreadable = |why: &str| failure::unreadable(&headers, why, &fresh);
    let fields = pairs(form, FIELDS_MAX).map_err(|why| unreadable(&why))?;
    let command_id: CommandId =
        text(&fields, "kennung").parse().map_err(|_| unreadable("Bitte die Seite neu laden."))?;
    let (command, done) = command(&fields).map_err(|why| unreadable(&why))?;
    let circulation = &visit.dossier.circulation.id;
    match state.circulations.act(circulation, &command_id, &visit.actor, &visit.seated, &command).await {
        Ok(receipt) if wants_json(&headers) => {
            let to = format!("/umlauf/{circulation}");
            Ok(Json(json!({"text": done, "kennung": fresh, "beleg": receipt, "weiter": to})).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/umlauf/{circulation}")).into_response()),
        Err(why) => {
            if let Denied::Fault(cause) = &why {
                tracing::error!(%circulation, %cause, "a command failed");
            }
            Err(failure::denied(&headers, &why, &fresh))
        }
    }
}

fn command(fields: &Fields) -> Result<(Command, &'static str), String> {
    let seat = || text(fields, "sitz").parse().map_err(|_| "Der Sitz fehlt.".to_owned());
    let reason = || -> Result<Option<Remark>, String> {
        let given = text(fields, "begruendung");
        if given.trim().is_empty() {
            Ok(None)
        } else {
            given.parse().map(Some).map_err(|why: NotAText| why.to_string())
        }
    };
    let needed =
        |name: &str| -> Result<Remark, String> { text(fields, name).parse().map_err(|why: NotAText| why.to_string()) };
    Ok(match text(fields, "tun").as_str() {
        "zustimmen" => {
            (Command::Answer { answer: Answer::Agrees, reason: reason()? }, "Ihre Zustimmung ist festgehalten.")
        }
        "widersprechen" => {
            (Command::Answer { answer: Answer::Objects, reason: reason()? }, "Ihr Widerspruch ist festgehalten.")
        }
        "befangen" if fields.contains_key("sitz") => {
            (Command::Recuse { seat: Some(seat()?) }, "Die Befangenheit ist vermerkt.")
        }
        "befangen" => (Command::Recuse { seat: None }, "Ihre Befangenheit ist vermerkt."),
        "befangen_aufheben" => (Command::LiftRecusal { seat: seat()? }, "Der Vermerk ist aufgehoben."),
        "gefragt" => (Command::AttestAsked { seat: seat()?, how: needed("text")? }, "Es ist vermerkt."),
        "feststellen" => (Command::Find, "Das Ergebnis ist festgestellt."),
        "bekanntgeben" => {
            let on = text(fields, "tag").parse().map_err(|_| "Das ist kein Datum.".to_owned())?;
            let sitting: Name = text(fields, "sitzung").parse().map_err(|why: NotAText| why.to_string())?;
            (Command::Announce { on, sitting }, "Die Bekanntgabe ist vermerkt.")
        }
        "nicht_bekanntgeben" => (Command::Withhold, "Es ist vermerkt, dass nicht bekannt gegeben wird."),
        "beenden" => (Command::End { reason: needed("begruendung")? }, "Das Umlaufverfahren ist beendet."),
        _ => return Err("Das kann dieses Formular nicht.".to_owned()),
    })
}

/// `/umlauf/{id}/niederschrift.pdf`.
pub async fn minutes(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = for_readers(&state, &id, &visitor).await?;
    let made = state.papers.circulation_file(&visit.dossier).await.map_err(|why| broken(&why))?;
    Ok(download("application/pdf", MINUTES_NAME, made))
}

/// `/umlauf/{id}/beweis.jsonl`.
pub async fn bundle(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = for_readers(&state, &id, &visitor).await?;
    let made = state.papers.circulation_bundle(&visit.dossier).await.map_err(|why| broken(&why))?;
    Ok(download("application/jsonl", BUNDLE_NAME, made.into_bytes()))
}

/// `/oeffentlich/umlauf`: what was announced, and nothing else.
pub async fn announced(State(state): State<WebState>) -> Result<Response, Failed> {
    let dossiers = state.circulations.all().await.map_err(|why| failure::unreachable(&why))?;
    let told = |dossier: &Arc<Dossier>| {
        let decision = show::circulation_decision(&dossier.circulation)?;
        Some((dossier.circulation.opened.sent_on, decision))
    };
    let mut decisions: Vec<_> = dossiers.iter().filter_map(told).collect();
    decisions.sort_by_key(|(sent, _)| std::cmp::Reverse(*sent));
    let decisions = decisions.into_iter().take(DECISIONS_MAX).map(|(_, decision)| decision).collect();
    let frame = frame(state.people.accounts.town().municipality(), "Beschlüsse ohne Sitzung", "");
    Ok(answer(StatusCode::OK, &CirculationResults { frame, decisions }))
}

async fn open(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let unknown = || {
        let text = "Vielleicht ist die Adresse unvollständig kopiert.";
        failure::page(StatusCode::NOT_FOUND, "Dieses Umlaufverfahren gibt es nicht", text)
    };
    let id: MeetingId = id.parse().map_err(|_| unknown())?;
    let dossier = state.circulations.get(&id).await.map_err(|why| match why {
        NoCirculation::Unknown => unknown(),
        NoCirculation::Fault(why) => failure::unreachable(&why),
    })?;
    let (town, today) = (state.people.accounts.town(), state.towns.today());
    let actor = access::circulation_actor(&town, &dossier.circulation, &visitor.person, &visitor.assurance, today);
    if !access::sees_closed(&actor) {
        return Err(not_yours());
    }
    let seated = seated(&town, &dossier, state);
    Ok(Visit { dossier, actor, seated, frame: own_frame(state, visitor, "Umlaufverfahren") })
}

/// Whoever is recused reads neither minutes nor evidence (§ 18 (5) GemO BW).
async fn for_readers(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = open(state, id, visitor).await?;
    let Visit { dossier, actor, seated, .. } = &visit;
    let looking = Looking { dossier, actor, today: state.towns.today(), seated };
    if looking.is_recused() {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Sie sind als befangen vermerkt."));
    }
    Ok(visit)
}

/// The body as it is occupied today; empty if it has no chair, and then nothing is found.
fn seated(town: &Town, dossier: &Dossier, state: &WebState) -> Vec<Seat> {
    let opened = &dossier.circulation.opened;
    members_of(town, &opened.body, state.towns.today()).map_or_else(|_| Vec::new(), |body| body.seats)
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).cloned().unwrap_or_default()
}

fn not_yours() -> Failed {
    let text =
        "Umlaufverfahren lesen die Mitglieder des Gremiums und die Schriftführung, angemeldet mit Passwort und Code.";
    failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", text)
}
