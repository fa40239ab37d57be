//! The pages as answers.

use super::SignedIn;
use crate::web::pages::frame::{Frame, Live, Notice};
use crate::web::state::WebState;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// The frame of a page before any meeting.
pub fn frame(town: &str, title: &str, notice: &str) -> Frame {
    Frame {
        title: title.to_owned(),
        town: town.to_owned(),
        meeting: None,
        person: None,
        views: Vec::new(),
        phase: None,
        live: Live::Still,
        notice: (!notice.is_empty()).then(|| Notice {
            refused: false,
            text: notice.to_owned(),
            paragraph: String::new(),
        }),
    }
}

/// The frame of a page of somebody who is signed in.
pub fn own_frame(state: &WebState, visitor: &SignedIn, title: &str) -> Frame {
    let town = state.people.accounts.town();
    let person = town.person(&visitor.person).map(|person| person.name.clone());
    Frame { person, ..frame(town.municipality(), title, "") }
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
