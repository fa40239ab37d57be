//! Enrolling by a link: looking does not use it, confirming does, and then only keys can be set.

use super::pages;
use super::{PeopleState, begin_session, refused, status};
use crate::app::accounts::{AccountRefusal, Enrolment, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use crate::app::ports::accounts::Assurance;
use crate::web::pages::access::{EnrolKeys, EnrolStart, Failure};
use crate::web::sign_in::SessionTrouble;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_sessions::Session;

/// GET of the link: mail scanners come here, too, so nothing changes.
pub async fn look(State(state): State<PeopleState>, Path(token): Path<String>) -> Response {
    match state.accounts.look_at_link(&token).await {
        Ok(person) => {
            let town = state.accounts.town();
            let name = town.person(&person).map_or("", |person| person.name.as_str());
            let page = EnrolStart {
                frame: pages::frame(town.municipality(), "Zugang einrichten", ""),
                name: name.to_owned(),
                to: "/einladung".to_owned(),
                token,
            };
            pages::answer(StatusCode::OK, &page)
        }
        Err(refusal) => over(&state, &refusal),
    }
}

#[derive(Deserialize)]
pub struct ConfirmForm {
    token: String,
}

/// POST of the link: it is used up. The session now knows who enrols, by the link only.
pub async fn confirm(State(state): State<PeopleState>, session: Session, Form(form): Form<ConfirmForm>) -> Response {
    let enrolment = match state.accounts.confirm_link(&form.token).await {
        Ok(enrolment) => enrolment,
        Err(refusal) => return over(&state, &refusal),
    };
    let begun = begin_session(&session, enrolment.person.clone(), Assurance::LinkOnly, state.accounts.now()).await;
    let begun = match begun {
        Ok(()) => session.insert(Enrolment::KEY, enrolment).await.map_err(SessionTrouble::from),
        trouble => trouble,
    };
    match begun {
        Ok(()) => Redirect::to("/einrichten").into_response(),
        Err(trouble) => trouble.into_response(),
    }
}

/// The page with QR code, password and code.
pub async fn show(State(state): State<PeopleState>, session: Session) -> Response {
    match enrolment(&session).await {
        Ok(enrolment) => keys(&state, &enrolment, None).await,
        Err(answer) => answer,
    }
}

#[derive(Deserialize)]
pub struct KeysForm {
    password: String,
    /// The password once more: a slip would lock the person out.
    again: String,
    code: String,
}

/// Sets the keys and ends the session; with the keys one signs in.
pub async fn finish(State(state): State<PeopleState>, session: Session, Form(form): Form<KeysForm>) -> Response {
    let enrolment = match enrolment(&session).await {
        Ok(enrolment) => enrolment,
        Err(answer) => return answer,
    };
    if form.password != form.again {
        let problem = "Die beiden Passwörter sind verschieden.".to_owned();
        return keys(&state, &enrolment, Some((StatusCode::UNPROCESSABLE_ENTITY, problem))).await;
    }
    if let Err(refusal) = state.accounts.enrol(&enrolment, form.password, &form.code).await {
        let answer = keys(&state, &enrolment, Some((status(&refusal), refusal.to_string()))).await;
        return refused(&refusal, answer);
    }
    match session.flush().await {
        Ok(()) => Redirect::to("/anmelden?nach=einrichten").into_response(),
        Err(why) => SessionTrouble::from(why).into_response(),
    }
}

async fn enrolment(session: &Session) -> Result<Enrolment, Response> {
    let found = session.get(Enrolment::KEY).await.map_err(|why| SessionTrouble::from(why).into_response())?;
    found.ok_or_else(|| Redirect::to("/anmelden").into_response())
}

async fn keys(state: &PeopleState, enrolment: &Enrolment, problem: Option<(StatusCode, String)>) -> Response {
    let setup = match state.accounts.totp_setup(enrolment).await {
        Ok(setup) => setup,
        Err(refusal) => return over(state, &refusal),
    };
    let (status, error) = problem.map_or((StatusCode::OK, None), |(status, problem)| (status, Some(problem)));
    let town = state.accounts.town();
    let person = town.person(&enrolment.person);
    let page = EnrolKeys {
        frame: pages::frame(town.municipality(), "Zugang einrichten", ""),
        name: person.map_or_else(String::new, |person| person.name.clone()),
        email: person.map_or_else(String::new, |person| person.email.clone()),
        length_min: PASSWORD_CHARS_MIN,
        length_max: PASSWORD_CHARS_MAX,
        qr: format!("data:image/png;base64,{}", setup.qr_png_base64),
        secret: in_fours(&enrolment.totp_secret),
        error,
    };
    pages::answer(status, &page)
}

/// A secret as people can type it: in groups of four.
fn in_fours(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn over(state: &PeopleState, refusal: &AccountRefusal) -> Response {
    let page = Failure {
        frame: pages::frame(state.accounts.town().municipality(), "Zugang einrichten", ""),
        title: "Das geht mit diesem Link nicht".to_owned(),
        text: refusal.to_string(),
        paragraph: String::new(),
        reference: String::new(),
        back: "/anmelden".to_owned(),
        back_label: "Zur Anmeldung".to_owned(),
    };
    refused(refusal, pages::answer(status(refusal), &page))
}
