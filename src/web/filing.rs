//! Papers in and out: `POST /sitzung/{id}/unterlage` takes a PDF, `GET /sitzung/{id}/unterlage/{digest}` hands it to whoever
//! may read it.

use super::failure::{self, Failed, wants_json};
use super::pages::access::Failure;
use super::show::size;
use super::sign_in::SignedIn;
use super::sign_in::pages::{answer, frame};
use super::state::WebState;
use super::visit::Visit;
use crate::app::filing::{NotFiled, may_read};
use crate::app::ports::chance::fresh_id;
use crate::domain::id::{CommandId, PaperId};
use crate::domain::ledger::Digest;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::{Actor, Command, Meeting};
use crate::domain::text::Name;
use axum::Json;
use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Longest text beside the file, in bytes.
const TEXT_BYTES_MAX: usize = 2_000;
/// Fields the form may have.
const FIELDS_MAX: usize = 8;
/// What a form around a file takes at most, in bytes.
const AROUND_BYTES: u64 = 64 * 1024;

/// Files a paper: looked at, kept, recorded. Everything else is refused with a sentence, and nothing is kept.
pub async fn file(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Failed> {
    let visit = Visit::open(&state, &id, &visitor).await?;
    let refused = |status, text: &str| refused(&visit, &headers, status, text);
    let chairs = visit.viewer.actor.seat.as_ref() == Some(&visit.snapshot.meeting.chair);
    if !visit.viewer.actor.clerk && !chairs {
        return Err(refused(StatusCode::FORBIDDEN, "Unterlagen legen nur Vorsitz und Schriftführung ab."));
    }
    let most = state.filing.bytes_max;
    let too_large = || refused(StatusCode::PAYLOAD_TOO_LARGE, &too_large(most));
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > most.saturating_add(AROUND_BYTES)) {
        return Err(too_large());
    }
    let unreadable = || refused(StatusCode::BAD_REQUEST, "Das Formular ist nicht lesbar. Bitte noch einmal versuchen.");
    let mut form = form.map_err(|_| unreadable())?;
    let Some(_turn) = state.filing.turn().await else { return Err(unreadable()) };
    let (mut texts, mut bytes) = (BTreeMap::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        if texts.len() >= FIELDS_MAX {
            return Err(unreadable());
        }
        if name == "datei" {
            bytes = Some(read(field, most).await.map_err(|_| unreadable())?.ok_or_else(too_large)?);
        } else {
            let text = read(field, TEXT_BYTES_MAX as u64).await.map_err(|_| unreadable())?.ok_or_else(unreadable)?;
            texts.insert(name, String::from_utf8(text).map_err(|_| unreadable())?);
        }
    }
    let wrong = |text: String| refused(StatusCode::UNPROCESSABLE_ENTITY, &text);
    let text = |name: &str| texts.get(name).map_or("", |text| text.trim());
    let name: Name = text("name").parse().map_err(|why| wrong(format!("Bezeichnung: {why}")))?;
    let item = text("punkt").parse().map_err(|why| wrong(format!("Punkt: {why}")))?;
    let command: CommandId = text("kennung").parse().map_err(|why| wrong(format!("Kennung: {why}")))?;
    let fresh = || fresh_id(&*state.sittings.outside().entropy, "vorlage");
    let paper = Some(text("fassung_von")).filter(|id| !id.is_empty()).map_or_else(fresh, ToOwned::to_owned);
    let paper: PaperId = paper.parse().map_err(|why| wrong(format!("Unterlage: {why}")))?;
    let bytes = bytes.filter(|bytes| !bytes.is_empty()).ok_or_else(|| wrong("Die Datei fehlt.".to_owned()))?;
    let file = state.filing.keep(paper, name, bytes).await.map_err(|why| match why {
        NotFiled::NotAPaper(why) => refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, &why.to_string()),
        NotFiled::Fault(cause) => {
            tracing::error!(meeting = %visit.sitting.id, %cause, "a paper could not be kept");
            refused(
                StatusCode::SERVICE_UNAVAILABLE,
                "Die Datei konnte gerade nicht abgelegt werden. Bitte gleich noch einmal.",
            )
        }
    })?;
    let step = Command::Prepare(Preparation::FilePaper { item, file });
    match visit.sitting.command(command, visit.viewer.actor.clone(), step).await {
        Ok(_) => {
            let to = format!("/sitzung/{}/ladung", visit.sitting.id);
            if wants_json(&headers) {
                return Ok(Json(json!({"text": "Die Unterlage ist abgelegt.", "weiter": to})).into_response());
            }
            Ok(Redirect::to(&to).into_response())
        }
        Err(why) => Err(failure::denied(&headers, &why, "")),
    }
}

