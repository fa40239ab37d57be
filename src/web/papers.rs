//! What is taken home: the minutes as PDF and the evidence bundle.

use super::failure::{self, Failed};
use super::sign_in::SignedIn;
use super::state::WebState;
use super::visit::Visit;
use crate::app::papers::{self, PaperFault};
use crate::app::ports::seal::SealFault;
use crate::domain::meeting::Item;
use crate::domain::minutes::Part;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

pub use crate::app::papers::Papers;

/// `/sitzung/{id}/niederschrift-nichtoeffentlich.pdf`: for chair and clerk, who have it signed. Nobody else gets a copy
/// (§ 38 (2) s. 2 GemO BW).
pub async fn closed_minutes(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = signing(&state, &id, &visitor).await?;
    let made = state.papers.minutes(&visit.sitting.id, Part::Closed).await.map_err(|why| broken(&why))?;
    Ok(download("application/pdf", papers::CLOSED_MINUTES_NAME, made))
}

/// `/sitzung/{id}/beweis-nichtoeffentlich.jsonl`: the whole record, for chair and clerk.
pub async fn closed_bundle(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = signing(&state, &id, &visitor).await?;
    let made = state.papers.bundle(&visit.sitting.id, Part::Closed).await.map_err(|why| broken(&why))?;
    Ok(download("application/jsonl", papers::CLOSED_BUNDLE_NAME, made.into_bytes()))
}

/// Chair and clerk, unless recused at a non-public item.
async fn signing(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = entitled(state, id, visitor).await?;
    let (actor, meeting) = (&visit.viewer.actor, &visit.snapshot.meeting);
    let seat = actor.seat.as_ref();
    let hidden = |item: &Item| !item.public && seat.is_some_and(|seat| meeting.is_recused(&item.id, seat));
    if (actor.clerk || seat == Some(&meeting.chair)) && !meeting.items.iter().any(hidden) {
        return Ok(visit);
    }
    let norm = visit.snapshot.rules.minutes_nonpublic_copies.norm();
    let text = format!(
        "Nichtöffentliche Niederschriften werden nicht ausgehändigt ({norm}). Mitglieder lesen sie nach der Sitzung unter „Nichtöffentlicher Teil“, oder die Schriftführung gibt Einsicht."
    );
    Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", &text))
}

/// `/sitzung/{id}/niederschrift.pdf`: for members of the body and its clerk.
pub async fn minutes(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = entitled(&state, &id, &visitor).await?;
    let made = state.papers.minutes(&visit.sitting.id, Part::Public).await.map_err(|why| broken(&why))?;
    Ok(download("application/pdf", papers::MINUTES_NAME, made))
}

/// `/sitzung/{id}/beweis.jsonl`: the public part of the record, checkable by `ratssaal verify`.
pub async fn bundle(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = entitled(&state, &id, &visitor).await?;
    let made = state.papers.bundle(&visit.sitting.id, Part::Public).await.map_err(|why| broken(&why))?;
    Ok(download("application/jsonl", papers::BUNDLE_NAME, made.into_bytes()))
}

/// `/siegel.pem`: the certificate of the municipality's seal, for everybody who wants to check a paper.
pub async fn certificate(State(state): State<WebState>) -> Response {
    let bearer = state.papers.bearer();
    download("application/x-pem-file", papers::CERTIFICATE_NAME, bearer.certificates.clone().into_bytes())
}

async fn entitled(state: &WebState, id: &str, visitor: &SignedIn) -> Result<Visit, Failed> {
    let visit = Visit::open(state, id, visitor).await?;
    if visit.views().is_empty() || !visit.viewer.actor.strong {
        return Err(failure::page(StatusCode::FORBIDDEN, "Nicht für Sie", "Diese Datei ist für das Gremium bestimmt."));
    }
    Ok(visit)
}

/// A file to be taken home.
pub fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// What is told when a paper could not be made.
pub fn broken(why: &PaperFault) -> Failed {
    tracing::error!(%why, "a paper could not be made");
    if let PaperFault::Seal(why @ SealFault::NotValid { .. }) = why {
        return failure::page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Die Datei kann nicht gesiegelt werden",
            &why.to_string(),
        );
    }
    failure::page(
        StatusCode::SERVICE_UNAVAILABLE,
        "Die Datei ist gerade nicht zu haben",
        "Bitte gleich noch einmal versuchen.",
    )
}
