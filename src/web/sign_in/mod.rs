//! Signing in and out, enrolling.

use crate::app::accounts::{AccountRefusal, Accounts, Credentials};
use crate::domain::id::MeetingId;
use crate::web::security::{ClientAddress, limit_attempts};
use axum::extract::{DefaultBodyLimit, FromRef, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use std::sync::Arc;
use tower_sessions::Session;

mod enrol;
pub mod pages;
mod session;
pub use session::{SessionTrouble, SignedIn, begin_session, is_alive, session_layer};

use crate::web::pages::access::SignIn;

/// Largest form of these pages, in bytes.
const FORM_BYTES_MAX: usize = 16 * 1024;

/// What these pages need. Part of the application's state by `FromRef`.
#[derive(Clone)]
pub struct PeopleState {
    pub accounts: Arc<Accounts>,
}

/// The pages around accounts. They need [`session_layer`] and [`crate::web::security::protect`] around them.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    PeopleState: FromRef<S>,
{
    let attempts = Router::new()
        .route("/anmelden", get(show).post(sign_in))
        .route("/einladung/{token}", get(enrol::look))
        .route("/einladung", post(enrol::confirm))
        .route("/einrichten", get(enrol::show).post(enrol::finish));
    limit_attempts(attempts)
        .route("/abmelden", post(sign_out))
        .route("/ueberall-abmelden", post(sign_out_everywhere))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

#[derive(Deserialize)]
struct Wanted {
    /// The page somebody wanted to see before they had to sign in.
    #[serde(default)]
    weiter: String,
    /// Why they are here, if something just happened.
    #[serde(default)]
    nach: String,
}

async fn show(State(state): State<PeopleState>, Query(wanted): Query<Wanted>) -> Response {
    let notice = match wanted.nach.as_str() {
        "einrichten" => "Ihr Zugang ist eingerichtet. Bitte melden Sie sich jetzt an, mit dem nächsten Code der App.",
        "abmelden" => "Sie sind abgemeldet.",
        _ => "",
    };
    let page = SignIn {
        frame: pages::frame(state.accounts.town().municipality(), "Anmelden", notice),
        forward: local_path(&wanted.weiter).to_owned(),
        email: String::new(),
        error: None,
        waiting: waiting_room(local_path(&wanted.weiter)),
    };
    pages::answer(StatusCode::OK, &page)
}

#[derive(Deserialize)]
struct SignInForm {
    #[serde(flatten)]
    credentials: Credentials,
    #[serde(default)]
    weiter: String,
}

async fn sign_in(
    State(state): State<PeopleState>,
    ClientAddress(address): ClientAddress,
    session: Session,
    Form(form): Form<SignInForm>,
) -> Response {
    let (email, next) = (form.credentials.email.clone(), local_path(&form.weiter).to_owned());
    let signed_in = state.accounts.sign_in(form.credentials, address).await;
    let person = match signed_in {
        Ok(person) => person,
        Err(refusal) => {
            let page = SignIn {
                frame: pages::frame(state.accounts.town().municipality(), "Anmelden", ""),
                waiting: waiting_room(&next),
                forward: next,
                email,
                error: Some(refusal.to_string()),
            };
            return refused(&refusal, pages::answer(status(&refusal), &page));
        }
    };
    let assurance = crate::app::ports::accounts::Assurance::PasswordAndTotp;
    match begin_session(&session, person, assurance, state.accounts.now()).await {
        Ok(()) => Redirect::to(&next).into_response(),
        Err(trouble) => trouble.into_response(),
    }
}

async fn sign_out(session: Session) -> Response {
    match session.flush().await {
        Ok(()) => Redirect::to("/anmelden?nach=abmelden").into_response(),
        Err(why) => SessionTrouble::from(why).into_response(),
    }
}

async fn sign_out_everywhere(State(state): State<PeopleState>, signed_in: SignedIn, session: Session) -> Response {
    // Whoever waits has shown a password only: that ends nobody else's session.
    if matches!(signed_in.assurance, crate::app::ports::accounts::Assurance::Waiting(_)) {
        return sign_out(session).await;
    }
    if let Err(refusal) = state.accounts.sign_out_everywhere(&signed_in.person).await {
        return refused(&refusal, (status(&refusal), refusal.to_string()).into_response());
    }
    sign_out(session).await
}

/// How a refusal looks on the wire.
const fn status(refusal: &AccountRefusal) -> StatusCode {
    match refusal {
        AccountRefusal::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        AccountRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        AccountRefusal::LinkExpired | AccountRefusal::LinkUsed | AccountRefusal::EnrolmentOver => StatusCode::GONE,
        AccountRefusal::LinkUnknown | AccountRefusal::NoSuchPerson => StatusCode::NOT_FOUND,
        AccountRefusal::NoMail | AccountRefusal::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        AccountRefusal::NotYou
        | AccountRefusal::PasswordLength
        | AccountRefusal::PasswordObvious
        | AccountRefusal::WrongCode => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Completes the answer to a refusal: when to come again, and a fault's cause into the log.
fn refused(refusal: &AccountRefusal, answer: Response) -> Response {
    match refusal {
        AccountRefusal::Wait { seconds } => ([(header::RETRY_AFTER, seconds.to_string())], answer).into_response(),
        AccountRefusal::Busy => ([(header::RETRY_AFTER, "2")], answer).into_response(),
        AccountRefusal::Fault(fault) => {
            tracing::error!(%fault, "accounts");
            answer
        }
        _ => answer,
    }
}

/// A path of this site, or its beginning: nobody is sent elsewhere by a link.
fn local_path(text: &str) -> &str {
    let local = text.len() <= 512
        && text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if local { text } else { "/" }
}

/// The waiting room of the meeting somebody is on the way to.
fn waiting_room(forward: &str) -> Option<String> {
    let meeting = forward.strip_prefix("/sitzung/")?.split(['/', '?']).next()?;
    meeting.parse::<MeetingId>().ok().map(|meeting| format!("/sitzung/{meeting}/warteraum"))
}

#[cfg(test)]
mod tests {
    use super::{local_path, waiting_room};

    #[test]
    fn only_who_is_on_the_way_to_a_meeting_may_wait_for_it() {
        assert_eq!(waiting_room("/sitzung/gr-7/platz").as_deref(), Some("/sitzung/gr-7/warteraum"));
        for elsewhere in ["/", "/sitzung/", "/sitzung/GR 7/platz", "/planung/neu"] {
            assert_eq!(waiting_room(elsewhere), None, "„{elsewhere}“");
        }
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/sitzung/7?punkt=2"), "/sitzung/7?punkt=2");
        for foreign in ["", "https://example.org", "//example.org", "/\\example.org", "/a\r\nb", "javascript:x", "/ä"]
        {
            assert_eq!(local_path(foreign), "/", "„{foreign}“");
        }
    }
}
