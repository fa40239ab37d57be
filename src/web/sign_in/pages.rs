//! The pages as answers.

use crate::web::pages::frame::{Frame, Live, Notice};
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
