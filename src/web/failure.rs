//! What is told when something is refused or fails: as a page, or as JSON to whoever asked for JSON.

use super::pages::access::Failure;
use super::sign_in::pages::{answer, frame};
use crate::app::sitting::Denied;
use crate::domain::refusal::{Refusal, RefusalKind};
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A finished answer to something that did not work.
#[derive(Debug)]
pub struct Failed(Box<Response>);

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for Failed {
    fn from(answer: Response) -> Self {
        Self(Box::new(answer))
    }
}

/// A page with a title and a text.
#[must_use]
pub fn page(status: StatusCode, title: &str, text: &str) -> Failed {
    Failed(Box::new(answer(status, &failure(title, text, ""))))
}

/// The store does not answer; why is for the log.
#[must_use]
pub fn unreachable(why: &dyn std::fmt::Display) -> Failed {
    tracing::error!(%why, "the store cannot be reached now");
    page(StatusCode::SERVICE_UNAVAILABLE, "Gerade nicht erreichbar", "Bitte gleich noch einmal.")
}

fn failure(title: &str, text: &str, paragraph: &str) -> Failure {
    Failure {
        frame: frame("", title, ""),
        title: title.to_owned(),
        text: text.to_owned(),
        paragraph: paragraph.to_owned(),
        reference: String::new(),
        back: "/".to_owned(),
        back_label: "Zu meinen Sitzungen".to_owned(),
    }
}

/// Whether the caller asked for JSON: our own script, or a program.
#[must_use]
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

/// The status of a refusal: whose fault it is.
#[must_use]
pub const fn status(refusal: &Refusal) -> StatusCode {
    match refusal.kind {
        RefusalKind::Law => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::Misuse => StatusCode::FORBIDDEN,
        RefusalKind::Conflict => StatusCode::CONFLICT,
    }
}

/// A command that was not carried out. `fresh` is the id for the next try: a refused command is over.
#[must_use]
pub fn denied(headers: &HeaderMap, denied: &Denied, fresh: &str) -> Failed {
    let (status, code, text, paragraph) = match denied {
        Denied::Refused(refusal) => {
            (status(refusal), refusal.code, refusal.sentence.clone(), refusal.norm.clone().unwrap_or_default())
        }
        Denied::Busy => (StatusCode::TOO_MANY_REQUESTS, "busy", denied.to_string(), String::new()),
        Denied::Fault(why) => (StatusCode::SERVICE_UNAVAILABLE, "fault", why.clone(), String::new()),
    };
    if wants_json(headers) {
        let body = json!({"reason": text, "paragraph": paragraph, "code": code, "kennung": fresh});
        return Failed(Box::new((status, Json(body)).into_response()));
    }
    Failed(Box::new(answer(status, &failure("Das ist jetzt nicht möglich", &text, &paragraph))))
}

/// A form or message that cannot be read.
#[must_use]
pub fn unreadable(headers: &HeaderMap, why: &str, fresh: &str) -> Failed {
    denied(headers, &Denied::Refused(Refusal::misuse("unreadable", why)), fresh)
}

/// What the framework itself could not read (an address, a form, a body), told like everything else. Its own words are
/// English, and of interest to nobody who visits.
pub async fn in_german(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let answer = next.run(request).await;
    let text = match answer.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => "Die Anfrage ist nicht lesbar.",
        StatusCode::METHOD_NOT_ALLOWED => "So kann diese Adresse nicht aufgerufen werden.",
        StatusCode::PAYLOAD_TOO_LARGE => "Die Anfrage ist zu lang.",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Diese Art von Inhalt wird hier nicht angenommen.",
        StatusCode::UPGRADE_REQUIRED => "Diese Adresse ist nur für die Live-Verbindung des Ratssaals.",
        _ => return answer,
    };
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/plain");
    if !kind.starts_with("text/plain") {
        return answer;
    }
    let status = answer.status();
    let mut told = if wants_json(&headers) {
        (status, Json(json!({"reason": text, "paragraph": "", "code": "unreadable"}))).into_response()
    } else {
        page(status, "Das hat nicht geklappt", text).into_response()
    };
    if let Some(allow) = answer.headers().get(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allow.clone());
    }
    told
}
