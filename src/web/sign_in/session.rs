//! Who is signed in: the session's cookie, its holder, and the extractor handlers ask.

use super::PeopleState;
use crate::app::ports::accounts::{Assurance, Holder};
use crate::domain::id::PersonId;
use crate::domain::time::Instant;
use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The session's cookie. The prefix binds it to this host, the path `/` and TLS (or loopback).
pub const COOKIE: &str = "__Host-ratssaal";
/// A session unused this long ends: longer than any sitting.
const IDLE: Duration = Duration::hours(8);
/// A session in use is prolonged this often, not at every request: each time is a write to disk. In milliseconds.
const PROLONG_MILLIS: i64 = 5 * 60 * 1000;

/// The layer that gives every request its session.
pub fn session_layer<Store: SessionStore>(store: Store) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(store)
        .with_name(COOKIE)
        .with_secure(true)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(IDLE))
}

/// Somebody whose session says who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub person: PersonId,
    pub assurance: Assurance,
}

/// The session store is out of order.
#[derive(Debug, thiserror::Error)]
#[error("Das hat nicht geklappt, die Störung liegt bei uns. Bitte gleich noch einmal.")]
pub struct SessionTrouble(#[from] tower_sessions::session::Error);

impl IntoResponse for SessionTrouble {
    fn into_response(self) -> Response {
        tracing::error!(why = %self.0, "sessions");
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}

/// Makes the session this person's. Its identifier changes, so that nobody can have planted it; what was in it is gone.
///
/// # Errors
/// If the session cannot be stored.
pub async fn begin_session(
    session: &Session,
    person: PersonId,
    assurance: Assurance,
    now: Instant,
) -> Result<(), SessionTrouble> {
    session.clear().await;
    session.insert(Holder::KEY, Holder { person, assurance, seen: now }).await?;
    session.cycle_id().await?;
    Ok(())
}

async fn holder(session: &Session, now: Instant) -> Result<Option<SignedIn>, SessionTrouble> {
    let Some(mut holder) = session.get::<Holder>(Holder::KEY).await? else { return Ok(None) };
    if now.millis_since(holder.seen) >= PROLONG_MILLIS {
        holder.seen = now;
        session.insert(Holder::KEY, &holder).await?;
    }
    Ok(Some(SignedIn { person: holder.person, assurance: holder.assurance }))
}

/// Whether the store still knows this session: it may have been ended elsewhere, or have run out. A store out of order ends
/// nobody's session.
pub async fn is_alive(session: &Session) -> bool {
    if session.load().await.is_err() {
        return true;
    }
    !matches!(session.get::<Holder>(Holder::KEY).await, Ok(None))
}

/// Why a page is not for this visitor.
#[derive(Debug)]
pub enum NotSignedIn {
    /// They wanted to read: they are sent to sign in and come back.
    Redirect(String),
    /// They wanted to act: they are told.
    Told,
    Trouble(SessionTrouble),
    /// No session layer around this route.
    NoLayer,
}

impl IntoResponse for NotSignedIn {
    fn into_response(self) -> Response {
        match self {
            Self::Redirect(to) => Redirect::to(&to).into_response(),
            Self::Told => (StatusCode::UNAUTHORIZED, "Bitte melden Sie sich an.").into_response(),
            Self::Trouble(trouble) => trouble.into_response(),
            Self::NoLayer => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl<S> OptionalFromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    PeopleState: FromRef<S>,
{
    type Rejection = NotSignedIn;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, NotSignedIn> {
        let session = parts.extensions.get::<Session>().cloned().ok_or(NotSignedIn::NoLayer)?;
        let now = PeopleState::from_ref(state).accounts.now();
        holder(&session, now).await.map_err(NotSignedIn::Trouble)
    }
}

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    PeopleState: FromRef<S>,
{
    type Rejection = NotSignedIn;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NotSignedIn> {
        let found = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        found.ok_or_else(|| {
            if matches!(parts.method, Method::GET | Method::HEAD) {
                let wanted = parts.uri.path();
                // Percent signs of the path would be read once too often.
                let plain = wanted.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.'));
                NotSignedIn::Redirect(format!("/anmelden?weiter={}", if plain { wanted } else { "/" }))
            } else {
                NotSignedIn::Told
            }
        })
    }
}