/// A field's content; `None` if it is longer than that.
async fn read(mut field: Field<'_>, most: u64) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let whole = u64::try_from(bytes.len().saturating_add(chunk.len())).unwrap_or(u64::MAX);
        if whole > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

fn too_large(most: u64) -> String {
    format!(
        "Die Datei ist zu groß: Erlaubt sind {}. Verkleinern Sie die Bilder darin, oder teilen Sie das Dokument auf.",
        size(most)
    )
}

/// A refusal: for our script as JSON, else a page with the way back to where the form stood.
fn refused(visit: &Visit, headers: &HeaderMap, status: StatusCode, text: &str) -> Failed {
    if wants_json(headers) {
        return Failed::from((status, Json(json!({"reason": text, "paragraph": ""}))).into_response());
    }
    let page = Failure {
        frame: frame("", "Die Unterlage ist nicht abgelegt", ""),
        title: "Die Unterlage ist nicht abgelegt".to_owned(),
        text: text.to_owned(),
        paragraph: String::new(),
        reference: String::new(),
        back: format!("/sitzung/{}/ladung", visit.sitting.id),
        back_label: "Zurück zur Ladung".to_owned(),
    };
    Failed::from(answer(status, &page))
}

/// Whether a file may be read now, as whatever paper it lies there; `None` if it is none.
fn readable(meeting: &Meeting, actor: &Actor, digest: Digest) -> Option<bool> {
    let known = meeting.before.papers.iter().filter(|paper| paper.digest == digest);
    known.map(|paper| may_read(meeting, actor, paper)).reduce(|one, other| one || other)
}

/// Hands a paper to somebody who may read it, by what is in it: an address never shows another version.
pub async fn read_paper(
    State(state): State<WebState>,
    Path((id, digest)): Path<(String, String)>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = Visit::open(&state, &id, &visitor).await?;
    let unknown = || {
        failure::page(StatusCode::NOT_FOUND, "Diese Unterlage gibt es nicht", "Vielleicht gibt es eine neue Fassung.")
    };
    let digest: Digest = digest.parse().map_err(|_| unknown())?;
    let meeting = &visit.snapshot.meeting;
    let readable = readable(meeting, &visit.viewer.actor, digest).filter(|_| !visit.views().is_empty());
    if !readable.ok_or_else(unknown)? {
        let text = format!(
            "Zu diesem Punkt sind Sie befangen, oder die Unterlage ist nicht für Sie bestimmt ({}).",
            visit.snapshot.rules.recusal_leaves.norm()
        );
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", &text));
    }
    // What everybody looks at now is in memory already.
    if let Some(shown) = state.showing.now(meeting).filter(|shown| shown.digest == digest) {
        return Ok(pdf(digest, Arc::clone(&shown.file)));
    }
    let broken = |why: &dyn std::fmt::Display| {
        tracing::error!(meeting = %visit.sitting.id, %why, "a paper could not be read");
        failure::page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Die Unterlage ist gerade nicht zu haben",
            "Bitte gleich noch einmal versuchen.",
        )
    };
    let Some(_turn) = state.filing.turn().await else { return Err(broken(&"no turn")) };
    let bytes = state.filing.fetch(digest).await.map_err(|why| broken(&why))?;
    let bytes = bytes.ok_or_else(|| broken(&"the file is missing"))?;
    Ok(pdf(digest, bytes.into()))
}

/// A paper as an answer.
pub fn pdf(digest: Digest, file: Arc<[u8]>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}.pdf\"", digest.short())),
    ];
    (headers, Bytes::from_owner(file)).into_response()
}
