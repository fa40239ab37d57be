//! The pages as data.

use crate::app::accounts::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// `/anmelden`. Empty texts mean there is nothing to say.
#[derive(Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignInPage<'a> {
    pub municipality: &'a str,
    /// Where to go afterwards: a path of this site.
    pub next: &'a str,
    /// What was typed before.
    pub email: &'a str,
    /// Something good that just happened.
    pub notice: &'a str,
    /// Why it did not work.
    pub problem: &'a str,
}

/// `/einladung/…` and `/einrichten`.
#[derive(Template)]
#[template(path = "pages/enrol.html")]
pub struct EnrolPage<'a> {
    pub municipality: &'a str,
    pub step: EnrolStep<'a>,
}

/// How far somebody is.
pub enum EnrolStep<'a> {
    /// The link is good; using it takes a click.
    Confirm { name: &'a str, token: &'a str },
    /// Password and authenticator app.
    Keys { qr_png_base64: &'a str, secret: &'a str, problem: &'a str },
    /// The link, or the time, is no good.
    Over { problem: &'a str },
}

/// The page as an answer.
pub fn answer(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(why) => {
            tracing::error!(%why, "page");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
